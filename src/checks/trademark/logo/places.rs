//! Which file a path in another means, and which logo an address draws.

use crate::facts::repository::GitRemote;
use crate::pack::vocabulary::{Badge, IconClass};

/// The path from the root that `target` means in the file at `path`; nothing for an
/// address, or a path that leaves the tree.
pub(crate) fn resolved(path: &str, target: &str) -> Option<String> {
    if target.is_empty() || target.contains("://") || target.starts_with("//") {
        return None;
    }
    if target.starts_with("data:") {
        return None;
    }
    let target = target.replace('\\', "/").replace("%20", " ");
    let (base, rest) = match target.strip_prefix('/') {
        Some(rest) => ("", rest),
        None => (
            path.rsplit_once('/').map_or("", |(folder, _)| folder),
            &*target,
        ),
    };
    let mut parts: Vec<&str> = base.split('/').filter(|part| !part.is_empty()).collect();
    for part in rest.split('/') {
        match part {
            "" | "." => {}
            ".." => {
                parts.pop()?;
            }
            part => parts.push(part),
        }
    }
    (!parts.is_empty()).then(|| parts.join("/"))
}

/// Paths of the tree that an address may lead to, the longest first: what follows the
/// repository's owner and name in it, less some of its folders, the first of which is a
/// branch. Without a remote any end of it may be one.
pub(super) fn ends_of<'a>(
    address: &'a str,
    remote: Option<&GitRemote>,
) -> impl Iterator<Item = &'a str> {
    /// Folders of an address before a path of the repository: "raw", a branch of two parts.
    const BEFORE: usize = 6;
    let path = address.split_once("://").map(|(_, rest)| rest);
    let path = path.and_then(|path| path.split(['?', '#']).next());
    let own = path.and_then(|path| {
        let Some(remote) = remote else {
            return Some(path);
        };
        let place = format!("/{}/{}/", remote.owner, remote.name).to_lowercase();
        let lower = path.to_ascii_lowercase();
        let at = lower.find(&place)?;
        path.get(at + place.len()..)
    });
    let ends = own.into_iter().flat_map(|path| {
        let folders = path.match_indices('/').map(|(at, _)| at + 1);
        std::iter::once(0)
            .chain(folders)
            .take(BEFORE)
            .map(move |at| &path[at..])
    });
    ends.filter(|end| !end.is_empty())
}

/// The name of the logo that an address asks a service to draw.
pub(super) fn remote_logo(badges: &[Badge], address: &str) -> Option<String> {
    let (_, rest) = address.split_once("://")?;
    let (host, rest) = rest.split_once('/')?;
    let badge = badges.iter().find(|badge| badge.host == host)?;
    let (path, query) = rest.split_once('?').unwrap_or((rest, ""));
    let name = if let Some(parameter) = &badge.parameter {
        query.split('&').find_map(|pair| {
            let (key, value) = pair.split_once('=')?;
            (key == parameter).then_some(value)
        })?
    } else {
        let name = path.rsplit('@').next().unwrap_or(path);
        let name = if name.contains("/icons/") {
            name.rsplit('/').next()?
        } else {
            name.split('/').next()?
        };
        name.rsplit_once('.').map_or(name, |(stem, _)| stem)
    };
    let name = name.replace("%20", " ").replace('+', " ");
    (!name.is_empty()).then_some(name)
}

/// The names that classes give to a sign of a font, and whether all of that font are
/// brands: `devicon-acme-plain` is that of "acme" or of "acme-plain".
pub(super) fn glyph_names<'a>(fonts: &[IconClass], classes: &'a str) -> Vec<(&'a str, bool)> {
    let mut names = Vec::new();
    for class in classes.split_whitespace() {
        let found = fonts.iter().find_map(|font| {
            let name = class.strip_prefix(font.start.as_str())?;
            Some((name, font.brands))
        });
        let Some((name, brands)) = found else {
            continue;
        };
        let shorter = name.rmatch_indices('-').map(|(at, _)| &name[..at]);
        let all = std::iter::once(name).chain(shorter);
        names.extend(
            all.filter(|name| !name.is_empty())
                .map(|name| (name, brands)),
        );
    }
    names
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn classes_name_signs_of_fonts() {
        let font = |start: &str, brands| IconClass {
            start: start.to_owned(),
            brands,
        };
        let fonts = [font("fa-", false), font("devicon-", true)];
        let names = |classes| glyph_names(&fonts, classes);
        assert_eq!(
            names("fa-brands fa-quay"),
            [("brands", false), ("quay", false)]
        );
        let plain = [("quay-plain", true), ("quay", true)];
        assert_eq!(names("devicon-quay-plain"), plain);
        assert_eq!(names("quay si-quay"), []);
    }

    #[test]
    fn paths_are_resolved_inside_the_tree() {
        for (path, target, expected) in [
            ("README.md", "img/a.png", Some("img/a.png")),
            ("docs/a/b.md", "../../img/./a.png", Some("img/a.png")),
            ("docs/a.md", "/img/a.png", Some("img/a.png")),
            ("app/x.csproj", "Assets\\a.ico", Some("app/Assets/a.ico")),
            ("README.md", "../a.png", None),
            ("README.md", "https://a.b/c.png", None),
            ("README.md", "", None),
        ] {
            assert_eq!(resolved(path, target).as_deref(), expected, "{target}");
        }
    }

    #[test]
    fn addresses_lead_to_files_of_the_repository() {
        let remote = GitRemote {
            host: "code.example".to_owned(),
            owner: "Quay".to_owned(),
            name: "boats".to_owned(),
        };
        let ends = |address, remote| ends_of(address, remote).collect::<Vec<_>>();
        let own = "https://code.example/quay/Boats/raw/main/img/a.png?x=1";
        assert_eq!(
            ends(own, Some(&remote)),
            ["raw/main/img/a.png", "main/img/a.png", "img/a.png", "a.png"]
        );
        let other = "https://code.example/pier/boats/raw/main/img/a.png";
        assert!(ends(other, Some(&remote)).is_empty());
        assert!(ends(other, None).contains(&"img/a.png"));
        assert!(ends("img/a.png", None).is_empty());
    }

    #[test]
    fn services_are_asked_for_logos_by_name() {
        let badges = [
            Badge {
                host: "badges.example".to_owned(),
                parameter: Some("logo".to_owned()),
            },
            Badge {
                host: "icons.example".to_owned(),
                parameter: None,
            },
        ];
        let of = |address: &str| remote_logo(&badges, address);
        let found = of("https://badges.example/badge/a-b?style=flat&logo=acme%20cloud");
        assert_eq!(found.as_deref(), Some("acme cloud"));
        assert_eq!(
            of("https://icons.example/acme/0078d4").as_deref(),
            Some("acme")
        );
        assert_eq!(
            of("https://icons.example/npm/x@9/icons/acme.svg").as_deref(),
            Some("acme")
        );
        assert_eq!(of("https://badges.example/badge/a-b"), None);
        assert_eq!(of("https://other.example/x?logo=acme"), None);
        assert_eq!(of("badges.example"), None);
    }
}
