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

#[test]
fn a_new_pack_is_sound_and_its_examples_and_cases_hold() {
    let folder = tempfile::tempdir().expect("a folder");
    let own = folder.path().join("My gears");
    let (code, said) = run(&["pack", "new"], &own);
    assert_eq!(code, Some(0), "{said}");
    assert!(said.contains("the pack `my-gears`"), "{said}");
    let (code, said) = run(&["pack", "lint"], &own);
    assert_eq!(
        (code, said.as_str()),
        (Some(0), "my-gears: 5 rules, 0 doubts\n")
    );
    let (code, said) = run(&["pack", "test"], &own);
    assert_eq!(
        (code, said.as_str()),
        (Some(0), "my-gears: 12 examples and cases, 0 wrong\n")
    );
    // Nothing is written over, and no pack that ships is hidden unawares.
    let (code, _) = run(&["pack", "new"], &own);
    assert_eq!(code, Some(2));
    let (code, said) = run(&["pack", "new"], &folder.path().join("openstreetmap"));
    assert_eq!(code, Some(2), "{said}");
}

/// Each entry: a file of a new pack, what is changed in it, what is told.
const WRONG: &[(&str, &str, &str, &str)] = &[
    (
        "rules/words.yaml",
        "Turn the widget.",
        "Turn the wheel.",
        "own/gears: the example under `bad` is not found",
    ),
    (
        "rules/words.yaml",
        "    Turn the gear.",
        "    Turn a widget.",
        "own/gears: the example under `good` is found, as README.md",
    ),
    // Of a rule that no pattern of its own decides.
    (
        "rules/throttling.yaml",
        "- rule: throttling/unbounded-loop\n  clause: rate\n",
        "- rule: throttling/unbounded-loop\n  clause: rate\n  bad: print('nothing')\n",
        "throttling/unbounded-loop: the example under `bad` is not found",
    ),
    (
        "tests/throttling--rate-exceeds-limit/bad/poll.py",
        "0.01",
        "10",
        "throttling/rate-exceeds-limit: not found in tests/throttling--rate-exceeds-limit/bad/poll.py",
    ),
    (
        "tests/throttling--rate-exceeds-limit/good/poll.py",
        "sleep(5)",
        "sleep(0.01)",
        "throttling/rate-exceeds-limit: found in tests/throttling--rate-exceeds-limit/good/poll.py",
    ),
];

#[test]
fn an_example_or_a_case_that_does_not_hold_is_told() {
    for (file, from, to, told) in WRONG {
        let folder = tempfile::tempdir().expect("a folder");
        let own = folder.path().join("own");
        run(&["pack", "new"], &own);
        let path = own.join(file);
        let text = fs::read_to_string(&path).expect("a file of the pack");
        assert!(text.contains(from), "{file}");
        fs::write(&path, text.replacen(from, to, 1)).expect("written");
        let (code, said) = run(&["pack", "test"], &own);
        assert_eq!(code, Some(1), "{said}");
        assert!(said.contains(told), "{said}");
        assert!(said.ends_with("12 examples and cases, 1 wrong\n"), "{said}");
    }
    let folder = tempfile::tempdir().expect("a folder");
    let own = folder.path().join("own");
    run(&["pack", "new"], &own);
    fs::create_dir_all(own.join("tests/own--gone/bad")).expect("a folder");
    let (code, said) = run(&["pack", "test"], &own);
    assert_eq!(code, Some(1));
    assert!(
        said.contains("tests/own--gone: the pack has no rule `own/gone`"),
        "{said}"
    );
}

/// What every rule that ships shows under “Instead of” is found, and what it shows under
/// “Write” is not; and so with the cases of packs that have their own.
#[test]
fn the_examples_of_the_packs_that_ship_hold() {
    let packs = termscheck::pack::load_embedded().expect("the packs that ship");
    let cases = Path::new(env!("CARGO_MANIFEST_DIR")).join("testdata/packs");
    for pack in &packs {
        let examples = termscheck::trial::examples(pack, &packs).expect("a folder");
        assert_eq!(examples.faults, Vec::<String>::new());
        assert_eq!(examples.run, 2 * pack.rules.len());
        let own = termscheck::trial::cases(pack, &cases.join(&*pack.id), &packs);
        assert_eq!(own.expect("a folder").faults, Vec::<String>::new());
    }
}

#[test]
fn a_rule_of_every_vendor_needs_what_its_words_speak_of() {
    let folder = pack("- { rule: throttling/unbounded-loop, clause: gears }\n");
    let (code, said) = run(&["pack", "lint"], folder.path());
    assert_eq!(code, Some(2), "{said}");
    let said = said.split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(said.contains("limits.yaml"), "{said}");
    let folder = pack("- { rule: throttling/unbounded-lop, clause: gears }\n");
    let (code, said) = run(&["pack", "lint"], folder.path());
    assert_eq!(code, Some(2), "{said}");
    assert!(
        said.contains("did you mean `throttling/unbounded-loop`?"),
        "{said}"
    );
    let folder = pack("- { rule: throttling/unbounded-loop, claus: gears }\n");
    let (code, said) = run(&["pack", "lint"], folder.path());
    assert_eq!(code, Some(2), "{said}");
    assert!(said.contains("did you mean `clause`?"), "{said}");
}
