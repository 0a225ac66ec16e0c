//! Titles of other people's pages, videos and posts, told by the address beside them:
//! whoever lists them keeps the names in them.

use std::ops::Range;

use super::around::place;
use crate::checks::FileContext;
use crate::facts::{Prose, ProseContext};
use crate::source::{Source, floor_boundary};

/// Most words of a title; more are a sentence.
const MAX_WORDS: usize = 18;
/// Longest line that is looked at, in bytes.
const MAX_LINE: usize = 600;
/// Most words before an address that say what it is: "Guided demo link: https://…".
const LABEL: usize = 3;

/// Whether words stand in a title that belongs to an address: in a row of a table another
/// cell of which is one, or on a line above or below one.
pub(super) fn is_of_an_address(
    context: &FileContext<'_>,
    prose: &Prose,
    range: &Range<usize>,
) -> bool {
    let source = context.source;
    if let Some((_, row)) = place(context, prose) {
        let here = prose.whole(source.id);
        let mut others = row.iter().filter(|cell| !cell.span.contains(here));
        return others.any(|cell| is_address(source.slice(cell.span)));
    }
    let start = prose.span(source.id, range.clone()).start;
    let line = source.position(start).line;
    let text = line_at(source, Some(line));
    // A table without its second line is a paragraph.
    if text.trim_start().starts_with('|') {
        let name = &prose.text[range.clone()];
        let mut others = text.split('|').filter(|cell| !cell.contains(name));
        return others.any(is_address);
    }
    let read = matches!(
        prose.context,
        ProseContext::Paragraph | ProseContext::ListItem | ProseContext::Heading(_)
    );
    read && is_title(text) && stands_at_an_address(source, line)
}

/// Whether a line, which may be a title, has an address for its neighbour.
fn stands_at_an_address(source: &Source, line: u32) -> bool {
    let at = |line: Option<u32>| line_at(source, line);
    let (before, after) = (at(line.checked_sub(1)), at(line.checked_add(1)));
    if is_address(before) {
        return true;
    }
    // The end of a sentence that was broken over lines is no title.
    let begins = is_blank(before)
        || is_aside(before)
        || bare(before).len() < before.trim().len()
        || bare(at(Some(line))).len() < at(Some(line)).trim().len();
    let below = if is_blank(after) {
        at(line.checked_add(2))
    } else {
        after
    };
    begins && is_address(below)
}

/// A line of the source without its end; empty where there is none.
fn line_at(source: &Source, line: Option<u32>) -> &str {
    let text = line.map_or("", |line| source.line_text(line));
    &text[..floor_boundary(text, MAX_LINE)]
}

fn is_blank(line: &str) -> bool {
    line.trim().is_empty()
}

/// Whether a line is a remark in brackets: "(5 minutes)".
fn is_aside(line: &str) -> bool {
    let line = line.trim();
    line.starts_with(['(', '（']) && line.ends_with([')', '）'])
}

/// A line without the marks of headings, lists and emphasis.
fn bare(line: &str) -> &str {
    let mark =
        |c: char| c.is_whitespace() || matches!(c, '#' | '*' | '-' | '+' | '_' | '>' | '•' | '\\');
    let line = line.trim_matches(mark);
    // "3. ".
    let rest = line.trim_start_matches(|c: char| c.is_ascii_digit());
    match rest.strip_prefix(['.', ')']) {
        Some(item) if rest.len() < line.len() && item.starts_with(' ') => {
            item.trim_start_matches(mark)
        }
        _ => line,
    }
}

/// Whether a line may be a title: few words, the first of them large, no end of a
/// sentence.
fn is_title(line: &str) -> bool {
    let line = bare(line);
    let first = line.chars().find(|c| c.is_alphanumeric());
    first.is_some_and(|c| !c.is_lowercase())
        && !line.ends_with(['.', ':', ';', ',', '。', '：', '、'])
        && line.split_whitespace().count() <= MAX_WORDS
}

/// Whether a line or cell is an address, or a link to another site, and nothing else but a
/// word for what it is and a remark in brackets.
fn is_address(text: &str) -> bool {
    let text = &text[..floor_boundary(text, MAX_LINE)];
    let mut rest = bare(text.trim_matches(|c: char| c.is_whitespace() || c == '|'));
    if let Some((label, address)) = rest.split_once([':', '：'])
        && !address.starts_with("//")
        && !label.contains(['[', '<', '('])
        && label.split_whitespace().count() <= LABEL
    {
        rest = address.trim_start_matches(['*', '_', ' ']);
    }
    let mut found = false;
    while let Some(next) = rest.chars().next() {
        let long = if next == '(' && found {
            rest.find(')').map(|end| end + 1)
        } else {
            address_at(rest)
        };
        if let Some(end) = long.filter(|end| *end > 0) {
            found |= rest[..end].contains("://") || rest.starts_with("www.");
            rest = rest.get(end..).unwrap_or("");
            continue;
        }
        if next.is_alphanumeric() {
            return false;
        }
        rest = &rest[next.len_utf8()..];
    }
    found
}

/// The length of an address, a link or a tag at the head of a text.
fn address_at(text: &str) -> Option<usize> {
    let end = |of: &str| text.find(of).map(|at| at + of.len());
    if text.starts_with('[') {
        let target = end("](")?;
        return text[target..].find(')').map(|at| target + at + 1);
    }
    if text.starts_with("<a ") {
        // The last sign of a line is left out, as that of a quotation is.
        return end("</a>").or_else(|| text.ends_with("</a").then_some(text.len()));
    }
    if text.starts_with('<') {
        return end(">");
    }
    let begins = ["https://", "http://", "www."];
    begins.iter().any(|own| text.starts_with(*own)).then(|| {
        text.find(|c: char| c.is_whitespace() || c == '<')
            .unwrap_or(text.len())
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_stand_alone() {
        for text in [
            "https://quay.example/a?b=c",
            "- <https://quay.example>",
            "| [https://quay.example](https://quay.example/) ",
            "  * [Watch](https://quay.example/v) (5 minutes)",
            "Guided demo link: https://quay.example",
            "**Video:** https://quay.example",
            "<a href=\"https://quay.example\">Watch it</a>",
            "www.quay.example",
        ] {
            assert!(is_address(text), "{text}");
        }
        for text in [
            "",
            "Harbour",
            "see https://quay.example",
            "https://quay.example shows the quay",
            "[the quay](quay.md)",
            "(5 minutes)",
            "[[[[",
            "A long sentence about things: https://quay.example",
        ] {
            assert!(!is_address(text), "{text}");
        }
    }

    #[test]
    fn titles_are_few_words_and_no_sentence() {
        for line in [
            "## A quay by night",
            "3. Quay – part 2",
            "埠頭について",
            "* **Quay** tour ",
        ] {
            assert!(is_title(line), "{line}");
        }
        for line in [
            "the quay at",
            "It opens at night.",
            "Sign in here:",
            "",
            "- - -",
        ] {
            assert!(!is_title(line), "{line}");
        }
    }

    proptest::proptest! {
        #[test]
        fn any_line_is_read(line in "(\\PC|https://|\\[|\\]\\(|<a |\\)|:| ){0,40}") {
            is_address(&line);
            is_title(&line);
        }
    }
}
