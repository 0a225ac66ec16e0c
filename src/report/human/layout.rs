//! Words on lines.

use unicode_width::UnicodeWidthStr;

use super::HumanStyle;
use crate::report::text::no_command;

/// `1 error`, `2 errors`.
pub fn plural(count: usize, word: &str) -> String {
    let ending = if count == 1 { "" } else { "s" };
    format!("{count} {word}{ending}")
}

/// `   = name: text`, wrapped with a hanging indent.
pub fn note(name: &str, text: &str, style: &HumanStyle) -> String {
    let lead = format!("   = {}", style.bold(&format!("{name}:")));
    fill(&lead, name.len() + 6, text, style.width)
}

/// `lead text`, wrapped with a small hanging indent.
pub fn wrapped(lead: &str, text: &str, style: &HumanStyle) -> String {
    // The lead may be styled, which takes no columns.
    let columns = if style.color { 8 } else { lead.len() };
    fill_indented(lead, columns, 4, text, style.width)
}

fn fill(lead: &str, lead_columns: usize, text: &str, width: usize) -> String {
    fill_indented(lead, lead_columns, 5, text, width)
}

fn fill_indented(
    lead: &str,
    lead_columns: usize,
    indent: usize,
    text: &str,
    width: usize,
) -> String {
    let mut out = String::from(lead);
    let mut column = lead_columns;
    // Whether the next word is the first of its line.
    let mut begins = lead.is_empty();
    for (index, paragraph) in text.trim_end().split('\n').enumerate() {
        if index > 0 {
            out.push('\n');
            out.push_str(&" ".repeat(indent - 1));
            column = indent - 1;
            begins = true;
        }
        for word in paragraph.split_whitespace() {
            let columns = word.width();
            if column + 1 + columns > width && column > indent {
                out.push('\n');
                out.push_str(&" ".repeat(indent - 1));
                column = indent - 1;
                begins = true;
            }
            out.push(' ');
            out.push_str(&if begins {
                no_command(word)
            } else {
                word.into()
            });
            begins = false;
            column += 1 + columns;
        }
    }
    out.push('\n');
    out
}

/// Text that follows `columns` of a title; its other lines follow a bar.
pub fn wrapped_after(columns: usize, text: &str, width: usize) -> String {
    let filled = fill_indented("", columns, 4, text, width);
    filled.lines().map(str::trim).collect::<Vec<_>>().join("\n")
}

/// Text cut into lines of some columns, for labels.
pub fn broken(text: &str, width: usize) -> String {
    let filled = fill_indented("", 0, 1, text, width);
    filled.lines().map(str::trim).collect::<Vec<_>>().join("\n")
}

/// The lines of a text of at most `width` columns, cut at blanks only.
pub fn filled(text: &str, width: usize) -> impl Iterator<Item = String> {
    let lines: Vec<String> = broken(text, width).lines().map(str::to_owned).collect();
    lines.into_iter().filter(|line| !line.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn long_notes_hang() {
        let style = HumanStyle {
            width: 24,
            ..HumanStyle::default()
        };
        assert_eq!(
            note("help", "one two three four five", &style),
            "   = help: one two three\n     four five\n"
        );
        assert_eq!(broken("one two three four", 9), "one two\nthree\nfour");
    }
}
