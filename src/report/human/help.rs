//! What to do, in as many lines as there are: whole sentences, and whole texts to paste.

use unicode_width::UnicodeWidthStr;

use super::layout::filled;
use crate::report::visible;

/// Said where something is left out.
pub(super) const MORE: &str = "(-v prints all)";
/// Lines up to which the first sentence is whole.
const SENTENCE: usize = 3;

/// Words, as many as fit before the mark that something is left out: whole sentences
/// where the line holds the end of one.
pub(super) fn with_mark(words: &str, width: usize) -> String {
    let words = words.trim_end();
    if let Some(whole) =
        whole_sentences(words).filter(|whole| columns_of(whole) + MORE.len() < width)
    {
        return format!("{whole} {MORE}");
    }
    let mut kept = words;
    while columns_of(kept) + MORE.len() + 3 > width {
        let Some((before, _)) = kept.rsplit_once(' ') else {
            break;
        };
        kept = before.trim_end();
    }
    format!("{kept} … {MORE}")
}

/// Whether a full stop behind these words ends a sentence: one behind a digit or a single
/// letter may belong to a list or a name.
fn is_end(before: &str) -> bool {
    let mut before = before.chars().rev();
    before.next().is_some_and(|c| !c.is_ascii_digit())
        && before.next().is_some_and(|c| !c.is_whitespace())
}

/// The part of a line up to the last end of a sentence, or of the words before a list or
/// a text to paste.
fn whole_sentences(words: &str) -> Option<&str> {
    if words.ends_with(['.', ':', '?', '!']) {
        return Some(words);
    }
    let cut = *sentences(words).last()?;
    let whole = words.strip_suffix(cut)?.trim_end();
    (!whole.is_empty()).then_some(whole)
}

/// The parts of a text that end as sentences do.
fn sentences(text: &str) -> Vec<&str> {
    let mut out = Vec::new();
    let mut rest = text.trim();
    while !rest.is_empty() {
        let ends = rest.match_indices(". ").map(|(at, _)| at + 1);
        let end = ends.filter(|&at| is_end(&rest[..at - 1])).find(|&at| {
            let next = rest[at..].trim_start();
            next.starts_with("http") || !next.starts_with(char::is_lowercase)
        });
        let (sentence, left) = rest.split_at(end.unwrap_or(rest.len()));
        out.push(sentence);
        rest = left.trim_start();
    }
    out
}

/// What to do.
pub(super) struct Help {
    units: Vec<Unit>,
    width: usize,
}

/// What is shown as a whole, or left out.
enum Unit {
    /// A sentence to the reader.
    Sentence {
        text: String,
        /// Whether it begins a line, where both do not fit into one.
        opens: bool,
    },
    /// Lines to be pasted, which stay as they are.
    Paste(Vec<String>),
}

impl Help {
    pub(super) fn new(text: &str, width: usize) -> Self {
        let mut units = Vec::new();
        for line in text.trim_end().lines() {
            let line = visible(line);
            if line.starts_with("  ") {
                let line = format!("     {}", line.trim());
                match units.last_mut() {
                    Some(Unit::Paste(lines)) => lines.push(line),
                    _ => units.push(Unit::Paste(vec![line])),
                }
                continue;
            }
            for (index, sentence) in sentences(&line).into_iter().enumerate() {
                units.push(Unit::Sentence {
                    text: sentence.to_owned(),
                    opens: index == 0,
                });
            }
        }
        Self { units, width }
    }

    pub(super) fn is_empty(&self) -> bool {
        self.units.is_empty()
    }

    /// Lines that it should have at least: up to the end of the first text to paste, or
    /// of the first sentence where that is not long.
    pub(super) fn least(&self) -> usize {
        let is_paste = |unit: &Unit| matches!(unit, Unit::Paste(_));
        match self.units.iter().position(is_paste) {
            Some(at) => self.lines(at + 1).len(),
            None => self.lines(self.units.len().min(1)).len().min(SENTENCE),
        }
    }

    /// As much as `room` lines hold: whole sentences and whole texts to paste, where the
    /// room is enough for one.
    pub(super) fn render(&self, room: usize) -> Vec<String> {
        let fits = |count: &usize| self.lines(*count).len() <= room;
        if let Some(count) = (1..=self.units.len()).rev().find(fits) {
            return self.lines(count);
        }
        let mut lines = self.lines(self.units.len().min(1));
        lines.truncate(room);
        if let Some(last) = lines.last_mut() {
            *last = with_mark(last, self.width);
        }
        lines
    }

    /// The lines of the first units, with a mark where that is not all. It never stands
    /// on a text to paste.
    fn lines(&self, count: usize) -> Vec<String> {
        let shown = &self.units[..count];
        let marked = (count < self.units.len())
            .then(|| {
                let is_words = |unit: &Unit| matches!(unit, Unit::Sentence { .. });
                shown.iter().rposition(is_words)
            })
            .flatten();
        let mut lines = Vec::new();
        let mut words = String::new();
        for (index, unit) in shown.iter().enumerate() {
            match unit {
                Unit::Sentence { text, opens } => {
                    let fits = || columns_of(&words) + 1 + columns_of(text) <= self.columns();
                    if *opens && (words.is_empty() || !fits()) {
                        self.fill(&mut words, &mut lines);
                    } else {
                        words.push(' ');
                    }
                    words.push_str(text);
                    if marked == Some(index) {
                        words.push(' ');
                        words.push_str(MORE);
                    }
                }
                Unit::Paste(pasted) => {
                    self.fill(&mut words, &mut lines);
                    lines.extend(pasted.iter().cloned());
                }
            }
        }
        self.fill(&mut words, &mut lines);
        lines
    }

    /// Columns of a line behind its lead.
    fn columns(&self) -> usize {
        self.width.saturating_sub(11).max(20)
    }

    fn fill(&self, words: &mut String, lines: &mut Vec<String>) {
        for part in filled(words, self.columns()) {
            let lead = if lines.is_empty() {
                "   = help: "
            } else {
                "     "
            };
            lines.push(format!("{lead}{part}"));
        }
        words.clear();
    }
}

fn columns_of(text: &str) -> usize {
    text.width()
}
