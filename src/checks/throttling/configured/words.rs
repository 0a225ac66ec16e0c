//! How a finding is put, and what is to be typed instead.

use super::{Judge, endpoint};
use crate::checks::throttling::around;
use crate::checks::throttling::mend::{self, Mending};
use crate::checks::throttling::rate;
use crate::facts::code::Amount;
use crate::facts::routes::Route;
use crate::finding::Finding;
use crate::pack::schema::fill;
use crate::pack::vocabulary::{Limit, Window};
use crate::source::{Source, Span};

/// A number and what it should be.
pub(super) struct Mend {
    /// The number.
    pub(super) amount: Amount,
    /// The setting around it.
    pub(super) setting: Span,
    /// What it should be worth.
    pub(super) wanted: f64,
    /// At most that, otherwise at least.
    pub(super) at_most: bool,
}

impl Judge<'_> {
    pub(super) fn rate(&self, calls: f64, seconds: f64) -> String {
        let numbers = &self.settings.numbers;
        rate::told(&numbers.one, &numbers.many, calls, seconds)
    }

    /// What a documented rate allows in a time: whole calls, or advice to count by a longer
    /// one where they are fewer than one.
    pub(super) fn allowed(&self, calls: f64, documented: &str) -> String {
        let help = &self.settings.help;
        let numbers = &self.settings.numbers;
        let told = rate::counted(&numbers.one, &numbers.many, calls.floor());
        rate::allowed(&help.period, &help.limit, calls, &told, documented)
    }

    /// The same rate by the period of a window, unless it is written that way already.
    pub(super) fn equal(&self, declared: &str, per_second: f64, window: Window) -> String {
        let seconds = f64::from(window.seconds);
        let mut rate = self.rate(per_second * seconds, seconds);
        if rate == declared {
            rate = self.rate(per_second, 1.0);
        }
        if rate == declared {
            return rate;
        }
        fill(
            &self.settings.numbers.equal,
            &[("declared", declared), ("rate", &rate)],
        )
    }

    pub(super) fn finding(
        &self,
        limit: &Limit,
        window: Window,
        route: &Route,
        primary: Span,
        declared: &str,
        verdict: &str,
    ) -> Finding {
        let documented = self.rate(f64::from(window.calls), f64::from(window.seconds));
        let message = self.rule.message(&[
            ("declared", declared),
            ("documented", &documented),
            ("endpoint", &endpoint(route)),
            ("verdict", verdict),
        ]);
        Finding::new(self.rule, Some(primary), message).subject(limit.id.clone())
    }

    /// Says what to type, and offers it where one literal decides.
    pub(super) fn mend(
        &self,
        finding: Finding,
        limit: &Limit,
        what: &Mend,
        general: &str,
    ) -> Finding {
        let setting = self
            .source
            .map_or(what.setting, |source| quoted(source, what.setting));
        let finding = finding.sentence(around::sentence(self.limits, limit));
        let words = self.slice(setting);
        match mend::mend(what.amount, words, setting, what.wanted, what.at_most) {
            Some(mending) => mending.offer(finding, &self.typing(), general),
            None => finding.help(general),
        }
    }

    fn typing(&self) -> mend::Words<'_> {
        let help = &self.settings.help;
        mend::Words {
            write: &help.write,
            write_there: &help.write_there,
            literal: &self.settings.related.literal,
            fix: &help.fix,
        }
    }

    fn slice(&self, span: Span) -> &str {
        self.source.map_or("", |source| source.slice(span))
    }

    /// Offers `text` in the place of `span`.
    pub(super) fn typed(
        &self,
        finding: Finding,
        limit: &Limit,
        setting: Span,
        span: Span,
        text: &str,
        general: &str,
    ) -> Finding {
        let finding = finding.sentence(around::sentence(self.limits, limit));
        let before = Span {
            end: span.start,
            ..setting
        };
        let after = Span {
            start: span.end,
            ..setting
        };
        let (before, after) = (self.slice(before), self.slice(after));
        let mending = Mending {
            literal: span,
            text: text.to_owned(),
            code: Some(format!("{before}{text}{after}")),
        };
        mending.offer(finding, &self.typing(), general)
    }
}

/// A setting with the quotes around its name and its value.
fn quoted(source: &Source, setting: Span) -> Span {
    let quote = |at: Option<u32>| {
        let byte = source.text.as_bytes().get(at? as usize)?;
        Some(*byte).filter(|byte| matches!(byte, b'"' | b'\''))
    };
    let odd = |span: Span, quote: u8| {
        let words = source.slice(span).bytes();
        words.filter(|byte| *byte == quote).count() % 2 == 1
    };
    let (before, after) = (
        quote(setting.start.checked_sub(1)),
        quote(Some(setting.end)),
    );
    let mut whole = setting;
    match (before, after) {
        (Some(quote), Some(other)) if quote == other && !odd(whole, quote) => {
            whole.start -= 1;
            whole.end += 1;
        }
        (Some(quote), _) if odd(whole, quote) => whole.start -= 1,
        (_, Some(quote)) if odd(whole, quote) => whole.end += 1,
        // `calls=\"200\"` in a string.
        (None, None) if odd(whole, b'"') && source.slice(whole).contains("\\\"") => {
            let closes = source
                .text
                .get(whole.end as usize..)
                .is_some_and(|rest| rest.starts_with("\\\""));
            whole.end += if closes { 2 } else { 0 };
        }
        _ => {}
    }
    whole
}
