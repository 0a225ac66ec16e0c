//! What a README keeps of the owner's, when the repository is a copy of the owner's.

use aho_corasick::AhoCorasick;

use crate::facts::{FileFacts, Signals};
use crate::pack::schema::Owner;
use crate::parse::kind::is_readme;
use crate::source::Source;

/// Most linked repositories that are kept.
const MAX_REPOSITORIES: usize = 16;

/// Reads READMEs; compiled once.
pub(super) struct OwnersTextReader {
    phrases: Option<AhoCorasick>,
    courses: Option<AhoCorasick>,
    organisations: Vec<String>,
}

impl OwnersTextReader {
    pub(super) fn new(owner: &Owner) -> Self {
        let lower = owner.organisations.iter();
        Self {
            phrases: automaton(&owner.readme),
            courses: automaton(&owner.courses),
            organisations: lower.map(|name| name.to_lowercase()).collect(),
        }
    }

    pub(super) fn read(&self, source: &Source, facts: &FileFacts, signals: &mut Signals) {
        if !is_readme(&source.path) {
            return;
        }
        let holds = |phrases: Option<&AhoCorasick>| {
            phrases.is_some_and(|phrases| phrases.is_match(&source.text))
        };
        signals.owners_readme = holds(self.phrases.as_ref());
        signals.owners_course = holds(self.courses.as_ref());
        for link in &facts.links {
            if signals.owners_repositories.len() < MAX_REPOSITORIES
                && let Some(name) = self.repository(&link.url)
                && !signals.owners_repositories.contains(&name)
            {
                signals.owners_repositories.push(name);
            }
        }
    }

    /// The repository that an address is in: `https://host/organisation/name/…` or
    /// `https://organisation.host/name/…`.
    fn repository(&self, url: &str) -> Option<String> {
        let (_, rest) = url.split_once("://")?;
        let mut parts = rest.split(['/', '?', '#']);
        let host = parts.next()?.to_lowercase();
        let owns = |name: &str| self.organisations.iter().any(|own| own == name);
        if !host.split('.').next().is_some_and(owns) && !owns(&parts.next()?.to_lowercase()) {
            return None;
        }
        let name = parts.next()?.to_lowercase();
        let name = name.strip_suffix(".git").unwrap_or(&name);
        (!name.is_empty()).then(|| name.to_owned())
    }
}

/// Finds phrases in any case.
fn automaton(phrases: &[String]) -> Option<AhoCorasick> {
    AhoCorasick::builder()
        .ascii_case_insensitive(true)
        .build(phrases)
        .ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn repositories_of_the_owner() {
        let reader = OwnersTextReader::new(&Owner {
            organisations: vec!["Acme".to_owned()],
            ..Owner::default()
        });
        for (url, name) in [
            ("https://github.com/acme/Gears.git", Some("gears")),
            ("https://github.com/ACME/gears/issues?q=1", Some("gears")),
            ("https://acme.github.io/gears/", Some("gears")),
            ("https://github.com/acme", None),
            ("https://acme.com", None),
            ("https://github.com/jane/acme", None),
            ("gears.md", None),
        ] {
            assert_eq!(reader.repository(url).as_deref(), name, "{url}");
        }
    }
}
