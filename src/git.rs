//! git's own data beside the scanned files, read without running git: where it lies, the
//! list of tracked files, what is excluded in this clone, the address of the remote.

use std::io;
use std::path::{Path, PathBuf};

use crate::facts::repository::GitRemote;
use crate::tree::{Content, MAX_SETTINGS, read_outside};

/// Largest list of tracked files that is read: some 600 000 files.
const MAX_INDEX: u64 = 64 * 1024 * 1024;

/// Where git keeps its data of a checkout.
#[derive(Clone, Debug)]
pub struct GitFolder {
    /// The folder that is checked out.
    pub checkout: PathBuf,
    /// What belongs to this checkout alone: its index.
    own: PathBuf,
    /// What all worktrees share: configuration, objects.
    common: PathBuf,
}

impl GitFolder {
    /// Of the checkout that holds a folder.
    pub fn of(folder: &Path) -> Option<Self> {
        let folder = folder.canonicalize().ok()?;
        let checkout = checkout(&folder)?.to_owned();
        let git = checkout.join(".git");
        if git.is_dir() {
            return Some(Self {
                checkout,
                own: git.clone(),
                common: git,
            });
        }
        // A worktree's or submodule's `.git` is a file that says where the folder is.
        let pointer = text(&git)?;
        let target = pointer
            .lines()
            .find_map(|line| line.strip_prefix("gitdir:"))?;
        let own = checkout.join(target.trim());
        // A linked worktree says where the main repository's folder is.
        let common = match text(&own.join("commondir")) {
            Some(common) => own.join(common.trim()),
            None => own.clone(),
        };
        Some(Self {
            checkout,
            own,
            common,
        })
    }

    /// The list of tracked files, as git writes it.
    pub fn index(&self) -> io::Result<Content> {
        read_outside(&self.own.join("index"), MAX_INDEX)
    }

    /// What is not tracked in this clone, as in `.gitignore`.
    pub fn exclude(&self) -> io::Result<Content> {
        read_outside(&self.common.join("info/exclude"), MAX_SETTINGS)
    }

    /// The origin remote, or the only one.
    pub fn remote(&self) -> Option<GitRemote> {
        parse_url(&origin(&text(&self.common.join("config"))?)?)
    }
}

/// The checkout that holds a folder, which is absolute.
pub fn checkout(folder: &Path) -> Option<&Path> {
    folder.ancestors().find(|above| above.join(".git").exists())
}

/// The origin remote of the checkout that holds `root`.
pub fn remote(root: &Path) -> Option<GitRemote> {
    GitFolder::of(root)?.remote()
}

fn text(path: &Path) -> Option<String> {
    match read_outside(path, MAX_SETTINGS) {
        Ok(Content::Bytes(bytes)) => Some(String::from_utf8_lossy(&bytes).into_owned()),
        _ => None,
    }
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

/// Host, owner and name of a remote's address: `https://host/owner/name.git`,
/// `git@host:owner/name`, `ssh://git@host:22/owner/name`.
pub(crate) fn parse_url(url: &str) -> Option<GitRemote> {
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
            let owner = remote(&root).map(|remote| remote.owner);
            assert_eq!(owner.as_deref(), Some("me"), "{}", root.display());
        }
    }
}
