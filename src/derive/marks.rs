//! The marks that a page reserves, and who owns them.

use std::collections::BTreeMap;
use std::ops::Range;

use super::KnownOwner;
use super::text::{Page, Sentence};
use super::words::PageWords;
use crate::facts::ProseContext;
use crate::finding::Confidence;
use crate::pack::page::{Evidence, Fact};
use crate::parse::rates::is_joined;

/// Most words of a name.
const MAX_WORDS: usize = 6;
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

/// A run of words that may be a name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Name {
    /// In the text.
    pub(super) range: Range<usize>,
    /// Its words, joined by single spaces, without ® and ™.
    pub(super) text: String,
}

/// A word or a mark of punctuation.
#[derive(Clone, Debug)]
struct Token {
    range: Range<usize>,
    kind: Kind,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    /// Starts with a capital, or with a digit after such a word.
    Name,
    /// Any other word.
    Word,
    /// A run of a script that writes no spaces.
    Joined,
    /// A comma of any script.
    Comma,
    /// `®`, `™` and the like, which belong to the name before.
    Sign,
    /// A hyphen between words.
    Hyphen,
    /// Anything else.
    Other,
}

/// Reads the reservation of a page.
pub(super) fn read(
    page: &Page,
    words: &PageWords,
    known: &[KnownOwner],
    title: Option<&str>,
) -> Found {
    let mut found = Found::default();
    let mut best: Option<(&Sentence, Vec<(&Sentence, Name)>)> = None;
    for (index, sentence) in page.sentences.iter().enumerate() {
        let text = page.text(sentence);
        if !words.trademark.stand_in(text) || words.others.stand_in(text) {
            continue;
        }
        let own = reserved(words, known, text);
        let names: Vec<(&Sentence, Name)> = if own.is_empty() {
            items(page, words, index)
        } else {
            own.into_iter().map(|name| (sentence, name)).collect()
        };
        let more = best
            .as_ref()
            .is_none_or(|(_, best)| names.len() > best.len());
        if !names.is_empty() && more {
            best = Some((sentence, names));
        }
    }
    if let Some((_, names)) = &best {
        let sure = if names.len() > 1 {
            Confidence::High
        } else {
            Confidence::Medium
        };
        for (sentence, name) in names.iter().take(MAX_MARKS) {
            found
                .marks
                .push(page.fact(sentence, name.range.clone(), &name.text, sure));
        }
    } else {
        found.why_no_marks = Some("no sentence names marks as trademarks".to_owned());
    }
    found.owner = owner(page, words, known, &found.marks, title);
    found.reservation = reservation(page, words).or_else(|| {
        best.as_ref()
            .map(|(sentence, _)| page.whole(sentence, Confidence::High))
    });
    found
}

/// The sentence that grants no right to the marks.
fn reservation(page: &Page, words: &PageWords) -> Option<Evidence> {
    page.sentences
        .iter()
        .find(|sentence| {
            let text = page.text(sentence);
            words.trademark.stand_in(text)
                && words.not.stand_in(text)
                && words.licence.stand_in(text)
                && words.names.stand_in(text)
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
    if list.len() > 1 {
        return distinct(list.clone());
    }
    // One name: what stands first, when the word for trademark follows it closely and
    // nothing makes it the owner. "Gearbox is a trademark of Acme".
    let Some(first) = lists
        .iter()
        .map(|list| &list[0])
        .min_by_key(|name| name.range.start)
    else {
        return Vec::new();
    };
    let Some(trademark) = words.trademark.first(text) else {
        return Vec::new();
    };
    let before = text[..first.range.start].trim_end();
    let owned = words.of.all(before).any(|of| of.end == before.len());
    let follows = first.range.end <= trademark.start && !owned;
    // In scripts that put the owner first: "Gearbox は Acme の商標です".
    if follows && (lists.len() > 1 || !words.not.stand_in(text)) {
        return vec![first.clone()];
    }
    Vec::new()
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
    add_known(words, known, text, &mut runs);
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
fn add_known(words: &PageWords, known: &[KnownOwner], text: &str, runs: &mut Vec<Name>) {
    let _ = words;
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

/// Runs of words that may be names.
pub(super) fn names(words: &PageWords, text: &str) -> Vec<Name> {
    runs(words, text, &tokens(text))
}

fn runs(words: &PageWords, text: &str, tokens: &[Token]) -> Vec<Name> {
    let mut out: Vec<Name> = Vec::new();
    let mut run: Vec<&Token> = Vec::new();
    let close = |run: &mut Vec<&Token>, out: &mut Vec<Name>| {
        let noise = |token: &&Token| {
            let word = &text[token.range.clone()];
            words.names.is(word)
                || words.articles.is(word)
                || words.and.is(word)
                || words.trademark.is(word)
        };
        let start = run.iter().take_while(|token| noise(token)).count();
        let kept = &run[start..];
        let end = kept.iter().rev().take_while(|token| noise(token)).count();
        let kept = &kept[..kept.len() - end];
        if let (Some(first), Some(last)) = (kept.first(), kept.last())
            && kept.len() <= MAX_WORDS
        {
            let words: Vec<&str> = kept
                .iter()
                .map(|token| &text[token.range.clone()])
                .collect();
            out.push(Name {
                range: first.range.start..last.range.end,
                text: words.join(" "),
            });
        }
        run.clear();
    };
    for (index, token) in tokens.iter().enumerate() {
        match token.kind {
            Kind::Name => {
                // "Acme's Gearbox": the possessive ends a name.
                let gap = run
                    .last()
                    .map_or("", |last| &text[last.range.end..token.range.start]);
                if gap.contains(['\n'])
                    || !gap.trim().is_empty() && !gap.trim().chars().all(|c| "®™".contains(c))
                {
                    close(&mut run, &mut out);
                }
                run.push(token);
            }
            Kind::Sign => {}
            // "Microsoft-Produkte" is a word of its own, which begins with a name.
            Kind::Hyphen => {
                let glued = tokens
                    .get(index + 1)
                    .is_some_and(|next| next.range.start == token.range.end);
                if glued {
                    run.pop();
                }
                close(&mut run, &mut out);
            }
            _ => close(&mut run, &mut out),
        }
    }
    close(&mut run, &mut out);
    out
}

fn tokens(text: &str) -> Vec<Token> {
    let mut out: Vec<Token> = Vec::new();
    let mut at = 0;
    while let Some(c) = text[at..].chars().next() {
        let length = c.len_utf8();
        let mut push = |end: usize, kind: Kind| {
            out.push(Token {
                range: at..end,
                kind,
            });
            end
        };
        at = if c.is_whitespace() {
            at + length
        } else if is_joined(c) {
            let end = text[at..]
                .find(|c: char| !is_joined(c))
                .map_or(text.len(), |end| at + end);
            push(end, Kind::Joined)
        } else if c.is_alphanumeric() || c == '.' && dotted(&text[at..]) {
            let end = word_end(text, at);
            let after_name = out.last().is_some_and(|last| last.kind == Kind::Name);
            let named = c.is_uppercase()
                || c == '.'
                || c.is_numeric() && after_name
                || text[at..end].chars().skip(1).any(char::is_uppercase);
            out.push(Token {
                range: at..end,
                kind: if named { Kind::Name } else { Kind::Word },
            });
            end
        } else {
            let kind = match c {
                ',' | '、' | '，' | ';' => Kind::Comma,
                '®' | '™' | '©' | '℠' => Kind::Sign,
                '-' | '‑' => Kind::Hyphen,
                _ => Kind::Other,
            };
            push(at + length, kind)
        };
    }
    out
}

/// `.NET`, but no full stop.
fn dotted(text: &str) -> bool {
    text[1..].starts_with(|c: char| c.is_uppercase())
}

fn word_end(text: &str, at: usize) -> usize {
    let mut end = at;
    let mut chars = text[at..].char_indices().peekable();
    while let Some((offset, c)) = chars.next() {
        let inner = c.is_alphanumeric() && !is_joined(c)
            || offset == 0
            || matches!(c, '.' | '+' | '#' | '_')
                && chars
                    .peek()
                    .is_some_and(|(_, next)| next.is_alphanumeric() && !is_joined(*next));
        if !inner {
            break;
        }
        end = at + offset + c.len_utf8();
    }
    end
}

/// Who owns the marks: the mark that the others start with or that the page's own
/// addresses are named for, the name behind "trademarks of", the holder of the
/// copyright. Two of these make it sure.
fn owner(
    page: &Page,
    words: &PageWords,
    known: &[KnownOwner],
    marks: &[Fact],
    title: Option<&str>,
) -> Option<Fact> {
    let mut votes: BTreeMap<String, (u32, Fact)> = BTreeMap::new();
    let mut vote = |weight: u32, fact: Fact| {
        let name = bare_name(words, known, &fact.value);
        if name.is_empty() {
            return;
        }
        let entry = votes.entry(name.to_lowercase()).or_insert_with(|| {
            (
                0,
                Fact {
                    value: name,
                    evidence: fact.evidence,
                },
            )
        });
        entry.0 += weight;
    };
    let hosts: Vec<String> = page
        .facts
        .links
        .iter()
        .map(|link| link.url.clone())
        .filter_map(|url| host_label(&url))
        .collect();
    for mark in marks {
        let lower = mark.value.to_lowercase();
        let leads = marks.iter().any(|other| {
            other.value.len() > mark.value.len()
                && starts_with_word(&other.value.to_lowercase(), &lower)
        });
        let titled = title.is_some_and(|title| title.to_lowercase().contains(&lower));
        let hosted = hosts.iter().any(|host| *host == lower.replace(' ', ""));
        let weight = u32::from(leads) + u32::from(titled) + 2 * u32::from(hosted);
        if weight > 0 {
            vote(weight, mark.clone());
        }
    }
    for sentence in &page.sentences {
        let text = page.text(sentence);
        if words.others.stand_in(text) {
            continue;
        }
        let runs = runs(words, text, &tokens(text));
        if words.trademark.stand_in(text) {
            for run in &runs {
                let before = text[..run.range.start].trim_end();
                let of = words.of.all(before).any(|of| of.end == before.len());
                let trademark = words.trademark.all(before).last();
                let close = trademark.is_some_and(|found| {
                    let between = &before[found.end..];
                    between.split_whitespace().count() <= 3 && !between.contains([',', '.', ';'])
                });
                if of && close {
                    vote(
                        2,
                        page.fact(sentence, run.range.clone(), &run.text, Confidence::Medium),
                    );
                }
            }
        }
        if let Some(at) = text.find('©').or_else(|| {
            text.to_lowercase()
                .find("copyright")
                .filter(|at| text.is_char_boundary(*at))
        }) && let Some(run) = runs
            .iter()
            .find(|run| run.range.start > at && !run.text.eq_ignore_ascii_case("copyright"))
            && run.range.start - at < 40
        {
            let text = run.text.trim_start_matches("Copyright ").to_owned();
            vote(
                2,
                page.fact(sentence, run.range.clone(), text, Confidence::Medium),
            );
        }
        // "Acme and any contributors grant you a licence to the documentation".
        if words.licence.stand_in(text)
            && words.documentation.stand_in(text)
            && let Some(first) = runs.first()
            && first.range.start < 12
            && hosts.contains(&first.text.to_lowercase().replace(' ', ""))
        {
            vote(
                1,
                page.fact(
                    sentence,
                    first.range.clone(),
                    &first.text,
                    Confidence::Medium,
                ),
            );
        }
    }
    for entry in &page.facts.front_matter {
        let key = entry.key.to_lowercase();
        if matches!(
            key.as_str(),
            "publisher" | "company" | "organization" | "og:site_name" | "copyright"
        ) {
            let value = entry.value.trim_start_matches(|c: char| !c.is_alphabetic());
            let evidence = page.evidence(entry.value_span, &entry.value, Confidence::Medium);
            vote(
                1,
                Fact {
                    value: value.to_owned(),
                    evidence,
                },
            );
        }
    }
    let most = votes.values().map(|(weight, _)| *weight).max()?;
    let mut best = votes.into_values().filter(|(weight, _)| *weight == most);
    let (weight, mut fact) = best.next()?;
    if best.next().is_some() {
        return None;
    }
    fact.evidence.confidence = if weight >= 3 {
        Confidence::High
    } else {
        Confidence::Medium
    };
    Some(fact)
}

/// An owner's name without the company's legal form.
fn bare_name(words: &PageWords, known: &[KnownOwner], name: &str) -> String {
    let mut parts: Vec<&str> = name
        .split_whitespace()
        .map(|part| part.trim_matches([',', '®', '™']))
        .filter(|part| !part.is_empty())
        .collect();
    while parts.len() > 1 && parts.last().is_some_and(|last| words.is_legal_form(last)) {
        parts.pop();
    }
    let name = parts.join(" ");
    known
        .iter()
        .find(|owner| owner.aliases.contains(&name))
        .map_or(name, |owner| owner.name.clone())
}

fn starts_with_word(text: &str, start: &str) -> bool {
    text.strip_prefix(start)
        .is_some_and(|rest| !rest.starts_with(char::is_alphanumeric))
}

/// The name in a host: `microsoft` of `privacy.microsoft.com`.
fn host_label(url: &str) -> Option<String> {
    let (_, rest) = url.split_once("://")?;
    let host = rest.split(['/', '?', '#', ':']).next()?;
    let mut labels: Vec<&str> = host.split('.').collect();
    labels.pop()?;
    // `co.uk`, `com.br`
    if labels.len() > 1 && labels.last().is_some_and(|label| label.len() <= 3) {
        labels.pop();
    }
    labels.last().map(|label| label.to_lowercase())
}
