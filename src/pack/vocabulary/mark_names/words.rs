//! The words of a name.

use std::ops::Range;

/// One word of a name.
#[derive(Clone, Debug)]
pub(super) struct Word {
    /// Bytes of the name.
    pub(super) range: Range<usize>,
    /// Lower case.
    pub(super) lower: String,
    /// Nothing stands between it and the word before.
    pub(super) glued: bool,
}

/// Whether a word is a number or a version: "95", "v2".
pub(super) fn is_version(word: &str) -> bool {
    let digits = word.strip_prefix('v').unwrap_or(word);
    !digits.is_empty() && digits.chars().all(|c| c.is_ascii_digit())
}

/// The words of a title before its tagline, without what stands in brackets: "Harbour – a
/// client for Azure" is named Harbour, as "Module: Harbour" is; "Harbour (HBR) tools" is
/// named Harbour tools.
///
/// The other words of the title come after them.
pub(super) fn own_and_other(name: &str) -> (Vec<Word>, Vec<Word>) {
    let name = told(name);
    let brackets = brackets(name);
    let aside = |at: usize| brackets.iter().any(|bracket| bracket.contains(&at));
    let end = [" - ", " – ", " — ", ": ", " | ", " · ", "：", "｜"]
        .iter()
        .flat_map(|separator| name.match_indices(separator))
        .map(|(at, _)| at)
        .filter(|&at| !aside(at) && name[..at].chars().any(char::is_alphanumeric))
        .min()
        .unwrap_or(name.len());
    words(name)
        .into_iter()
        .partition(|word| word.range.start < end && !aside(word.range.start))
}

/// What stands in brackets after words, a space before it or a wide bracket. One that is
/// not closed goes to the end.
fn brackets(name: &str) -> Vec<Range<usize>> {
    let mut found: Vec<Range<usize>> = Vec::new();
    let mut open = None;
    let mut named = false;
    let mut previous = None;
    for (at, c) in name.char_indices() {
        match c {
            '(' | '（' if open.is_none() && named => {
                let apart = previous.is_some_and(char::is_whitespace);
                open = (c == '（' || apart).then_some(at);
            }
            ')' | '）' => found.extend(open.take().map(|from| from..at)),
            _ => named |= c.is_alphanumeric(),
        }
        previous = Some(c);
    }
    found.extend(open.map(|from| from..name.len()));
    found
}

/// A name without a word before it that only says what kind of thing is named, as
/// generated pages of modules have it: "Module: Harbour".
pub fn told(name: &str) -> &str {
    const KINDS: [&str; 16] = [
        "module",
        "project",
        "package",
        "library",
        "app",
        "application",
        "plugin",
        "extension",
        "repository",
        "repo",
        "name",
        "title",
        "projet",
        "projekt",
        "modul",
        "proyecto",
    ];
    let Some(at) = name.find([':', '：']) else {
        return name;
    };
    let (kind, rest) = name.split_at(at);
    let rest = rest.trim_start_matches([':', '：', ' ']);
    if KINDS.contains(&kind.trim().to_lowercase().as_str()) && !rest.is_empty() {
        rest
    } else {
        name
    }
}

/// Splits at everything that is no letter or digit, at a change from lower to upper
/// case, before the last capital of a run ("MSDefender"), between letters and digits, and
/// beside letters of scripts that put no space there ("OneDrive同步").
pub(super) fn words(name: &str) -> Vec<Word> {
    let characters: Vec<(usize, char)> = name.char_indices().collect();
    let mut words: Vec<Word> = Vec::new();
    let mut start: Option<usize> = None;
    let mut glued = false;
    for (index, &(at, c)) in characters.iter().enumerate() {
        if !c.is_alphanumeric() {
            if let Some(from) = start.take() {
                words.push(word(name, from..at, glued));
            }
            glued = false;
            continue;
        }
        let Some(from) = start else {
            start = Some(at);
            continue;
        };
        let previous = characters[index - 1].1;
        let next = characters.get(index + 1).map(|&(_, c)| c);
        let camel = previous.is_lowercase() && c.is_uppercase();
        let acronym =
            previous.is_uppercase() && c.is_uppercase() && next.is_some_and(char::is_lowercase);
        let digits = previous.is_numeric() != c.is_numeric();
        let scripts = is_wide(previous) != is_wide(c);
        if camel || acronym || digits || scripts {
            words.push(word(name, from..at, glued));
            glued = !scripts;
            start = Some(at);
        }
    }
    if let Some(from) = start {
        words.push(word(name, from..name.len(), glued));
    }
    words
}

/// Letters of Chinese, Japanese and Korean.
fn is_wide(c: char) -> bool {
    matches!(u32::from(c), 0x1100..=0x11FF | 0x2E80..=0x9FFF | 0xAC00..=0xD7AF | 0xF900..=0xFAFF)
}

fn word(name: &str, range: Range<usize>, glued: bool) -> Word {
    Word {
        lower: name[range.clone()].to_lowercase(),
        range,
        glued,
    }
}
