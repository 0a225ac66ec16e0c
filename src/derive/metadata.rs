//! What a page says of itself: title, language, date, revision, address.

use super::KnownOwner;
use super::marks;
use super::text::{Page, one_line};
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
const REVISION: [&str; 6] = [
    "ms.sourcegitcommit",
    "gitcommit",
    "git_commit_id",
    "revision",
    "commit",
    "source_commit",
];
const ADDRESS: [&str; 4] = ["canonical", "canonical_url", "og:url", "url"];
/// Keys whose dates are written month first.
const MONTH_FIRST: [&str; 2] = ["ms.lasthandoff", "ms.date"];
/// Small words that make a text one of a language.
const ENOUGH_WORDS: usize = 8;

/// The value of the first of some keys.
fn entry<'a>(page: &'a Page, keys: &[&str]) -> Option<&'a FrontMatterEntry> {
    keys.iter().find_map(|key| {
        page.facts
            .front_matter
            .iter()
            .find(|entry| entry.key.eq_ignore_ascii_case(key) && !entry.value.trim().is_empty())
    })
}

fn fact(page: &Page, entry: &FrontMatterEntry, value: String, confidence: Confidence) -> Fact {
    let quote = format!("{}: {}", entry.key, entry.value);
    Fact {
        value,
        evidence: page.evidence(entry.value_span, &quote, confidence),
    }
}

/// The title: the first heading of the first level, else the metadata's.
pub(super) fn title(page: &Page) -> Option<Fact> {
    let heading = page
        .facts
        .headings
        .iter()
        .find(|heading| heading.level == 1)
        .filter(|heading| !heading.text.trim().is_empty());
    if let Some(heading) = heading {
        let value = one_line(&heading.text);
        let evidence = page.evidence(heading.span, &value, Confidence::High);
        return Some(Fact { value, evidence });
    }
    let entry = entry(page, &["title", "og:title"])?;
    Some(fact(page, entry, one_line(&entry.value), Confidence::High))
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

/// The date, as ISO 8601. `Err` tells why one that is there cannot be read.
pub(super) fn date(page: &Page, words: &PageWords) -> Result<Option<Fact>, String> {
    let Some(entry) = entry(page, &DATE) else {
        return told_date(page, words);
    };
    let month_first = MONTH_FIRST
        .iter()
        .any(|key| entry.key.eq_ignore_ascii_case(key));
    match iso_date(&entry.value, month_first) {
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
        return match iso_date(told, false) {
            Some(date) => {
                let at = word.start..word.end + end;
                Ok(Some(page.fact(sentence, at, date, Confidence::Medium)))
            }
            None => Err(format!("“{}” is no date, or one of two", one_line(text))),
        };
    }
    Ok(None)
}

fn iso_date(value: &str, month_first: bool) -> Option<String> {
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
        [day, year] if year.len() == 4 => valid(parse(year)?, month(value)?, parse(day)?),
        _ => None,
    }
}

/// The month that a date names in English.
fn month(value: &str) -> Option<u32> {
    const MONTHS: [&str; 12] = [
        "jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec",
    ];
    let value = value.to_lowercase();
    let mut found = MONTHS.iter().enumerate().filter(|(_, name)| {
        value
            .split(|c: char| !c.is_alphabetic())
            .any(|word| word.starts_with(**name))
    });
    let (index, _) = found.next()?;
    found.next().is_none().then_some(index as u32 + 1)
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

/// What the page is about: the name in its title. A name that begins with the owner's or
/// with a mark is one for sure; in German, which writes every noun with a capital, no
/// other is.
pub(super) fn product(
    words: &PageWords,
    title: Option<&Fact>,
    language: Option<&Fact>,
    marks: &marks::Found,
) -> Option<Fact> {
    let title = title?;
    let known = || {
        marks
            .marks
            .iter()
            .chain(&marks.owner)
            .map(|fact| fact.value.as_str())
    };
    let candidates = products_in(words, &title.value);
    let marked = candidates.iter().find_map(|name| {
        let mark = known()
            .filter(|mark| begins(name, mark))
            .max_by_key(|mark| mark.len())?;
        // "des Ortsfinders": without the ending of its case.
        let rest = &name[mark.len()..];
        let rest = rest.trim_start_matches(|c: char| c.is_lowercase());
        Some(format!("{mark}{rest}"))
    });
    let german = language.is_some_and(|fact| fact.value.starts_with("de"));
    let sure = if marked.is_some() {
        Confidence::High
    } else {
        Confidence::Medium
    };
    let other = || {
        candidates
            .iter()
            .filter(|_| !german)
            .max_by_key(|name| name.len())
            .cloned()
    };
    Some(Fact {
        value: marked.or_else(other)?,
        evidence: Evidence {
            confidence: sure,
            ..title.evidence.clone()
        },
    })
}

/// Whether a name begins with a mark, an ending of up to two letters aside.
fn begins(name: &str, mark: &str) -> bool {
    name.strip_prefix(mark).is_some_and(|rest| {
        let ending = rest.chars().take_while(|c| c.is_alphanumeric()).count();
        ending <= 2 && rest.chars().take(ending).all(char::is_lowercase)
    })
}

/// The longest name of a title.
fn product_in(words: &PageWords, title: &str) -> Option<String> {
    products_in(words, title)
        .into_iter()
        .max_by_key(String::len)
}

/// The names of a title, words of titles taken off their ends. A preposition between two
/// names is part of the name: "Defender for Endpoint".
fn products_in(words: &PageWords, title: &str) -> Vec<String> {
    let runs = marks::names(words, title);
    let mut joined: Vec<(usize, usize)> = Vec::new();
    for run in &runs {
        match joined.last_mut() {
            Some((_, end)) if is_link(&title[*end..run.range.start]) => *end = run.range.end,
            _ => joined.push((run.range.start, run.range.end)),
        }
    }
    joined
        .into_iter()
        .filter_map(|(start, end)| {
            let mut parts: Vec<&str> = title[start..end].split_whitespace().collect();
            while parts
                .first()
                .is_some_and(|word| words.is_title_word(word) || is_link(word))
            {
                parts.remove(0);
            }
            while parts.last().is_some_and(|word| words.is_title_word(word)) {
                parts.pop();
            }
            while parts.last().is_some_and(|word| is_link(word)) {
                parts.pop();
            }
            (!parts.is_empty()).then(|| parts.join(" "))
        })
        .collect()
}

/// A single small word between two names.
fn is_link(gap: &str) -> bool {
    let word = gap.trim();
    matches!(
        word,
        "for"
            | "pour"
            | "für"
            | "para"
            | "per"
            | "voor"
            | "för"
            | "dla"
            | "для"
            | "of"
            | "de"
            | "di"
    )
}

/// Other names of the product on the page: names that share its first two words, or
/// its last three.
pub(super) fn aliases(
    page: &Page,
    words: &PageWords,
    product: &str,
    known: &[KnownOwner],
) -> Vec<Fact> {
    let parts: Vec<&str> = product.split_whitespace().collect();
    let house = known
        .iter()
        .any(|owner| parts.first() == Some(&owner.name.as_str()));
    let short = if house && parts.len() > 1 {
        parts[1..].join(" ")
    } else {
        product.to_owned()
    };
    let lead = parts.iter().take(2).copied().collect::<Vec<_>>().join(" ");
    let mut out: Vec<Fact> = Vec::new();
    let mut add = |value: String, evidence: Evidence| {
        let known = value == product || out.iter().any(|fact| fact.value == value);
        if !known && value.len() <= 80 && out.len() < 50 {
            out.push(Fact { value, evidence });
        }
    };
    for entry in &page.facts.front_matter {
        if entry.key.eq_ignore_ascii_case("title")
            && let Some(name) = product_in(words, &entry.value)
            && name.starts_with(&lead)
        {
            let evidence = page.evidence(entry.value_span, &entry.value, Confidence::Medium);
            add(name, evidence);
        }
    }
    for sentence in &page.sentences {
        let text = page.text(sentence);
        for (range, _) in &page.prose(sentence).links {
            let within = sentence.range.start <= range.start && range.end <= sentence.range.end;
            if !within {
                continue;
            }
            let range = range.start - sentence.range.start..range.end - sentence.range.start;
            let shown = one_line(&text[range.clone()]);
            if parts.len() > 1
                && shown.starts_with(&lead)
                && shown.split_whitespace().count() <= 8
                && !words.terms.stand_in(&shown)
            {
                let fact = page.fact(sentence, range, &shown, Confidence::Medium);
                add(fact.value, fact.evidence);
            }
        }
        if short != product
            && let Some(at) = text.find(&short)
            && !text[..at].trim_end().ends_with(parts[0])
        {
            let fact = page.fact(sentence, at..at + short.len(), &short, Confidence::Medium);
            add(fact.value, fact.evidence);
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_are_read_when_they_can_be_read_in_one_way() {
        let date = |text, month_first| iso_date(text, month_first);
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
        assert_eq!(date("2021", false), None);
        assert_eq!(date("31/31/2021", false), None);
    }

    #[test]
    fn tags_have_one_form() {
        assert_eq!(tag("fr_fr").as_deref(), Some("fr-FR"));
        assert_eq!(tag("zh-hans-cn").as_deref(), Some("zh-Hans-CN"));
        assert_eq!(tag("English"), None);
    }

    #[test]
    fn a_product_is_the_name_in_a_title() {
        let words = PageWords::shipped().expect("page words");
        let product = |title| product_in(words, title);
        assert_eq!(
            product("Microsoft Defender for Endpoint API license and terms of use").as_deref(),
            Some("Microsoft Defender for Endpoint")
        );
        assert_eq!(
            product("Licence et conditions d’utilisation de l’API Microsoft Defender for Endpoint")
                .as_deref(),
            Some("Microsoft Defender for Endpoint")
        );
        assert_eq!(
            product("Nominatim Usage Policy").as_deref(),
            Some("Nominatim")
        );
        assert_eq!(product("Terms of use"), None);
    }
}
