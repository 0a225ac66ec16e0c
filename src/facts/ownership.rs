//! Whose repository is it? The owner is not bound by its own reservation.

use super::signals::AttributionElement;
use super::{FileKind, FileRecord, Holder, HolderRole, ManifestKind, RepositoryFacts, Zone};
use crate::pack::Pack;
use crate::pack::schema::Owner;
use crate::parse::kind::is_readme;

/// The decision for one pack, with its reason for `-v`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Ownership {
    /// The repository is the pack owner's own.
    pub own: bool,
    /// It is somebody else's, but what stands in it is the owner's text: a fork or copy
    /// that keeps the owner's README. Only attribution is owed.
    pub text: Option<OwnersCopy>,
    /// Why, in a sentence.
    pub reason: String,
}

/// A copy of a repository of the owner.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct OwnersCopy {
    /// The owner's licence stands where it stood, which satisfies attribution.
    pub licence_kept: bool,
}

/// Decides whether the repository is the owner's own. The best evidence decides
/// alone: where the repository lives, else what its configuration says, else its
/// manifests, else its licence. A fork keeps the owner's manifests and licence.
pub fn decide(facts: &RepositoryFacts, pack: &Pack, index: usize) -> Ownership {
    let mut decided = whose(facts, pack);
    if !decided.own
        && let Some((copy, because)) = owners_copy(facts, pack, index)
    {
        decided.text = Some(copy);
        decided.reason = format!(
            "{}; it is a copy of {}'s text, because {because}",
            decided.reason, pack.owner.name
        );
    }
    decided
}

/// The same for a gate, which takes nobody's word for itself. The operator's counts; so does
/// what was there at a trusted revision (`base`); else it takes two signs, of which the tree
/// itself gives no more than one: where the repository lives, and what its files say.
pub fn proven(
    facts: &RepositoryFacts,
    base: Option<&RepositoryFacts>,
    pack: &Pack,
    index: usize,
) -> Ownership {
    let mut decided = match base {
        Some(base) => decide(base, pack, index),
        None => whose(facts, pack),
    };
    if facts.named_owner.is_some() || !decided.own {
        return decided;
    }
    let believed = base.unwrap_or(facts);
    let remote = believed.remote.is_some();
    let said = believed.configured_owner.as_deref();
    let said = said.is_some_and(|name| is_owner(&pack.owner, name))
        || own_files(believed)
            .iter()
            .filter_map(|records| first_holder(records))
            .any(|(holder, _)| is_holder(&pack.owner, &holder.name));
    // What a revision said needs no second sign, and a remote is none that it gave.
    let enough = said && (remote || base.is_some());
    if !enough {
        decided.own = false;
        decided.reason = format!(
            "for a gate it does not count that {}: --owner says whose it is",
            decided.reason
        );
    }
    decided
}

/// Manifests and licences that say whose the repository is.
fn own_files(facts: &RepositoryFacts) -> [Vec<&FileRecord>; 2] {
    let manifests = top(facts, |kind| {
        // Who describes an API is not who publishes it, and REUSE names the holders of
        // single files.
        use ManifestKind::{OpenApi, ReuseDep5, ReuseSidecar, ReuseToml};
        let of_others =
            |manifest| matches!(manifest, OpenApi | ReuseDep5 | ReuseSidecar | ReuseToml);
        matches!(kind, FileKind::Manifest(manifest) if !of_others(manifest))
    });
    [manifests, top(facts, |kind| kind == FileKind::Licence)]
}

/// Whether the repository is a copy of one of the owner's, and why.
fn owners_copy(facts: &RepositoryFacts, pack: &Pack, index: usize) -> Option<(OwnersCopy, String)> {
    let front = || {
        facts
            .files
            .iter()
            .filter(|record| !record.path.contains('/'))
    };
    let licence = front()
        .filter(|record| record.kind == FileKind::Licence)
        .find(|record| {
            record
                .holders
                .iter()
                .any(|holder| is_holder(&pack.owner, &holder.name))
        });
    let terms = front().find(|record| {
        let licences = &pack.notices.attribution.licences;
        record.licence_text.as_ref().is_some_and(|text| {
            let known = text.detected.as_ref();
            known.is_some_and(|(id, _)| licences.contains(id))
        })
    });
    let readmes = || front().filter(|record| is_readme(&record.path));
    let signals = |record: &FileRecord| record.signals.get(index).cloned().unwrap_or_default();
    // Of pages under the documentation's licence the metadata or the legal notice tells.
    let theirs = readmes().find(|record| {
        let signals = signals(record);
        let provenance = signals.provenance_weight();
        let granted = signals
            .attribution
            .iter()
            .any(|(element, _)| *element == AttributionElement::Grant);
        signals.owners_readme || granted || provenance >= pack.provenance.threshold.max(1)
    });
    if let (Some(readme), Some(licence)) = (theirs, licence.or(terms)) {
        let because = format!(
            "{} and {} are those of {}",
            readme.path, licence.path, pack.owner.name
        );
        return Some((OwnersCopy { licence_kept: true }, because));
    }
    // A course carries the licence of its author, and so does its translation.
    let kept = || front().find(|record| record.kind == FileKind::Licence);
    let course = readmes().find(|record| signals(record).owners_course);
    if let (Some(readme), Some(licence)) = (course, kept()) {
        let because = format!(
            "{} is that of a course of {}'s, and {} is kept",
            readme.path, pack.owner.name, licence.path
        );
        return Some((OwnersCopy { licence_kept: true }, because));
    }
    // A fork keeps its name.
    let name = facts.remote.as_ref()?.name.to_lowercase();
    let readme = readmes().find(|record| signals(record).owners_repositories.contains(&name))?;
    let because = format!("{} links the original of the same name", readme.path);
    Some((
        OwnersCopy {
            licence_kept: licence.is_some(),
        },
        because,
    ))
}

/// Whether the repository is the owner's own.
fn whose(facts: &RepositoryFacts, pack: &Pack) -> Ownership {
    let owner = &pack.owner;
    if let Some(named) = &facts.named_owner {
        return verdict(
            is_owner(owner, named),
            owner,
            &format!("--owner says {named}"),
        );
    }
    if let Some(remote) = &facts.remote {
        let own = is_organisation(owner, &remote.owner);
        return verdict(
            own,
            owner,
            &format!(
                "the git remote is {}/{}/{}",
                remote.host, remote.owner, remote.name
            ),
        );
    }
    if let Some(configured) = &facts.configured_owner {
        let own = is_owner(owner, configured);
        return verdict(
            own,
            owner,
            &format!("termscheck.yaml names {configured} as owner"),
        );
    }
    for records in own_files(facts) {
        if let Some((holder, record)) = first_holder(&records) {
            let role = match holder.role {
                HolderRole::Author => "is the author",
                HolderRole::Publisher => "is the publisher",
                HolderRole::Copyright | HolderRole::Remote => "holds the copyright",
            };
            let because = format!("{} {role} in {}", holder.name, record.path);
            return verdict(is_holder(owner, &holder.name), owner, &because);
        }
    }
    Ownership {
        own: false,
        text: None,
        reason: format!("nothing says that this repository is {}'s own", owner.name),
    }
}

fn verdict(own: bool, owner: &Owner, because: &str) -> Ownership {
    let not = if own { "" } else { "not " };
    Ownership {
        own,
        text: None,
        reason: format!(
            "this repository is {not}{}'s own, because {because}",
            owner.name
        ),
    }
}

/// Whether a name is the owner's, as an organisation or as a holder.
pub fn is_owner(owner: &Owner, name: &str) -> bool {
    is_organisation(owner, name) || is_holder(owner, name)
}

fn is_organisation(owner: &Owner, name: &str) -> bool {
    owner
        .organisations
        .iter()
        .any(|organisation| organisation.eq_ignore_ascii_case(name.trim()))
}

fn is_holder(owner: &Owner, name: &str) -> bool {
    let name = name.trim().trim_end_matches('.').to_lowercase();
    owner.holders.iter().any(|holder| {
        let holder = holder.trim().trim_end_matches('.').to_lowercase();
        // `Microsoft Corporation and contributors` is the owner as well.
        name == holder
            || name
                .strip_prefix(&holder)
                .is_some_and(|rest| rest.starts_with(" and ") || rest.starts_with(','))
    })
}

/// Records of the top folder, or else of the folders nearest to it.
fn top(facts: &RepositoryFacts, wanted: impl Fn(FileKind) -> bool) -> Vec<&FileRecord> {
    let records: Vec<_> = facts
        .files
        .iter()
        .filter(|record| wanted(record.kind))
        .filter(|record| matches!(record.zone, Zone::Project | Zone::Docs))
        .filter(|record| !record.holders.is_empty())
        .collect();
    let depth = |record: &&FileRecord| record.path.matches('/').count();
    let least = records.iter().map(depth).min();
    records
        .into_iter()
        .filter(|record| Some(depth(record)) == least)
        .collect()
}

/// The publisher before the author before the copyright holder.
fn first_holder<'a>(records: &[&'a FileRecord]) -> Option<(&'a Holder, &'a FileRecord)> {
    [
        HolderRole::Publisher,
        HolderRole::Author,
        HolderRole::Copyright,
    ]
    .into_iter()
    .find_map(|role| {
        records.iter().find_map(|&record| {
            let holder = record.holders.iter().find(|holder| holder.role == role)?;
            Some((holder, record))
        })
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn owner() -> Owner {
        Owner {
            name: "Contoso".to_owned(),
            organisations: vec!["contoso".to_owned()],
            holders: vec!["Contoso Corporation".to_owned(), "Contoso".to_owned()],
            readme: Vec::new(),
            courses: Vec::new(),
        }
    }

    /// What a repository of these files says, by the shipped pack.
    fn decided(
        remote: Option<&str>,
        configured: Option<&str>,
        files: &[(&str, &str)],
    ) -> Ownership {
        use crate::parse::{kind, parse};
        use crate::source::{FileId, Source};

        let records = files.iter().enumerate().map(|(index, &(path, text))| {
            let id = FileId(index as u32);
            let source = Source::from_text(id, path, text);
            let facts = parse(&source, kind::kind(path), kind::zone(path));
            FileRecord::new(id, path.into(), facts)
        });
        let facts = RepositoryFacts {
            files: records.collect(),
            remote: remote.and_then(crate::git::parse_url),
            configured_owner: configured.map(Into::into),
            ..RepositoryFacts::default()
        };
        let packs = crate::pack::load_embedded().expect("the shipped packs load");
        let pack = packs.iter().find(|pack| pack.owner.name == "Microsoft");
        decide(&facts, pack.expect("the pack of Microsoft"), 0)
    }

    #[test]
    fn the_best_evidence_decides_alone() {
        let licence = ("LICENSE", "Copyright (c) Microsoft Corporation.\n");
        let private = ("LICENSE", "Copyright (c) 2021 Jane Doe\n");
        let manifest = (
            "package.json",
            r#"{"name": "x", "author": "Microsoft Corporation"}"#,
        );
        let api = (
            "openapi.yaml",
            "openapi: 3.0.0\ninfo:\n  contact:\n    name: Microsoft\n",
        );
        let ours = Some("https://github.com/MicrosoftDocs/x");
        let fork = Some("https://github.com/jane/x");

        assert!(decided(ours, None, &[private]).own);
        assert!(!decided(fork, None, &[licence, manifest]).own);
        assert!(!decided(fork, Some("Microsoft"), &[]).own);
        assert!(decided(None, Some("Microsoft"), &[private]).own);
        assert!(!decided(None, Some("Jane Doe"), &[licence]).own);
        assert!(decided(None, None, &[manifest, private]).own);
        assert!(decided(None, None, &[licence]).own);
        assert!(!decided(None, None, &[private]).own);
        assert!(!decided(None, None, &[api]).own);
        let reason = decided(None, None, &[licence]).reason;
        assert_eq!(
            reason,
            "this repository is Microsoft's own, because Microsoft Corporation holds the copyright in LICENSE"
        );
    }

    #[test]
    fn holders_are_compared_whole() {
        assert!(is_holder(&owner(), "Contoso Corporation."));
        assert!(is_holder(&owner(), "contoso and contributors"));
        assert!(!is_holder(&owner(), "Contoso Fans"));
        assert!(!is_holder(&owner(), "Jane at Contoso"));
        assert!(is_organisation(&owner(), "Contoso"));
        assert!(!is_organisation(&owner(), "contoso-fans"));
    }
}
