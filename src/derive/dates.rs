//! The date of a page's last change.

use std::collections::BTreeSet;

use super::metadata::{entry, fact};
use super::text::{Page, one_line};
use super::words::PageWords;
use crate::finding::Confidence;
use crate::pack::page::Fact;

/// Keys of metadata that hold it, the best first.
const DATE: [&str; 12] = [
    "ms.lasthandoff",
    "ms.date",
    "date",
    "last_updated",
    "last-updated",
    "lastmod",
    "updated",
    "updated_at",
    "article:modified_time",
    "last-modified",
    "dcterms.modified",
    "modified",
];
/// Keys whose dates are written month first.
const MONTH_FIRST: [&str; 2] = ["ms.lasthandoff", "ms.date"];

/// The date, as ISO 8601. `Err` tells why one that is there cannot be read.
pub(super) fn date(page: &Page, words: &PageWords) -> Result<Option<Fact>, String> {
    let Some(entry) = entry(page, &DATE) else {
        return told_date(page, words);
    };
    let month_first = MONTH_FIRST
        .iter()
        .any(|key| entry.key.eq_ignore_ascii_case(key));
    match iso_date(words, &entry.value, month_first) {
        Some(date) => Ok(Some(fact(page, entry, date, Confidence::High))),
        None => Err(format!(
            "“{}: {}” is no date, or one of two",
            entry.key, entry.value
        )),
    }
}

/// The date that a sentence tells after "last updated".
fn told_date(page: &Page, words: &PageWords) -> Result<Option<Fact>, String> {
    for sentence in &page.sentences {
        let text = page.text(sentence);
        let Some(word) = words.updated.first(text) else {
            continue;
        };
        let rest = &text[word.end..];
        let end = rest
            .char_indices()
            .nth(40)
            .map_or(rest.len(), |(end, _)| end);
        let told = rest[..end].trim_start_matches([':', ' ', '\u{a0}', '：']);
        if !told.contains(|c: char| c.is_ascii_digit()) {
            continue;
        }
        return match iso_date(words, told, false) {
            Some(date) => {
                let at = word.start..word.end + end;
                Ok(Some(page.fact(sentence, at, date, Confidence::Medium)))
            }
            None => Err(format!("“{}” is no date, or one of two", one_line(text))),
        };
    }
    Ok(None)
}

fn iso_date(words: &PageWords, value: &str, month_first: bool) -> Option<String> {
    let value = value.trim();
    let numbers: Vec<&str> = value
        .split(|c: char| !c.is_ascii_digit())
        .filter(|part| !part.is_empty())
        .collect();
    let parse = |text: &str| text.parse::<u32>().ok();
    let valid = |year: u32, month: u32, day: u32| {
        ((1990..=2100).contains(&year) && (1..=12).contains(&month) && (1..=31).contains(&day))
            .then(|| format!("{year:04}-{month:02}-{day:02}"))
    };
    match numbers.as_slice() {
        [year, month, day, ..] if year.len() == 4 => {
            valid(parse(year)?, parse(month)?, parse(day)?)
        }
        [a, b, year] if year.len() == 4 => {
            let (a, b, year) = (parse(a)?, parse(b)?, parse(year)?);
            let dotted = value.contains('.');
            match (month_first, a > 12, b > 12) {
                (true, false, _) | (false, false, true) => valid(year, a, b),
                (_, true, false) => valid(year, b, a),
                (false, false, false) if dotted || a == b => valid(year, b, a),
                _ => None,
            }
        }
        [day, year] if year.len() == 4 => valid(parse(year)?, month(words, value)?, parse(day)?),
        _ => None,
    }
}

/// The month that a date names, in full or by its first letters, in any language.
fn month(words: &PageWords, value: &str) -> Option<u32> {
    let value = value.to_lowercase();
    let mut found = BTreeSet::new();
    for word in value.split(|c: char| !c.is_alphabetic()) {
        for months in &words.months {
            let fits = |month: &String| month == word || is_short(month, word);
            found.extend(months.iter().position(fits));
        }
    }
    let only = found.pop_first()?;
    found.is_empty().then_some(only as u32 + 1)
}

/// Whether a word is a month's first letters, three at least.
fn is_short(month: &str, word: &str) -> bool {
    word.chars().count() >= 3 && month.starts_with(word)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_are_read_when_they_can_be_read_in_one_way() {
        let words = PageWords::shipped().expect("page words");
        let date = |text, month_first| iso_date(words, text, month_first);
        assert_eq!(date("03/24/2021", true).as_deref(), Some("2021-03-24"));
        assert_eq!(date("04/03/2021", true).as_deref(), Some("2021-04-03"));
        assert_eq!(date("04/03/2021", false), None);
        assert_eq!(date("24/03/2021", false).as_deref(), Some("2021-03-24"));
        assert_eq!(date("24.03.2021", false).as_deref(), Some("2021-03-24"));
        assert_eq!(
            date("2021-3-4T10:00:00Z", false).as_deref(),
            Some("2021-03-04")
        );
        assert_eq!(date("March 4, 2021", false).as_deref(), Some("2021-03-04"));
        assert_eq!(date("4. März 2021", false).as_deref(), Some("2021-03-04"));
        assert_eq!(date("12 août 2024", false).as_deref(), Some("2024-08-12"));
        assert_eq!(date("2021", false), None);
        assert_eq!(date("31/31/2021", false), None);
    }
}
