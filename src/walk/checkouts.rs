//! Checkouts inside the checkout: submodules, which are judged as repositories of
//! their own, and others, which are no part of it.

use std::path::Path;

use super::Walked;
use crate::facts::RelativePath;
use crate::facts::repository::{GitRemote, Submodule};
use crate::git::submodule_remote;
use crate::tree::{Content, MAX_SETTINGS, Tree};

/// Where git lists a checkout's submodules.
const LIST: &str = ".gitmodules";

/// Most submodules that are told apart. What lies in others is checked as the rest is.
const MAX_SUBMODULES: usize = 1000;

/// The submodules that a checkout lists, in path order.
pub fn submodules(tree: &dyn Tree, remote: Option<&GitRemote>) -> Vec<Submodule> {
    let Ok(Content::Bytes(bytes)) = tree.read(Path::new(LIST), MAX_SETTINGS) else {
        return Vec::new();
    };
    parse(&String::from_utf8_lossy(&bytes), remote)
}

fn parse(text: &str, remote: Option<&GitRemote>) -> Vec<Submodule> {
    let mut found: Vec<(Option<&str>, Option<&str>)> = Vec::new();
    for line in text.lines().map(str::trim) {
        if line.starts_with('[') {
            found.push((None, None));
        } else if let Some((key, value)) = line.split_once('=')
            && let Some(last) = found.last_mut()
        {
            let value = value.trim().trim_matches('"');
            match key.trim() {
                "path" => last.0 = Some(value),
                "url" => last.1 = Some(value),
                _ => {}
            }
        }
    }
    let mut modules: Vec<Submodule> = found
        .into_iter()
        .filter_map(|(path, url)| {
            let path = path?.trim_matches('/');
            (!path.is_empty()).then(|| Submodule {
                path: path.into(),
                remote: url.and_then(|url| submodule_remote(url, remote)),
            })
        })
        .take(MAX_SUBMODULES)
        .collect();
    modules.sort_by(|a, b| a.path.cmp(&b.path));
    modules
}

/// The submodule that a file lies in, by its number.
pub fn module_of(modules: &[Submodule], path: &str) -> Option<usize> {
    modules.iter().rposition(|module| {
        path.strip_prefix(&*module.path)
            .is_some_and(|rest| rest.starts_with('/'))
    })
}

/// Says what was passed over.
pub fn tell(walked: &mut Walked, folder: &RelativePath) {
    walked.decisions.push((
        folder.to_string(),
        "a checkout of its own that is no submodule: not scanned".to_owned(),
    ));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn submodules_by_their_list() {
        let parent = GitRemote {
            host: "host".to_owned(),
            owner: "me".to_owned(),
            name: "x".to_owned(),
        };
        let text = "[submodule \"b\"]\n\tpath = lib/b\n\turl = https://github.com/Acme/b.git\n[submodule \"a\"]\n\turl = ../a.git\n\tpath = a\n[submodule \"c\"]\n\turl = x\n";
        let found = parse(text, Some(&parent));
        let shown: Vec<_> = found
            .iter()
            .map(|module| {
                let remote = module.remote.as_ref();
                (
                    &*module.path,
                    remote.map(|remote| (&*remote.owner, &*remote.name)),
                )
            })
            .collect();
        assert_eq!(
            shown,
            [("a", Some(("me", "a"))), ("lib/b", Some(("Acme", "b")))]
        );
        assert_eq!(module_of(&found, "lib/b/x.md"), Some(1));
        assert_eq!(module_of(&found, "lib/bb/x.md"), None);
    }
}
