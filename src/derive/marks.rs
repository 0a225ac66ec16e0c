//! The marks that a page reserves, and the sentence that reserves them.

use std::ops::Range;

use super::KnownOwner;
use super::names::{Name, Token, names, runs, tokens};
use super::owner;
use super::text::{Page, Sentence};
use super::words::PageWords;
use crate::facts::ProseContext;
use crate::finding::Confidence;
use crate::pack::page::{Evidence, Fact};

/// Most words between a single mark and the word for trademark.
const MAX_GAP: usize = 8;
/// The same for the first word of a sentence: "is one of our registered".
const MAX_GAP_AT_START: usize = 5;
/// Most marks of a page.
const MAX_MARKS: usize = 200;

/// What was read.
#[derive(Default)]
pub(super) struct Found {
    pub(super) marks: Vec<Fact>,
    pub(super) reservation: Option<Evidence>,
    pub(super) owner: Option<Fact>,
    pub(super) why_no_marks: Option<String>,
}

/// A sentence that names marks.
struct Listed<'p> {
    sentence: &'p Sentence,
    names: Vec<(&'p Sentence, Name)>,
    /// Whose they are, as the sentence says.
    owner: Option<String>,
}

/// Reads the reservation of a page.
pub(super) fn read(
    page: &Page,
    words: &PageWords,
    known: &[KnownOwner],
    title: Option<&str>,
) -> Found {
    let mut found = Found::default();
    match own(page, words, known, listed(page, words, known)) {
        Ok(best) => {
            let sure = if best.names.len() > 1 {
                Confidence::High
            } else {
                Confidence::Medium
            };
            for (sentence, name) in best.names.iter().take(MAX_MARKS) {
                let fact = page.fact(sentence, name.range.clone(), &name.text, sure);
                found.marks.push(fact);
            }
            found.reservation = Some(page.whole(best.sentence, Confidence::High));
        }
        Err(why) => found.why_no_marks = Some(why),
    }
    found.owner = owner::owner(page, words, known, &found.marks, title);
    found.reservation = reservation(page, words).or(found.reservation);
    found
}

/// Every sentence that names marks as trademarks.
fn listed<'p>(page: &'p Page, words: &PageWords, known: &[KnownOwner]) -> Vec<Listed<'p>> {
    let mut out = Vec::new();
    for (index, sentence) in page.sentences.iter().enumerate() {
        let text = page.text(sentence);
        if trademarks(words, text).next().is_none() || words.others.stand_in(text) {
            continue;
        }
        let own = reserved(words, known, text);
        let names: Vec<(&Sentence, Name)> = if own.is_empty() {
            items(page, words, index)
        } else {
            own.into_iter().map(|name| (sentence, name)).collect()
        };
        if !names.is_empty() {
            let owner = owner::named(words, text).into_iter().next();
            out.push(Listed {
                sentence,
                names,
                owner: owner.map(|name| owner::bare_name(words, known, &name.text)),
            });
        }
    }
    out
}

/// The longest list of the page's own marks. Pages name those of others, too: where the
/// sentences tell several owners, the holder of the copyright is the page's.
fn own<'p>(
    page: &Page,
    words: &PageWords,
    known: &[KnownOwner],
    mut listed: Vec<Listed<'p>>,
) -> Result<Listed<'p>, String> {
    let same = |a: &str, b: &str| {
        let (a, b) = (a.to_lowercase(), b.to_lowercase());
        owner::starts_with_word(&a, &b) || owner::starts_with_word(&b, &a)
    };
    let holder = page.sentences.iter().find_map(|sentence| {
        let name = owner::holder(words, page.text(sentence))?;
        Some(owner::bare_name(words, known, &name.text))
    });
    if let Some(holder) = &holder {
        let is_theirs =
            |list: &Listed<'_>| list.owner.as_ref().is_some_and(|owner| same(owner, holder));
        // What does not say whose it is counts where nothing does.
        let told = listed.iter().any(is_theirs);
        listed.retain(|list| is_theirs(list) || !told && list.owner.is_none());
    }
    let mut owners = listed.iter().filter_map(|list| list.owner.as_deref());
    if let Some(first) = owners.next()
        && let Some(other) = owners.find(|other| !same(first, other))
    {
        return Err(format!(
            "marks of several owners are named: {first}, {other}"
        ));
    }
    listed
        .into_iter()
        .rev()
        .max_by_key(|list| list.names.len())
        .ok_or_else(|| "no sentence names marks of the page's owner as trademarks".to_owned())
}

/// The words of a text that call something a trademark. "Trademark law" does not.
pub(super) fn trademarks<'t>(
    words: &'t PageWords,
    text: &'t str,
) -> impl Iterator<Item = Range<usize>> + 't {
    let law: Vec<_> = words.attributive.all(text).collect();
    words.trademark.all(text).filter(move |found| {
        !law.iter()
            .any(|law| law.start <= found.start && found.end <= law.end)
    })
}

/// The sentence that grants no right to the marks.
fn reservation(page: &Page, words: &PageWords) -> Option<Evidence> {
    page.sentences
        .iter()
        .find(|sentence| {
            let text = page.text(sentence);
            let licensed = words.not.stand_in(text) && words.licence.stand_in(text);
            trademarks(words, text).next().is_some()
                && words.names.stand_in(text)
                && (licensed || words.no_rights.stand_in(text))
        })
        .map(|sentence| page.whole(sentence, Confidence::High))
}

/// The marks that a sentence names as trademarks: the longest list of names in it, or
/// the one name before the word for trademark.
fn reserved(words: &PageWords, known: &[KnownOwner], text: &str) -> Vec<Name> {
    let tokens = tokens(text);
    let lists = lists(words, known, text, &tokens);
    let Some(list) = lists
        .iter()
        .max_by_key(|list| (list.len(), std::cmp::Reverse(list[0].range.start)))
    else {
        return Vec::new();
    };
    let Some(trademark) = trademarks(words, text).next() else {
        return Vec::new();
    };
    // "Our word trademarks and service marks: Lantern".
    if let Some(named) = behind_colon(words, text, &lists) {
        return named;
    }
    // Capitals that tell nothing.
    if !text.chars().any(char::is_lowercase) && text.chars().any(char::is_uppercase) {
        return Vec::new();
    }
    if list.len() > 1 {
        let end = list.last().map_or(0, |name| name.range.end);
        let between = text.get(end..trademark.start).unwrap_or_default();
        // "Your Site and Store must not infringe a trademark".
        if words.not.stand_in(between) {
            return Vec::new();
        }
        return distinct(list.clone());
    }
    single(words, text, &lists, &trademark)
}

/// The names behind a colon that follows the word for trademark.
fn behind_colon(words: &PageWords, text: &str, lists: &[Vec<Name>]) -> Option<Vec<Name>> {
    let colon = text.find([':', '：'])?;
    let head = &text[..colon];
    let introduced = trademarks(words, head).next().is_some()
        && !words.not.stand_in(head)
        && !words.of.all(head).any(|of| of.end == head.trim_end().len());
    let behind = lists
        .iter()
        .flatten()
        .filter(|name| name.range.start > colon);
    let listed = distinct(behind.cloned().collect());
    (introduced && !listed.is_empty()).then_some(listed)
}

/// The one name that a sentence says is a trademark.
fn single(
    words: &PageWords,
    text: &str,
    lists: &[Vec<Name>],
    trademark: &Range<usize>,
) -> Vec<Name> {
    // One name: what stands first, when the word for trademark follows it closely and
    // nothing makes it the owner. "Gearbox is a trademark of Acme".
    let Some(first) = lists
        .iter()
        .map(|list| &list[0])
        .min_by_key(|name| name.range.start)
    else {
        return Vec::new();
    };
    let before = text[..first.range.start].trim_end();
    let owned = words.of.all(before).any(|of| of.end == before.len());
    let follows = first.range.end <= trademark.start && !owned;
    // A capital at the start of a sentence tells nothing, unless a trademark is what it is.
    let gap = text
        .get(first.range.end..trademark.start)
        .unwrap_or_default();
    // "Holders of registered trademarks".
    if words.of.all(gap.trim_start()).any(|of| of.start == 0) {
        return Vec::new();
    }
    if !is_said(words, text, first, trademark) {
        return Vec::new();
    }
    let gap = gap.split_whitespace().count();
    let starts = !text[..first.range.start].contains(char::is_alphanumeric);
    if gap > if starts { MAX_GAP_AT_START } else { MAX_GAP } {
        return Vec::new();
    }
    // In scripts that put the owner first: "Gearbox は Acme の商標です".
    if follows && (lists.len() > 1 || !words.not.stand_in(text)) {
        return vec![first.clone()];
    }
    Vec::new()
}

/// Whether a text says of a name that it is a trademark: with a verb between them, a
/// sign behind the name or quotation marks around it. "The Lantern trademarks" are
/// Lantern's.
fn is_said(words: &PageWords, text: &str, name: &Name, trademark: &Range<usize>) -> bool {
    let behind = text.get(name.range.end..trademark.end).unwrap_or_default();
    let before = text[..name.range.start].chars().next_back();
    let after = behind.chars().next();
    let quoted = before.is_some_and(|c| "\"“„«「『".contains(c))
        && after.is_some_and(|c| "\"”“»」』".contains(c));
    let signed = behind.trim_start().starts_with(['®', '™', '℠']);
    words.copula.stand_in(behind) || quoted || signed
}

fn distinct(names: Vec<Name>) -> Vec<Name> {
    let mut out: Vec<Name> = Vec::new();
    for name in names {
        if !out.iter().any(|other| other.text == name.text) {
            out.push(name);
        }
    }
    out
}

/// The marks of a list that a sentence about trademarks introduces, each with the
/// sentence of its item.
fn items<'p>(page: &'p Page, words: &PageWords, index: usize) -> Vec<(&'p Sentence, Name)> {
    let text = page.text(&page.sentences[index]).trim_end();
    if !text.ends_with([':', '：']) {
        return Vec::new();
    }
    page.sentences[index + 1..]
        .iter()
        .take_while(|sentence| page.prose(sentence).context == ProseContext::ListItem)
        .take(MAX_MARKS)
        .filter_map(|sentence| {
            Some((
                sentence,
                names(words, page.text(sentence)).into_iter().next()?,
            ))
        })
        .collect()
}

/// Names that stand in a row, parted by commas, conjunctions and articles.
fn lists(words: &PageWords, known: &[KnownOwner], text: &str, tokens: &[Token]) -> Vec<Vec<Name>> {
    let mut runs = runs(words, text, tokens);
    // A company is no mark: "Lantern Inc.", "Lantern, Inc.".
    runs.retain(|run| {
        let own = run.text.split_whitespace().next_back();
        let next = text[run.range.end..].trim_start_matches([',', ' ', '\u{a0}']);
        let next = next.split(|c: char| c.is_whitespace() || c == ',').next();
        let next = next.filter(|_| text[run.range.end..].starts_with(','));
        let mut forms = own.into_iter().chain(next);
        !forms.any(|word| words.is_legal_form(word))
    });
    add_known(known, text, &mut runs);
    let mut lists: Vec<Vec<Name>> = Vec::new();
    for run in runs {
        let joins = lists
            .last()
            .and_then(|list| list.last())
            .is_some_and(|last| is_separator(words, &text[last.range.end..run.range.start]));
        match lists.last_mut() {
            Some(list) if joins => list.push(run),
            _ => lists.push(vec![run]),
        }
    }
    lists
}

/// Owners whose names other scripts write in their own letters: 微软 is Microsoft.
fn add_known(known: &[KnownOwner], text: &str, runs: &mut Vec<Name>) {
    for owner in known {
        for alias in &owner.aliases {
            if alias.is_ascii() {
                continue;
            }
            for (at, _) in text.match_indices(alias.as_str()) {
                let range = at..at + alias.len();
                if runs
                    .iter()
                    .any(|run| run.range.start < range.end && range.start < run.range.end)
                {
                    continue;
                }
                // Only as a member of a list; elsewhere it is the owner.
                let listed = text[range.end..]
                    .trim_start()
                    .starts_with(['、', '，', ',']);
                if listed {
                    runs.push(Name {
                        range,
                        text: owner.name.clone(),
                    });
                }
            }
        }
    }
    runs.sort_by_key(|run| run.range.start);
}

/// Whether a text parts two names of a list and nothing more.
fn is_separator(words: &PageWords, text: &str) -> bool {
    let mut rest = text.trim();
    let mut parted = false;
    while !rest.is_empty() {
        let first = rest.chars().next().unwrap_or(' ');
        if matches!(
            first,
            ',' | '、' | '，' | ';' | '；' | '・' | '®' | '™' | '"' | '“' | '”' | '«' | '»'
        ) {
            parted |= !matches!(first, '®' | '™' | '"' | '“' | '”' | '«' | '»');
            rest = rest[first.len_utf8()..].trim_start();
            continue;
        }
        let and = words.and.all(rest).find(|found| found.start == 0);
        let article = words.articles.all(rest).find(|found| found.start == 0);
        match (and, article) {
            (Some(found), _) if found.end > 0 => {
                parted = true;
                rest = rest[found.end..].trim_start();
            }
            (_, Some(found)) if found.end > 0 => rest = rest[found.end..].trim_start(),
            _ => return false,
        }
    }
    parted
}
