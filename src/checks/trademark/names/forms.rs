//! Short, bent and joined forms of names, and what excuses them where they stand.

use std::collections::BTreeSet;
use std::ops::Range;

use super::{Entry, List, Phrase};
use crate::checks::passage;
use crate::facts::{FileFacts, Prose, ProseContext};
use crate::pack::Names;
use crate::pack::vocabulary::{Abbreviated, Marks};

/// The short forms of a name.
pub(super) fn abbreviated(short: &Abbreviated, entry: Entry) -> Vec<(String, Phrase)> {
    let entry = Entry {
        safe: false,
        rivals: short.others.iter().cloned().collect(),
        ..entry
    };
    let forms = short.short.iter();
    forms
        .map(|form| (form.clone(), Phrase::Wrong(entry.clone())))
        .collect()
}

/// Products in the possessive and, where the name is one word that means nothing else, in
/// the plural; and the verbs that are made of names. The owner's own name has a possessive
/// like everybody's.
pub(super) fn bent(
    names: &Names,
    marks: &Marks,
    entry: &impl Fn(&str) -> Entry,
) -> Vec<(String, Phrase)> {
    let wrong = |name: &str| {
        Phrase::Wrong(Entry {
            safe: false,
            ..entry(name)
        })
    };
    let mut forms: Vec<(String, Phrase)> = Vec::new();
    let house = marks.house.as_str();
    let products = marks.marks.iter().filter(|mark| {
        // Companies and languages of their own have possessives, too.
        mark.name != house && !mark.technology
    });
    let mut seen = BTreeSet::new();
    for mark in products {
        let short = mark.short(house);
        let alone = !mark.word && !mark.house_only;
        let with_house = format!("{house} {short}");
        let bare = alone.then_some(short).into_iter();
        let all = bare
            .chain([mark.name.as_str(), &with_house])
            .chain(mark.forms.iter().chain(&mark.versions).map(String::as_str));
        for name in all.filter(|name| !name.is_empty() && *name != house) {
            if !seen.insert(name.to_owned()) {
                continue;
            }
            forms.push((format!("{name}'s"), wrong(name)));
            if alone && name == short && !name.contains([' ', '-']) && !name.ends_with(['s', 'x']) {
                forms.push((format!("{name}s"), wrong(name)));
            }
        }
    }
    for (name, bent) in &names.bent {
        for form in bent {
            forms.push((form.clone(), wrong(name)));
        }
    }
    forms
}

/// Words that excuse a form beside them.
pub(super) struct Words {
    things: BTreeSet<String>,
    /// Words of code anywhere in the sentence.
    modules: BTreeSet<String>,
    contracted: BTreeSet<String>,
    tickers: BTreeSet<String>,
}

impl Words {
    pub(super) fn new(names: &Names) -> Self {
        let lower = |words: &[String]| words.iter().map(|word| word.to_lowercase()).collect();
        Self {
            things: lower(&names.things),
            modules: lower(&names.modules),
            contracted: lower(&names.contracted),
            tickers: lower(&names.tickers),
        }
    }

    /// Whether a form is none of a product where it stands.
    pub(super) fn excuse(
        &self,
        list: List,
        entry: &Entry,
        facts: &FileFacts,
        prose: &Prose,
        range: &Range<usize>,
    ) -> bool {
        let text = &prose.text;
        let (Some(head), Some(tail)) = (text.get(..range.start), text.get(range.end..)) else {
            return true;
        };
        if entry.joined {
            // Beside the name, in brackets, it is what a program calls it: “Harbour Centre
            // (HarbourCentre)” (good/hard-names-of-connectors).
            let bracketed = head.ends_with('(') && tail.starts_with(')');
            return bracketed
                || is_alone(prose, head, tail)
                || self.is_among_modules(text, range)
                || self.is_of_code(head, tail);
        }
        match list {
            List::Bent => text[range.clone()].ends_with('s') && self.is_contracted(tail),
            List::Abbreviated => {
                let form = &text[range.clone()];
                let sentence = passage::sentence(text, range);
                let sentence = text.get(sentence).unwrap_or(text);
                head.ends_with('$')
                    || words(sentence)
                        .any(|word| self.tickers.contains(&word) || entry.rivals.contains(&word))
                    || is_defined(facts, form)
            }
            _ => false,
        }
    }

    /// Whether a name that is run together is that of a module, a package or a path: "the
    /// AcmeAD module", "Install-Module AcmeAD", "AcmeAD/library".
    fn is_of_code(&self, head: &str, tail: &str) -> bool {
        /// Words between the name and what it is the name of: "AcmeAD PowerShell module".
        const BETWEEN: usize = 2;
        let joined = |c: Option<char>| c.is_some_and(|c| matches!(c, '/' | '-' | ':' | '@' | '+'));
        if joined(head.chars().next_back()) || joined(tail.chars().next()) {
            return true;
        }
        let near = tail.split(['.', ',', ';', '(']).next().unwrap_or(tail);
        let after = words(near).take(BETWEEN + 1);
        let before = head
            .rsplit(char::is_whitespace)
            .find(|word| !word.is_empty());
        let before = before.map(str::to_lowercase);
        let is_thing = |word: &str| self.things.contains(word);
        after.into_iter().any(|word| is_thing(&word))
            || before.is_some_and(|word| is_thing(&word) || word.ends_with("-module"))
    }

    /// Whether the sentence is about modules of code: it says so, names another of them, or
    /// a command, `Get-Harbour`.
    fn is_among_modules(&self, text: &str, range: &Range<usize>) -> bool {
        let sentence = passage::sentence(text, range);
        let sentence = text.get(sentence).unwrap_or(text);
        words(sentence).any(|word| self.modules.contains(&word))
            || sentence.split_whitespace().any(is_command)
    }

    /// Whether “'s” is a verb: "it's not".
    fn is_contracted(&self, tail: &str) -> bool {
        let next = words(tail).next();
        tail.starts_with(char::is_whitespace)
            && next.is_some_and(|word| self.contracted.contains(&word))
    }
}

fn words(text: &str) -> impl Iterator<Item = String> + '_ {
    text.split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .map(str::to_lowercase)
}

/// Whether a name is all that a heading or a cell holds: there it is that of a thing of
/// code, as lists of connectors have it.
fn is_alone(prose: &Prose, head: &str, tail: &str) -> bool {
    let named = |part: &str| part.chars().any(char::is_alphanumeric);
    let place = matches!(
        prose.context,
        ProseContext::Heading(_) | ProseContext::TableCell
    );
    place && !named(head) && !named(tail)
}

/// Whether a word is a command of a shell, a verb and a noun: `Get-Harbour`.
fn is_command(word: &str) -> bool {
    let word = word.trim_matches(|c: char| !c.is_ascii_alphanumeric());
    let large = |part: &str| {
        let mut chars = part.chars();
        chars.next().is_some_and(|c| c.is_ascii_uppercase())
            && chars.clone().any(|c| c.is_ascii_lowercase())
            && chars.all(|c| c.is_ascii_alphanumeric())
    };
    let inner = |noun: &str| noun.bytes().skip(1).any(|c| c.is_ascii_uppercase());
    word.split_once('-')
        .is_some_and(|(verb, noun)| large(verb) && large(noun) && inner(noun))
}

/// Whether a document says what its short form stands for: "Acme Directory (AD)".
fn is_defined(facts: &FileFacts, form: &str) -> bool {
    facts.prose.iter().any(|prose| {
        prose.text.match_indices(form).any(|(at, _)| {
            let head = prose.text[..at].trim_end_matches(['"', '“', '\'']);
            let tail = prose.text[at + form.len()..].trim_start_matches(['"', '”', '\'']);
            head.ends_with(['(', '（']) && tail.starts_with([')', '）', ',', ';'])
        })
    })
}
