//! Where a finding about the repository as a whole points.

use crate::facts::{FileKind, FileRecord, NameRole, RepositoryFacts};
use crate::parse::kind;
use crate::source::Span;

/// Where a repository says what it is: the title of its README, or else the name in a
/// manifest at the top.
pub fn front(facts: &RepositoryFacts) -> Option<Span> {
    let mut speakers: Vec<&FileRecord> = facts
        .files
        .iter()
        .filter(|record| !record.path.contains('/'))
        .filter(|record| {
            kind::is_readme(&record.path) || matches!(record.kind, FileKind::Manifest(_))
        })
        .collect();
    speakers.sort_by_key(|record| !kind::is_readme(&record.path));
    speakers.into_iter().find_map(title)
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
        // A domain is where a site is, not what it is.
        .or_else(|| {
            let mut names = record.names.iter();
            names
                .find(|name| name.role != NameRole::Domain && name.is_spoken())?
                .span
        })
}
