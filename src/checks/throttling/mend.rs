//! The literal to type instead.

use crate::facts::code::Amount;
use crate::finding::{Edit, Finding};
use crate::pack::schema::fill;
use crate::source::Span;

/// A literal and what takes its place.
#[derive(Debug, PartialEq, Eq)]
pub struct Mending {
    /// The literal.
    pub literal: Span,
    /// The new one.
    pub text: String,
    /// The code around it with the new one, where it is at hand.
    pub code: Option<String>,
}

impl Mending {
    /// Says what to type, and offers it, before what holds in `general`. A number that is
    /// not part of the marked words is pointed at.
    pub fn offer(self, finding: Finding, words: &Words<'_>, general: &str) -> Finding {
        let (template, code) = match &self.code {
            Some(code) => (words.write, code),
            None => (words.write_there, &self.text),
        };
        let help = fill(template, &[("code", code), ("general", general)]);
        let known = finding.related.iter().map(|related| related.span);
        let told = self.code.is_some()
            || known
                .chain(finding.primary)
                .any(|span| span == self.literal);
        let finding = if told {
            finding
        } else {
            finding.related(self.literal, words.literal)
        };
        let title = fill(words.fix, &[("text", &self.text)]);
        let edit = Edit {
            span: self.literal,
            replacement: self.text,
        };
        finding.help(help).fix(title, true, edit)
    }
}

/// The templates of what is said.
pub struct Words<'a> {
    /// `{code}` takes the place of the marked words.
    pub write: &'a str,
    /// `{code}` takes the place of a number that is not among them.
    pub write_there: &'a str,
    /// What that number is.
    pub literal: &'a str,
    /// The title of a fix.
    pub fix: &'a str,
}

/// Finds the literal that makes `amount` be `wanted`: at least so long, or at most so
/// many calls. `words` are the words of `span`, which may hold the literal.
pub fn mend(
    amount: Amount,
    words: &str,
    span: Span,
    wanted: f64,
    at_most: bool,
) -> Option<Mending> {
    let (literal, worth) = amount.literal?;
    if !wanted.is_finite() || wanted <= 0.0 || worth <= 0.0 {
        return None;
    }
    let inside =
        literal.file == span.file && literal.start >= span.start && literal.end <= span.end;
    let old = if inside {
        words.get((literal.start - span.start) as usize..(literal.end - span.start) as usize)
    } else {
        None
    };
    let units = wanted / worth;
    // A literal without a point may stand where only whole numbers may.
    let fraction = match old {
        Some(old) => old.contains('.'),
        None => (amount.value).is_some_and(|value| (value / worth).fract().abs() > 1e-6),
    };
    let value = match (at_most, fraction) {
        (true, _) => (units + 1e-9).floor(),
        (false, true) => ((units - 1e-9) * 100.0).ceil() / 100.0,
        (false, false) => (units - 1e-9).ceil(),
    };
    if value < 1.0 && !fraction {
        return None;
    }
    // A field for nanoseconds holds less than a second (php-endless-poll.php).
    if worth < 1e-8 && value >= 1e9 {
        return None;
    }
    let text = format!("{value}");
    let suffix = old.map_or("", |old| {
        let digits = old
            .rfind(|c: char| c.is_ascii_digit())
            .map_or(0, |at| at + 1);
        old.get(digits..).unwrap_or_default()
    });
    let text = format!("{text}{suffix}");
    let code = old.map(|_| {
        let start = (literal.start - span.start) as usize;
        let end = (literal.end - span.start) as usize;
        format!("{}{text}{}", &words[..start], &words[end..])
    });
    Some(Mending {
        literal,
        text,
        code,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::FileId;

    fn amount(words: &str, literal: &str, worth: f64) -> (Amount, Span) {
        let start = words.find(literal).expect("the literal");
        let file = FileId(0);
        let literal = Span::new(file, 10 + start..10 + start + literal.len());
        (
            Amount {
                value: None,
                literal: Some((literal, worth)),
                parameter: None,
                certain: true,
            },
            Span::new(file, 10..10 + words.len()),
        )
    }

    #[test]
    fn the_literal_is_the_next_one_that_keeps_the_limit() {
        for (words, literal, worth, wanted, at_most, expected) in [
            (
                "Start-Sleep -Milliseconds 500",
                "500",
                0.001,
                0.6,
                false,
                "Start-Sleep -Milliseconds 600",
            ),
            ("time.sleep(0.5)", "0.5", 1.0, 0.6, false, "time.sleep(0.6)"),
            ("time.sleep(1)", "1", 1.0, 1.3334, false, "time.sleep(2)"),
            (
                "Thread.sleep(500L)",
                "500L",
                0.001,
                0.6,
                false,
                "Thread.sleep(600L)",
            ),
            (
                "limits(calls=200, period=60)",
                "200",
                1.0,
                100.0,
                true,
                "limits(calls=100, period=60)",
            ),
        ] {
            let (amount, span) = amount(words, literal, worth);
            let code = mend(amount, words, span, wanted, at_most).and_then(|mended| mended.code);
            assert_eq!(code.as_deref(), Some(expected));
        }
        let (amount, span) = amount("rate.Limit(1)", "1", 1.0);
        assert_eq!(mend(amount, "rate.Limit(1)", span, 0.75, true), None);
    }
}
