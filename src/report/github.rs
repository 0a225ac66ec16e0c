//! Workflow commands of GitHub Actions: each finding becomes a note beside its line.

use std::io::{self, Write};

use super::{View, place, visible};
use crate::finding::Severity;

/// Writes one command for each finding that is shown.
pub fn write(view: &View<'_>, out: &mut dyn Write) -> io::Result<()> {
    for finding in view.shown() {
        let place = place::of(view, finding);
        let command = match finding.severity {
            Severity::Error => "error",
            Severity::Warning => "warning",
            Severity::Note => "notice",
        };
        write!(
            out,
            "::{command} file={},line={},endLine={}",
            property(place.path),
            place.line,
            place.end_line,
        )?;
        // Columns are for spans on one line; GitHub drops the others with a complaint.
        if place.line == place.end_line && place.end_column > place.column {
            write!(
                out,
                ",col={},endColumn={}",
                place.column,
                place.end_column - 1
            )?;
        }
        let text = format!("{}\n{}", finding.message, finding.advice());
        writeln!(
            out,
            ",title={}::{}",
            property(&format!("termscheck: {}", finding.rule.id)),
            data(text.trim_end()),
        )?;
    }
    Ok(())
}

/// The text of a command, on one line. What a terminal could act on is shown, so that
/// no scanned text can end the line and begin a command of its own.
fn data(text: &str) -> String {
    let lines: Vec<String> = text
        .split('\n')
        .map(|line| visible(&line.replace('%', "%25")).into_owned())
        .collect();
    lines.join("%0A")
}

/// A value among others that commas part.
fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_text_leaves_its_command() {
        assert_eq!(data("a\n::error::b\r100%"), "a%0A\\x3a:error::b\\x0d100%25");
        assert_eq!(property("a,line=9:b"), "a%2Cline=9%3Ab");
    }
}
