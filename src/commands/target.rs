//! From the paths on the command line to the folder that everything is relative to.

use std::path::{Path, PathBuf};

use super::CommandError;
use crate::walk::plain;

/// Refuses a command line none of whose paths is there. One that is missing among
/// others is reported with what the others give.
pub(crate) fn must_exist(paths: &[PathBuf]) -> Result<(), CommandError> {
    let missing: Vec<_> = paths
        .iter()
        .filter(|path| path.symlink_metadata().is_err())
        .collect();
    let Some(first) = missing.first() else {
        return Ok(());
    };
    // A command that was misspelt is read as a path, and what follows it may be there.
    let word = first
        .to_str()
        .filter(|word| !word.contains(['.', '/', '\\']));
    let meant = word.and_then(crate::cli::meant);
    let is_command = meant.is_some() && paths.first() == Some(first);
    if missing.len() < paths.len() && !is_command {
        return Ok(());
    }
    let error = CommandError::new(format!("{}: no such file or folder", first.display()));
    Err(match meant {
        Some(command) => error.help(format!("did you mean the command `{command}`?")),
        None => error,
    })
}

/// The folder that paths are relative to: the one that is asked for, else the git
/// checkout that holds all targets, else the current folder where it holds them, else
/// the folder that does.
pub(crate) fn root(asked: Option<&Path>, targets: &[PathBuf]) -> Result<PathBuf, CommandError> {
    let absolute: Vec<PathBuf> = targets
        .iter()
        .filter_map(|target| target.canonicalize().ok())
        .collect();
    if let Some(asked) = asked {
        let root = asked
            .canonicalize()
            .map_err(|error| CommandError::new(format!("--root {}: {error}", asked.display())))?;
        if let Some(outside) = absolute.iter().find(|target| !target.starts_with(&root)) {
            return Err(CommandError::new(format!(
                "{} is not below --root {}",
                outside.display(),
                asked.display()
            )));
        }
        return Ok(root);
    }
    if let Some(outside) = targets.iter().find(|target| leads_out(target)) {
        let message = format!(
            "{}: a link leads out of the checkout that it lies in",
            outside.display()
        );
        let help = "name what it points to, if that is what you mean to check";
        return Err(CommandError::new(message).help(help));
    }
    let folders = absolute.iter().map(|target| {
        if target.is_dir() {
            target.as_path()
        } else {
            target.parent().unwrap_or(target)
        }
    });
    let common = folders
        .map(Path::to_path_buf)
        .reduce(|a, b| common(&a, &b))
        .map_or_else(|| Path::new(".").canonicalize(), Ok)
        .map_err(|error| CommandError::new(format!("the current folder: {error}")))?;
    let checkout = common
        .ancestors()
        .find(|folder| folder.join(".git").exists())
        .map(Path::to_path_buf);
    if let Some(checkout) = checkout {
        return Ok(checkout);
    }
    let here = Path::new(".").canonicalize().ok();
    Ok(here
        .filter(|here| common.starts_with(here))
        .unwrap_or(common))
}

/// Whether a path, as it is typed, lies in a checkout and what it names does not: whoever
/// made the tree may have made the link.
fn leads_out(target: &Path) -> bool {
    let Ok(place) = target.canonicalize() else {
        return false;
    };
    let Ok(here) = Path::new(".").canonicalize() else {
        return false;
    };
    let typed = plain(&here.join(target));
    let mut above = typed.ancestors().skip(1);
    let checkout = above.find(|folder| folder.join(".git").symlink_metadata().is_ok());
    let checkout = checkout.and_then(|folder| folder.canonicalize().ok());
    checkout.is_some_and(|checkout| !place.starts_with(checkout))
}

fn common(a: &Path, b: &Path) -> PathBuf {
    a.components()
        .zip(b.components())
        .take_while(|(a, b)| a == b)
        .map(|(a, _)| a)
        .collect()
}

/// `name` as a `/`-separated path below `root`; a relative one is below the current
/// folder.
pub(crate) fn below(root: &Path, name: &Path) -> Option<String> {
    let here = Path::new(".").canonicalize().ok()?;
    let base = if here.starts_with(root) { &here } else { root };
    let path = plain(&base.join(name));
    let parts: Vec<_> = path
        .strip_prefix(root)
        .ok()?
        .components()
        .map(|part| part.as_os_str().to_string_lossy())
        .collect();
    (!parts.is_empty()).then(|| parts.join("/"))
}
