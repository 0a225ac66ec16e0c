//! Text from scanned files is not to be trusted with a terminal.

use std::borrow::Cow;
use std::fmt::Write as _;

use super::secrets::masked;

/// Whether a terminal could act on `c`, or a reader could be misled by it: control
/// characters, bidirectional controls, invisible separators, tags.
pub fn is_unsafe(c: char) -> bool {
    matches!(c,
        '\u{0}'..='\u{1f}'
        | '\u{7f}'..='\u{9f}'
        | '\u{61c}'
        | '\u{200b}'
        | '\u{200e}'..='\u{200f}'
        | '\u{2028}'..='\u{202e}'
        | '\u{2060}'..='\u{206f}'
        | '\u{feff}'
        | '\u{fff9}'..='\u{fffb}'
        | '\u{e0000}'..='\u{e007f}')
}

/// Whether a text begins with what the log of a pipeline takes for a command wherever it
/// stands in a line: `##vso[…]` of Azure Pipelines, `##[…]`, `##teamcity[…]`.
pub fn is_command(text: &str) -> bool {
    text.strip_prefix("##").is_some_and(|rest| {
        let name = rest.trim_start_matches(|c: char| c.is_ascii_alphabetic());
        name.starts_with('[')
    })
}

/// A line that begins with no command of GitHub's (`::error::`), which may be indented.
pub fn no_command(line: &str) -> Cow<'_, str> {
    let words = line.trim_start();
    match words.strip_prefix("::") {
        Some(rest) => {
            let indent = &line[..line.len() - words.len()];
            Cow::Owned(format!("{indent}\\x3a:{rest}"))
        }
        None => Cow::Borrowed(line),
    }
}

/// Appends the first character of `text`, or a visible escape in its place.
pub fn push_visible(out: &mut String, text: &str) {
    let Some(c) = text.chars().next() else {
        return;
    };
    if c == '#' && is_command(text) {
        out.push_str("\\x23");
    } else if !is_unsafe(c) {
        out.push(c);
    } else if c.is_ascii() {
        let _ = write!(out, "\\x{:02x}", c as u32);
    } else {
        let _ = write!(out, "\\u{{{:x}}}", c as u32);
    }
}

/// `text` with visible escapes (`\x1b`, `\u{202e}`) in place of unsafe characters and of
/// what begins a command of a pipeline, and with credentials masked.
pub fn visible(text: &str) -> Cow<'_, str> {
    let text = masked(text);
    // A name may be the first thing that a line says.
    let leads = text.trim_start().starts_with("::");
    if !leads && !text.contains(is_unsafe) && !text.contains("##") {
        return text;
    }
    let mut out = String::with_capacity(text.len() + 16);
    let text = no_command(&text);
    for (at, _) in text.char_indices() {
        push_visible(&mut out, &text[at..]);
    }
    Cow::Owned(out)
}

/// Each line of a text made [`visible`].
pub fn visible_lines(text: &str) -> String {
    let lines: Vec<_> = text.lines().map(visible).collect();
    lines.join("\n")
}

/// The first `most` characters of a text that is longer, with an ellipsis.
pub fn shortened(text: &str, most: usize) -> String {
    match text.char_indices().nth(most) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_moves_the_cursor() {
        assert_eq!(visible("a\u{1b}[2Jb"), "a\\x1b[2Jb");
        assert_eq!(visible("\u{9b}2J\u{202e}x"), "\\u{9b}2J\\u{202e}x");
        assert_eq!(visible("a ##vso[x]##[y]"), "a \\x23#vso[x]\\x23#[y]");
        assert_eq!(visible("## a [b] ##1[c]"), "## a [b] ##1[c]");
        assert_eq!(no_command("  ::error::x"), "  \\x3a:error::x");
        assert_eq!(visible("Ünïcode – fine 日本 👩‍💻"), "Ünïcode – fine 日本 👩‍💻");
    }
}
