//! No licence is declared anywhere in a repository that is under the page's terms.
//!
//! Asked only where something addresses the repository: elsewhere a missing licence is
//! nobody's business here. Judged only when the whole repository was scanned: of a part nobody can say what
//! the rest declares.

use std::collections::BTreeSet;

use serde::Deserialize;

use super::super::addressed::EvidenceKind;
use super::super::{BuildError, Check, RepositoryContext, configure};
use super::depth;
use crate::facts::signals::AttributionElement;
use crate::facts::{FileKind, FileRecord, InformalGrant, ManifestKind, RepositoryFacts, Zone};
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
    /// Said at the words that put the repository under the page's terms.
    addressed: String,
    /// Share of the code files, in hundredths, whose headers must name a licence for
    /// it to count as declared: single files are often somebody else's.
    headers: usize,
    /// Said when there are documents or manifests that could have declared one;
    /// `{files}` are these.
    looked: String,
    /// Stands for `{licence}` of both: there is no licence file, or one without a word in it,
    /// `{file}`.
    no_file: String,
    empty: String,
    /// Said when there is none of them.
    nowhere: String,
    /// Said of kind words in a README, `{words}` in `{file}`.
    informal: String,
    /// Said at these words.
    no_licence: String,
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
        &["evidence", "looked", "informal"]
    }

    fn check_repository(&self, context: &RepositoryContext<'_>, out: &mut Vec<Finding>) {
        let facts = context.facts;
        let named = licence_named(context);
        let licensed = |span: Span| {
            let record = facts.record(span.file);
            record.is_some_and(|record| is_under(&record.path, &named))
        };
        // A page whose attribution names its licence lacks none.
        // A short form in a name ("mslearn-teacher") is weak ground for this demand.
        let Some(evidence) = context.addressed.evidence().iter().find(|evidence| {
            !evidence.shortened
                && (evidence.kind != EvidenceKind::DerivedPage
                    || !evidence.span.is_some_and(licensed))
        }) else {
            return;
        };
        if !facts.whole || facts.files.iter().any(declares) || self.in_headers(facts) {
            return;
        }
        // One page that was copied is enough to need a licence.
        let copied = evidence.kind == EvidenceKind::DerivedPage;
        if !copied && !has_substance(facts, self.config.files) {
            return;
        }
        let looked_in: Vec<&str> = speakers(facts)
            .iter()
            .take(4)
            .map(|record| record.path.as_ref())
            .collect();
        let licence = empty(facts).map_or_else(
            || self.config.no_file.clone(),
            |record| fill(&self.config.empty, &[("file", &record.path)]),
        );
        let looked = if looked_in.is_empty() {
            fill(&self.config.nowhere, &[("licence", &licence)])
        } else {
            let values = [
                ("licence", licence.as_str()),
                ("files", &looked_in.join(", ")),
            ];
            fill(&self.config.looked, &values)
        };
        let informal = informal(facts);
        let kind_words = informal.map_or(String::new(), |(record, grant)| {
            fill(
                &self.config.informal,
                &[("words", &grant.written), ("file", &record.path)],
            )
        });
        let message = context.rule.message(&[
            ("evidence", &evidence.to_string()),
            ("looked", &looked),
            ("informal", &kind_words),
        ]);
        let place = context.place();
        let mut finding = Finding::new(context.rule, place, message);
        if let Some((_, grant)) = informal {
            finding = finding.related(grant.span, self.config.no_licence.as_str());
        }
        if let Some(span) = evidence.span.filter(|span| Some(*span) != place) {
            finding = finding.related(span, self.config.addressed.as_str());
        }
        out.push(finding);
    }
}

/// Files and folders for which an attribution names the licence: the page itself, the
/// folder of an ATTRIBUTION.md or README. Words that send the reader to a licence file
/// want that file.
fn licence_named<'a>(context: &RepositoryContext<'a>) -> BTreeSet<&'a str> {
    let attribution = &context.pack.notices.attribution;
    let speaks = |path: &str| {
        kind::is_readme(path) || attribution.files.iter().any(|glob| glob.is_match(path))
    };
    let files = context.facts.files.iter().filter(|record| {
        let signals = record.signals.get(context.pack_index);
        signals.is_some_and(|signals| {
            let holds = |wanted| signals.attribution.iter().any(|(own, _)| *own == wanted);
            holds(AttributionElement::LicenceNotice)
                && holds(AttributionElement::SourceLink)
                && !holds(AttributionElement::LicencePointer)
        })
    });
    files
        .map(|record| match &*record.path {
            path if speaks(path) => path.rsplit_once('/').map_or("", |(folder, _)| folder),
            path => path.strip_suffix(".license").unwrap_or(path),
        })
        .collect()
}

/// Whether one of `named` is `path` or a folder above it.
fn is_under(path: &str, named: &BTreeSet<&str>) -> bool {
    let mut at = Some(path);
    while let Some(part) = at {
        if named.contains(part) {
            return true;
        }
        at = part.rsplit_once('/').map(|(folder, _)| folder);
    }
    named.contains("")
}

/// The first kind words of a README, the one at the top before others.
fn informal(facts: &RepositoryFacts) -> Option<(&FileRecord, &InformalGrant)> {
    facts
        .files
        .iter()
        .filter(|record| own(record.zone))
        .filter_map(|record| Some((record, record.informal.first()?)))
        .min_by_key(|(record, _)| depth(&record.path))
}

/// A licence file at the top that says nothing.
fn empty(facts: &RepositoryFacts) -> Option<&FileRecord> {
    facts.files.iter().find(|record| {
        let text = record.licence_text.as_ref();
        record.kind == FileKind::Licence
            && own(record.zone)
            && depth(&record.path) == 0
            && text.is_some_and(|text| text.title.is_empty())
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
        // Charts, recipes and roles lie in a folder of their kind: `charts/NAME/`,
        // `roles/NAME/meta/`.
        FileKind::Manifest(ManifestKind::HelmChart | ManifestKind::Described) => {
            depth(&record.path) <= 3 && !record.licences.is_empty()
        }
        // Labels of an image that a workflow or a composition builds.
        FileKind::Data(_) | FileKind::Config(_) => {
            depth(&record.path) <= 2 && !record.licences.is_empty()
        }
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
                || (matches!(record.kind, FileKind::Manifest(_))
                    && record.kind != FileKind::Manifest(ManifestKind::Described)
                    && !domain)
        })
        .collect();
    speakers.sort_by_key(|record| !kind::is_readme(&record.path));
    speakers
}
