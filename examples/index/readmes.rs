//! READMEs of crates that have nothing to do with each other.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use super::{Failure, indexed, shared, text};

/// Generated pages in the index beside the READMEs.
const PAGES: u64 = 5000;
/// READMEs in the index, and as many that are held against it.
const READMES: usize = 200;

pub fn measure(folder: &Path) -> Result<(), Failure> {
    // Crates of one project share their READMEs; of those whose names begin alike one is
    // taken, and of those of one repository.
    let mut projects: BTreeMap<String, PathBuf> = BTreeMap::new();
    let mut repositories = std::collections::BTreeSet::new();
    let mut crates: Vec<PathBuf> = std::fs::read_dir(folder)?
        .filter_map(|entry| Some(entry.ok()?.path()))
        .collect();
    crates.sort();
    for one in crates {
        let name = one
            .file_name()
            .unwrap_or_default()
            .to_string_lossy()
            .into_owned();
        let readme = one.join("README.md");
        let project = name.split(['-', '_']).next().unwrap_or(&name).to_owned();
        let manifest = std::fs::read_to_string(one.join("Cargo.toml")).unwrap_or_default();
        let repository = manifest
            .lines()
            .find(|line| line.starts_with("repository = "));
        let repository = repository.unwrap_or(&name).trim_end_matches(['"', '/']);
        let repository: Vec<&str> = repository.split('/').take(5).collect();
        if readme.is_file()
            && !projects.contains_key(&project)
            && repositories.insert(repository.join("/"))
        {
            projects.insert(project, readme);
        }
    }
    let readmes: Vec<(&String, &PathBuf)> = projects.iter().collect();
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
            let to = indexed_folder.path().join(format!("crates/{name}"));
            std::fs::create_dir_all(&to)?;
            std::fs::copy(path, to.join("README.md"))?;
        } else {
            against.push((*name, std::fs::read_to_string(path)?));
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
        "Of {} READMEs of other crates {told} passages are told.",
        against.len()
    );
    Ok(())
}
