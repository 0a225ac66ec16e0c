//! What a page is about, and what else it calls it.

use super::KnownOwner;
use super::marks;
use super::names;
use super::text::{Page, one_line};
use super::words::PageWords;
use crate::facts::ProseContext;
use crate::finding::Confidence;
use crate::pack::page::{Evidence, Fact};

/// What the page is about: the name in its title. A name that begins with the owner's or
/// with a mark is one for sure. Another is one where the page says it within a sentence,
/// since titles write any word with a capital; in German, which does so everywhere, none
/// is.
pub(super) fn product(
    page: &Page,
    words: &PageWords,
    title: Option<&Evidence>,
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
    let mut candidates = products_in(words, &title.quote);
    candidates.retain(|name| !goes_on(words, &title.quote, name));
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
            .filter(|name| !german && is_said(page, name))
            .max_by_key(|name| name.len())
            .cloned()
    };
    Some(Fact {
        value: marked.or_else(other)?,
        evidence: Evidence {
            confidence: sure,
            ..title.clone()
        },
    })
}

/// Whether a title goes on with words that belong to a name, translated: "Defender voor
/// eindpunten" is no "Defender".
fn goes_on(words: &PageWords, title: &str, name: &str) -> bool {
    let rest = title.find(name).map_or("", |at| &title[at + name.len()..]);
    let mut rest = rest.split_whitespace();
    rest.next().is_some_and(|word| is_link(words, word))
        && rest.next().is_some_and(|word| {
            word.starts_with(char::is_lowercase)
                && !words.is_title_word(word)
                && !words.articles.is(word)
        })
}

/// Whether a sentence of the page has a name elsewhere than at its start.
fn is_said(page: &Page, name: &str) -> bool {
    page.sentences.iter().any(|sentence| {
        let text = page.text(sentence);
        let heading = matches!(page.prose(sentence).context, ProseContext::Heading(_));
        !heading
            && text.match_indices(name).any(|(at, _)| {
                text[..at].contains(char::is_alphanumeric)
                    && !text[at + name.len()..].starts_with(char::is_alphanumeric)
            })
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
pub(super) fn products_in(words: &PageWords, title: &str) -> Vec<String> {
    let runs = names::names(words, title);
    let mut joined: Vec<(usize, usize)> = Vec::new();
    for run in &runs {
        match joined.last_mut() {
            Some((_, end)) if is_link(words, &title[*end..run.range.start]) => *end = run.range.end,
            _ => joined.push((run.range.start, run.range.end)),
        }
    }
    joined
        .into_iter()
        .filter_map(|(start, end)| {
            let mut parts: Vec<&str> = title[start..end].split_whitespace().collect();
            while parts
                .first()
                .is_some_and(|word| words.is_title_word(word) || is_link(words, word))
            {
                parts.remove(0);
            }
            while parts.last().is_some_and(|word| words.is_title_word(word)) {
                parts.pop();
            }
            while parts.last().is_some_and(|word| is_link(words, word)) {
                parts.pop();
            }
            (!parts.is_empty()).then(|| parts.join(" "))
        })
        .collect()
}

/// A single small word between two names.
fn is_link(words: &PageWords, gap: &str) -> bool {
    words.links.is(gap.trim())
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
        let links = &page.prose(sentence).links;
        let first = links.partition_point(|(range, _)| range.start < sentence.range.start);
        let within = links[first..]
            .iter()
            .take_while(|(range, _)| range.start < sentence.range.end)
            .filter(|(range, _)| range.end <= sentence.range.end);
        for (range, _) in within {
            let range = range.start - sentence.range.start..range.end - sentence.range.start;
            let shown = one_line(&text[range.clone()]);
            // A translation of the name has a small word where the name has one.
            let link_word = |name: &str| {
                name.split_whitespace()
                    .nth(2)
                    .is_some_and(|word| is_link(words, word))
            };
            if link_word(product)
                && link_word(&shown)
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
