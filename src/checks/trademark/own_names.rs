//! Which of the names that files declare are the project's own.

use std::collections::HashSet;

use crate::checks::addressed::flat;
use crate::facts::{DeclaredName, FileKind, FileRecord, ManifestKind, NameRole, RepositoryFacts};
use crate::pack::vocabulary::Managing;
use crate::parse::kind::is_readme;
use crate::source::Span;

/// Tells the names that a project publishes from those that it only uses inside.
pub(in crate::checks) struct OwnNames<'a> {
    /// Kinds of manifests and the folders that they stand in.
    manifests: HashSet<(FileKind, &'a str)>,
    /// The packages and the repository itself, without case and signs.
    known: HashSet<String>,
}

impl<'a> OwnNames<'a> {
    pub(in crate::checks) fn new(facts: &'a RepositoryFacts) -> Self {
        let manifests = facts
            .files
            .iter()
            .filter(|record| matches!(record.kind, FileKind::Manifest(_)))
            .map(|record| (record.kind, folder(&record.path)))
            .collect();
        let packages = facts.files.iter().flat_map(|record| &record.names);
        let packages = packages.filter(|name| name.role == NameRole::Package);
        let known = packages
            .map(|name| name.value.as_str())
            .chain(facts.remote.iter().map(|remote| remote.name.as_str()))
            .map(flat)
            .collect();
        Self { manifests, known }
    }

    /// Whether a name is the project's own and is published: titles of pages below the
    /// root, private packages and members of a workspace are not.
    pub(in crate::checks) fn has(&self, declared: &DeclaredName, record: &FileRecord) -> bool {
        let path = &*record.path;
        // Actions and settings of the repository itself.
        if path
            .split('/')
            .rev()
            .skip(1)
            .any(|folder| folder.starts_with('.'))
        {
            return false;
        }
        // A module's path is an address; the repository's own name is judged by itself.
        if record.kind == FileKind::Manifest(ManifestKind::GoMod) {
            return false;
        }
        if launched(path).is_some_and(|program| !self.known.contains(&flat(program))) {
            return false;
        }
        let nested = path.contains('/');
        match declared.role {
            // The page of a module that is published wears its name as its title.
            NameRole::Title => !nested || is_module(&declared.value),
            NameRole::Package => !declared.private && !self.is_member(record),
            NameRole::Display => !(nested && declared.private),
            NameRole::Site | NameRole::Repository | NameRole::Domain | NameRole::Agent => true,
        }
    }

    /// Whether a manifest of the same kind stands in a folder above: then this one is a
    /// member of a workspace or a package within another.
    fn is_member(&self, record: &FileRecord) -> bool {
        let mut above = folder(&record.path);
        while !above.is_empty() {
            above = folder(above);
            if self.manifests.contains(&(record.kind, above)) {
                return true;
            }
        }
        false
    }
}

/// The program that a desktop entry starts, by the name of its file:
/// `org.example.harbour.desktop`. Settings of a desktop hold entries for the programs of
/// others.
fn launched(path: &str) -> Option<&str> {
    let name = path.rsplit('/').next().unwrap_or(path);
    let stem = name.strip_suffix(".in").unwrap_or(name);
    let stem = stem.strip_suffix(".desktop")?;
    Some(stem.rsplit('.').next().unwrap_or(stem))
}

/// Whether a title says of itself that it is a module's: "Module: Harbour".
fn is_module(title: &str) -> bool {
    let kind = title.split([':', '：']).next().unwrap_or("").trim();
    kind.len() < title.trim().len()
        && (kind.eq_ignore_ascii_case("module") || kind.eq_ignore_ascii_case("modul"))
}

/// The folder of a path; empty for the root.
fn folder(path: &str) -> &str {
    path.rsplit_once('/').map_or("", |(folder, _)| folder)
}

/// Whether the repository's code sets up what is somebody else's, so that its title is the
/// name of that: by the repository's name before that of a provider, or by its files.
pub(in crate::checks) fn manages_others(facts: &RepositoryFacts, managing: &Managing) -> bool {
    let named = facts.remote.as_ref().is_some_and(|remote| {
        let name = remote.name.to_lowercase();
        let begins = |own: &String| name.starts_with(own.as_str());
        managing.names.iter().any(begins) && !managing.except.iter().any(begins)
    });
    let has = |path: &String| {
        let paths = &facts.paths;
        paths.binary_search_by(|known| (**known).cmp(path)).is_ok()
    };
    named
        || managing
            .files
            .iter()
            .any(|set| !set.is_empty() && set.iter().all(has))
}

/// Where the repository's own name is told: at the title of its README, else at its
/// first manifest that gives a name, else at the first heading of its README.
pub(in crate::checks) fn place_of_the_repository(facts: &RepositoryFacts) -> Option<Span> {
    let front = || facts.files.iter().filter(|record| is_front(record));
    let named = |title: bool| {
        front().find_map(|record| {
            let mut names = record.names.iter();
            names
                .find(|name| name.is_spoken() && (name.role == NameRole::Title) == title)
                .and_then(|name| name.span)
        })
    };
    named(true).or_else(|| named(false)).or_else(|| {
        let readme = front().find(|record| is_readme(&record.path))?;
        Some(Span {
            file: readme.id,
            start: 0,
            end: 0,
        })
    })
}

/// Files in which a project says what it is about.
pub(in crate::checks) fn is_front(record: &FileRecord) -> bool {
    !record.path.contains('/')
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::facts::FileFacts;
    use crate::parse::kind;
    use crate::source::FileId;

    #[test]
    fn a_package_below_another_of_its_kind_is_a_member() {
        let paths = [
            "a/Cargo.toml",
            "a/b/c/Cargo.toml",
            "ab/Cargo.toml",
            "a/b/package.json",
        ];
        let record = |(number, path): (usize, &&str)| {
            let facts = FileFacts::new(kind::kind(path), kind::zone(path));
            FileRecord::new(FileId(number as u32), (*path).into(), facts)
        };
        let facts = RepositoryFacts {
            files: paths.iter().enumerate().map(record).collect(),
            ..RepositoryFacts::default()
        };
        let own = OwnNames::new(&facts);
        let members = facts.files.iter().map(|record| own.is_member(record));
        assert_eq!(members.collect::<Vec<_>>(), [false, true, false, false]);
    }
}
