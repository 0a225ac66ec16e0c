//! No licence is declared anywhere in the repository.
//!
//! Judged only when the whole repository was scanned: of a part nobody can say what
//! the rest declares.

use serde::Deserialize;

use super::super::{BuildError, Check, RepositoryContext, configure};
use super::depth;
use crate::facts::{FileKind, FileRecord, ManifestKind, NameRole, RepositoryFacts, Zone};
use crate::finding::Finding;
use crate::pack::Pack;
use crate::pack::schema::fill;
use crate::parse::kind;
use crate::source::Span;

/// `with` of a rule that uses this check.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Config {
    /// Fewest files of the project's own for which a licence is asked.
    files: usize,
    /// Said of a page that is derived from the licensed documentation, `{file}`; one is
    /// enough to ask for a licence.
    derived: String,
    /// Share of the code files, in hundredths, whose headers must name a licence for
    /// it to count as declared: single files are often somebody else's.
    headers: usize,
    /// Said when there are documents or manifests that could have declared one;
    /// `{files}` are these.
    looked: String,
    /// Said when there is none of them.
    nowhere: String,
}

struct Missing {
    config: Config,
}

/// Builds the check.
pub fn build(with: &serde_yaml::Value, _pack: &Pack) -> Result<Box<dyn Check>, BuildError> {
    Ok(Box::new(Missing {
        config: configure(with)?,
    }))
}

impl Missing {
    /// Whether the headers of the code files name the licence.
    fn in_headers(&self, facts: &RepositoryFacts) -> bool {
        let named = facts
            .files
            .iter()
            .filter(|record| own(record.zone) && !record.licences.is_empty())
            .filter(|record| matches!(record.kind, FileKind::Code(_)))
            .count();
        let code = facts
            .paths
            .iter()
            .filter(|path| matches!(kind::kind(path), FileKind::Code(_)))
            .filter(|path| own(kind::zone(path)))
            .count();
        named > 0 && named * 100 >= code * self.config.headers
    }
}

impl Check for Missing {
    fn placeholders(&self) -> &'static [&'static str] {
        &["derived", "looked"]
    }

    fn check_repository(&self, context: &RepositoryContext<'_>, out: &mut Vec<Finding>) {
        let facts = context.facts;
        if !facts.whole || facts.files.iter().any(declares) || self.in_headers(facts) {
            return;
        }
        let derived = derived(context);
        if derived.is_none() && !has_substance(facts, self.config.files) {
            return;
        }
        let speakers = speakers(facts);
        let names: Vec<&str> = speakers
            .iter()
            .take(4)
            .map(|record| record.path.as_ref())
            .collect();
        let looked = if names.is_empty() {
            self.config.nowhere.clone()
        } else {
            fill(&self.config.looked, &[("files", &names.join(", "))])
        };
        let place = speakers
            .iter()
            .find_map(|record| title(record))
            .or(derived.map(|(_, span)| span));
        let what = derived.map_or(String::new(), |(record, _)| {
            fill(&self.config.derived, &[("file", &record.path)])
        });
        let message = context
            .rule
            .message(&[("derived", &what), ("looked", &looked)]);
        out.push(Finding::new(context.rule, place, message));
    }
}

/// The first page that is derived from the licensed documentation, and its heaviest
/// mark.
fn derived<'a>(context: &RepositoryContext<'a>) -> Option<(&'a FileRecord, Span)> {
    let threshold = context.pack.provenance.threshold;
    context
        .facts
        .files
        .iter()
        .filter(|record| own(record.zone) && !matches!(record.kind, FileKind::Code(_)))
        .find_map(|record| {
            let marks = &record.signals.get(context.pack_index)?.provenance;
            let weight: u32 = marks.iter().map(|mark| mark.weight).sum();
            let heaviest = marks
                .iter()
                .min_by_key(|mark| (std::cmp::Reverse(mark.weight), mark.span))?;
            (weight >= threshold).then_some((record, heaviest.span))
        })
}

fn own(zone: Zone) -> bool {
    matches!(zone, Zone::Project | Zone::Docs | Zone::Example)
}

/// Whether a file declares a licence for the repository: at its top or one folder
/// below, where packages and documentation have theirs. Deeper ones belong to what
/// was copied there.
fn declares(record: &FileRecord) -> bool {
    if !own(record.zone) {
        return false;
    }
    match record.kind {
        // REUSE keeps texts in a folder of their own, wherever that is.
        FileKind::Licence => {
            let says = record
                .licence_text
                .as_ref()
                .is_some_and(|text| !text.title.is_empty());
            says && (depth(&record.path) <= 1 || record.path.contains("LICENSES/"))
        }
        // An API's description tells the terms of the API.
        FileKind::Manifest(ManifestKind::OpenApi) => {
            depth(&record.path) == 0 && !record.licences.is_empty()
        }
        // Each header speaks for its own file.
        FileKind::Code(_) => setup(record),
        _ => {
            let near = depth(&record.path) <= 1 || kind::is_readme(&record.path);
            near && !record.licences.is_empty()
        }
    }
}

/// A setup script is a manifest in code.
fn setup(record: &FileRecord) -> bool {
    record.path.as_ref() == "setup.py" && !record.licences.is_empty()
}

/// Whether there is anything that a licence could be for.
fn has_substance(facts: &RepositoryFacts, least: usize) -> bool {
    facts
        .paths
        .iter()
        .filter(|path| {
            let worth = match kind::kind(path) {
                FileKind::Code(_) | FileKind::Manifest(_) => true,
                kind => kind::is_document(kind),
            };
            worth && own(kind::zone(path))
        })
        .take(least)
        .count()
        >= least
}

/// The README and the manifests at the top, where a licence would be declared.
fn speakers(facts: &RepositoryFacts) -> Vec<&FileRecord> {
    let mut speakers: Vec<_> = facts
        .files
        .iter()
        .filter(|record| depth(&record.path) == 0 && own(record.zone))
        .filter(|record| {
            let domain = record.path.eq_ignore_ascii_case("cname");
            kind::is_readme(&record.path)
                || (matches!(record.kind, FileKind::Manifest(_)) && !domain)
        })
        .collect();
    speakers.sort_by_key(|record| !kind::is_readme(&record.path));
    speakers
}

/// The title of a README, the name in a manifest.
fn title(record: &FileRecord) -> Option<Span> {
    let by_role = |role: NameRole| {
        record
            .names
            .iter()
            .find(|name| name.role == role)
            .and_then(|name| name.span)
    };
    by_role(NameRole::Title)
        .or_else(|| by_role(NameRole::Package))
        .or_else(|| record.names.iter().find_map(|name| name.span))
}
