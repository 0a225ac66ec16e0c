//! Paragraphs on a terminal.

use crate::report::visible;

/// Text of several paragraphs, filled and indented. Items of lists hang; lines that
/// are indented already stay as they are.
pub fn paragraphs(text: &str, indent: usize, width: usize) -> String {
    let mut out = String::new();
    for (index, block) in blocks(text).iter().enumerate() {
        if index > 0 && !(is_item(block) && out.ends_with('\n')) {
            out.push('\n');
        }
        match block.strip_prefix("- ") {
            Some(item) => fill(&mut out, "- ", item, indent, width),
            None => fill(&mut out, "", block, indent, width),
        }
    }
    out
}

/// Text line by line, indented, nothing filled: examples, configuration.
pub fn verbatim(text: &str, indent: usize) -> String {
    let mut out = String::new();
    for line in text.trim_matches('\n').lines() {
        if !line.trim().is_empty() {
            out.push_str(&" ".repeat(indent));
            for (index, piece) in line.trim_end().split('\t').enumerate() {
                out.push_str(if index > 0 { "    " } else { "" });
                out.push_str(&visible(piece));
            }
        }
        out.push('\n');
    }
    out
}

/// Paragraphs and items of lists, each on one line.
fn blocks(text: &str) -> Vec<String> {
    let mut blocks: Vec<String> = Vec::new();
    let mut open = false;
    for line in text.lines() {
        let line = line.trim();
        if line.is_empty() {
            open = false;
        } else if open && !line.starts_with("- ") {
            if let Some(block) = blocks.last_mut() {
                block.push(' ');
                block.push_str(line);
            }
        } else {
            blocks.push(line.to_owned());
            open = true;
        }
    }
    blocks
}

fn is_item(block: &str) -> bool {
    block.starts_with("- ")
}

fn fill(out: &mut String, bullet: &str, text: &str, indent: usize, width: usize) {
    let start = indent + bullet.len();
    out.push_str(&" ".repeat(indent));
    out.push_str(bullet);
    let mut column = start;
    for word in text.split_whitespace() {
        let columns = word.chars().count();
        if column > start {
            if column + 1 + columns > width {
                out.push('\n');
                out.push_str(&" ".repeat(start));
                column = start;
            } else {
                out.push(' ');
                column += 1;
            }
        }
        out.push_str(&visible(word));
        column += columns;
    }
    out.push('\n');
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paragraphs_are_filled_and_items_hang() {
        let text = "One two\nthree four.\n\n- five six seven\n- eight\n\nNine.\n";
        assert_eq!(
            paragraphs(text, 2, 14),
            "  One two\n  three four.\n  - five six\n    seven\n  - eight\n\n  Nine.\n"
        );
    }

    #[test]
    fn examples_stay_as_they_are() {
        assert_eq!(verbatim("a:\n\n\tb\u{1b}\n", 2), "  a:\n\n      b\\x1b\n");
    }
}
