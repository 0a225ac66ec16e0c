//! The owner's names and addresses as single characters, so that wordings stay small
//! and a name inside an address or a namespace is not taken for the owner.

use std::ops::Range;

use aho_corasick::{AhoCorasick, MatchKind};

use crate::pack::Pack;
use crate::pack::wording::Words;

/// Stands for a name of the owner.
const OWNER: char = '\u{e000}';
/// Stands for an address in the licensed documentation.
const DOCUMENT: char = '\u{e001}';
/// Stands for an address in another repository of the owner.
const REPOSITORY: char = '\u{e002}';
/// Stands for the address of a licence file in a repository of the owner.
const LICENCE: char = '\u{e003}';

/// The word groups that stand for tokens.
pub fn words() -> Words {
    [
        ("owner", OWNER.to_string()),
        ("url", format!("[{DOCUMENT}{LICENCE}]")),
        ("site", format!("[{DOCUMENT}{REPOSITORY}{LICENCE}]")),
        ("licence-url", LICENCE.to_string()),
    ]
    .into_iter()
    .map(|(name, group)| (name.to_owned(), group))
    .collect()
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    Owner,
    Host,
    Repository { documents: bool },
}

/// Finds tokens; compiled once.
pub(super) struct Tokens {
    automaton: Option<AhoCorasick>,
    kinds: Vec<Kind>,
    /// Lower-case beginnings of the names of licence files.
    licence_files: Vec<String>,
}

/// One token of a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Token {
    pub(super) range: Range<usize>,
    pub(super) stands_as: char,
}

impl Token {
    /// Any address of the owner's.
    pub(super) fn is_address(&self) -> bool {
        self.stands_as != OWNER
    }
}

/// The first name of the owner in a text with tokens.
pub(super) fn owner_in(text: &str) -> Option<Range<usize>> {
    char_in(text, |c| c == OWNER)
}

/// The first address of the owner's in a text with tokens; a licence file is none.
pub(super) fn address_in(text: &str) -> Option<Range<usize>> {
    char_in(text, |c| matches!(c, DOCUMENT | REPOSITORY))
}

fn char_in(text: &str, wanted: impl Fn(char) -> bool) -> Option<Range<usize>> {
    text.char_indices()
        .find(|&(_, c)| wanted(c))
        .map(|(at, c)| at..at + c.len_utf8())
}

/// Code hosts at which organisations have repositories.
const CODE_HOSTS: [&str; 2] = ["github.com/", "raw.githubusercontent.com/"];

impl Tokens {
    pub(super) fn new(pack: &Pack) -> Self {
        let mut entries: Vec<(String, Kind)> = Vec::new();
        for name in owner_names(pack) {
            entries.push((name.to_owned(), Kind::Owner));
        }
        for host in &pack.provenance.hosts {
            entries.push((format!("{host}/"), Kind::Host));
        }
        let documents = &pack.provenance.organisations;
        for organisation in pack.owner.organisations.iter().chain(documents) {
            let documents = documents
                .iter()
                .any(|own| own.eq_ignore_ascii_case(organisation));
            for host in CODE_HOSTS {
                entries.push((
                    format!("{host}{organisation}/"),
                    Kind::Repository { documents },
                ));
            }
            if documents {
                entries.push((format!("{organisation}/"), Kind::Repository { documents }));
            }
        }
        entries.retain(|(literal, _)| !literal.is_empty());
        let automaton = AhoCorasick::builder()
            .ascii_case_insensitive(true)
            .match_kind(MatchKind::LeftmostLongest)
            .build(entries.iter().map(|(literal, _)| literal))
            .ok();
        Self {
            automaton,
            kinds: entries.into_iter().map(|(_, kind)| kind).collect(),
            licence_files: pack
                .notices
                .attribution
                .licence_files
                .iter()
                .map(|name| name.to_lowercase())
                .collect(),
        }
    }

    /// The tokens of `text`, in order, none overlapping another.
    pub(super) fn find(&self, text: &str) -> Vec<Token> {
        let Some(automaton) = &self.automaton else {
            return Vec::new();
        };
        let mut out: Vec<Token> = Vec::new();
        let mut end = 0;
        for hit in automaton.find_iter(text) {
            if hit.start() < end {
                continue;
            }
            let token = match self.kinds[hit.pattern().as_usize()] {
                Kind::Owner => owner(text, hit.range()),
                kind => self.address(text, hit.range(), kind, end),
            };
            if let Some(token) = token {
                end = token.range.end;
                out.push(token);
            }
        }
        out
    }

    /// `text` with its tokens in place of what they stand for.
    pub(super) fn replace(&self, text: &str) -> String {
        let mut out = String::with_capacity(text.len());
        let mut from = 0;
        for token in self.find(text) {
            out.push_str(&text[from..token.range.start]);
            out.push(token.stands_as);
            from = token.range.end;
        }
        out.push_str(&text[from..]);
        out
    }

    /// Whether `text` holds one.
    pub(super) fn is_match(&self, text: &str) -> bool {
        !self.find(text).is_empty()
    }

    fn address(&self, text: &str, hit: Range<usize>, kind: Kind, from: usize) -> Option<Token> {
        let before = &text[from..hit.start];
        let mut start = hit.start;
        for lead in ["www.", "://", "https", "http"] {
            let head = &text[from..start];
            let ends = head
                .len()
                .checked_sub(lead.len())
                .and_then(|at| head.get(at..))
                .is_some_and(|tail| tail.eq_ignore_ascii_case(lead));
            if ends {
                start -= lead.len();
            }
        }
        // Without a scheme it must not be the tail of another address or name.
        if start == hit.start
            && before.ends_with(|c: char| {
                c.is_alphanumeric() || matches!(c, '.' | '/' | '-' | '_' | '@')
            })
        {
            return None;
        }
        let mut end = hit.end;
        let mut open = 0_u32;
        for c in text[hit.end..].chars() {
            match c {
                '(' => open += 1,
                ')' if open > 0 => open -= 1,
                ')' | ']' | '<' | '>' | '"' | '\'' | '`' | '⟩' | '）' | '」' | '、' | '。' => {
                    break;
                }
                c if c.is_whitespace() => break,
                _ => {}
            }
            end += c.len_utf8();
        }
        let path = text[hit.end..end].trim_end_matches(['.', ',', ';', ':', '!', '?', '*', '_']);
        if path.is_empty() && matches!(kind, Kind::Repository { .. }) {
            return None;
        }
        let file = path.rsplit('/').next().unwrap_or(path).to_lowercase();
        let stands_as = match kind {
            Kind::Repository { .. }
                if self.licence_files.iter().any(|name| file.starts_with(name)) =>
            {
                LICENCE
            }
            Kind::Repository { documents: false } => REPOSITORY,
            _ => DOCUMENT,
        };
        Some(Token {
            range: start..hit.end + path.len(),
            stands_as,
        })
    }
}

/// A name of the owner that is no part of a longer word, an address or a namespace.
fn owner(text: &str, range: Range<usize>) -> Option<Token> {
    let latin = text[range.clone()].is_ascii();
    let before = text[..range.start].chars().next_back();
    let mut after = text[range.end..].chars();
    let (next, second) = (after.next(), after.next());
    let joins = |c: Option<char>| c.is_some_and(|c| c.is_ascii_alphanumeric() || c == '_');
    if latin {
        let genitive = next == Some('s') && !joins(second);
        if joins(before)
            || before.is_some_and(|c| matches!(c, '.' | '/' | '@' | '\\'))
            || (joins(next) && !genitive)
            || (next == Some('.') && joins(second))
            || matches!(next, Some('/' | '\\' | '_'))
        {
            return None;
        }
    }
    Some(Token {
        range,
        stands_as: OWNER,
    })
}

/// The owner's name in every script, and as holders write it.
pub(super) fn owner_names(pack: &Pack) -> impl Iterator<Item = &str> {
    std::iter::once(pack.owner.name.as_str())
        .chain(pack.notices.owner_names.iter().map(String::as_str))
        .chain(pack.owner.holders.iter().map(String::as_str))
        // A holder that is more than the owner's name is left to the wordings.
        .filter(|name| !name.is_empty() && !name.contains(" and "))
}
