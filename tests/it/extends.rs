//! `extends`: lists that packs share.

use std::fs;
use std::path::Path;

use miette::Diagnostic;
use tempfile::TempDir;
use termscheck::pack::{Pack, PackError, load_directory, load_embedded};

use crate::support::termscheck;

const MANIFEST: &str = "\
schema: 1
id: sample
title: Sample terms
owner: {name: Acme, organisations: [acme], holders: [Acme]}
sources:
  T: {title: Terms, url: 'https://example.com/terms'}
clauses:
  - {id: limits, source: T, section: \"§1\", quote: Ten calls a minute.}
";

const RULES: &str = "\
- id: sample/limits
  title: Another limit is stated
  clause: limits
  force: hygiene
  severity: error
  confidence: high
  check: documented-limits
  with:
    extends: documented-limits
    triggers: [Acme API]
    own: [house rule]
  message: \"{stated}\"
  help: Write the limit.
  explanation: Reads limits. All of them.
  bad: a hundred calls a minute
  good: ten calls a minute
";

const MARKS: &str = "\
extends: marks
house: Acme
generic: [gears]
marks: [{name: Acme}]
";

fn pack(files: &[(&str, &str)]) -> TempDir {
    let folder = tempfile::tempdir().expect("a temp folder");
    let good = [
        ("pack.yaml", MANIFEST),
        ("rules/limits.yaml", RULES),
        ("marks.yaml", MARKS),
    ];
    for (path, text) in good.iter().chain(files) {
        let path = folder.path().join(path);
        fs::create_dir_all(path.parent().expect("below the folder")).expect("a temp folder");
        fs::write(path, text).expect("a temp file");
    }
    folder
}

fn load(folder: &Path) -> Result<Pack, PackError> {
    load_directory(folder).map(|mut packs| packs.remove(0))
}

#[test]
fn ones_own_entries_come_before_the_shared_ones() {
    let folder = pack(&[]);
    let sample = load(folder.path()).expect("a good pack");
    assert_eq!(sample.marks.generic[0], "gears");
    assert!(sample.marks.generic.iter().any(|word| word == "simple"));
    assert!(sample.marks.connectors.iter().any(|word| word == "for"));
    assert_eq!(sample.marks.house, "Acme");
    let with = &sample.rules[0].rule.with;
    assert_eq!(with["own"][0], "house rule");
    assert!(with["own"].as_sequence().is_some_and(|own| own.len() > 10));
    assert!(with.get("extends").is_none());
}

#[test]
fn faults_point_at_the_authors_own_file() {
    let cases: &[(&str, &str, &str, &str, &str)] = &[
        (
            "marks.yaml",
            "extends: marks",
            "extends: mark",
            "mark",
            "did you mean `marks`?",
        ),
        (
            "marks.yaml",
            "extends: marks",
            "extends: documented-limits",
            "documented-limits",
            "unknown shared list",
        ),
        (
            "marks.yaml",
            "[gears]",
            "[gears, [a]]",
            "[a]",
            "expected text, found a list",
        ),
        (
            "marks.yaml",
            "generic:",
            "generics:",
            "generics",
            "did you mean `generic`?",
        ),
        (
            "marks.yaml",
            "[{name: Acme}]",
            "[{name: Acme}, {name: Acme}]",
            "Acme",
            "twice",
        ),
        (
            "rules/limits.yaml",
            "extends: documented-limits",
            "extends: [documented-limits, document-limits]",
            "document-limits",
            "did you mean `documented-limits`?",
        ),
        (
            "rules/limits.yaml",
            "extends: documented-limits",
            "extends: {a: b}",
            "{a: b}",
            "name of a shared list",
        ),
        (
            "rules/limits.yaml",
            "[house rule]",
            "[house rule, 'rule(']",
            "rule(",
            "unclosed group",
        ),
    ];
    for (file, old, new, underlined, said) in cases {
        let text = if *file == "marks.yaml" { MARKS } else { RULES };
        assert!(text.contains(old), "{old}");
        let text = text.replacen(old, new, 1);
        let folder = pack(&[(file, &text)]);
        let Err(error) = load(folder.path()) else {
            panic!("{new:?} is accepted");
        };
        let label = error
            .labels()
            .and_then(|mut labels| labels.next())
            .unwrap_or_else(|| panic!("{error} points at nothing"));
        let words = &text[label.offset()..label.offset() + label.len()];
        let help = error.help().map(|help| help.to_string());
        let message = format!("{error} ({})", help.unwrap_or_default());
        assert_eq!(words, *underlined, "{message}");
        assert!(
            message.contains(said) && message.contains(file),
            "{message}"
        );
    }
}

/// A pack of `--rules` extends what ships with the program.
#[test]
fn a_pack_of_ones_own_reads_limits_by_the_shared_words() {
    let limits = "\
default: all
families: [{id: acme, title: Acme API, governed: true, default: all, names: [Acme API]}]
hosts: [{id: acme, families: [acme], hosts: [api.acme.example]}]
limits:
  - id: all
    family: acme
    paths: ['/*']
    windows: [{calls: 10, seconds: 60}]
    source: {url: 'https://example.com/terms', language: en, quote: Ten calls a minute., confidence: high}
";
    let rules = RULES
        .replace("{stated}", "{subject} {stated}")
        .replace("    own:", "    help_lower: Lower.\n    own:");
    let folder = pack(&[("limits.yaml", limits), ("rules/limits.yaml", &rules)]);
    let repository = tempfile::tempdir().expect("a temp folder");
    fs::write(
        repository.path().join("limits.md"),
        "# Acme API limits\n\nThe Acme API allows 100 calls per minute.\n\nBy default we make 100 calls per minute.\n",
    )
    .expect("a temp file");
    let output = termscheck()
        .args(["--format", "json", "--select", "sample/*", "--rules"])
        .arg(folder.path())
        .arg(repository.path())
        .output()
        .expect("it runs");
    let report: serde_json::Value = serde_json::from_slice(&output.stdout).expect("JSON");
    let findings = report["findings"].as_array().expect("findings");
    assert_eq!(findings.len(), 1, "{report:#}");
    assert_eq!(findings[0]["rule"], "sample/limits");
}

/// No list that is shared speaks of an owner of a pack that ships; libraries have their
/// services' hosts, whoever runs them.
#[test]
fn shared_lists_name_no_vendor() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("rules/common");
    let owners: Vec<String> = load_embedded()
        .expect("the shipped packs load")
        .iter()
        .map(|pack| pack.owner.name.to_lowercase())
        .collect();
    for entry in walkdir::WalkDir::new(folder) {
        let entry = entry.expect("a file");
        let is_library = entry.path().iter().any(|part| part == "libraries");
        if entry.file_type().is_file() && !is_library {
            let text = fs::read_to_string(entry.path())
                .expect("text")
                .to_lowercase();
            for owner in &owners {
                assert!(!text.contains(owner), "{}: {owner}", entry.path().display());
            }
        }
    }
}
