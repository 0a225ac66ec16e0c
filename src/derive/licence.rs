//! Under which licence a page puts the documentation, and the code in it.

mod commons;

use std::collections::BTreeSet;
use std::ops::Range;

use super::text::{Page, Sentence};
use super::words::PageWords;
use crate::finding::Confidence;
use crate::pack::page::Fact;
use crate::parse::licence::words as licence_words;
use commons::{creative_commons, narrow};

/// What was read, or why nothing was.
#[derive(Default)]
pub(super) struct Found {
    pub(super) licence: Option<Fact>,
    pub(super) code: Option<Fact>,
    pub(super) why_no_licence: Option<String>,
    pub(super) why_no_code: Option<String>,
}

/// What a licence is said to be of.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
enum Subject {
    Documentation,
    Code,
    /// Data, pictures and the like.
    Other,
    Unknown,
}

struct Named {
    fact: Fact,
    subject: Subject,
}

/// Reads the licences that a page names.
pub(super) fn read(page: &Page, words: &PageWords, owners: &[&str]) -> Found {
    let mut found = Vec::new();
    let mut doubts = Vec::new();
    for sentence in &page.sentences {
        self::sentence(page, words, owners, sentence, &mut found, &mut doubts);
    }
    // The page's own licence stands in a sentence about it; one that is named without
    // a word of what it is of counts only where nothing else is.
    let of = |subject: Subject| {
        let some: Vec<&Fact> = found
            .iter()
            .filter(|named| named.subject == subject)
            .map(|named| &named.fact)
            .collect();
        some
    };
    let mut documentation = of(Subject::Documentation);
    let mut code = of(Subject::Code);
    if documentation.is_empty() {
        documentation = of(Subject::Unknown);
    }
    let mut out = Found::default();
    match one(&documentation) {
        Ok(fact) => out.licence = fact,
        Err(why) => out.why_no_licence = Some(why),
    }
    if out.licence.is_none() && out.why_no_licence.is_none() {
        out.why_no_licence = doubts.first().cloned();
    }
    // What a page says of all that it holds, it says of its code, too; that is no
    // licence of the code's own.
    if let Some(licence) = &out.licence {
        code.retain(|fact| {
            fact.value != licence.value || fact.evidence.line != licence.evidence.line
        });
    }
    match one(&code) {
        Ok(fact) => out.code = fact,
        Err(why) => out.why_no_code = Some(why),
    }
    out
}

/// The one licence that all facts name.
fn one(facts: &[&Fact]) -> Result<Option<Fact>, String> {
    let values: BTreeSet<&str> = facts.iter().map(|fact| fact.value.as_str()).collect();
    if values.len() > 1 {
        let told: Vec<String> = facts
            .iter()
            .map(|fact| format!("{} (line {})", fact.value, fact.evidence.line))
            .collect();
        return Err(format!("several are named: {}", told.join(", ")));
    }
    let best = facts.iter().max_by_key(|fact| fact.evidence.confidence);
    Ok(best.map(|fact| (*fact).clone()))
}

fn sentence(
    page: &Page,
    words: &PageWords,
    owners: &[&str],
    sentence: &Sentence,
    found: &mut Vec<Named>,
    doubts: &mut Vec<String>,
) {
    let text = page.text(sentence);
    // Full-width letters are read as the plain ones that they are.
    let plain = narrow(text);
    if plain != text {
        let names = licence_words::words().map_or_else(Vec::new, |known| known.names_in(&plain));
        let known = names
            .into_iter()
            .filter(|name| is_name(&plain, &name.range));
        for id in known.filter_map(|name| name.id) {
            let subject = subject(
                words,
                owners,
                text,
                &(0..text.len()),
                &(text.len()..text.len()),
            );
            found.push(Named {
                fact: page.fact(sentence, 0..text.len(), id, Confidence::Medium),
                subject,
            });
        }
    }
    let mut places = creative_commons(words, text);
    let commons = !places.is_empty();
    if let Some(known) = licence_words::words() {
        places.extend(
            known
                .names_in(text)
                .into_iter()
                .filter_map(|name| Some((name.range, name.id?)))
                .filter(|(range, id)| is_name(text, range) && !(commons && id.starts_with("CC-"))),
        );
        for link in page.links_in(sentence) {
            if let Some(Some(id)) = known.url(&link.url)
                && let Some(range) = page.range_of(sentence, link.span)
            {
                places.push((range, id));
            }
        }
    }
    if places.is_empty() {
        if words.creative_commons.stand_in(text) {
            let line = page.source.position(page.span(sentence).start).line;
            doubts.push(format!(
                "line {line} speaks of Creative Commons, but not of which licence and version"
            ));
        }
        return;
    }
    let several = places.len() > 1;
    for (range, id) in places {
        if spdx::license_id(&id).is_none() {
            continue;
        }
        let part = clause(words, text, &range);
        let around = &text[part.clone()];
        if words.not.stand_in(&before(text, &part, &range)) || words.past.stand_in(around) {
            continue;
        }
        let section = page.section(page.span(sentence).start);
        if words.others.stand_in(around) || words.others.stand_in(section) {
            continue;
        }
        let line = page.source.position(page.span(sentence).start).line;
        let ahead = &text[part.start..range.start.max(part.start)];
        if words.conditional.stand_in(ahead) && !words.unless.stand_in(ahead) {
            doubts.push(format!("line {line} speaks of {id} for one case only"));
            continue;
        }
        let subject = subject(words, owners, text, &part, &range);
        // Of data by its words, or in a section about data.
        let of_data = subject == Subject::Other
            || subject == Subject::Unknown && words.data.stand_in(section);
        if of_data {
            doubts.push(format!(
                "line {line} puts something else under {id} than the documentation: “{}”",
                super::text::one_line(text)
            ));
            continue;
        }
        // Something is named, and it is no documentation: "the cartography is under …".
        let joined = text.chars().any(crate::parse::rates::is_joined);
        let named = before(text, &part, &range);
        let something = subject == Subject::Unknown
            && !joined
            && (several && words.names_something(&named, owners)
                || words.begins_with_a_thing(ahead, owners));
        if something || subject == Subject::Unknown && !is_for_texts(&id) {
            doubts.push(format!("line {line} does not say what is under {id}"));
            continue;
        }
        let pictures = |text: &str| words.images.stand_in(text);
        if pictures(ahead) && !names_text(words, ahead)
            || subject == Subject::Unknown && pictures(section)
        {
            doubts.push(format!("line {line} puts pictures under {id}"));
            continue;
        }
        let told = words.licence.stand_in(text) || subject != Subject::Unknown;
        let sure = if told {
            Confidence::High
        } else {
            Confidence::Medium
        };
        found.push(Named {
            fact: page.fact(sentence, range, id, sure),
            subject,
        });
    }
}

/// Whether a licence is one of texts, as most without a word of what they are of are not.
fn is_for_texts(id: &str) -> bool {
    id.starts_with("CC-") || id.starts_with("GFDL-")
}

/// Whether a licence's name is one, and no word of a language: German "mit" is not MIT.
/// A name of letters alone is written in capitals, and not among capitals only.
fn is_name(text: &str, range: &Range<usize>) -> bool {
    let name = &text[range.clone()];
    if name.len() > 4 || !name.chars().all(char::is_alphabetic) {
        return true;
    }
    name.chars().all(char::is_uppercase) && text.chars().any(char::is_lowercase)
}

/// Whether words speak of text or code.
fn names_text(words: &PageWords, text: &str) -> bool {
    words.documentation.stand_in(text) || words.code.stand_in(text)
}

/// What a licence's name is said of: the nearest word before it, else the nearest
/// behind it in its part of the sentence.
fn subject(
    words: &PageWords,
    owners: &[&str],
    text: &str,
    part: &Range<usize>,
    range: &Range<usize>,
) -> Subject {
    // "Maps" in the owner's name is none.
    let owner: Vec<Range<usize>> = owners
        .iter()
        .flat_map(|name| text.match_indices(name))
        .map(|(at, name)| at..at + name.len())
        .collect();
    let of = |subject, words: &'_ super::words::Words| {
        let found = words.all(&text[part.clone()]);
        found
            .map(|found| (found.start + part.start, found.end + part.start, subject))
            .filter(|(start, end, _)| {
                !owner
                    .iter()
                    .any(|name| name.start <= *start && *end <= name.end)
            })
            .collect::<Vec<_>>()
    };
    let others = of(Subject::Other, &words.data);
    let mut all = of(Subject::Documentation, &words.documentation);
    // "User content" is no content of the page's.
    all.retain(|(start, end, _)| !others.iter().any(|(from, to, _)| from < end && start < to));
    all.extend(of(Subject::Code, &words.code));
    all.extend(others);
    let ahead: Vec<_> = all
        .iter()
        .copied()
        .filter(|(_, end, _)| *end <= range.start)
        .collect();
    let behind: Vec<_> = all
        .iter()
        .copied()
        .filter(|(start, ..)| *start >= range.end)
        .collect();
    of_words(words, text, ahead)
        .or_else(|| of_words(words, text, behind))
        .unwrap_or(Subject::Unknown)
}

/// What words for documentation and something else together mean: "the code in this
/// documentation" is code, "the site's data" data; "documentation and code" is both, which
/// the documentation stands for, and "content, including images" is content.
fn of_words(
    words: &PageWords,
    text: &str,
    mut found: Vec<(usize, usize, Subject)>,
) -> Option<Subject> {
    found.sort_unstable();
    let (_, _, first) = *found.first()?;
    let code = found
        .iter()
        .any(|(_, _, subject)| *subject == Subject::Code);
    let joined = found.windows(2).any(|pair| {
        let between = &text[pair[0].1..pair[1].0.max(pair[0].1)];
        pair[0].2 != pair[1].2 && words.and.stand_in(between)
    });
    let glued = found.windows(2).any(|pair| {
        let between = text[pair[0].1..pair[1].0.max(pair[0].1)].trim();
        pair[0].2 == Subject::Documentation
            && pair[1].2 == Subject::Other
            && (between.is_empty() || words.possessives.iter().any(|own| own == between))
    });
    let documentation = found
        .iter()
        .any(|(_, _, subject)| *subject == Subject::Documentation);
    match (first, code) {
        _ if joined && documentation => Some(Subject::Documentation),
        (_, true) => Some(Subject::Code),
        _ if glued => Some(Subject::Other),
        (first, false) => Some(first),
    }
}

/// The part of a sentence that a name stands in: between semicolons, and between the
/// licences of two things ("the docs under A, and code under B").
fn clause(words: &PageWords, text: &str, range: &Range<usize>) -> Range<usize> {
    let names = licence_words::words().map_or_else(Vec::new, |known| known.names_in(text));
    let mut start = 0;
    let mut end = text.len();
    for stop in &words.parts {
        for (at, _) in text.match_indices(stop.as_str()) {
            let behind = at + stop.len();
            // Only where a licence stands on either side are there two parts.
            if behind <= range.start && names.iter().any(|name| name.range.end <= at) {
                start = start.max(behind);
            } else if at >= range.end && names.iter().any(|name| name.range.start >= behind) {
                end = end.min(at);
            }
        }
    }
    start..end
}

/// The words of a part of a sentence before a name, the last few.
fn before(text: &str, part: &Range<usize>, range: &Range<usize>) -> String {
    let head = &text[part.start..range.start.max(part.start)];
    // Scripts that write no spaces put a negation at the end.
    if head.chars().any(crate::parse::rates::is_joined) {
        return text[part.clone()].to_owned();
    }
    let words: Vec<&str> = head.split_whitespace().collect();
    words[words.len().saturating_sub(7)..].join(" ")
}
