//! One line of a source as a terminal shows it: unsafe characters visible, credentials
//! masked, cut around some words, with the columns of what stands before and of the words.

use std::ops::Range;

use unicode_segmentation::UnicodeSegmentation;
use unicode_width::UnicodeWidthStr;

use crate::report::secrets;
use crate::report::text::push_visible;
use crate::source::floor_boundary;

/// Columns of a tab.
const TAB: usize = 4;
/// Characters that are laid out for each column at most: a letter may carry many marks
/// that take no column of their own.
const MAX_STACKED: usize = 8;

/// A line, cut around some words.
pub struct Shown {
    pub text: String,
    /// Where the words stand in the text.
    words: Range<usize>,
    /// Columns before the words.
    pub before: usize,
    /// Columns of the words.
    pub marked: usize,
}

/// What is seen as one character, with its columns.
type Piece = (String, usize);

impl Shown {
    /// `words` of `line` and what fits around them into some columns.
    pub fn new(line: &str, words: Range<usize>, columns: usize) -> Self {
        // A character of each end may be an ellipsis.
        let most = columns.saturating_sub(2).max(1);
        let (mut before, words, mut after, mut cut_before, mut cut_after) =
            Self::near(line, words, most);
        let marked = width(&words);
        let room = most - marked;
        let wanted = width(&after).min(room / 2);
        let mut left = width(&before);
        let mut drop = 0;
        while left + wanted > room && drop < before.len() {
            left -= before[drop].1;
            drop += 1;
        }
        before.drain(..drop);
        cut_before |= drop > 0;
        let mut right = width(&after);
        while right + left > room {
            let Some((_, columns)) = after.pop() else {
                break;
            };
            right -= columns;
            cut_after = true;
        }
        let mut text = String::new();
        if cut_before {
            text.push('…');
        }
        let push = |text: &mut String, pieces: &[Piece]| {
            text.extend(pieces.iter().map(|(piece, _)| piece.as_str()));
        };
        push(&mut text, &before);
        let start = text.len();
        push(&mut text, &words);
        let words = start..text.len();
        push(&mut text, &after);
        if cut_after {
            text.push('…');
        }
        Self {
            text,
            words,
            before: left + usize::from(cut_before),
            marked,
        }
    }

    /// What stands before the words, the words, and what follows.
    pub fn parts(&self) -> [String; 3] {
        let Range { start, end } = self.words;
        [
            &self.text[..start],
            &self.text[start..end],
            &self.text[end..],
        ]
        .map(str::to_owned)
    }

    /// What stands before the words, the words and what follows, no more of each than
    /// can be shown, however long the line; and whether something is cut at either end.
    fn near(
        line: &str,
        words: Range<usize>,
        most: usize,
    ) -> (Vec<Piece>, Vec<Piece>, Vec<Piece>, bool, bool) {
        let chars = most.saturating_mul(MAX_STACKED);
        let (from, to) = (words.start, words.end);
        let start = line[..from].char_indices().rev().take(chars).last();
        let start = start.map_or(from, |(at, _)| at);
        let reach = |at: usize| {
            let mut chars = line[at..].char_indices().skip(chars);
            chars.next().map_or(line.len(), |(more, _)| at + more)
        };
        let words_end = to.min(reach(from));
        let end = reach(words_end);
        // A credential that is cut here is one all the same.
        let around = floor_boundary(line, start.saturating_sub(secrets::REACH))
            ..floor_boundary(line, end.saturating_add(secrets::REACH));
        let hidden = secrets::find(&line[around.clone()]);
        let pieces = |range: Range<usize>| {
            let of = |(at, text): (usize, &str)| {
                let at = range.start + at;
                let within = at - around.start;
                let is_hidden = hidden.iter().any(|secret| secret.contains(&within));
                piece(text, &line[at..], is_hidden)
            };
            line[range.clone()]
                .grapheme_indices(true)
                .map(of)
                .collect::<Vec<_>>()
        };
        let (before, mut words) = (pieces(start..from), pieces(from..words_end));
        let (mut after, mut cut_after) = (pieces(words_end..end), end < line.len());
        let mut marked = width(&words);
        if marked > most || words_end < to {
            after.clear();
            cut_after = true;
        }
        while marked > most {
            marked -= words.pop().map_or(marked, |(_, columns)| columns);
        }
        (before, words, after, start > 0, cut_after)
    }
}

fn width(pieces: &[Piece]) -> usize {
    pieces.iter().map(|(_, columns)| columns).sum()
}

/// A character with what combines with it, as it is shown.
/// `rest` begins with it and goes on to the end of the line.
fn piece(cluster: &str, rest: &str, is_hidden: bool) -> Piece {
    if cluster == "\t" {
        return (" ".repeat(TAB), TAB);
    }
    let mut text = String::new();
    for (at, _) in cluster.char_indices() {
        if is_hidden {
            text.push(secrets::MASK);
        } else {
            push_visible(&mut text, &rest[at..]);
        }
    }
    let columns = text.width();
    (text, columns)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn marked(line: &str, words: &str, columns: usize) -> (String, usize, usize) {
        let from = line.find(words).expect("the words");
        let shown = Shown::new(line, from..from + words.len(), columns);
        (shown.text, shown.before, shown.marked)
    }

    #[test]
    fn columns_are_those_of_the_terminal() {
        let plain = |text: &str, before, marked| (text.to_owned(), before, marked);
        assert_eq!(marked("\tword", "word", 40), plain("    word", 4, 4));
        assert_eq!(marked("日本 word", "word", 40), plain("日本 word", 5, 4));
        assert_eq!(marked("a 端末 b", "端末", 40), plain("a 端末 b", 2, 4));
        // A combining mark takes no column, a joined emoji those of one.
        assert_eq!(
            marked("e\u{301} word", "word", 40),
            plain("e\u{301} word", 2, 4)
        );
        assert_eq!(marked("👩‍💻 word", "word", 40), plain("👩‍💻 word", 3, 4));
        // What would be unseen is spelled out.
        assert_eq!(
            marked("a\u{200b}word", "word", 40),
            plain("a\\u{200b}word", 9, 4)
        );
    }

    #[test]
    fn a_credential_is_not_repeated() {
        let (text, ..) = marked("https://me:secretword@host/x word", "word@", 60);
        assert_eq!(text, "https://me:**********@host/x word");
    }

    #[test]
    fn long_lines_are_cut_around_the_words() {
        let line = format!("{}MARK{}", "日".repeat(100_000), "b".repeat(100_000));
        let (text, before, marked) = marked(&line, "MARK", 20);
        assert_eq!((before, marked), (7, 4));
        assert!(
            text.starts_with("…日日日MARKb") && text.ends_with("b…"),
            "{text}"
        );
        assert!(text.width() <= 20);
    }

    #[test]
    fn the_parts_are_the_text() {
        let line = format!("{}a\tMARK b{}", "x".repeat(100), "y".repeat(100));
        let from = line.find("MARK").expect("the words");
        let shown = Shown::new(&line, from..from + 4, 40);
        let parts = shown.parts();
        assert_eq!(parts.concat(), shown.text);
        assert_eq!(parts[1], "MARK");
    }
}
