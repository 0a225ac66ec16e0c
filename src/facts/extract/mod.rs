//! Applies the packs' vocabularies to a file's facts: provenance, attribution,
//! notices and marks become [`super::Signals`].

mod attribution;
mod marks;
mod notices;
mod owners_text;
mod passage;
mod provenance;
mod shared;
mod stated;
pub mod tokens;

use aho_corasick::AhoCorasick;

use self::attribution::AttributionReader;
use self::marks::MarkCounter;
use self::notices::NoticeReader;
use self::owners_text::OwnersTextReader;
use self::passage::{Passage, Targets};
use self::provenance::ProvenanceReader;
use self::shared::SharedReader;
use self::tokens::{Tokens, owner_names};
use super::signals::{AttributionElement, NoticeMark};
use super::{FileFacts, FileKind, Signals};
use crate::checks::{Trigger, TriggerScope};
use crate::pack::Pack;
use crate::source::{Source, Span};

/// How often a piece of prose is gone through for what it says of its origin.
const PASSES: usize = 4;

/// Most notices of one file that are kept.
const MAX_NOTICES: usize = 8;

/// A pack's vocabularies, compiled once.
pub struct Extractor {
    tokens: Tokens,
    /// What stands in notices that don't name the owner.
    literals: Option<AhoCorasick>,
    provenance: ProvenanceReader,
    attribution: AttributionReader,
    notices: NoticeReader,
    marks: MarkCounter,
    owners_text: OwnersTextReader,
    shared: SharedReader,
    triggers: Vec<Trigger>,
}

impl Extractor {
    /// Compiles the vocabularies of `pack`.
    pub fn new(pack: &Pack) -> Self {
        Self {
            tokens: Tokens::new(pack),
            literals: AhoCorasick::builder()
                .ascii_case_insensitive(true)
                .build(&pack.notices.literals)
                .ok(),
            provenance: ProvenanceReader::new(&pack.provenance),
            attribution: AttributionReader::new(pack),
            notices: NoticeReader::new(&pack.notices),
            marks: MarkCounter::new(&pack.marks),
            owners_text: OwnersTextReader::new(&pack.owner),
            shared: SharedReader::new(pack),
            triggers: triggers(pack),
        }
    }

    /// Literals that make a file worth parsing for its signals.
    pub fn triggers(&self) -> Vec<Trigger> {
        self.triggers.clone()
    }

    /// What the pack's words find in a file.
    pub fn extract(&self, source: &Source, facts: &FileFacts) -> Signals {
        let mut signals = Signals::default();
        self.provenance
            .read_marks(facts, &self.tokens, &mut signals);
        self.provenance.read_links(source, facts, &mut signals);
        let mut attribution = self.attribution.start(source, facts, &self.tokens);
        let targets = Targets::new(source.id, &facts.links);
        let licence = facts.kind == FileKind::Licence;
        let mut heading = None;
        let mut subject = marks::Subject::new(&source.path);
        for prose in facts.prose.iter().filter(|prose| !prose.alternate) {
            // What is read of a part would say that the rest is missing.
            if !source.budget.read(PASSES * prose.text.len()) {
                break;
            }
            heading = attribution.enter(prose, heading);
            let subject = subject.is_said_in(prose);
            self.marks.count(source, prose, subject, &mut signals);
            self.provenance
                .read_passages(source, facts, prose, &mut signals);
            let links = targets.of(prose);
            if !self.tells(&prose.text) && !links.iter().any(|link| self.tells(link.url)) {
                continue;
            }
            let passage = Passage::new(prose, &links, &self.tokens);
            let sentences = passage.sentences();
            let states = self.provenance.read_statements(
                source,
                facts,
                &passage,
                &sentences,
                prose,
                &mut signals,
            );
            let mut notice = false;
            for sentence in &sentences {
                let text = &passage.text[sentence.clone()];
                // A licence that keeps names for their owner says nothing of the project.
                if !licence && let Some((kind, range)) = self.notices.find(text) {
                    notice = true;
                    if signals.notices.len() < MAX_NOTICES {
                        let range = sentence.start + range.start..sentence.start + range.end;
                        signals.notices.push(NoticeMark {
                            kind,
                            span: passage.span(source.id, range),
                        });
                    }
                }
            }
            attribution.read(&passage, prose, states, notice);
        }
        signals.attribution = attribution.finish();
        signals.hidden = self.hidden(source, facts);
        self.shared.read(source, facts, &mut signals);
        self.provenance
            .origin(source, facts, &self.tokens, &mut signals);
        SharedReader::origin(&mut signals);
        self.owners_text.read(source, facts, &mut signals);
        signals
    }

    /// The elements of an attribution in comments.
    fn hidden(&self, source: &Source, facts: &FileFacts) -> Vec<(AttributionElement, Span)> {
        let mut attribution = self.attribution.begin(source, facts);
        for prose in facts
            .comments
            .iter()
            .filter(|prose| self.tells(&prose.text))
        {
            let passage = Passage::new(prose, &[], &self.tokens);
            attribution.read(&passage, prose, false, false);
        }
        attribution.finish()
    }

    /// Whether a text is worth reading: it names the owner or holds a literal.
    fn tells(&self, text: &str) -> bool {
        self.tokens.is_match(text)
            || self
                .literals
                .as_ref()
                .is_none_or(|literals| literals.is_match(text))
    }
}

fn triggers(pack: &Pack) -> Vec<Trigger> {
    let trigger = |literal: &str, scope| Trigger {
        literal: literal.to_owned(),
        exact_case: false,
        scope,
    };
    let mut out = Vec::new();
    for name in owner_names(pack) {
        out.push(trigger(name, TriggerScope::Documents));
    }
    for literal in &pack.notices.literals {
        out.push(trigger(literal, TriggerScope::Documents));
    }
    for literal in &pack.notices.code_literals {
        out.push(trigger(literal, TriggerScope::Code));
    }
    let provenance = &pack.provenance;
    for literal in provenance.hosts.iter().chain(&provenance.literals) {
        out.push(trigger(literal, TriggerScope::Code));
    }
    for passage in &provenance.passages {
        out.push(trigger(&passage.text, TriggerScope::Documents));
    }
    for key in pack
        .provenance
        .front_matter
        .iter()
        .flat_map(|evidence| &evidence.keys)
    {
        // The key at the start of a line, up to what may be written differently.
        let head = key.split(['.', '*']).next().unwrap_or(key);
        let ends: &[&str] = if head.len() == key.len() {
            &[":"]
        } else {
            &[".", ":"]
        };
        for end in ends {
            out.push(trigger(&format!("\n{head}{end}"), TriggerScope::Documents));
        }
    }
    out.retain(|trigger| !trigger.literal.is_empty());
    out.sort();
    out.dedup();
    out
}

#[cfg(test)]
mod notice_tests;
#[cfg(test)]
pub(crate) mod tests;

#[cfg(test)]
mod statement_tests;
