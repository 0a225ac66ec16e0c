//! Measures the detection of licences beside other tools:
//!
//! ```sh
//! cargo run --release --example licences -- forms DIR [STEP]   # writes the texts
//! (cd DIR && licensecheck -r --machine --shortname-scheme=spdx . > licensecheck.txt)
//! (cd DIR && askalono --format json crawl . > askalono.json)
//! (cd DIR && scancode --license --strip-root --quiet --json scancode.json FOLDER…)
//! cargo run --release --example licences -- score DIR [-v]     # prints the table
//! ```
//!
//! `forms` writes every text of the SPDX list (or every STEPth) in the forms that people
//! ship it in, a folder a form, a file a text; its name says which licences are right,
//! joined by `+`. Real files are put beside them by hand, in folders whose names begin
//! with `real-`; `DIR/right.tsv` says of each what is right (path, tab, identifiers).
//! A tool whose output is not there has no column.
//!
//! "Right" is the set of licences, texts that differ in nothing that matters counted as
//! one; "wrong" is any other name, and for this tool one that it is certain of. With a
//! rider it is right not to take the text for the plain licence.

mod forms;
mod tools;

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::process::ExitCode;

use tools::{Answer, Answers};

fn main() -> ExitCode {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let done = match args.iter().map(String::as_str).collect::<Vec<_>>()[..] {
        ["forms", folder] => forms::write(Path::new(folder), 1),
        ["forms", folder, step] => forms::write(Path::new(folder), step.parse().unwrap_or(1)),
        ["score", folder] => score(Path::new(folder), false),
        ["score", folder, "-v"] => score(Path::new(folder), true),
        _ => Err("licences forms DIR [STEP] | licences score DIR [-v]".into()),
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{error}");
            ExitCode::FAILURE
        }
    }
}

/// Right, wrong, none, of so many that the tool was asked.
#[derive(Default, Clone, Copy)]
struct Tally {
    right: usize,
    wrong: usize,
    asked: usize,
}

fn score(folder: &Path, verbose: bool) -> Result<(), Box<dyn std::error::Error>> {
    let labels = labels(folder);
    let tools = Answers::read(folder)?;
    let mut names: Vec<&str> = vec!["termscheck"];
    names.extend(tools.names());
    let mut rows: BTreeMap<String, (usize, Vec<Tally>)> = BTreeMap::new();
    for path in files(folder)? {
        let relative = path.strip_prefix(folder)?.to_string_lossy().into_owned();
        let Some((form, name)) = relative.split_once('/') else {
            continue;
        };
        let right = match labels.get(&relative) {
            Some(right) => right.clone(),
            None if form.starts_with("real-") => {
                if verbose {
                    unjudged(&relative, &std::fs::read(&path)?, &tools);
                }
                continue;
            }
            None => families(name.trim_end_matches(".txt").split('+')),
        };
        let rider = form.contains("rider");
        let text = String::from_utf8_lossy(&std::fs::read(&path)?).into_owned();
        let mut answers = vec![Some(tools::own(&text))];
        answers.extend(tools.of(&relative));
        let (files, row) = rows
            .entry(form.to_owned())
            .or_insert_with(|| (0, vec![Tally::default(); names.len()]));
        *files += 1;
        for ((tally, answer), tool) in row.iter_mut().zip(&answers).zip(&names) {
            let Some(answer) = answer else { continue };
            tally.asked += 1;
            let is_right = if rider {
                answer.changed
                    || !answer.all.iter().any(|id| right.contains(id))
                    || answer.all.len() > right.len()
            } else {
                !answer.changed && answer.all == right
            };
            let is_wrong = if rider {
                !is_right && answer.certain.is_subset(&right) && !answer.certain.is_empty()
            } else {
                answer.certain.iter().any(|id| !right.contains(id))
            };
            tally.right += usize::from(is_right);
            tally.wrong += usize::from(is_wrong);
            if verbose && !is_right {
                println!("{tool}\t{relative}\t{answer}\tright: {}", list(&right));
            }
        }
    }
    print(&names, &rows);
    Ok(())
}

/// Prints what each tool says of a file that `right.tsv` does not judge.
fn unjudged(path: &str, bytes: &[u8], tools: &Answers) {
    let own = tools::own(&String::from_utf8_lossy(bytes));
    let all: Vec<String> = std::iter::once(own)
        .chain(tools.of(path).flatten())
        .map(|answer| answer.to_string())
        .collect();
    println!("?\t{path}\t{}", all.join("\t"));
}

fn print(names: &[&str], rows: &BTreeMap<String, (usize, Vec<Tally>)>) {
    let head: Vec<String> = names
        .iter()
        .map(|name| format!("{name}: right | wrong"))
        .collect();
    println!("| form | files | {} |", head.join(" | "));
    println!("|---|---|{}", "---|---|".repeat(names.len()));
    for (form, (files, row)) in rows {
        let cells: Vec<String> = row
            .iter()
            .map(|tally| match tally.asked {
                0 => "– | –".to_owned(),
                asked if asked == *files => format!("{} | {}", tally.right, tally.wrong),
                asked => format!("{} of {asked} | {}", tally.right, tally.wrong),
            })
            .collect();
        println!(
            "| {} | {files} | {} |",
            form.replace('-', " "),
            cells.join(" | ")
        );
    }
}

/// What is right of real files.
fn labels(folder: &Path) -> BTreeMap<String, BTreeSet<String>> {
    let text = std::fs::read_to_string(folder.join("right.tsv")).unwrap_or_default();
    text.lines()
        .filter_map(|line| line.split_once('\t'))
        .map(|(path, ids)| (path.to_owned(), families(ids.split_whitespace())))
        .collect()
}

/// Identifiers with those that stand for others of the same text.
fn families<'a>(ids: impl Iterator<Item = &'a str>) -> BTreeSet<String> {
    ids.filter(|id| !id.is_empty() && *id != "-")
        .map(tools::family)
        .collect()
}

fn list(ids: &BTreeSet<String>) -> String {
    ids.iter().cloned().collect::<Vec<_>>().join(" ")
}

fn files(folder: &Path) -> std::io::Result<Vec<std::path::PathBuf>> {
    let mut found = Vec::new();
    let mut left = vec![folder.to_owned()];
    while let Some(folder) = left.pop() {
        for entry in std::fs::read_dir(folder)? {
            let path = entry?.path();
            if path.is_dir() {
                left.push(path);
            } else {
                found.push(path);
            }
        }
    }
    found.sort();
    Ok(found)
}

impl std::fmt::Display for Answer {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let changed = if self.changed { " (changed)" } else { "" };
        write!(
            out,
            "{}{changed} [{}]",
            list(&self.all),
            list(&self.certain)
        )
    }
}
