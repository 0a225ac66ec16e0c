//! Is a file derived from the licensed documentation? Evidence, never mere mention.

use crate::parse::kind::{is_document, is_readme};
use std::ops::Range;

use aho_corasick::AhoCorasick;
use regex::Regex;

use super::passage::Passage;
use super::stated::stated_address;
use super::tokens::{Tokens, address_in};
use crate::facts::signals::{Origin, ProvenanceKind, ProvenanceMark};
use crate::facts::{FileFacts, FileKind, FrontMatterEntry, Link, Prose, ProseContext, Signals};
use crate::pack::Provenance;
use crate::pack::vocabulary::normalise_key;
use crate::pack::wording::WordingSet;
use crate::source::{Source, Span};

/// Most marks of one kind that are kept for a file.
const MAX_MARKS: usize = 12;

/// Longest statement, in bytes.
const MAX_STATEMENT: usize = 400;

/// Weighs evidence; compiled once.
pub(super) struct ProvenanceReader {
    vocabulary: Provenance,
    /// For each entry of `front_matter`, what its value must look like.
    values: Vec<Option<Regex>>,
    /// For each kind of `links`, its addresses.
    links: Vec<Option<Regex>>,
    /// For each entry of `statements`, its sentences.
    statements: Vec<WordingSet>,
    denials: WordingSet,
    passages: Option<AhoCorasick>,
    language_folder: Option<Regex>,
}

impl ProvenanceReader {
    pub(super) fn new(provenance: &Provenance) -> Self {
        let words = provenance.words();
        Self {
            values: provenance
                .front_matter
                .iter()
                .map(|evidence| evidence.value.as_ref()?.compile(&words).ok())
                .collect(),
            links: (provenance.links.kinds.iter())
                .map(|kind| kind.address.compile(&words).ok())
                .collect(),
            statements: provenance
                .statements
                .iter()
                .map(|statement| WordingSet::new(&statement.wordings, &words))
                .collect(),
            denials: WordingSet::new(&provenance.denials, &words),
            passages: AhoCorasick::builder()
                .ascii_case_insensitive(true)
                .build(provenance.passages.iter().map(|passage| &passage.text))
                .ok()
                .filter(|_| !provenance.passages.is_empty()),
            language_folder: provenance
                .language
                .folders
                .as_ref()
                .and_then(|folders| folders.compile(&words).ok()),
            vocabulary: provenance.clone(),
        }
    }

    /// Marks in front matter and of DocFX.
    pub(super) fn read_marks(&self, facts: &FileFacts, tokens: &Tokens, signals: &mut Signals) {
        if !is_document(facts.kind) {
            return;
        }
        let mut most: Vec<Option<u32>> = self
            .vocabulary
            .front_matter
            .iter()
            .map(|evidence| evidence.most)
            .collect();
        for entry in &facts.front_matter {
            let key = normalise_key(&entry.key);
            let Some(index) = self.evidence(&key, &entry.value, tokens) else {
                continue;
            };
            let mut weight = self.vocabulary.front_matter[index].weight;
            if let Some(left) = &mut most[index] {
                weight = weight.min(*left);
                *left -= weight;
            }
            if of_kind(signals, ProvenanceKind::FrontMatter) < MAX_MARKS {
                signals.provenance.push(ProvenanceMark {
                    what: entry.key.clone(),
                    kind: ProvenanceKind::FrontMatter,
                    weight,
                    span: entry_span(entry),
                });
            }
        }
        let mut left = self.vocabulary.docfx.most;
        for mark in &facts.docfx {
            let Some(docfx) = self.vocabulary.docfx.kinds.get(&mark.kind) else {
                continue;
            };
            let weight = docfx.weight.min(left);
            left -= weight;
            let known = signals
                .provenance
                .iter()
                .any(|known| known.kind == ProvenanceKind::Docfx && known.what == docfx.what);
            if weight > 0 && !known {
                signals.provenance.push(ProvenanceMark {
                    what: docfx.what.clone(),
                    kind: ProvenanceKind::Docfx,
                    weight,
                    span: mark.span,
                });
            }
        }
    }

    /// Links as they stand in the documentation.
    pub(super) fn read_links(&self, source: &Source, facts: &FileFacts, signals: &mut Signals) {
        if !is_document(facts.kind) {
            return;
        }
        let name = source.file_name();
        let stem = name.rsplit_once('.').map_or(name, |(stem, _)| stem);
        let own_folder = format!("/{stem}/");
        let mut left = self.vocabulary.links.most;
        for (kind, address) in self.vocabulary.links.kinds.iter().zip(&self.links) {
            let Some(address) = address else { continue };
            let fits = |link: &&Link| {
                (link.image || !kind.pictures)
                    && (!kind.of_page || link.url.contains(&own_folder))
                    && address.is_match(&link.url)
            };
            let mut found = facts.links.iter().filter(fits);
            let Some(first) = found.next() else { continue };
            let weight = kind.weight.min(left);
            if weight == 0 || found.count() + 1 < kind.fewest {
                continue;
            }
            left -= weight;
            signals.provenance.push(ProvenanceMark {
                what: kind.what.clone(),
                kind: ProvenanceKind::Link,
                weight,
                span: first.span,
            });
        }
    }

    /// The index of the first evidence that an entry is.
    fn evidence(&self, key: &str, value: &str, tokens: &Tokens) -> Option<usize> {
        self.vocabulary
            .front_matter
            .iter()
            .zip(&self.values)
            .position(|(evidence, wanted)| {
                evidence.fits(key)
                    && (evidence.value.is_none()
                        || wanted
                            .as_ref()
                            .is_some_and(|wanted| wanted.is_match(&tokens.replace(value))))
            })
    }

    /// The documentation's own sentences in one piece of prose; each counts once a file.
    /// In code and in quotations they are not passed off as anything.
    pub(super) fn read_passages(
        &self,
        source: &Source,
        facts: &FileFacts,
        prose: &Prose,
        signals: &mut Signals,
    ) {
        let Some(passages) = self.passages.as_ref().filter(|_| is_document(facts.kind)) else {
            return;
        };
        if prose.quoted {
            return;
        }
        // With the address of the documentation beside it, it is a quotation with its source
        // (good/hard-sentence-with-its-address).
        if self.names_source(facts, prose) {
            return;
        }
        for hit in passages.find_iter(&prose.text) {
            let Some(passage) = self.vocabulary.passages.get(hit.pattern().as_usize()) else {
                continue;
            };
            let known = signals
                .provenance
                .iter()
                .any(|mark| mark.kind == ProvenanceKind::Passage && mark.what == passage.text);
            if !known {
                signals.provenance.push(ProvenanceMark {
                    what: passage.text.clone(),
                    kind: ProvenanceKind::Passage,
                    weight: passage.weight,
                    span: prose.span(source.id, hit.range()),
                });
            }
        }
    }

    /// Whether an address at which the documentation is published stands in a paragraph,
    /// written out or as the target of a link.
    fn names_source(&self, facts: &FileFacts, prose: &Prose) -> bool {
        let hosts = &self.vocabulary.hosts;
        let published = |text: &str| hosts.iter().any(|host| text.contains(host.as_str()));
        published(&prose.text)
            || prose.links.iter().any(|(_, link)| {
                let link = facts.links.get(*link);
                link.is_some_and(|link| published(&link.url))
            })
    }

    /// Sentences that say that the text comes from the documentation. Returns whether
    /// there is one.
    pub(super) fn read_statements(
        &self,
        source: &Source,
        facts: &FileFacts,
        passage: &Passage<'_>,
        sentences: &[Range<usize>],
        prose: &Prose,
        signals: &mut Signals,
    ) -> bool {
        // What a program prints or asks for is no page.
        if prose.context == ProseContext::StringLiteral {
            return false;
        }
        // A file that speaks of others is derived from nothing; that they are is said.
        let speaks_of_others = matches!(
            facts.kind,
            FileKind::Licence | FileKind::Manifest(_) | FileKind::Data(_)
        );
        // What a generator wrote and entries of somebody else's pages: whose text it is, is
        // said of those. An entry that is a link to the original speaks of that.
        if prose.borrowed && !leads_to_the_owner(facts, prose, passage) {
            return false;
        }
        let comment = prose.context == ProseContext::Comment;
        let opening = opens(source, facts, prose);
        let mut found = false;
        for sentence in sentences {
            let text = &passage.text[sentence.clone()];
            // A question says nothing.
            if text
                .trim_end_matches(['"', '”', '»', ')', '*', ' '])
                .ends_with(['?', '？'])
            {
                continue;
            }
            let hit = self
                .vocabulary
                .statements
                .iter()
                .zip(&self.statements)
                .find_map(|(statement, wordings)| {
                    let (_, range) = wordings.find(text)?;
                    let before = &passage.text[..sentence.start];
                    let after = &passage.text[sentence.start + range.end..];
                    let alone = ![before, after]
                        .iter()
                        .any(|other| other.contains(char::is_alphanumeric));
                    let weight = match statement.opening {
                        _ if comment => statement.in_comments,
                        Some(weight) if opening && alone => weight,
                        _ => statement.weight,
                    };
                    Some((weight, range))
                });
            let Some((weight, range)) = hit else { continue };
            // What an element of HTML before it says is another matter.
            let from = text[..range.start].rfind('>').map_or(0, |at| at + 1);
            if range.len() > MAX_STATEMENT || self.denials.is_match(&text[from..]) {
                continue;
            }
            found = true;
            if !speaks_of_others && of_kind(signals, ProvenanceKind::Statement) < MAX_MARKS {
                let range = sentence.start + range.start..sentence.start + range.end;
                let span = passage.span(source.id, range);
                signals.provenance.push(ProvenanceMark {
                    what: shorten(source.slice(span)),
                    kind: ProvenanceKind::Statement,
                    weight,
                    span,
                });
            }
        }
        found
    }

    /// What a file with provenance says of its original.
    pub(super) fn origin(
        &self,
        source: &Source,
        facts: &FileFacts,
        tokens: &Tokens,
        signals: &mut Signals,
    ) {
        if signals.provenance.is_empty() {
            return;
        }
        let value = |keys: &[String], fits: &dyn Fn(&str) -> bool| {
            keys.iter().find_map(|wanted| {
                facts
                    .front_matter
                    .iter()
                    .find(|entry| normalise_key(&entry.key) == *wanted && fits(&entry.value))
                    .map(|entry| entry.value.clone())
            })
        };
        let heading = || {
            facts
                .headings
                .iter()
                .find(|heading| heading.level == 1)
                .map(|heading| heading.text.clone())
        };
        let translated = facts.front_matter.iter().any(|entry| {
            let key = normalise_key(&entry.key);
            self.vocabulary
                .front_matter
                .iter()
                .any(|evidence| evidence.translation && evidence.fits(&key))
        });
        signals.origin = Some(Origin {
            title: value(&self.vocabulary.title_keys, &|value| {
                !value.trim().is_empty()
            })
            .or_else(heading)
            .map(|title| self.without_site(&title).to_owned()),
            url: value(&self.vocabulary.origin_keys, &|value| {
                address_in(&tokens.replace(value)).is_some()
            })
            .or_else(|| stated_address(source, facts, tokens, signals)),
            translated,
            foreign: self.is_foreign(source, facts),
        });
    }

    /// The title of a page without the name of the site, which browsers show behind it:
    /// “List alerts” of “List alerts | Acme Docs”.
    fn without_site<'t>(&self, title: &'t str) -> &'t str {
        let Some((before, site)) = title.rsplit_once(" | ") else {
            return title;
        };
        let mut names = self.vocabulary.literals.iter();
        if names.any(|name| name.eq_ignore_ascii_case(site.trim())) {
            before.trim_end()
        } else {
            title
        }
    }

    /// Whether metadata or a folder says that the page is no original.
    fn is_foreign(&self, source: &Source, facts: &FileFacts) -> bool {
        let language = &self.vocabulary.language;
        let foreign = |tag: &str| {
            let tag = tag.trim().to_lowercase();
            let first = tag.split(['-', '_']).next().unwrap_or(&tag);
            first.len() == 2 && first != language.original
        };
        let said = facts
            .front_matter
            .iter()
            .find(|entry| language.keys.contains(&normalise_key(&entry.key)));
        if let Some(entry) = said {
            return foreign(&entry.value);
        }
        source.path.split('/').rev().skip(1).any(|folder| {
            let named = self.language_folder.as_ref();
            named.is_some_and(|named| named.is_match(folder)) && foreign(folder)
        })
    }
}

/// Whether a piece of prose is the first of a page after its title: further down, a
/// source is that of what stands before it (hard-quotation-with-its-source). A README is about the files around it.
fn opens(source: &Source, facts: &FileFacts, prose: &Prose) -> bool {
    let is_text = |prose: &&Prose| {
        !matches!(
            prose.context,
            ProseContext::Heading(_) | ProseContext::FrontMatter(_)
        )
    };
    is_document(facts.kind)
        && !prose.quoted
        && !is_readme(&source.path)
        && facts
            .prose
            .iter()
            .find(is_text)
            .is_some_and(|own| std::ptr::eq(own, prose))
}

fn of_kind(signals: &Signals, kind: ProvenanceKind) -> usize {
    signals
        .provenance
        .iter()
        .filter(|mark| mark.kind == kind)
        .count()
}

/// Key and value of an entry.
fn entry_span(entry: &FrontMatterEntry) -> Span {
    Span {
        file: entry.key_span.file,
        start: entry.key_span.start,
        end: entry.value_span.end.max(entry.key_span.end),
    }
}

/// Whether the link that an entry begins with leads to the owner's pages.
fn leads_to_the_owner(facts: &FileFacts, prose: &Prose, passage: &Passage<'_>) -> bool {
    let Some((range, link)) = prose.links.first().filter(|_| !prose.quoted) else {
        return false;
    };
    let Some(link) = facts.links.get(*link) else {
        return false;
    };
    // The target stands as a token behind the words of the link.
    let words = prose.text.get(range.clone()).unwrap_or("");
    let after = passage.text.find(words).map(|at| at + words.len());
    let after = after.and_then(|at| passage.text.get(at..)).unwrap_or("");
    let behind: String = after.chars().take(3).collect();
    !link.image && address_in(&behind).is_some()
}

/// Words for a message, in one line and not too long.
fn shorten(words: &str) -> String {
    const MOST: usize = 60;
    let line = words.split_whitespace().collect::<Vec<_>>().join(" ");
    if line.chars().count() <= MOST {
        return line;
    }
    let head: String = line.chars().take(MOST).collect();
    format!("{}…", head.trim_end())
}
