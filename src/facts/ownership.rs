//! Whose repository is it? The owner is not bound by its own reservation.

use std::path::{Path, PathBuf};

use super::repository::GitRemote;
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
    // A course carries the licence of its author; a fork keeps its name.
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
    let manifests = top(facts, |kind| {
        // Who describes an API is not who publishes it, and REUSE names the holders of
        // single files.
        use ManifestKind::{OpenApi, ReuseDep5, ReuseSidecar, ReuseToml};
        let of_others =
            |manifest| matches!(manifest, OpenApi | ReuseDep5 | ReuseSidecar | ReuseToml);
        matches!(kind, FileKind::Manifest(manifest) if !of_others(manifest))
    });
    let licences = top(facts, |kind| kind == FileKind::Licence);
    for records in [manifests, licences] {
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

/// Largest `.git` file or configuration that is read, in bytes.
const MAX_CONFIG: u64 = 1024 * 1024;

/// The origin remote of the checkout that holds `root`, read from `.git/config`
/// without running git.
pub fn git_remote(root: &Path) -> Option<GitRemote> {
    let root = root.canonicalize().ok()?;
    let folder = root.ancestors().find_map(|folder| {
        let git = folder.join(".git");
        git.exists().then_some(git)
    })?;
    let config = read(&common_directory(&folder)?.join("config"))?;
    parse_url(&origin(&config)?)
}

/// The folder that holds the configuration: `.git` itself, or where a worktree's or
/// submodule's `.git` file leads.
fn common_directory(git: &Path) -> Option<PathBuf> {
    if git.is_dir() {
        return Some(git.to_owned());
    }
    let pointer = read(git)?;
    let target = pointer
        .lines()
        .find_map(|line| line.strip_prefix("gitdir:"))?;
    let directory = git.parent()?.join(target.trim());
    // A linked worktree says where the main repository's folder is.
    match read(&directory.join("commondir")) {
        Some(common) => Some(directory.join(common.trim())),
        None => Some(directory),
    }
}

fn read(path: &Path) -> Option<String> {
    let metadata = std::fs::metadata(path).ok()?;
    if !metadata.is_file() || metadata.len() > MAX_CONFIG {
        return None;
    }
    let bytes = std::fs::read(path).ok()?;
    Some(String::from_utf8_lossy(&bytes).into_owned())
}

/// `url` of `[remote "origin"]`, else of the only remote.
fn origin(config: &str) -> Option<String> {
    let mut section = String::new();
    let mut found: Vec<(String, String)> = Vec::new();
    for line in config.lines() {
        let line = line.trim();
        if let Some(name) = line.strip_prefix('[') {
            name.split(']')
                .next()
                .unwrap_or(name)
                .trim()
                .clone_into(&mut section);
        } else if let Some((key, value)) = line.split_once('=')
            && key.trim().eq_ignore_ascii_case("url")
            && section.to_ascii_lowercase().starts_with("remote ")
        {
            let value = value.trim().trim_matches('"').to_owned();
            found.push((section.clone(), value));
        }
    }
    let by_name = found
        .iter()
        .find(|(section, _)| section.ends_with("\"origin\""));
    match (by_name, found.as_slice()) {
        (Some((_, url)), _) | (None, [(_, url)]) => Some(url.clone()),
        _ => None,
    }
}

/// The remote of a submodule, whose address may be relative to the parent's.
pub fn submodule_remote(url: &str, parent: Option<&GitRemote>) -> Option<GitRemote> {
    if !url.starts_with("./") && !url.starts_with("../") {
        return parse_url(url);
    }
    let parent = parent?;
    let mut parts = vec![parent.owner.as_str(), parent.name.as_str()];
    for part in url.split('/') {
        match part {
            "" | "." => {}
            ".." => {
                parts.pop();
            }
            part => parts.push(part),
        }
    }
    parse_url(&format!("https://{}/{}", parent.host, parts.join("/")))
}

/// Whether a folder lies in a git checkout.
pub fn is_in_checkout(root: &Path) -> bool {
    root.canonicalize()
        .is_ok_and(|root| root.ancestors().any(|folder| folder.join(".git").exists()))
}

/// Host, owner and name of a remote's address: `https://host/owner/name.git`,
/// `git@host:owner/name`, `ssh://git@host:22/owner/name`.
fn parse_url(url: &str) -> Option<GitRemote> {
    let (host, path) = match url.split_once("://") {
        Some(("file", _)) => return None,
        Some((_, rest)) => rest.split_once('/')?,
        // A drive letter or a relative path is a folder, not a host.
        None => {
            let (host, path) = url.split_once(':')?;
            if host.contains('/') || host.len() < 2 {
                return None;
            }
            (host, path)
        }
    };
    let host = host.rsplit('@').next().unwrap_or(host);
    let host = host.split(':').next().unwrap_or(host).to_ascii_lowercase();
    let path = path.trim_matches('/');
    let path = path.strip_suffix(".git").unwrap_or(path);
    let mut parts = path.split('/').filter(|part| !part.is_empty());
    let owner = parts.next()?;
    let name = parts.next_back()?;
    (!host.is_empty()).then(|| GitRemote {
        host,
        owner: owner.to_owned(),
        name: name.to_owned(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_of_remotes() {
        let is = |url: &str, expected: Option<(&str, &str, &str)>| {
            let remote = parse_url(url);
            let remote = remote
                .as_ref()
                .map(|remote| (&*remote.host, &*remote.owner, &*remote.name));
            assert_eq!(remote, expected, "{url}");
        };
        is("https://GitHub.com/a/b.git", Some(("github.com", "a", "b")));
        is(
            "https://user:pass@example.org:8443/a/b/",
            Some(("example.org", "a", "b")),
        );
        is("git@github.com:a/b.git", Some(("github.com", "a", "b")));
        is("ssh://git@host:22/a/b", Some(("host", "a", "b")));
        is(
            "https://gitlab.com/group/sub/b",
            Some(("gitlab.com", "group", "b")),
        );
        is(
            "https://contoso@dev.azure.com/contoso/p/_git/r",
            Some(("dev.azure.com", "contoso", "r")),
        );
        is("../other", None);
        is("C:/work/a/b", None);
        is("file:///a/b", None);
        is("/srv/a/b.git", None);
    }

    #[test]
    fn the_remote_is_read_through_worktrees() {
        let folder = tempfile::tempdir().expect("a folder");
        let main = folder.path().join("main");
        let linked = folder.path().join("linked/deep");
        std::fs::create_dir_all(main.join(".git/worktrees/linked")).expect("made");
        std::fs::create_dir_all(main.join("sub")).expect("made");
        std::fs::create_dir_all(&linked).expect("made");
        let config = "[core]\n\tbare = false\n[remote \"upstream\"]\n\turl = https://github.com/up/x\n[remote \"origin\"]\n\turl = git@github.com:me/x.git\n";
        std::fs::write(main.join(".git/config"), config).expect("written");
        let worktree = main.join(".git/worktrees/linked");
        std::fs::write(worktree.join("commondir"), "../..\n").expect("written");
        let pointer = format!("gitdir: {}\n", worktree.display());
        std::fs::write(folder.path().join("linked/.git"), pointer).expect("written");
        for root in [main.clone(), main.join("sub"), linked] {
            let owner = git_remote(&root).map(|remote| remote.owner);
            assert_eq!(owner.as_deref(), Some("me"), "{}", root.display());
        }
    }

    fn owner() -> Owner {
        Owner {
            name: "Contoso".to_owned(),
            organisations: vec!["contoso".to_owned()],
            holders: vec!["Contoso Corporation".to_owned(), "Contoso".to_owned()],
            readme: Vec::new(),
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
            remote: remote.and_then(parse_url),
            configured_owner: configured.map(Into::into),
            ..RepositoryFacts::default()
        };
        let packs = crate::pack::load_embedded().expect("the shipped packs load");
        decide(&facts, &packs[0], 0)
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
