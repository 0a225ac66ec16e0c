//! A licence file holds one licence's text, and a document or manifest beside it
//! declares another.

use std::collections::{BTreeMap, BTreeSet};

use serde::Deserialize;

use super::super::{BuildError, Check, RepositoryContext, configure};
use super::folder;
use crate::facts::{
    FileKind, FileRecord, LicenceDeclaration, LicenceSource, ManifestKind, RepositoryFacts, Zone,
};
use crate::finding::Finding;
use crate::pack::Pack;
use crate::pack::schema::fill;
use crate::parse::kind;
use crate::parse::licence::expression::identifiers;
use crate::parse::licence::words::{Words, words};
use crate::source::Span;

/// `with` of a rule that uses this check.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Config {
    /// Least score, between 0 and 1, at which a text counts as a licence's.
    score: f32,
    /// Said at the licence file; `{text}` is its licence.
    text: String,
    /// Said of a text in a folder of texts that is named for another licence: `{file}`,
    /// `{declared}`, `{text}`.
    named: String,
    /// Said of a file that is named as the licence and does not exist: `{file}`,
    /// `{declared}`, `{target}`.
    gone: String,
    /// Values that say that nobody may use the project, in lower case.
    reserved: Vec<String>,
    /// Names that do not say exactly which licence is meant, and what the identifiers
    /// of all that may be meant begin with.
    vague: BTreeMap<String, Vec<String>>,
    /// Share of the code files below a licence's folder, in hundredths, that must carry
    /// an SPDX tag, all of them contradicting the text, before the tags are complained
    /// of: single files are often somebody else's.
    tagged: usize,
}

struct TextMismatch {
    config: Config,
}

/// Builds the check.
pub fn build(with: &serde_yaml::Value, _pack: &Pack) -> Result<Box<dyn Check>, BuildError> {
    let config: Config = configure(with)?;
    if !(0.0..=1.0).contains(&config.score) {
        return Err(BuildError {
            key: "with.score".to_owned(),
            message: "a score lies between 0 and 1".to_owned(),
        });
    }
    Ok(Box::new(TextMismatch { config }))
}

impl Check for TextMismatch {
    fn placeholders(&self) -> &'static [&'static str] {
        &["declared", "file", "text", "licence_file"]
    }

    fn check_repository(&self, context: &RepositoryContext<'_>, out: &mut Vec<Finding>) {
        let Some(words) = words() else { return };
        let facts = context.facts;
        let texts = self.texts(facts, words);
        self.gone(context, out);
        self.misnamed(context, out);
        if texts.is_empty() {
            return;
        }
        let packages = facts
            .files
            .iter()
            .filter(|record| own(record.zone) && is_package(record))
            .count();
        let mut tags: BTreeMap<&str, Vec<(&FileRecord, Declared<'_>)>> = BTreeMap::new();
        for record in facts.files.iter().filter(|record| own(record.zone)) {
            let here = folder(&record.path);
            if let Some(text) = texts.get(here) {
                self.reserved_or_vague(context, record, text, out);
            }
            let Some(declared) = declared(record, words) else {
                continue;
            };
            match record.kind {
                FileKind::Code(_) => {
                    if let Some((folder, _)) = nearest(&texts, here) {
                        tags.entry(folder).or_default().push((record, declared));
                    }
                }
                FileKind::Licence => {}
                _ => {
                    // One package below a repository's only text is under that text; of
                    // several each may have its own licence.
                    let found = texts.get_key_value(here).map(|(&at, text)| (at, text));
                    let found = found.or_else(|| {
                        (is_package(record) && packages == 1)
                            .then(|| nearest(&texts, here))
                            .flatten()
                    });
                    if let Some((_, text)) = found
                        && text.contradicts(&declared.families, words)
                    {
                        self.report(context, record, &declared, text, out);
                    }
                }
            }
        }
        for (folder, tagged) in tags {
            let Some(text) = texts.get(folder) else {
                continue;
            };
            let all = tagged
                .iter()
                .all(|(_, declared)| text.contradicts(&declared.families, words));
            if all
                && tagged.len() * 100 >= code_below(facts, folder) * self.config.tagged
                && let Some((record, declared)) = tagged.first()
            {
                self.report(context, record, declared, text, out);
            }
        }
    }
}

/// Code files of the project's own below a folder.
fn code_below(facts: &RepositoryFacts, folder: &str) -> usize {
    facts
        .paths
        .iter()
        .filter(|path| {
            folder.is_empty()
                || path
                    .strip_prefix(folder)
                    .is_some_and(|rest| rest.starts_with('/'))
        })
        .filter(|path| matches!(kind::kind(path), FileKind::Code(_)) && own(kind::zone(path)))
        .count()
}

/// What a file declares, as one: several declarations are alternatives or parts.
struct Declared<'a> {
    first: &'a LicenceDeclaration,
    families: BTreeSet<String>,
}

/// The licence texts of one folder.
struct Texts<'a> {
    file: &'a FileRecord,
    title: Span,
    families: BTreeSet<String>,
    names: Vec<String>,
    /// A file whose text nobody knows: it may be the one that is meant.
    unknown: bool,
}

impl Texts<'_> {
    /// Whether a set of licences has nothing to do with these texts.
    fn contradicts(&self, declared: &BTreeSet<String>, words: &Words) -> bool {
        if self.unknown || !self.families.is_disjoint(declared) {
            return false;
        }
        let kind = |content: bool, ids: &BTreeSet<String>| -> BTreeSet<String> {
            ids.iter()
                .filter(|id| words.is_content(id) == content)
                .cloned()
                .collect()
        };
        // A licence for texts and one for code stand side by side.
        [true, false].into_iter().any(|content| {
            let (ours, theirs) = (kind(content, &self.families), kind(content, declared));
            !ours.is_empty() && !theirs.is_empty() && !supplements(&ours, &theirs)
        })
    }
}

/// The LGPL is a supplement to the GPL, whose text stands beside or instead of it.
fn supplements(a: &BTreeSet<String>, b: &BTreeSet<String>) -> bool {
    let has = |ids: &BTreeSet<String>, start: &str| ids.iter().any(|id| id.starts_with(start));
    (has(a, "GPL-") && has(b, "LGPL-")) || (has(a, "LGPL-") && has(b, "GPL-"))
}

impl TextMismatch {
    /// Licence texts by folder; those of `LICENSES/` belong to the folder above.
    fn texts<'a>(&self, facts: &'a RepositoryFacts, words: &Words) -> BTreeMap<&'a str, Texts<'a>> {
        let mut texts: BTreeMap<&str, Texts<'a>> = BTreeMap::new();
        for record in &facts.files {
            let Some(text) = record.licence_text.as_ref().filter(|_| own(record.zone)) else {
                continue;
            };
            let mut at = folder(&record.path);
            if at == "LICENSES" || at.ends_with("/LICENSES") {
                at = folder(at);
            }
            let whole = text
                .detected
                .iter()
                .filter(|(_, score)| *score >= self.config.score)
                .map(|(id, _)| id.as_str());
            let named = record
                .licences
                .iter()
                .filter_map(|licence| licence.spdx.as_deref())
                .filter_map(identifiers)
                .flatten();
            let ids: Vec<String> = whole
                .chain(text.parts.iter().map(String::as_str))
                .map(str::to_owned)
                .chain(named)
                .collect();
            let entry = texts.entry(at).or_insert_with(|| Texts {
                file: record,
                title: text.title,
                families: BTreeSet::new(),
                names: Vec::new(),
                unknown: false,
            });
            entry.unknown |= ids.is_empty();
            entry
                .families
                .extend(ids.iter().map(|id| words.family(id).to_owned()));
            for id in ids {
                if !entry.names.contains(&id) {
                    entry.names.push(id);
                }
            }
        }
        texts
    }

    /// Fields that say no licence at all, or only its family, against a text that
    /// says otherwise.
    fn reserved_or_vague(
        &self,
        context: &RepositoryContext<'_>,
        record: &FileRecord,
        text: &Texts<'_>,
        out: &mut Vec<Finding>,
    ) {
        let fields = record
            .licences
            .iter()
            .filter(|licence| matches!(licence.source, LicenceSource::Manifest(_)));
        let (classifiers, values): (Vec<_>, Vec<_>) =
            fields.partition(|licence| is_classifier(licence));
        if text.unknown || text.families.is_empty() {
            return;
        }
        for group in [classifiers, values] {
            let Some(&first) = group.first() else {
                continue;
            };
            // Each says something else than the text; one that agrees is enough.
            let against = group.iter().all(|licence| {
                let value = last_part(&licence.written).to_lowercase();
                if self.config.reserved.contains(&value) {
                    return true;
                }
                if let Some(spdx) = &licence.spdx {
                    return is_classifier(licence)
                        && identifiers(spdx).is_some_and(|ids| {
                            words().is_some_and(|words| {
                                !ids.iter()
                                    .any(|id| text.families.contains(words.family(id)))
                            })
                        });
                }
                self.config.vague.get(&value).is_some_and(|starts| {
                    !text.families.iter().any(|family| {
                        starts
                            .iter()
                            .any(|start| family.starts_with(start.as_str()))
                    })
                })
            });
            if against {
                let declared = Declared {
                    first,
                    families: BTreeSet::new(),
                };
                self.report(context, record, &declared, text, out);
                return;
            }
        }
    }

    /// `LICENSES/ID.txt` that holds another licence's text.
    fn misnamed(&self, context: &RepositoryContext<'_>, out: &mut Vec<Finding>) {
        for record in &context.facts.files {
            let Some(text) = &record.misnamed else {
                continue;
            };
            let (held, score) = &text.held;
            if *score < self.config.score || record.zone == Zone::Test {
                continue;
            }
            let values = [
                ("file", &*record.path),
                ("declared", text.named.as_str()),
                ("text", held),
            ];
            let message = fill(&self.config.named, &values);
            out.push(Finding::new(context.rule, Some(text.title), message));
        }
    }

    /// `SEE LICENSE IN file` where no such file is.
    fn gone(&self, context: &RepositoryContext<'_>, out: &mut Vec<Finding>) {
        let facts = context.facts;
        if !facts.whole {
            return;
        }
        for record in facts.files.iter().filter(|record| own(record.zone)) {
            for licence in &record.licences {
                let Some(target) = pointed_at(record, licence) else {
                    continue;
                };
                let wanted = join(folder(&record.path), target);
                let there = facts
                    .paths
                    .iter()
                    .any(|path| path.as_ref().eq_ignore_ascii_case(&wanted));
                if there || wanted.is_empty() {
                    continue;
                }
                let message = fill(
                    &self.config.gone,
                    &[
                        ("file", &record.path),
                        ("declared", &licence.written),
                        ("target", &wanted),
                    ],
                );
                out.push(Finding::new(context.rule, Some(licence.span), message));
            }
        }
    }

    fn report(
        &self,
        context: &RepositoryContext<'_>,
        record: &FileRecord,
        declared: &Declared<'_>,
        text: &Texts<'_>,
        out: &mut Vec<Finding>,
    ) {
        let names = text.names.join(", ");
        let written = declared.first.spdx.as_deref();
        let message = context.rule.message(&[
            ("declared", written.unwrap_or(&declared.first.written)),
            ("file", &record.path),
            ("text", &names),
            ("licence_file", &text.file.path),
        ]);
        out.push(
            Finding::new(context.rule, Some(declared.first.span), message)
                .related(text.title, fill(&self.config.text, &[("text", &names)])),
        );
    }
}

fn own(zone: Zone) -> bool {
    matches!(zone, Zone::Project | Zone::Docs | Zone::Example)
}

/// A manifest that declares a licence for its package.
fn is_package(record: &FileRecord) -> bool {
    let FileKind::Manifest(manifest) = record.kind else {
        return false;
    };
    let other = matches!(
        manifest,
        ManifestKind::OpenApi
            | ManifestKind::ReuseToml
            | ManifestKind::ReuseDep5
            | ManifestKind::ReuseSidecar
            | ManifestKind::SiteConfig
            | ManifestKind::Skill
    );
    !other && !record.licences.is_empty()
}

/// What a file declares for the folder that it lies in; `None` when it declares
/// nothing or something that cannot be compared.
fn declared<'a>(record: &'a FileRecord, words: &Words) -> Option<Declared<'a>> {
    let speaks = match record.kind {
        // Declarations for parts of the tree.
        FileKind::Manifest(
            ManifestKind::ReuseToml | ManifestKind::ReuseDep5 | ManifestKind::ReuseSidecar,
        ) => false,
        FileKind::Manifest(_) | FileKind::Code(_) => true,
        _ => kind::is_readme(&record.path),
    };
    if !speaks {
        return None;
    }
    let mut first = None;
    let mut families = BTreeSet::new();
    for licence in &record.licences {
        // All rights are kept in the footers of many a permissive project.
        if licence.source == LicenceSource::Reserved {
            continue;
        }
        // A sentence in a header says less than its tag.
        let code = matches!(record.kind, FileKind::Code(_));
        if code && licence.source != LicenceSource::SpdxTag {
            continue;
        }
        let Some(spdx) = &licence.spdx else {
            if points_to_file(licence) {
                continue;
            }
            // A name that does not say which licence, or one of their own.
            return None;
        };
        families.extend(
            identifiers(spdx)?
                .iter()
                .map(|id| words.family(id).to_owned()),
        );
        first = first.or(Some(licence));
    }
    Some(Declared {
        first: first?,
        families,
    })
}

fn is_classifier(licence: &LicenceDeclaration) -> bool {
    licence.written.starts_with("License ::")
}

/// The last part of a classifier; the whole of any other value.
fn last_part(written: &str) -> &str {
    written.rsplit("::").next().unwrap_or(written).trim()
}

/// The file that a field says to look into, where the path is one of this repository.
fn pointed_at<'a>(record: &FileRecord, licence: &'a LicenceDeclaration) -> Option<&'a str> {
    let written = licence.written.trim();
    if let Some(rest) = written
        .get(..15)
        .filter(|start| start.eq_ignore_ascii_case("see license in "))
        .and(written.get(15..))
    {
        let target = rest.trim().trim_matches(['<', '>']);
        let file = !target.contains("://") && !target.contains(char::is_whitespace);
        return file.then_some(target);
    }
    // Of other manifests the path may be one of the package that is built.
    let relative = matches!(
        record.kind,
        FileKind::Manifest(ManifestKind::Cargo | ManifestKind::PyProject)
    );
    let plain = !written.contains(['*', '?', '{']) && !written.contains("..");
    (relative && plain && licence.spdx.is_none() && points_to_file(licence)).then_some(written)
}

/// A path relative to a folder, without `.` and `..`; empty when it leads out.
fn join(folder: &str, target: &str) -> String {
    let mut parts: Vec<&str> = folder.split('/').filter(|part| !part.is_empty()).collect();
    for part in target.split(['/', '\\']) {
        match part {
            "" | "." => {}
            ".." => {
                if parts.pop().is_none() {
                    return String::new();
                }
            }
            part => parts.push(part),
        }
    }
    parts.join("/")
}

/// `license-file = "LICENSE"`: no statement that could contradict.
fn points_to_file(licence: &LicenceDeclaration) -> bool {
    let name = licence
        .written
        .rsplit(['/', '\\', ' '])
        .next()
        .unwrap_or("");
    matches!(licence.source, LicenceSource::Manifest(_))
        && !is_classifier(licence)
        && kind::kind(name) == FileKind::Licence
}

/// The texts of the folder itself or of the nearest one above.
fn nearest<'t, 'a>(
    texts: &'t BTreeMap<&'a str, Texts<'a>>,
    from: &str,
) -> Option<(&'a str, &'t Texts<'a>)> {
    let mut at = from;
    loop {
        if let Some((&found, text)) = texts.get_key_value(at) {
            return Some((found, text));
        }
        if at.is_empty() {
            return None;
        }
        at = folder(at);
    }
}
