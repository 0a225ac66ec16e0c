//! `termscheck pack lint` and `pack export`, and what a pack's own examples show.

use std::fs;
use std::path::Path;

use tempfile::TempDir;

use crate::support::termscheck;

const MANIFEST: &str = "\
schema: 1
id: acme
title: Acme API terms
owner: { name: Acme, organisations: [acme], holders: [Acme Inc.] }
sources:
  terms: { title: Acme API terms, url: https://acme.example/terms }
clauses:
  - { id: gears, source: terms, section: \"1\", quote: Do not say widget. }
";

const RULES: &str = "\
- id: acme/gears
  title: A gear is called a widget
  clause: gears
  force: style
  severity: warning
  confidence: high
  check: pattern
  with:
    literals: [widget]
    patterns:
      - pattern: '(?i)\\bwidgets?\\b'
  message: \"{match}\"
  help: Write gear.
  explanation: |
    What it does: finds widgets.
  bad: |
    Turn the widget.
  good: |
    Turn the gear.
";

fn pack(rules: &str) -> TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    fs::create_dir(folder.path().join("rules")).expect("a folder");
    fs::write(folder.path().join("pack.yaml"), MANIFEST).expect("a file");
    fs::write(folder.path().join("rules/style.yaml"), rules).expect("a file");
    folder
}

fn run(arguments: &[&str], folder: &Path) -> (Option<i32>, String) {
    let output = termscheck()
        .args(arguments)
        .arg(folder)
        .output()
        .expect("it runs");
    let said = [output.stdout, output.stderr].concat();
    (
        output.status.code(),
        String::from_utf8(said).expect("UTF-8"),
    )
}

#[test]
fn a_sound_pack_has_no_doubts() {
    let folder = pack(RULES);
    let (code, said) = run(&["pack", "lint"], folder.path());
    assert_eq!(
        (code, said.as_str()),
        (Some(0), "acme: 1 rules, 0 doubts\n")
    );
    let (code, said) = run(&["rules", "acme/*", "--rules"], folder.path());
    assert_eq!(code, Some(0), "{said}");
}

#[test]
fn a_rule_that_its_own_examples_show_to_be_wrong_is_told() {
    for (from, to, told) in [
        (
            "literals: [widget]",
            "literals: [cogs]",
            "none of its literals (cogs)",
        ),
        (
            "Turn the widget.",
            "Turn the wheel.",
            "the example under `bad`",
        ),
        (
            "Turn the gear.",
            "Turn a widget.",
            "the example under `good`",
        ),
    ] {
        let folder = pack(&RULES.replace(from, to));
        let (code, said) = run(&["pack", "lint"], folder.path());
        assert_eq!(code, Some(1), "{said}");
        assert!(said.contains(told), "{said}");
        let (code, said) = run(&["rules", "acme/*", "--rules"], folder.path());
        assert_eq!(code, Some(2), "{said}");
        assert!(said.contains(told), "{said}");
    }
}

#[test]
fn a_shipped_pack_is_a_start() {
    let folder = tempfile::tempdir().expect("a folder");
    let own = folder.path().join("own");
    let (code, said) = run(&["pack", "export", "openstreetmap"], &own);
    assert_eq!(code, Some(0), "{said}");
    assert!(own.join("pack.yaml").is_file());
    // Nothing is written over.
    let (code, said) = run(&["pack", "export", "openstreetmap"], &own);
    assert_eq!(code, Some(2), "{said}");
    let (code, said) = run(&["pack", "export", "nobody"], &own);
    assert_eq!(code, Some(2), "{said}");
    assert!(said.contains("openstreetmap"), "{said}");
}
