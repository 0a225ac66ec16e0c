//! What a page says of itself: title, language, date, revision, address.

use super::text::Page;
use super::words::PageWords;
use crate::facts::FrontMatterEntry;
use crate::finding::Confidence;
use crate::pack::page::{Evidence, Fact};

/// Keys of metadata by what they hold, the best first.
const LANGUAGE: [&str; 7] = [
    "ms.contentlocale",
    "locale",
    "lang",
    "language",
    "og:locale",
    "content-language",
    "dc.language",
];
const REVISION: [&str; 6] = [
    "ms.sourcegitcommit",
    "gitcommit",
    "git_commit_id",
    "revision",
    "commit",
    "source_commit",
];
const ADDRESS: [&str; 4] = ["canonical", "canonical_url", "og:url", "url"];
/// Small words that make a text one of a language.
const ENOUGH_WORDS: usize = 8;

/// The value of the first of some keys.
pub(super) fn entry<'a>(page: &'a Page, keys: &[&str]) -> Option<&'a FrontMatterEntry> {
    keys.iter().find_map(|key| {
        page.facts
            .front_matter
            .iter()
            .find(|entry| entry.key.eq_ignore_ascii_case(key) && !entry.value.trim().is_empty())
    })
}

/// A fact that the metadata tells.
pub(super) fn fact(
    page: &Page,
    entry: &FrontMatterEntry,
    value: String,
    confidence: Confidence,
) -> Fact {
    let quote = format!("{}: {}", entry.key, entry.value);
    Fact {
        value,
        evidence: page.evidence(entry.value_span, &quote, confidence),
    }
}

/// The title: the first heading of the first level, else the metadata's.
pub(super) fn title(page: &Page) -> Option<Evidence> {
    let heading = page
        .facts
        .headings
        .iter()
        .find(|heading| heading.level == 1)
        .filter(|heading| !heading.text.trim().is_empty());
    if let Some(heading) = heading {
        return Some(page.evidence(heading.span, &heading.text, Confidence::High));
    }
    let entry = entry(page, &["title", "og:title"])?;
    Some(page.evidence(entry.value_span, &entry.value, Confidence::High))
}

/// The language, from the metadata or by its small words and its script.
pub(super) fn language(page: &Page, words: &PageWords) -> Option<Fact> {
    if let Some(entry) = entry(page, &LANGUAGE)
        && let Some(tag) = tag(&entry.value)
    {
        return Some(fact(page, entry, tag, Confidence::High));
    }
    let text: Vec<&str> = page
        .sentences
        .iter()
        .map(|sentence| page.text(sentence))
        .collect();
    let text = text.join("\n");
    let id = script(&text).map(str::to_owned).or_else(|| {
        let counts = words.languages(&text);
        let [(first, most), (_, next), ..] = counts.as_slice() else {
            return None;
        };
        (*most >= ENOUGH_WORDS && *most * 2 > *next * 3).then(|| (*first).to_owned())
    })?;
    let first = page.sentences.first()?;
    Some(Fact {
        value: id,
        evidence: page.whole(first, Confidence::Medium),
    })
}

/// A language tag in its usual form: `fr-FR` of `fr_fr`.
fn tag(value: &str) -> Option<String> {
    let mut parts = value.trim().split(['-', '_']);
    let language = parts.next()?.to_lowercase();
    if !(2..=3).contains(&language.len()) || !language.bytes().all(|b| b.is_ascii_lowercase()) {
        return None;
    }
    let mut out = language;
    for part in parts {
        if !part.bytes().all(|b| b.is_ascii_alphanumeric()) || part.len() > 8 || part.is_empty() {
            return None;
        }
        out.push('-');
        match part.len() {
            2 => out.push_str(&part.to_uppercase()),
            4 => {
                out.push_str(&part[..1].to_uppercase());
                out.push_str(&part[1..].to_lowercase());
            }
            _ => out.push_str(part),
        }
    }
    Some(out)
}

/// The language of a script that only one language of the list writes.
fn script(text: &str) -> Option<&'static str> {
    let count = |of: fn(char) -> bool| text.chars().filter(|c| of(*c)).count();
    let kana = count(|c| ('\u{3041}'..='\u{30ff}').contains(&c));
    let hangul = count(|c| ('\u{ac00}'..='\u{d7a3}').contains(&c));
    let han = count(|c| ('\u{4e00}'..='\u{9fff}').contains(&c));
    let letters = count(char::is_alphabetic).max(1);
    if kana * 10 > letters {
        Some("ja")
    } else if hangul * 5 > letters {
        Some("ko")
    } else if han * 5 > letters {
        Some("zh")
    } else {
        None
    }
}

/// The commit of the page's source.
pub(super) fn revision(page: &Page) -> Option<Fact> {
    let entry = entry(page, &REVISION)?;
    let hex = entry
        .value
        .split(|c: char| !c.is_ascii_hexdigit())
        .find(|part| matches!(part.len(), 40 | 64));
    let value = match hex {
        Some(hex) => hex.to_lowercase(),
        None if entry.value.len() <= 64 && !entry.value.contains(char::is_whitespace) => {
            entry.value.clone()
        }
        None => return None,
    };
    Some(fact(page, entry, value, Confidence::High))
}

/// What the page's relative addresses are relative to.
pub(super) fn base(page: &Page) -> Option<String> {
    entry(page, &["base"]).map(|entry| entry.value.trim().to_owned())
}

/// The address that the page says it is published at.
pub(super) fn address(page: &Page) -> Option<Fact> {
    let entry = entry(page, &ADDRESS)?;
    let value = entry.value.trim();
    value
        .starts_with("https://")
        .then(|| fact(page, entry, value.to_owned(), Confidence::High))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tags_have_one_form() {
        assert_eq!(tag("fr_fr").as_deref(), Some("fr-FR"));
        assert_eq!(tag("zh-hans-cn").as_deref(), Some("zh-Hans-CN"));
        assert_eq!(tag("English"), None);
    }
}
