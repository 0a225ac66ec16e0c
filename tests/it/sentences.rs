//! Sentences that claim an endorsement, or name a product wrongly, and their neighbours
//! that do not.

use std::collections::BTreeSet;
use std::fs;

use serde::Deserialize;
use termscheck::pack::load_embedded;
use termscheck::scan::{ScanOptions, scan};
use termscheck::selection::{RulePattern, Selection};

use crate::rules::testdata;

/// Share of the sentences that must be found; of the others none may be.
const FOUND: f64 = 0.95;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Sentences {
    found: Vec<String>,
    quiet: Vec<String>,
}

/// Those of some sentences, each under the title of a README of its own, in which one of
/// the rules finds something.
fn told<'a>(sentences: &'a [String], rules: &[&str]) -> BTreeSet<&'a str> {
    let packs = load_embedded().expect("the packs that ship");
    let told = sentences.iter().filter(|sentence| {
        let folder = tempfile::tempdir().expect("a folder");
        let text = format!("# Harbour\n\n{sentence}\n");
        fs::write(folder.path().join("README.md"), text).expect("written");
        let options = ScanOptions {
            threads: 1,
            selection: Selection {
                select: rules
                    .iter()
                    .map(|rule| RulePattern::new(rule).expect("a rule"))
                    .collect(),
                ..Selection::everything()
            },
            ..ScanOptions::new(folder.path())
        };
        let report = scan(&options, &packs).expect("a sound configuration");
        !report.findings.is_empty()
    });
    told.map(String::as_str).collect()
}

fn judge(name: &str, rules: &[&str]) {
    let path = testdata().join("sentences").join(name);
    let text = fs::read_to_string(path).expect("the sentences");
    let sentences: Sentences = serde_yaml::from_str(&text).expect("YAML");
    let found = told(&sentences.found, rules);
    let missed: Vec<_> = sentences
        .found
        .iter()
        .filter(|one| !found.contains(one.as_str()))
        .collect();
    let share = found.len() as f64 / sentences.found.len() as f64;
    // For docs/accuracy.md.
    println!(
        "{name}: {} of {}, {} quiet; missed: {missed:#?}",
        found.len(),
        sentences.found.len(),
        sentences.quiet.len()
    );
    assert!(
        share >= FOUND,
        "{share:.3} of {name} are found; missed: {missed:#?}"
    );
    assert_eq!(told(&sentences.quiet, rules), BTreeSet::new(), "{name}");
}

#[test]
fn claims_of_endorsement_are_told_from_their_neighbours() {
    judge("endorsement.yaml", &["trademark/implied-endorsement"]);
}

#[test]
fn wrong_names_are_told_from_their_neighbours() {
    let rules = [
        "trademark/abbreviated",
        "trademark/altered",
        "trademark/grammar",
        "trademark/outdated-name",
        "trademark/translated",
    ];
    judge("names.yaml", &rules);
}
