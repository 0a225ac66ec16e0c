//! The REUSE specification: `REUSE.toml`, `.reuse/dep5`, `NAME.license`.

use std::collections::HashMap;

use super::flat::Flat;
use super::{ini, report, toml};
use crate::facts::{
    FileFacts, FrontMatterEntry, Holder, HolderRole, LicenceDeclaration, LicenceSource,
    ManifestKind, Precedence, Prose, ProseContext,
};
use crate::parse::align;
use crate::parse::licence::{copyright, expression::expression, tag_ranges};
use crate::source::{Source, Span};

/// `REUSE.toml`: `[[annotations]]` with paths, licences, copyrights.
pub(super) fn toml(source: &Source, facts: &mut FileFacts) {
    let flat = toml::read(source);
    let groups = Groups::new(&flat, |key| {
        let number = key.strip_prefix("annotations.")?.split('.').next()?;
        Some("annotations.".len() + number.len())
    });
    for entry in &flat.entries {
        let Some(rest) = entry.key.strip_prefix("annotations.") else {
            continue;
        };
        let Some((number, field)) = rest.split_once('.') else {
            continue;
        };
        match field.split('.').next().unwrap_or(field) {
            "SPDX-License-Identifier" => {
                let group = groups.of(
                    &entry.key["annotations.".len() + number.len()..],
                    &entry.key,
                );
                let covers = values(group, &format!("annotations.{number}.path"));
                let section = section(group);
                let precedence = values(group, &format!("annotations.{number}.precedence"));
                declare(entry, ManifestKind::ReuseToml, covers, section, facts);
                if let Some(declared) = facts.licences.last_mut() {
                    declared.precedence = match precedence.first().map(String::as_str) {
                        Some("override") => Precedence::Override,
                        Some("aggregate") => Precedence::Aggregate,
                        _ => Precedence::Closest,
                    };
                }
            }
            // Its address may be that of the original.
            "SPDX-FileCopyrightText" => {
                hold(source, entry, facts);
                say(source, entry, facts);
            }
            "SPDX-FileComment" | "SPDX-FileNotice" => say(source, entry, facts),
            _ => {}
        }
    }
    if let Some(problem) = flat.problem {
        report(source, problem, facts);
    }
}

/// `.reuse/dep5`: paragraphs of `Files`, `Copyright`, `License`.
pub(super) fn dep5(source: &Source, facts: &mut FileFacts) {
    let flat = ini::read_paragraphs(source);
    let groups = Groups::new(&flat, |key| key.find('.'));
    for entry in &flat.entries {
        let mut parts = entry.key.split('.');
        let (Some(paragraph), Some(field), Some(line)) = (parts.next(), parts.next(), parts.next())
        else {
            continue;
        };
        match field {
            // The lines after the first hold the licence's text.
            "license" if line == "0" => {
                let group = groups.of(&entry.key[paragraph.len()..], &entry.key);
                let covers = values(group, &format!("{paragraph}.files"))
                    .iter()
                    .flat_map(|line| line.split_whitespace())
                    .map(str::to_owned)
                    .collect();
                let section = section(group);
                declare(entry, ManifestKind::ReuseDep5, covers, section, facts);
            }
            "copyright" => {
                hold(source, entry, facts);
                say(source, entry, facts);
            }
            "comment" | "source" | "disclaimer" => say(source, entry, facts),
            _ => {}
        }
    }
}

/// Words about the files that are covered.
fn say(source: &Source, entry: &FrontMatterEntry, facts: &mut FileFacts) {
    let prose = align::prose(
        ProseContext::ManifestField(entry.key.clone()),
        &entry.value,
        source.slice(entry.value_span),
        entry.value_span.start as usize,
    );
    if !prose.is_blank() {
        facts.prose.push(prose);
    }
}

/// `NAME.license`: SPDX tags that speak of `NAME`, and an attribution in plain words.
pub(super) fn sidecar(source: &Source, facts: &mut FileFacts) {
    let covered = source
        .file_name()
        .strip_suffix(".license")
        .unwrap_or_default();
    for range in tag_ranges(&source.text) {
        let written = &source.text[range.clone()];
        facts.licences.push(LicenceDeclaration {
            source: LicenceSource::Manifest(ManifestKind::ReuseSidecar),
            written: written.to_owned(),
            spdx: expression(written),
            span: source.span(range),
            covers: vec![covered.to_owned()],
            section: None,
            precedence: Precedence::default(),
        });
    }
    for range in copyright::holders(&source.text) {
        facts.holders.push(Holder {
            role: HolderRole::Copyright,
            name: source.text[range.clone()].to_owned(),
            span: Some(source.span(range)),
        });
    }
    paragraphs(source, facts);
}

/// The plain words of a sidecar, one piece of prose for lines without a blank one
/// between; a tag's name is none of them.
fn paragraphs(source: &Source, facts: &mut FileFacts) {
    let mut prose = Prose::new(ProseContext::Paragraph);
    let mut at = 0;
    for line in source.text.split_inclusive('\n') {
        let start = at;
        at += line.len();
        let words = line.trim();
        if words.is_empty() {
            let done = std::mem::replace(&mut prose, Prose::new(ProseContext::Paragraph));
            facts.prose.extend((!done.is_blank()).then_some(done));
            continue;
        }
        let from = start + (line.len() - line.trim_start().len());
        // Each tag is a statement of its own.
        if words.starts_with("SPDX-") && !prose.is_blank() {
            facts.prose.push(std::mem::replace(
                &mut prose,
                Prose::new(ProseContext::Paragraph),
            ));
        }
        if !prose.text.is_empty() {
            prose.push(" ", from.saturating_sub(1)..from);
        }
        prose.push(words, from..from + words.len());
    }
    facts.prose.extend((!prose.is_blank()).then_some(prose));
}

/// Entries by what they are of: a table of annotations, a paragraph.
struct Groups<'f>(HashMap<&'f str, Vec<&'f FrontMatterEntry>>);

impl<'f> Groups<'f> {
    /// `length` tells how much of a key names the group.
    fn new(flat: &'f Flat, length: impl Fn(&str) -> Option<usize>) -> Self {
        let mut groups: HashMap<&str, Vec<&FrontMatterEntry>> = HashMap::new();
        for entry in &flat.entries {
            if let Some(name) = length(&entry.key).and_then(|length| entry.key.get(..length)) {
                groups.entry(name).or_default().push(entry);
            }
        }
        Self(groups)
    }

    /// The group of a key, all of which but `rest` names it.
    fn of(&self, rest: &str, key: &str) -> &[&'f FrontMatterEntry] {
        let name = key.strip_suffix(rest).unwrap_or(key);
        self.0.get(name).map(Vec::as_slice).unwrap_or_default()
    }
}

/// The value or values of a key.
fn values(group: &[&FrontMatterEntry], key: &str) -> Vec<String> {
    group
        .iter()
        .filter(|entry| {
            entry.key == key
                || entry
                    .key
                    .strip_prefix(key)
                    .is_some_and(|rest| rest.starts_with('.'))
        })
        .map(|entry| entry.value.clone())
        .collect()
}

/// The bytes of all that stands in a group.
fn section(group: &[&FrontMatterEntry]) -> Option<Span> {
    let own = group.iter();
    own.map(|entry| Span {
        start: entry.key_span.start.min(entry.value_span.start),
        ..entry.value_span
    })
    .reduce(|all, own| Span {
        start: all.start.min(own.start),
        end: all.end.max(own.end),
        ..all
    })
}

fn declare(
    entry: &FrontMatterEntry,
    kind: ManifestKind,
    covers: Vec<String>,
    section: Option<Span>,
    facts: &mut FileFacts,
) {
    facts.licences.push(LicenceDeclaration {
        source: LicenceSource::Manifest(kind),
        written: entry.value.clone(),
        spdx: expression(&entry.value),
        span: entry.value_span,
        covers,
        section,
        precedence: Precedence::default(),
    });
}

/// A copyright text: `2020 Jane Doe <j@d.org>`, with or without the word.
fn hold(source: &Source, entry: &FrontMatterEntry, facts: &mut FileFacts) {
    let value = entry.value.as_str();
    let prefix = "© ";
    let marked = format!("{prefix}{value}");
    let range = copyright::holder(value).or_else(|| {
        copyright::holder(&marked).map(|range| {
            range.start.saturating_sub(prefix.len())..range.end.saturating_sub(prefix.len())
        })
    });
    let Some((name, range)) =
        range.and_then(|range| Some((value.get(range.clone())?.to_owned(), range)))
    else {
        return;
    };
    let start = entry.value_span.start as usize;
    let exact = source.slice(entry.value_span) == value;
    facts.holders.push(Holder {
        role: HolderRole::Copyright,
        name,
        span: Some(if exact {
            source.span(start + range.start..start + range.end)
        } else {
            entry.value_span
        }),
    });
}
