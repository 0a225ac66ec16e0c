//! Attributions and notices, written where and how the configuration says. Nothing that
//! is there is changed, nothing is made up: where nobody says whose a page is or what was
//! changed, that is told and nothing is written.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::path::Path;
use std::sync::Arc;

use super::{Work, edits, is_of_submodule, shown};
use crate::config::{AttributionStyle, ConfigError};
use crate::facts::FileKind;
use crate::finding::{Proposal, ProposalKind};
use crate::pack::Aggregate;
use crate::pack::schema::fill;
use crate::parse::kind;
use crate::scan::Report;
use crate::source::{FileId, Source};
use crate::tree::Texts;

/// Tries after which what still does not help is given up.
const MAX_TRIES: usize = 6;

/// Said of a text that was tried and did not end the finding.
const NO_HELP: &str = "the text would not be found there; put it in by hand";

/// One text and where it goes.
#[derive(Clone, Debug)]
struct Text<'a> {
    proposal: &'a Proposal,
    rule: &'a str,
    style: AttributionStyle,
    words: String,
}

/// Adds the texts that findings ask for.
pub fn add(work: &mut Work<'_>, report: &Report) -> Result<(), Box<ConfigError>> {
    let mut texts = wanted(work, report);
    if texts.is_empty() {
        return Ok(());
    }
    let before = kinds(report);
    for _ in 0..MAX_TRIES {
        let earlier = work.texts.clone();
        let written = write(work, report, &mut texts);
        if texts.is_empty() {
            break;
        }
        let after = work.look()?;
        let left = asked(&after);
        let helpless = |text: &Text<'_>| left.contains(&text.proposal.about);
        let new: BTreeSet<_> = kinds(&after).difference(&before).cloned().collect();
        if new.is_empty() && !texts.iter().any(helpless) {
            return Ok(());
        }
        // Once more without those that did not help, or brought something else.
        take_back(work, &written, earlier);
        let brings = |text: &Text<'_>| {
            let to = target(text);
            new.iter()
                .any(|(_, path)| *path == to || *path == text.proposal.about)
        };
        let mut failed: Vec<Text<'_>> = Vec::new();
        texts.retain(|text| {
            let fails = helpless(text) || brings(text);
            if fails {
                failed.push(text.clone());
            }
            !fails
        });
        if failed.is_empty() {
            failed = std::mem::take(&mut texts);
        }
        for text in failed {
            work.leave(&text.proposal.about, NO_HELP.to_owned());
        }
    }
    for text in texts {
        work.leave(&text.proposal.about, NO_HELP.to_owned());
    }
    Ok(())
}

/// What is found: the rule with each page, name or path that it is about. Not the place
/// where it is told, which moves to the next when the first is mended.
fn kinds(report: &Report) -> BTreeSet<(String, String)> {
    let path = |file: FileId| report.paths[file.0 as usize].to_string();
    let mut kinds = BTreeSet::new();
    for finding in shown(report) {
        let mut add = |about: String| kinds.insert((finding.rule.qualified(), about));
        match (finding.rule.aggregate, &finding.subject) {
            (Aggregate::Folder, _) => {
                for member in &finding.members {
                    add(member.clone());
                }
            }
            (Aggregate::Subject, Some(subject)) => {
                add(subject.clone());
            }
            (Aggregate::Repository, _) => {
                add(String::new());
            }
            _ => {
                add((finding.primary).map_or_else(String::new, |span| path(span.file)));
            }
        }
    }
    kinds
}

/// What lacks a text still.
fn asked(report: &Report) -> BTreeSet<String> {
    let proposals = shown(report).flat_map(|finding| &finding.proposals);
    proposals.map(|proposal| proposal.about.clone()).collect()
}

/// The texts that can be written; the others are told.
fn wanted<'a>(work: &mut Work<'_>, report: &'a Report) -> Vec<Text<'a>> {
    let mut texts = Vec::new();
    let mut seen = BTreeSet::new();
    for finding in shown(report) {
        for proposal in &finding.proposals {
            let path = proposal.about.as_str();
            if is_of_submodule(report, path) || !seen.insert(path) {
                continue;
            }
            let (style, changes) = report.config.attribution_of(path);
            let Some(style) = style else {
                work.plan.unstyled += 1;
                continue;
            };
            match words(proposal, changes) {
                Ok(words) => texts.push(Text {
                    proposal,
                    rule: &finding.rule.id,
                    style,
                    words,
                }),
                Err(unknown) => {
                    let mut why =
                        format!("nobody says {}: nothing is written", unknown.join(" and "));
                    if unknown.contains(&WHERE) {
                        why.push_str("; a line of the page says where, such as “From https://…”");
                    }
                    work.leave(path, why);
                }
            }
        }
    }
    texts
}

/// What is not known where a page does not say its address. A likely one is for a person to
/// judge.
const WHERE: &str = "where the original is";

/// The text with everything filled in, or what is not known.
fn words(proposal: &Proposal, changes: Option<&str>) -> Result<String, Vec<&'static str>> {
    let mut unknown = Vec::new();
    let mut values: Vec<(&str, String)> = Vec::new();
    for (name, value) in &proposal.values {
        match value {
            // A text is one line, whatever front matter a title was read from.
            Some(value) => {
                let value: Vec<&str> = value.split_whitespace().collect();
                values.push((name, value.join(" ")));
            }
            None => unknown.push(match *name {
                "title" => "its title",
                "url" => WHERE,
                other => other,
            }),
        }
    }
    if let ProposalKind::Attribution { changes: how, .. } = &proposal.kind {
        match changes {
            Some(what) => values.push(("changes", fill(how, &[("what", what)]))),
            None => unknown.push("what was changed (`attribution.changes` in termscheck.yaml)"),
        }
    }
    if !unknown.is_empty() {
        return Err(unknown);
    }
    let values: Vec<(&str, &str)> = values
        .iter()
        .map(|(name, value)| (*name, &**value))
        .collect();
    Ok(fill(&proposal.template, &values))
}

/// The file that a text goes to.
fn target(text: &Text<'_>) -> String {
    match (text.style, &text.proposal.kind) {
        (AttributionStyle::Reuse, ProposalKind::Attribution { .. }) => "REUSE.toml".to_owned(),
        (AttributionStyle::File, kind) => {
            let folder = match kind {
                ProposalKind::Attribution { folder, .. } if !folder.is_empty() => {
                    format!("{folder}/")
                }
                _ => String::new(),
            };
            format!("{folder}ATTRIBUTION.md")
        }
        // REUSE has no place for whose the marks are.
        _ => text.proposal.about.clone(),
    }
}

/// Puts texts where they go; those that can't go there are told and left out. Gives back
/// the files.
fn write(work: &mut Work<'_>, report: &Report, texts: &mut Vec<Text<'_>>) -> BTreeSet<String> {
    let mut by_target: BTreeMap<String, Vec<Text<'_>>> = BTreeMap::new();
    for text in std::mem::take(texts) {
        by_target.entry(target(&text)).or_default().push(text);
    }
    let mut written = BTreeSet::new();
    for (path, of_file) in by_target {
        let rules: Vec<String> = of_file.iter().map(|text| text.rule.to_owned()).collect();
        match add_to(work, &path, &of_file) {
            Ok((before, after)) => {
                work.put(&path, before, after, of_file.len(), rules);
                written.insert(path);
                written.extend(licence_text(work, &of_file));
                texts.extend(of_file);
            }
            Err(reason) => {
                for text in of_file {
                    let about = &text.proposal.about;
                    let reason = if *about == path {
                        reason.to_owned()
                    } else {
                        format!("{path}: {reason}")
                    };
                    work.leave(about, reason);
                }
            }
        }
    }
    debug_assert!(
        texts
            .iter()
            .all(|text| !is_of_submodule(report, &text.proposal.about))
    );
    written
}

type Bytes = Vec<u8>;

/// What a file is, and what it is with the texts.
fn add_to(
    work: &Work<'_>,
    path: &str,
    texts: &[Text<'_>],
) -> Result<(Option<Bytes>, Bytes), &'static str> {
    let reuse = path == "REUSE.toml";
    let lines: Vec<&str> = texts.iter().map(|text| &*text.words).collect();
    let mut added = if reuse {
        annotations(texts)
    } else {
        lines.join("\n\n")
    };
    if !work.exists(path) {
        let is_new = reuse
            || texts
                .iter()
                .all(|text| text.style == AttributionStyle::File);
        // A README that says nothing but whose the marks are is none.
        if !is_new {
            return Err("it is not there");
        }
        let head = if reuse {
            "version = 1\n\n"
        } else {
            "# Attribution\n\n"
        };
        return Ok((None, format!("{head}{}\n", added.trim_end()).into_bytes()));
    }
    let ours = matches!(
        kind::kind(path),
        FileKind::Markdown | FileKind::ReStructuredText | FileKind::AsciiDoc | FileKind::Text
    );
    if !reuse && !ours {
        return Err("nothing can be put at the end of a file of this kind");
    }
    let bytes = work.content(path).ok_or("it can't be read")?;
    let source = Source::decode(FileId(0), Arc::from(path), bytes.clone());
    if reuse {
        added.insert(0, '\n');
    }
    let after = edits::append(&source, &bytes, added.trim_start())?;
    if reuse
        && std::str::from_utf8(&after)
            .map_or(true, |text| text.parse::<toml_edit::DocumentMut>().is_err())
    {
        return Err("it can't be added to");
    }
    Ok((Some(bytes), after))
}

/// Annotations of REUSE.toml, one for each page.
fn annotations(texts: &[Text<'_>]) -> String {
    // A JSON string is a TOML string.
    let quoted = |text: &str| serde_json::to_string(text).unwrap_or_default();
    let mut out = String::new();
    for text in texts {
        let ProposalKind::Attribution {
            holder, licence, ..
        } = &text.proposal.kind
        else {
            continue;
        };
        // In a path a star is a wildcard.
        let path = text
            .proposal
            .about
            .replace('\\', "\\\\")
            .replace('*', "\\*");
        let _ = write!(
            out,
            "[[annotations]]\npath = {}\nSPDX-FileCopyrightText = {}\n\
             SPDX-License-Identifier = {}\nSPDX-FileComment = {}\n\n",
            quoted(&path),
            quoted(holder),
            quoted(licence),
            quoted(&text.words),
        );
    }
    out.trim_end().to_owned()
}

/// REUSE asks for the licence's text beside what is under it.
fn licence_text(work: &mut Work<'_>, texts: &[Text<'_>]) -> Vec<String> {
    let mut written = Vec::new();
    for text in texts {
        let ProposalKind::Attribution { licence, .. } = &text.proposal.kind else {
            continue;
        };
        let path = format!("LICENSES/{licence}.txt");
        if text.style != AttributionStyle::Reuse || work.exists(&path) {
            continue;
        }
        if let Some((_, words)) = (spdx::text::LICENSE_TEXTS.iter()).find(|(id, _)| id == licence) {
            let words = format!("{}\n", words.trim_end());
            work.put(&path, None, words.into_bytes(), 1, [text.rule.to_owned()]);
            written.push(path);
        }
    }
    written
}

/// Undoes what was written since the texts were these.
fn take_back(work: &mut Work<'_>, written: &BTreeSet<String>, earlier: Texts) {
    for path in written {
        match (
            earlier.get(Path::new(path)),
            work.plan.changes.get_mut(path),
        ) {
            (Some(bytes), Some(change)) => change.after = Arc::clone(bytes),
            _ => {
                work.plan.changes.remove(path);
            }
        }
    }
    work.texts = earlier;
}
