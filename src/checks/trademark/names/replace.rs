//! What to write for a wrong name, and whether that may be done unseen: only where the
//! sentence stays right whatever else it says. Where in doubt, a person looks.

use std::ops::Range;

use crate::checks::{FileContext, passage};
use crate::facts::prose::OBJECT;
use crate::facts::{FileKind, Prose, ProseContext};
use crate::pack::vocabulary::Replacing;

/// A change of one piece of text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Change {
    /// The whole name: the words found, and those around them that the new name has
    /// itself.
    pub(super) range: Range<usize>,
    /// The indefinite article before it and the one that the new name wants.
    pub(super) article: Option<(Range<usize>, String)>,
    /// The sentence is right afterwards.
    pub(super) safe: bool,
}

/// What replacements go by.
pub(super) struct Replacer {
    words: Replacing,
    /// Names of the owner, which no name of a product is to follow twice.
    owner: Vec<String>,
}

impl Replacer {
    pub(super) fn new(words: &Replacing, owner: impl IntoIterator<Item = String>) -> Self {
        Self {
            words: words.clone(),
            owner: owner.into_iter().collect(),
        }
    }

    /// The change that puts `new` for the words at `found`. `same_name` says whether
    /// words of the rest of the sentence stand for the same product.
    pub(super) fn change(
        &self,
        text: &str,
        found: &Range<usize>,
        new: &str,
        same_name: impl Fn(&str) -> bool,
    ) -> Change {
        let old = &text[found.clone()];
        let start = self.start(&text[..found.start], new);
        let end = found.end + overlap_after(&text[found.end..], new);
        let range = start..end;
        let respelt = letters(old).eq(letters(new));
        let around = passage::sentence(text, &range);
        let (head, tail) = (&text[around.start..start], &text[end..around.end]);
        let (article, agrees) = self.article(text, &range, around, respelt, new);
        let safe = agrees
            && end == found.end
            && is_free(head, tail)
            && (respelt
                || (Self::is_whole_name(head, tail, new)
                    && !same_name(head)
                    && !same_name(tail)
                    && !speaks_of_parts(head, tail, old)
                    && !has_year(head)
                    && !has_year(tail)));
        Change {
            range,
            article,
            safe,
        }
    }

    /// Where the name begins: with words before it that the new name begins with, or
    /// with the owner's name where the new name holds that.
    fn start(&self, head: &str, new: &str) -> usize {
        let taken = overlap_before(head, new);
        if taken > 0 {
            return head.len() - taken;
        }
        let Some(first) = new.split(' ').next() else {
            return head.len();
        };
        let owners = &self.owner;
        let is_owner = |word: &str| owners.iter().any(|own| own == word);
        let trimmed = head.trim_end();
        let last = trimmed
            .rfind(char::is_whitespace)
            .map_or(trimmed, |at| trimmed[at..].trim_start());
        let bare = last
            .strip_suffix("'s")
            .or_else(|| last.strip_suffix("’s"))
            .unwrap_or(last);
        if is_owner(first) && is_owner(bare) && trimmed.len() < head.len() {
            trimmed.len() - last.len()
        } else {
            head.len()
        }
    }

    /// The article before a name as the new one wants it, and whether it is sure.
    fn article(
        &self,
        text: &str,
        range: &Range<usize>,
        sentence: Range<usize>,
        respelt: bool,
        new: &str,
    ) -> (Option<(Range<usize>, String)>, bool) {
        let head = &text[sentence.start..range.start];
        let before = head.trim_end();
        let Some(word) = before.split_whitespace().next_back() else {
            return (None, true);
        };
        let lower = word.to_lowercase();
        if respelt {
            return (None, true);
        }
        if self.words.elided.contains(&lower) {
            return (None, false);
        }
        let articles = &self.words.articles;
        if lower != articles.consonant && lower != articles.vowel {
            return (None, true);
        }
        let english = text[sentence.clone()]
            .split(|c: char| !c.is_alphanumeric())
            .any(|word| articles.sentence.iter().any(|own| own == word));
        let wanted = match sound(new) {
            Some(Sound::Vowel) => &articles.vowel,
            Some(Sound::Consonant) => &articles.consonant,
            None => return (None, false),
        };
        if !english {
            return (None, false);
        }
        if lower == *wanted {
            return (None, true);
        }
        let at = sentence.start + before.len() - word.len();
        let written = if word.chars().next().is_some_and(char::is_uppercase) {
            capitalised(wanted)
        } else {
            wanted.clone()
        };
        (Some((at..at + word.len(), written)), true)
    }

    /// Whether no word beside the name belongs to a longer one.
    fn is_whole_name(head: &str, tail: &str, new: &str) -> bool {
        let before = head.trim_end();
        let last = before.split_whitespace().next_back().unwrap_or("");
        // What opens a sentence is capital anyhow; letters of another case in it, or
        // none but capitals, make it a name all the same.
        let opens = before.len() == last.len();
        let plain = last
            .trim_start_matches(|c: char| !c.is_alphanumeric())
            .trim_end_matches(|c: char| !c.is_alphanumeric());
        let named = plain.chars().next().is_some_and(|first| {
            (first.is_uppercase() && !opens)
                || first.is_numeric()
                || plain.chars().skip(1).any(char::is_uppercase)
        });
        let ends_word = last
            .chars()
            .next_back()
            .is_some_and(|c| c.is_alphanumeric() || matches!(c, '&' | '/' | '+'));
        if (named && ends_word) || matches!(last, "&" | "/" | "+") {
            return false;
        }
        let after = tail.trim_start();
        let next = after.split_whitespace().next().unwrap_or("");
        let first = next.chars().next();
        let joined = new.split(' ').any(|word| word == next);
        !(first.is_some_and(|c| c.is_uppercase() || c.is_numeric()) || joined)
    }
}

/// Whether a sentence speaks of a certain year: a name may have been right then.
/// Whether a longer or shorter name would break what is around it: the title of a
/// reStructuredText or AsciiDoc page and the line below it, the borders of a table drawn
/// with signs, the words of a Markdown link that are its address as well (`[Old Name]`).
pub(super) fn breaks_markup(
    context: &FileContext<'_>,
    prose: &Prose,
    range: &Range<usize>,
) -> bool {
    let drawn = matches!(
        context.facts.kind,
        FileKind::ReStructuredText | FileKind::AsciiDoc
    );
    let measured = matches!(
        prose.context,
        ProseContext::Heading(_) | ProseContext::TableCell
    );
    // A paragraph that a line of signs follows is a title, or the parser took it for none.
    let source = context.source;
    let row = source
        .position(prose.span(source.id, range.clone()).end)
        .line;
    let below = source.line_text(row + 1).trim_end();
    let sign = below.chars().next().filter(|c| "-=~^+*".contains(*c));
    let underlined = below.len() > 3 && sign.is_some_and(|sign| below.chars().all(|c| c == sign));
    let by_words = |index: usize| {
        let link = context.facts.links.get(index);
        let text = link.map_or("", |link| context.source.slice(link.span));
        text.starts_with('[')
            && !text.contains("](")
            && (!text.contains("][") || text.ends_with("][]"))
    };
    drawn && (measured || underlined)
        || (prose.link_at(range.start).or(prose.link_at(range.end - 1))).is_some_and(by_words)
}

fn has_year(text: &str) -> bool {
    text.split(|c: char| !c.is_ascii_alphanumeric())
        .filter(|part| part.len() == 4)
        .filter_map(|part| part.parse::<u16>().ok())
        .any(|year| (1990..2100).contains(&year))
}

/// Whether the words after an old name make it that of a neighbour of the new one:
/// “Azure Defender for Servers” was never called “Microsoft Defender for Cloud”.
pub(super) fn names_a_neighbour(tail: &str, old: &str, new: &str) -> bool {
    let Some((stem, _)) = new.split_once(" for ") else {
        return false;
    };
    let last = |name: &str| name.split_whitespace().next_back().map(str::to_owned);
    let named = tail
        .trim_start()
        .strip_prefix("for ")
        .is_some_and(|rest| rest.chars().next().is_some_and(char::is_uppercase));
    named && last(stem) == last(old) && overlap_after(tail, new) == 0
}

/// How many bytes at the end of `head` are words that `new` begins with, spaces after
/// them included.
fn overlap_before(head: &str, new: &str) -> usize {
    let words: Vec<&str> = new.split(' ').collect();
    let trimmed = head.trim_end();
    if trimmed.len() == head.len() {
        return 0;
    }
    (1..words.len())
        .rev()
        .map(|count| words[..count].join(" "))
        .find(|lead| {
            trimmed
                .strip_suffix(lead.as_str())
                .is_some_and(|rest| !rest.chars().next_back().is_some_and(char::is_alphanumeric))
        })
        .map_or(0, |lead| head.len() - trimmed.len() + lead.len())
}

/// How many bytes at the start of `tail` are words that `new` ends with, spaces before
/// them included.
fn overlap_after(tail: &str, new: &str) -> usize {
    let words: Vec<&str> = new.split(' ').collect();
    let trimmed = tail.trim_start();
    if trimmed.len() == tail.len() {
        return 0;
    }
    (1..words.len())
        .map(|from| words[from..].join(" "))
        .find(|end| {
            trimmed
                .strip_prefix(end.as_str())
                .is_some_and(|rest| !rest.chars().next().is_some_and(char::is_alphanumeric))
        })
        .map_or(0, |end| tail.len() - trimmed.len() + end.len())
}

/// Whether nothing but words and the marks of a sentence stands beside the name, and
/// there are words at all: a name alone in its cell or item, or after a colon, may be a
/// value, and a bracket beside it may hold its short form.
fn is_free(head: &str, tail: &str) -> bool {
    let before = head.chars().next_back();
    let after = tail.chars().next();
    let open =
        before.is_none_or(|c| c.is_whitespace() || is_unspaced(c) || "*“—–。、（".contains(c));
    let close =
        after.is_none_or(|c| c.is_whitespace() || is_unspaced(c) || "*.,;:!?—–…。、".contains(c));
    let rest = tail.trim_start();
    let possessive = rest.len() == tail.len()
        && ["'s", "’s"].iter().any(|end| {
            rest.strip_prefix(end)
                .is_some_and(|rest| !rest.chars().next().is_some_and(char::is_alphanumeric))
        });
    let bracket = |c: Option<char>| c.is_some_and(|c| "()[]{}<>=|`（）".contains(c) || c == OBJECT);
    let words = |part: &str| part.chars().any(char::is_alphabetic);
    let value = head.trim_end().ends_with([':', '=', '：', '|']) && !words(tail);
    open && (close || possessive)
        && !bracket(head.trim_end().chars().next_back())
        && !bracket(rest.chars().next())
        && (words(head) || words(tail))
        && !value
}

/// Chinese and Japanese, which bend no word after a name; Korean particles go by the
/// sound before them.
fn is_unspaced(c: char) -> bool {
    matches!(u32::from(c), 0x3040..=0x30FF | 0x3400..=0x9FFF)
}

/// Whether the last word of the old name stands in its sentence once more: as a short
/// form (“Azure ATP and the ATP sensor”), or in names like it (“GitHub Flow and
/// Microsoft Flow”), which then would no longer be alike.
fn speaks_of_parts(head: &str, tail: &str, old: &str) -> bool {
    let Some(last) = old.split_whitespace().next_back() else {
        return false;
    };
    let words = |part: &str| {
        part.split(|c: char| !c.is_alphanumeric())
            .any(|word| word.eq_ignore_ascii_case(last))
    };
    words(head) || words(tail)
}

/// Letters and digits in lower case: what a spelling leaves the same.
fn letters(name: &str) -> impl Iterator<Item = char> + '_ {
    name.chars()
        .filter(|c| c.is_alphanumeric())
        .flat_map(char::to_lowercase)
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Sound {
    Vowel,
    Consonant,
}

/// How a name begins when it is spoken, where its letters say so: not for letters that
/// are spelt out, and not for h, o, u and the like, which go either way.
fn sound(name: &str) -> Option<Sound> {
    let word = name.split(' ').next()?;
    let mut chars = word.chars();
    let first = chars.next()?.to_ascii_lowercase();
    if chars.clone().next().is_none() || !chars.all(char::is_lowercase) {
        return None;
    }
    match first {
        'a' | 'i' => Some(Sound::Vowel),
        'e' if !name[1..].starts_with('u') => Some(Sound::Vowel),
        'e' | 'h' | 'o' | 'u' | 'x' => None,
        first if first.is_ascii_alphabetic() => Some(Sound::Consonant),
        _ => None,
    }
}

fn capitalised(word: &str) -> String {
    let mut chars = word.chars();
    chars.next().map_or(String::new(), |first| {
        first.to_uppercase().chain(chars).collect()
    })
}

#[cfg(test)]
#[path = "replace_tests.rs"]
mod tests;
