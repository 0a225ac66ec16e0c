//! The elements of an attribution, CC BY 4.0 §3(a)(1), that a file holds.

use super::passage::Passage;
use super::tokens::{Tokens, address_in, owner_in};
use crate::facts::signals::AttributionElement as Element;
use crate::facts::{FileFacts, FileKind, HolderRole, ManifestKind, Prose, ProseContext};
use crate::pack::vocabulary::{Attribution, normalise_key};
use crate::pack::wording::{Wording, WordingSet};
use crate::pack::{Owner, Pack};
use crate::source::{Source, Span};

/// Most places of one element that are kept for a file.
const MAX_PLACES: usize = 4;

/// Finds elements; compiled once.
pub(super) struct AttributionReader {
    vocabulary: Attribution,
    owner: Owner,
    notice: WordingSet,
    link: WordingSet,
    pointer: WordingSet,
    grant: WordingSet,
    creator: WordingSet,
    copyright: WordingSet,
    context: WordingSet,
    headings: WordingSet,
    changes: WordingSet,
    placeholders: WordingSet,
    disclaimer: WordingSet,
}

impl AttributionReader {
    pub(super) fn new(pack: &Pack) -> Self {
        let words = pack.notices.words();
        let vocabulary = pack.notices.attribution.clone();
        let set = |wordings: &[Wording]| WordingSet::new(wordings, &words);
        Self {
            notice: set(&vocabulary.notice),
            link: set(&vocabulary.link),
            pointer: set(&vocabulary.pointer),
            grant: set(&vocabulary.grant),
            creator: set(&vocabulary.creator),
            copyright: set(&vocabulary.copyright),
            context: set(&vocabulary.context),
            headings: set(&vocabulary.headings),
            changes: set(&vocabulary.changes),
            placeholders: set(&vocabulary.placeholders),
            disclaimer: set(&vocabulary.disclaimer),
            owner: pack.owner.clone(),
            vocabulary,
        }
    }

    /// Begins a file with what stands outside its prose.
    pub(super) fn start<'a>(
        &'a self,
        source: &'a Source,
        facts: &FileFacts,
        tokens: &Tokens,
    ) -> Reading<'a> {
        let mut reading = self.begin(source, facts);
        reading.front_matter(facts, tokens);
        reading.licences(facts);
        reading.holders(facts);
        reading.rows(source, facts, tokens);
        reading.addresses(source, facts, tokens);
        reading
    }

    /// Begins a file of which prose alone is read.
    pub(super) fn begin<'a>(&'a self, source: &'a Source, facts: &FileFacts) -> Reading<'a> {
        let mut files = self.vocabulary.files.iter();
        Reading {
            reader: self,
            source,
            whole_file: is_reuse(facts.kind) || files.any(|glob| glob.is_match(&*source.path)),
            licence: facts.kind == FileKind::Licence,
            under_heading: false,
            found: Vec::new(),
        }
    }
}

/// One file being read.
pub(super) struct Reading<'a> {
    reader: &'a AttributionReader,
    source: &'a Source,
    /// The file is an attribution as a whole, by its name.
    whole_file: bool,
    /// The file is a licence's text, whose words are the licence's own.
    licence: bool,
    /// The text stands under a heading of attributions.
    under_heading: bool,
    found: Vec<(Element, Span)>,
}

impl Reading<'_> {
    fn add(&mut self, element: Element, span: Span) {
        let places = self.found.iter().filter(|(known, _)| *known == element);
        if places.count() < MAX_PLACES {
            self.found.push((element, span));
        }
    }

    /// Follows the headings: `level` is that of the heading of attributions which the
    /// text stands under. Returns it for the next piece.
    pub(super) fn enter(&mut self, prose: &Prose, level: Option<u8>) -> Option<u8> {
        let level = match prose.context {
            ProseContext::Heading(own) if level.is_none_or(|level| own <= level) => {
                self.reader.headings.is_match(&prose.text).then_some(own)
            }
            _ => level,
        };
        self.under_heading = level.is_some();
        level
    }

    /// Reads one piece of prose. `states` says that it holds a statement of
    /// provenance, `trademark` that it holds a trademark notice.
    pub(super) fn read(
        &mut self,
        passage: &Passage<'_>,
        prose: &Prose,
        states: bool,
        trademark: bool,
    ) {
        let reader = self.reader;
        let text = passage.text.as_str();
        let file = self.source.id;
        if let Some((_, range)) = reader.creator.find(text) {
            self.add(Element::Creator, passage.span(file, range));
        }
        if let Some((_, range)) = reader.copyright.find(text) {
            self.add(Element::CopyrightNotice, passage.span(file, range));
        }
        // What names no address of the owner is the licence's own.
        if self.licence && address_in(text).is_none() {
            return;
        }
        let notice = reader.notice.find(text);
        let link = reader.link.find(text);
        let attributes = notice.is_some() || link.is_some() || states;
        if let Some((_, range)) = notice.or_else(|| link.clone()) {
            self.add(Element::LicenceNotice, passage.span(file, range));
        }
        if let Some((_, range)) = link {
            self.add(Element::LicenceLink, passage.span(file, range));
        }
        if attributes {
            if let Some((_, range)) = reader.pointer.find(text) {
                self.add(Element::LicencePointer, passage.span(file, range));
            }
            if let Some((_, range)) = reader.grant.find(text) {
                self.add(Element::Grant, passage.span(file, range));
            }
        }
        if let Some((_, range)) = reader.disclaimer.find(text) {
            self.add(Element::Disclaimer, passage.span(file, range));
        }
        let context =
            attributes || self.whole_file || self.under_heading || reader.context.is_match(text);
        if !context {
            return;
        }
        let names = attributes || (self.whole_file && !trademark);
        if names && let Some(range) = owner_in(text) {
            self.add(Element::Creator, passage.span(file, range));
        }
        if let Some(range) = address_in(text) {
            self.add(Element::SourceLink, passage.span(file, range));
        }
        if let Some((_, range)) = reader.placeholders.find(text) {
            self.add(Element::Placeholder, passage.span(file, range));
            return;
        }
        // The title of a page is nobody's statement about changes to it.
        let title = matches!(prose.context, ProseContext::FrontMatter(_));
        if !title && let Some((_, range)) = reader.changes.find(text) {
            self.add(Element::Changes, passage.span(file, range));
        }
    }

    fn front_matter(&mut self, facts: &FileFacts, tokens: &Tokens) {
        let reader = self.reader;
        let of = |keys: &[String], key: &String| keys.contains(key);
        for entry in &facts.front_matter {
            let key = normalise_key(&entry.key);
            let value = tokens.replace(&entry.value);
            let value = value.as_str();
            let vocabulary = &reader.vocabulary;
            if of(&vocabulary.source_keys, &key) && address_in(value).is_some() {
                self.add(Element::SourceLink, entry.value_span);
            }
            if of(&vocabulary.creator_keys, &key) && owner_in(value).is_some() {
                self.add(Element::Creator, entry.value_span);
            }
            if of(&vocabulary.licence_keys, &key) {
                let link = reader.link.is_match(value);
                if link || reader.notice.is_match(value) {
                    self.add(Element::LicenceNotice, entry.value_span);
                }
                if link {
                    self.add(Element::LicenceLink, entry.value_span);
                }
            }
        }
    }

    /// Rows of tables that name the licence: what the other cells of the row name is of
    /// the same work (attribution--missing/good/hard-attribution-in-a-table).
    fn rows(&mut self, source: &Source, facts: &FileFacts, tokens: &Tokens) {
        let reader = self.reader;
        for row in facts.tables.iter().flat_map(|table| &table.rows) {
            // Cells of a broken table may end before those that come first.
            let start = row.iter().map(|cell| cell.span.range().start).min();
            let end = row.iter().map(|cell| cell.span.range().end).max();
            let (Some(start), Some(end)) = (start, end) else {
                continue;
            };
            let whole = source.span(start..end);
            let text = tokens.replace(source.slice(whole));
            if !reader.link.is_match(&text) && !reader.notice.is_match(&text) {
                continue;
            }
            if address_in(&text).is_some() {
                self.add(Element::SourceLink, whole);
            }
            if owner_in(&text).is_some() {
                self.add(Element::Creator, whole);
            }
            if reader.changes.is_match(&text) {
                self.add(Element::Changes, whole);
            }
        }
    }

    /// Addresses in the code of a page's foot, where links are made of strings.
    fn addresses(&mut self, source: &Source, facts: &FileFacts, tokens: &Tokens) {
        let vocabulary = &self.reader.vocabulary;
        let mut places = vocabulary.carriers.iter().chain(&vocabulary.layouts);
        if !matches!(facts.kind, FileKind::Code(_))
            || !places.any(|glob| glob.is_match(&*source.path))
        {
            return;
        }
        let texts = facts
            .addresses
            .iter()
            .map(|span| (*span, tokens.replace(source.slice(*span))));
        let (licences, others): (Vec<_>, Vec<_>) =
            texts.partition(|(_, text)| self.reader.link.is_match(text));
        if licences.is_empty() {
            return;
        }
        for (span, _) in licences {
            self.add(Element::LicenceNotice, span);
            self.add(Element::LicenceLink, span);
        }
        for (span, _) in others
            .into_iter()
            .filter(|(_, text)| address_in(text).is_some())
        {
            self.add(Element::SourceLink, span);
        }
    }

    fn licences(&mut self, facts: &FileFacts) {
        let ours = |id: &str| self.reader.vocabulary.licences.iter().any(|own| own == id);
        let text = facts
            .licence_text
            .as_ref()
            .and_then(|text| text.detected.as_ref())
            .is_some_and(|(id, _)| ours(id));
        let declared: Vec<Span> = facts
            .licences
            .iter()
            .filter(|declared| declared.covers.is_empty())
            .filter(|declared| {
                declared
                    .spdx
                    .as_deref()
                    .is_some_and(|spdx| names(spdx, &ours))
            })
            .map(|declared| declared.span)
            .collect();
        if text {
            let end = self
                .source
                .text
                .find('\n')
                .unwrap_or(self.source.text.len());
            let title = self.source.span(0..end);
            // The text is the licence's address and holds its disclaimer.
            self.add(Element::LicenceNotice, title);
            self.add(Element::LicenceLink, title);
            self.add(Element::Disclaimer, title);
        }
        for span in declared {
            self.add(Element::LicenceNotice, span);
        }
    }

    fn holders(&mut self, facts: &FileFacts) {
        for holder in &facts.holders {
            let owner = self
                .reader
                .owner
                .holders
                .iter()
                .any(|own| own.eq_ignore_ascii_case(holder.name.trim()));
            if owner
                && holder.role == HolderRole::Copyright
                && let Some(span) = holder.span
            {
                self.add(Element::Creator, span);
                self.add(Element::CopyrightNotice, span);
            }
        }
    }

    /// The elements found, in order of elements and places.
    pub(super) fn finish(mut self) -> Vec<(Element, Span)> {
        self.found.sort_unstable();
        self.found.dedup();
        self.found
    }
}

/// Whether a file is there to say whose other files are.
fn is_reuse(kind: FileKind) -> bool {
    use ManifestKind::{ReuseDep5, ReuseSidecar, ReuseToml};
    matches!(
        kind,
        FileKind::Manifest(ReuseDep5 | ReuseSidecar | ReuseToml)
    )
}

/// Whether an SPDX expression names a licence that is `ours`.
fn names(expression: &str, ours: &impl Fn(&str) -> bool) -> bool {
    expression
        .split(|c: char| c.is_whitespace() || matches!(c, '(' | ')'))
        .any(|id| ours(id.trim_end_matches('+')))
}
