//! What a repository speaks of: an ordinary word in a name is a mark only where its prose
//! or its code shows that it is about the product.

use std::collections::BTreeSet;

use super::own_names::is_front;
use crate::facts::{FileRecord, RepositoryFacts, Zone};
use crate::pack::Pack;
use crate::pack::vocabulary::NameUse;

/// The marks that a file's prose speaks of.
pub(in crate::checks) fn spoken_of(record: &FileRecord, pack: usize) -> impl Iterator<Item = &str> {
    record
        .signals
        .get(pack)
        .into_iter()
        .flat_map(|signals| signals.marks.iter().map(|mark| mark.mark.as_str()))
}

/// What a repository speaks of.
pub(in crate::checks) struct Spoken<'a> {
    /// The marks in the files in which a project says what it is about.
    front: BTreeSet<&'a str>,
    /// Some file speaks of a product of the owner, or calls a host of it.
    owner: bool,
}

impl<'a> Spoken<'a> {
    pub(in crate::checks) fn new(facts: &'a RepositoryFacts, pack: &Pack, index: usize) -> Self {
        let finder = pack.marks.finder();
        let shown = |record: &&FileRecord| {
            matches!(record.zone, Zone::Project | Zone::Docs | Zone::Example)
        };
        let owner = pack.owner.name.to_lowercase();
        let mut records = facts.files.iter().filter(shown);
        let speaks = records.any(|record| {
            spoken_of(record, index).any(|mark| finder.is_product(mark))
                || (!owner.is_empty() && calls_host_of(record, &owner))
        });
        let front = facts.files.iter().filter(|record| is_front(record));
        Self {
            front: front.flat_map(|record| spoken_of(record, index)).collect(),
            owner: speaks,
        }
    }

    /// The marks that the project's front page speaks of.
    pub(in crate::checks) fn front(&self) -> impl Iterator<Item = &'a str> + '_ {
        self.front.iter().copied()
    }

    /// Whether the front page speaks of anything of the owner.
    pub(in crate::checks) fn is_empty(&self) -> bool {
        self.front.is_empty()
    }

    /// Whether the front page speaks of a mark.
    pub(in crate::checks) fn has(&self, mark: &str) -> bool {
        self.front.contains(mark)
    }

    /// Whether the repository shows that a name means the mark.
    pub(in crate::checks) fn means(&self, found: &NameUse) -> bool {
        self.has(&found.mark) || (found.near && self.owner)
    }
}

/// Whether code calls or keeps an address at a host that bears the owner's name:
/// `graph.acme.com`, `login.acmeonline.com`.
fn calls_host_of(record: &FileRecord, owner: &str) -> bool {
    let called = record
        .code
        .calls
        .iter()
        .filter_map(|call| call.url.as_ref());
    let kept = record.code.constants.iter().map(|(_, text)| text);
    called.chain(kept).any(|text| {
        let host = text.host_and_path().map(|(host, _)| host.to_lowercase());
        host.is_some_and(|host| host.split('.').any(|label| label.starts_with(owner)))
    })
}
