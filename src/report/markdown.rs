//! A summary in Markdown, for the page of a job or a comment on a merge request.

use std::fmt::Write as _;
use std::io::{self, Write};

use super::{View, place, visible};
use crate::finding::{Finding, Severity};

/// Rows of the table. GitHub cuts a job's page off at 1 MiB, and nobody reads more.
const MAX_ROWS: usize = 200;

/// Writes a heading, the counts and a table of findings, the gravest first.
pub fn write(view: &View<'_>, out: &mut dyn Write) -> io::Result<()> {
    writeln!(out, "## termscheck\n")?;
    writeln!(out, "{}", super::summary(view))?;
    let mut shown: Vec<&Finding> = view.shown().collect();
    if shown.is_empty() {
        return Ok(());
    }
    shown.sort_by_key(|finding| std::cmp::Reverse(finding.severity));
    writeln!(out, "\n| | rule | place | what |\n|---|---|---|---|")?;
    for finding in shown.iter().take(MAX_ROWS) {
        let place = place::of(view, finding);
        writeln!(
            out,
            "| {} | [{}]({}) | {} | {} |",
            match finding.severity {
                Severity::Error => "❌ error",
                Severity::Warning => "⚠️ warning",
                Severity::Note => "ℹ️ note",
            },
            text(&finding.rule.id),
            address(finding.page()),
            text(&format!("{}:{}", place.path, place.line)),
            text(&finding.message),
        )?;
    }
    if shown.len() > MAX_ROWS {
        writeln!(out, "\n… and {} more.", shown.len() - MAX_ROWS)?;
    }
    Ok(())
}

/// A text that means nothing to Markdown or HTML, on one line.
fn text(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 8);
    for c in visible(text).chars() {
        match c {
            '\\' | '`' | '*' | '_' | '{' | '}' | '[' | ']' | '<' | '>' | '(' | ')' | '#' | '|'
            | '!' | '~' | '&' | '@' | '$' => {
                let _ = write!(out, "\\{c}");
            }
            _ => out.push(c),
        }
    }
    out
}

/// An address that ends where it should.
fn address(url: &str) -> String {
    visible(url)
        .replace(' ', "%20")
        .replace('(', "%28")
        .replace(')', "%29")
        .replace('|', "%7C")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn scanned_text_is_text() {
        assert_eq!(text("a|b\n<img> [x](y)"), r"a\|b\\x0a\<img\> \[x\]\(y\)");
        assert_eq!(
            address("https://a.example/(b) c"),
            "https://a.example/%28b%29%20c"
        );
    }
}
