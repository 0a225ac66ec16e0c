//! READMEs of projects that have nothing to do with each other.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use super::{Failure, indexed, shared, text};

/// Generated pages in the index beside the READMEs.
const PAGES: u64 = 5000;
/// READMEs in the index, and as many that are held against it.
const READMES: usize = 200;

pub fn measure(folders: &[&str]) -> Result<(), Failure> {
    // What one owner writes is alike: one README of each is taken.
    let mut owners: BTreeMap<String, PathBuf> = BTreeMap::new();
    let mut projects: Vec<PathBuf> = Vec::new();
    for folder in folders {
        let entries = std::fs::read_dir(folder)?;
        projects.extend(entries.filter_map(|entry| Some(entry.ok()?.path())));
    }
    projects.sort();
    for project in projects {
        let readme = project.join("README.md");
        if readme.is_file() {
            owners.entry(owner(&project)).or_insert(readme);
        }
    }
    let readmes: Vec<(&String, &PathBuf)> = owners.iter().collect();
    let half = (readmes.len() / 2).min(READMES);
    let indexed_folder = tempfile::tempdir()?;
    for seed in 0..PAGES {
        let path = indexed_folder.path().join(format!("{seed:04}.md"));
        std::fs::write(path, text::page(seed))?;
    }
    // Every other one, so that no letter is missing in either half.
    let mut against = Vec::new();
    for (at, (name, path)) in readmes.iter().take(2 * half).enumerate() {
        if at % 2 == 0 {
            let to = indexed_folder.path().join(format!("projects/{name}"));
            std::fs::create_dir_all(&to)?;
            std::fs::copy(path, to.join("README.md"))?;
        } else {
            let text = String::from_utf8_lossy(&std::fs::read(path)?).into_owned();
            against.push((*name, text));
        }
    }
    let (indexes, made) = indexed(indexed_folder.path())?;
    println!(
        "{} pages in the index, {} fingerprints, {} left out, {:.1} bytes each",
        made.pages,
        made.fingerprints,
        made.left_out,
        made.bytes as f64 / made.fingerprints as f64
    );
    let mut told = 0;
    for (name, text) in &against {
        for one in shared(&indexes, "README.md", text) {
            told += 1;
            println!(
                "{name}: {} words of {} ({} %)",
                one.words, one.page.path, one.share
            );
        }
    }
    println!(
        "Of {} READMEs of other projects {told} passages are told.",
        against.len()
    );
    Ok(())
}

/// Who wrote a project: the account that its manifest names, or the first part of a folder
/// that is named `owner+name`, else the first word of the name.
fn owner(project: &Path) -> String {
    let name = project.file_name().unwrap_or_default().to_string_lossy();
    let manifest = std::fs::read_to_string(project.join("Cargo.toml")).unwrap_or_default();
    let said = manifest
        .lines()
        .find_map(|line| line.strip_prefix("repository = \"https://"));
    let account = said.and_then(|said| said.split('/').nth(1));
    let first = name.split(['+', '-', '_']).next().unwrap_or(&name);
    let owner = account.unwrap_or(first).to_lowercase();
    owner.trim_end_matches('"').to_owned()
}
