//! Reads call rates from text: "100 calls per minute", « 100 appels par tranche de
//! 60 secondes », 1 分あたり最大 45 件の呼び出し, and tables of them. Knows nothing of any
//! vendor; the words of each language are data, `rules/common/rate-words.yaml`.
//!
//! What is read is a rate of calls and nothing else: no machines per request, no page
//! sizes, no durations, no versions. Whether a rate is somebody's limit is for the
//! reader of [`Statement`]s to judge.

mod grammar;
mod sentence;
mod table;
mod tokens;
mod words;

use crate::source::floor_boundary;
use std::ops::Range;
use std::sync::OnceLock;

pub use table::{CellRate, RowRates};
use tokens::{Kind, Token};
pub(crate) use words::is_joined;
use words::{Lexicon, Roles};

/// More calls than anybody is granted; a larger number is a misreading.
const MAX_CALLS: f64 = 10_000_000.0;
/// Longest period in seconds: 31 days.
const MAX_SECONDS: f64 = 31.0 * 86_400.0;
/// Longest text that is read at once. Sentences beyond are read by and by; of a cell, a
/// field or a name, which says one thing, no more is read.
const MAX_TEXT: usize = 64 * 1024;

/// So many calls in so many seconds, as a text says.
#[derive(Clone, Debug, PartialEq)]
pub struct Rate {
    /// Number of calls; the upper end of a range.
    pub calls: f64,
    /// Lower end, when the text gives a range.
    pub from: Option<f64>,
    /// Length of the period in seconds.
    pub seconds: f64,
    /// The words that tell the rate, within the text.
    pub range: Range<usize>,
    /// The number of calls within the text.
    pub number: Range<usize>,
    /// The word for what is counted, when there is one: "calls".
    pub thing: Option<Range<usize>>,
}

impl Rate {
    /// Calls per second.
    pub fn per_second(&self) -> f64 {
        self.calls / self.seconds
    }
}

/// One sentence that tells at least one rate.
#[derive(Clone, Debug, PartialEq)]
pub struct Statement {
    /// The sentence within the text.
    pub range: Range<usize>,
    /// Its rates in the order of the text: windows that hold at the same time.
    pub rates: Vec<Rate>,
    /// A word of limiting stands in the sentence: limit, quota, at most.
    pub limiting: bool,
}

/// A text in sentences.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Told {
    /// Every sentence within the text.
    pub sentences: Vec<Range<usize>>,
    /// Those that tell a rate, each with its index.
    pub statements: Vec<(usize, Statement)>,
}

impl Told {
    /// Adds what stands in a piece of the text that begins at a byte.
    fn extend(&mut self, piece: Told, at: usize) {
        let move_by = |range: &Range<usize>| range.start + at..range.end + at;
        let before = self.sentences.len();
        self.sentences.extend(piece.sentences.iter().map(move_by));
        for (index, mut statement) in piece.statements {
            statement.range = move_by(&statement.range);
            for rate in &mut statement.rates {
                rate.range = move_by(&rate.range);
                rate.number = move_by(&rate.number);
                rate.thing = rate.thing.as_ref().map(move_by);
            }
            self.statements.push((before + index, statement));
        }
    }
}

/// Reads rates in every language of the word list.
pub struct Reader {
    lexicon: Lexicon,
}

impl Reader {
    /// The reader of the shipped word list.
    pub fn shared() -> &'static Self {
        static READER: OnceLock<Reader> = OnceLock::new();
        READER.get_or_init(|| Self {
            lexicon: Lexicon::shipped(),
        })
    }

    /// The sentences of `text` that tell a rate.
    pub fn read(&self, text: &str) -> Vec<Statement> {
        let told = self.read_in_order(text);
        told.statements.into_iter().map(|(_, told)| told).collect()
    }

    /// The sentences of a text, and those that tell a rate; nothing where none may.
    pub fn read_in_order(&self, text: &str) -> Told {
        let mut all = Told::default();
        if self.lexicon.may_tell(text) {
            self.pieces(text, |at, piece, tokens| {
                all.extend(sentence::told(piece, tokens), at);
            });
        }
        all
    }

    /// Cuts a text into pieces that end with a sentence, and each into tokens; with where it
    /// begins. A sentence of more than half a piece is cut, too: nobody writes one.
    fn pieces(&self, text: &str, mut read: impl FnMut(usize, &str, &[Token])) {
        let mut from = 0;
        while from < text.len() {
            let piece = clip(&text[from..]);
            let mut tokens = tokens::tokenise(&self.lexicon, piece);
            let mut end = piece.len();
            if from + end < text.len() {
                let ends = |token: &Token| token.kind == Kind::Break;
                let last = tokens
                    .iter()
                    .rposition(ends)
                    .map(|at| (at, tokens[at].range.end));
                if let Some((at, sentence)) = last.filter(|(_, end)| *end > MAX_TEXT / 2) {
                    tokens.truncate(at + 1);
                    end = sentence;
                }
            }
            read(from, &piece[..end], &tokens);
            from += end;
        }
    }

    /// Whether a word of limiting stands in `text`.
    pub fn limiting(&self, text: &str) -> bool {
        self.holds(text, Roles::LIMIT)
    }

    /// Whether a word for calls stands in `text`.
    pub fn counts_calls(&self, text: &str) -> bool {
        self.holds(text, Roles::CALLS | Roles::TIMES)
    }

    /// Whether a name of a renewal period stands in `text`.
    pub fn names_renewal(&self, text: &str) -> bool {
        self.holds(text, Roles::PERIOD)
    }

    /// Whether a word with one of the roles of `mask` stands in `text`.
    fn holds(&self, text: &str, mask: u32) -> bool {
        let mut holds = false;
        self.pieces(text, |_, _, tokens| {
            holds |= tokens.iter().any(|token| token.roles().any(mask));
        });
        holds
    }

    /// The length in seconds of a text that is a duration and nothing else:
    /// "60 secondes", "1 min", "per hour".
    pub fn duration(&self, text: &str) -> Option<f64> {
        sentence::duration(&tokens::tokenise(&self.lexicon, clip(text)))
    }

    /// The period in seconds of a name for a rate that carries no number:
    /// "requests_per_minute".
    pub fn unit_of(&self, name: &str) -> Option<f64> {
        let spaced: String = name
            .chars()
            .map(|c| if matches!(c, '_' | '-' | '.') { ' ' } else { c })
            .collect();
        sentence::bare_rate(&tokens::tokenise(&self.lexicon, clip(&spaced)))
    }

    /// The number that a text is, words for calls and "at most" aside.
    pub fn count(&self, text: &str) -> Option<(f64, Range<usize>)> {
        sentence::count(&tokens::tokenise(&self.lexicon, clip(text)))
    }

    /// Whether any language of the list knows the word.
    pub fn knows(&self, word: &str) -> bool {
        self.lexicon.spaced(&word.to_lowercase()).is_some()
    }

    /// A text with the words of rates and limits blanked; it keeps its length.
    pub fn rest(&self, text: &str) -> String {
        let mut rest = clip(text).to_owned();
        for token in tokens::tokenise(&self.lexicon, clip(text)) {
            if !token.roles().unknown() {
                rest.replace_range(token.range.clone(), &" ".repeat(token.range.len()));
            }
        }
        rest
    }

    /// Whether a text seems to state a rate: outside of `taken` it holds a number that
    /// counts, a period, and a word for calls or limits.
    pub fn seems_to_tell(&self, text: &str, taken: &[Range<usize>]) -> bool {
        let text = clip(text);
        self.lexicon.may_tell(text)
            && sentence::seems_to_tell(&tokens::tokenise(&self.lexicon, text), taken)
    }

    /// Where "up to" and the like begin that stand right before `at`; else `at`.
    pub fn with_most(&self, text: &str, at: usize) -> usize {
        let text = clip(text);
        let tokens = tokens::tokenise(&self.lexicon, text.get(..at).unwrap_or_default());
        let own = tokens
            .iter()
            .rev()
            .take_while(|token| token.roles().any(Roles::MOST | Roles::ARTICLE));
        own.last().map_or(at, |token| token.range.start)
    }

    /// Whether a number stands in `text` that may be one of calls.
    pub fn seems_to_count(&self, text: &str) -> bool {
        let tokens = tokens::tokenise(&self.lexicon, clip(text));
        let parser = grammar::Parser::new(&tokens);
        (0..tokens.len()).any(|at| parser.seems_to_count(at))
    }

    /// Where words for calls stand in `text`.
    pub fn calls_in(&self, text: &str) -> Vec<Range<usize>> {
        let tokens = tokens::tokenise(&self.lexicon, clip(text));
        let calls = tokens
            .into_iter()
            .filter(|token| token.roles().any(Roles::CALLS));
        calls.map(|token| token.range).collect()
    }

    /// The sentences of `text`, as ranges.
    pub fn sentences(&self, text: &str) -> Vec<Range<usize>> {
        let mut all = Vec::new();
        self.pieces(text, |at, _, tokens| {
            let ranges = sentence::ranges(tokens).into_iter();
            all.extend(ranges.map(|range| range.start + at..range.end + at));
        });
        all
    }
}

fn clip(text: &str) -> &str {
    &text[..floor_boundary(text, MAX_TEXT)]
}

#[cfg(test)]
mod tests;
