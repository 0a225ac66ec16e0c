//! A pack that can't be used is refused, at the key at fault.

use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use assert_cmd::Command;
use miette::Diagnostic;
use tempfile::TempDir;
use termscheck::pack::{PackError, load_directory, load_embedded};

const MANIFEST: &str = "\
schema: 1
id: sample
title: Sample terms
owner: {name: Acme, organisations: [acme], holders: [Acme]}
sources:
  T:
    title: Terms
    url: https://example.com/terms
clauses:
  - id: words
    source: T
    section: \"§1\"
    quote: \"Mind your words.\"
";

const RULES: &str = "\
- id: style/words
  title: Words
  clause: words
  force: style
  severity: note
  confidence: high
  check: pattern
  with:
    patterns: [{pattern: \"widget(ry)?\"}]
    literals: [widget]
  message: \"“{match}”\"
  help: Say it otherwise.
  explanation: Finds words. They are long.
  bad: widgetry
  good: gears
";

/// A folder with files of a pack.
fn folder(files: &[(&str, &str)]) -> TempDir {
    let folder = tempfile::tempdir().expect("a temp folder");
    for (path, text) in files {
        let path = folder.path().join(path);
        fs::create_dir_all(path.parent().expect("below the folder")).expect("a temp folder");
        fs::write(path, text).expect("a temp file");
    }
    folder
}

fn refused(folder: &Path) -> PackError {
    match load_directory(folder) {
        Ok(_) => panic!("the pack is accepted"),
        Err(error) => error,
    }
}

/// Replaces `old` in a good pack and returns what the error underlines and says.
fn fault(file: &str, old: &str, new: &str) -> (String, String) {
    let (mut manifest, mut rules) = (MANIFEST.to_owned(), RULES.to_owned());
    let text = if file == "pack.yaml" {
        &mut manifest
    } else {
        &mut rules
    };
    assert!(text.contains(old), "`{old}` stands in {file}");
    *text = text.replacen(old, new, 1);
    let text = text.clone();
    let folder = folder(&[("pack.yaml", &manifest), ("rules/style.yaml", &rules)]);
    let error = refused(folder.path());
    let label = error
        .labels()
        .and_then(|mut labels| labels.next())
        .unwrap_or_else(|| panic!("{error} points at nothing"));
    let words = text[label.offset()..label.offset() + label.len()].to_owned();
    let help = error
        .help()
        .map(|help| help.to_string())
        .unwrap_or_default();
    let message = error.to_string();
    assert!(message.contains(file), "{message} names its file");
    (words, format!("{message} ({help})"))
}

/// Each entry: the file, what is changed in it, what is underlined, what is said.
const FAULTS: &[(&str, &str, &str, &str, &str)] = &[
    // Keys and types.
    (
        "pack.yaml",
        "title: S",
        "titel: S",
        "titel",
        "did you mean `title`?",
    ),
    ("pack.yaml", "schema: 1", "schema: 2", "2", "schema 1"),
    (
        "pack.yaml",
        "schema: 1",
        "schema: one",
        "one",
        "expected a whole number, found the text \"one\"",
    ),
    (
        "pack.yaml",
        "id: sample",
        "id: Sample Pack",
        "Sample Pack",
        "lower-case",
    ),
    (
        "pack.yaml",
        "title: Sample terms",
        "title: \"\"",
        "title",
        "empty",
    ),
    (
        "pack.yaml",
        "[acme]",
        "acme",
        "acme",
        "expected a list, found the text \"acme\"",
    ),
    (
        "pack.yaml",
        "holders:",
        "holder:",
        "holder",
        "did you mean `holders`?",
    ),
    (
        "pack.yaml",
        "https://example.com",
        "example.com",
        "example.com/terms",
        "https://",
    ),
    (
        "pack.yaml",
        "clauses:",
        "  T: {title: a, url: b}\nclauses:",
        "",
        "twice",
    ),
    (
        "pack.yaml",
        "schema: 1",
        "schema: 1\ntitle: a",
        "title",
        "`title` stands twice",
    ),
    (
        "style.yaml",
        "severity: note",
        "severity: fatal",
        "fatal",
        "`fatal` is no value of this key; the values are `note`, `warning`, `error`",
    ),
    (
        "style.yaml",
        "  force: style\n",
        "",
        "",
        "the key `force` is missing",
    ),
    (
        "style.yaml",
        "confidence: high",
        "confidence: [high]",
        "",
        "expected one of its values, found a list",
    ),
    (
        "style.yaml",
        "check: pattern",
        "pedantik: true\n  check: pattern",
        "pedantik",
        "did you mean `pedantic`?",
    ),
    (
        "style.yaml",
        "check: pattern",
        "zones: []\n  check: pattern",
        "[]",
        "zone",
    ),
    (
        "style.yaml",
        "check: pattern",
        "zones: [docs, tests]\n  check: pattern",
        "tests",
        "did you mean `test`?",
    ),
    ("style.yaml", "bad: widgetry", "bad: \"\"", "bad", "empty"),
    // What does not belong together.
    (
        "pack.yaml",
        "source: T",
        "source: LP",
        "LP",
        "unknown source `LP`",
    ),
    ("pack.yaml", "Mind your words.", " ", " ", "own words"),
    (
        "pack.yaml",
        "  - id: words",
        "  - {id: words, source: T, section: a, quote: b}\n  - id: words",
        "words",
        "already",
    ),
    (
        "pack.yaml",
        "section:",
        "place: {language: fr, line: 0, quote: a}\n    section:",
        "{language: fr, line: 0, quote: a}",
        "counted from 1",
    ),
    (
        "style.yaml",
        "clause: words",
        "clause: word",
        "word",
        "did you mean `words`?",
    ),
    (
        "style.yaml",
        "check: pattern",
        "check: patern",
        "patern",
        "did you mean `pattern`?",
    ),
    (
        "style.yaml",
        "{match}",
        "{mach}",
        "“{mach}”",
        "did you mean `match`?",
    ),
    (
        "style.yaml",
        "{match}",
        "{match",
        "“{match”",
        "never closed",
    ),
    ("style.yaml", "style/words", "words", "words", "family/name"),
    // Inside `with`.
    (
        "style.yaml",
        "literals:",
        "literal:",
        "literal",
        "did you mean `literals`?",
    ),
    (
        "style.yaml",
        "literals: [widget]",
        "literals: []",
        "[]",
        "at least one",
    ),
    (
        "style.yaml",
        "    literals: [widget]\n",
        "",
        "with",
        "the key `literals` is missing",
    ),
    (
        "style.yaml",
        "widget(ry)?",
        "widget(ry?",
        "widget(ry?",
        "unclosed group",
    ),
    (
        "style.yaml",
        "widget(ry)?",
        "\\\\w{1000}{1000}",
        "\\\\w{1000}{1000}",
        "size limit",
    ),
    (
        "style.yaml",
        "{pattern: ",
        "{patern: ",
        "patern",
        "did you mean `pattern`?",
    ),
    (
        "style.yaml",
        "literals: [widget]",
        "literals: [widget, [a]]",
        "[a]",
        "expected text, found a list",
    ),
    (
        "style.yaml",
        "literals: [widget]",
        "literals: [widget]\n    files: [images]",
        "images",
        "`images` is no value of this key",
    ),
    // Not YAML.
    ("style.yaml", "title: Words", "title: Words: more", "", ""),
    ("style.yaml", "title: Words", "title: \"Words", "", ""),
    (
        "style.yaml",
        "title: Words",
        "title: *words",
        "*words",
        "anchor",
    ),
    (
        "pack.yaml",
        "title: Sample",
        "title: &a [*a] #",
        "*a",
        "inside the value",
    ),
    (
        "pack.yaml",
        "title: Sample",
        "title: \u{2028}Sample",
        "\u{2028}Sample terms",
        "separator",
    ),
];

#[test]
fn every_fault_is_underlined() {
    let mut failures = Vec::new();
    for (file, old, new, underlined, said) in FAULTS {
        let (words, message) = fault(file, old, new);
        if !(words == *underlined || underlined.is_empty()) || !message.contains(said) {
            failures.push(format!(
                "{new:?}\n  underlined: {words:?}\n  said: {message}"
            ));
        }
    }
    assert!(failures.is_empty(), "{}", failures.join("\n"));
}

#[test]
fn a_good_pack_is_taken() {
    let one = folder(&[("pack.yaml", MANIFEST), ("rules/style.yaml", RULES)]);
    let packs = load_directory(one.path()).expect("a good pack");
    assert_eq!(packs[0].rules[0].rule.id, "style/words");

    let other = MANIFEST.replace("id: sample", "id: other");
    let several = folder(&[
        ("b/pack.yaml", MANIFEST),
        ("b/rules/deeper/style.yml", RULES),
        ("a/pack.yaml", &format!("\u{feff}{other}")),
        ("a/rules/style.yaml", RULES),
        ("a/.yamllint.yaml", "rules: {}"),
        ("a/notes.md", "Notes."),
        ("c/readme.md", "Not a pack."),
    ]);
    let ids: Vec<String> = load_directory(several.path())
        .expect("good packs")
        .iter()
        .map(|pack| pack.id.to_string())
        .collect();
    assert_eq!(ids, ["other", "sample"]);
}

/// What ships is trusted when it is read from the binary: its patterns are compiled
/// when first asked. Read from its folder, each is compiled at once.
#[test]
fn the_packs_that_ship_have_no_fault() {
    let rules = Path::new(env!("CARGO_MANIFEST_DIR")).join("rules");
    match load_directory(&rules) {
        Ok(packs) => assert!(!packs.is_empty()),
        Err(error) => panic!("{:?}", miette::Report::new(error)),
    }
}

#[test]
fn anchors_are_fine_and_bombs_are_not() {
    let anchors = RULES.replace(
        "literals: [widget]",
        "literals: &list [widget]\n    except: *list",
    );
    let good = folder(&[("pack.yaml", MANIFEST), ("rules/style.yaml", &anchors)]);
    load_directory(good.path()).expect("anchors are YAML");

    let mut bomb = "- &a0 [x, x, x, x, x, x, x, x, x, x]\n".to_owned();
    for level in 1..40 {
        let below = format!("*a{}", level - 1);
        let aliases = vec![below; 10].join(", ");
        writeln!(bomb, "- &a{level} [{aliases}]").expect("a string");
    }
    for path in ["rules/style.yaml", "pack.yaml", "marks.yaml"] {
        let mut files = vec![("pack.yaml", MANIFEST), ("rules/style.yaml", RULES)];
        files.retain(|(name, _)| *name != path);
        files.push((path, &bomb));
        let error = refused(folder(&files).path());
        assert!(error.to_string().contains("200000 values"), "{error}");
        assert!(error.labels().is_some(), "{error}");
    }
}

#[test]
fn what_is_no_pack_is_refused() {
    let deep = "[".repeat(100_000);
    let long = "x".repeat(5 << 20);
    let wide = format!("title: [{}\n", "a".repeat(100_000));
    let good: &[(&str, &str)] = &[("pack.yaml", MANIFEST), ("rules/style.yaml", RULES)];
    let cases: &[(&[(&str, &str)], &str)] = &[
        (&[], "no pack.yaml"),
        (&[("readme.md", "Nothing.")], "no pack.yaml"),
        (&[("pack.yaml", MANIFEST)], "no rules"),
        (&[("pack.yaml", "")], ""),
        (&[("pack.yaml", MANIFEST), ("mark.yaml", "")], "mark.yaml"),
        (
            &[("pack.yaml", MANIFEST), ("rules.yaml", RULES)],
            "rules.yaml",
        ),
        (&[("pack.yaml", &deep)], "recursion limit"),
        (&[("pack.yaml", &long)], "larger than"),
        (&[("pack.yaml", &wide)], "line 2"),
        (
            &[good[0], good[1], ("rules/more.yaml", RULES)],
            "already, in",
        ),
        (
            &[good[0], ("rules/style.yaml", "a: b")],
            "expected a list, found keys with values",
        ),
    ];
    for (files, said) in cases {
        let folder = folder(files);
        let error = refused(folder.path()).to_string();
        assert!(error.contains(said), "{said:?} is not in {error}");
        let path = folder.path().to_string_lossy();
        assert!(error.contains(&*path), "{error} names {path}");
        assert!(error.len() < 2000, "{error}");
    }
    let not_utf8 = folder(good);
    fs::write(not_utf8.path().join("pack.yaml"), b"id: \xff\xfe").expect("a temp file");
    let error = refused(not_utf8.path());
    assert!(error.to_string().contains("not UTF-8"), "{error}");
    assert_eq!(
        error
            .labels()
            .and_then(|mut all| all.next())
            .map(|label| label.offset()),
        Some(4)
    );
}

#[test]
fn the_binary_says_so_and_ends_with_2() {
    let folder = folder(&[
        ("pack.yaml", MANIFEST),
        (
            "rules/style.yaml",
            &RULES.replace("check: pattern", "check: patern"),
        ),
    ]);
    for command in [&["rules"][..], &["explain", "style/words"], &["check", "."]] {
        let output = Command::cargo_bin("termscheck")
            .expect("the binary")
            .args(command)
            .arg("--rules")
            .arg(folder.path())
            .output()
            .expect("it runs");
        let said = String::from_utf8_lossy(&output.stderr);
        assert_eq!(output.status.code(), Some(2), "{said}");
        for words in [
            "rules/style.yaml:7:10",
            "unknown check `patern`",
            "did you mean `pattern`?",
        ] {
            assert!(said.contains(words), "{words:?} is not in:\n{said}");
        }
        assert!(output.stdout.is_empty());
    }
}

#[test]
fn a_pack_of_the_same_id_takes_the_place_of_the_shipped_one() {
    let shipped = load_embedded().expect("the shipped packs load");
    let manifest = MANIFEST.replace("id: sample", &format!("id: {}", shipped[0].id));
    let folder = folder(&[("pack.yaml", &manifest), ("rules/style.yaml", RULES)]);
    let output = Command::cargo_bin("termscheck")
        .expect("the binary")
        .args(["rules", "--format", "json", "--rules"])
        .arg(folder.path())
        .output()
        .expect("it runs");
    let rules: serde_json::Value = serde_json::from_slice(&output.stdout).expect("JSON");
    let packs = rules["packs"].as_array().expect("packs");
    assert_eq!(packs.len(), shipped.len());
    let replaced = packs
        .iter()
        .find(|pack| pack["id"] == *shipped[0].id)
        .expect("the pack");
    assert_eq!(replaced["title"], "Sample terms");
    assert_eq!(replaced["rules"].as_array().map(Vec::len), Some(1));
}

#[test]
fn a_misspelt_rule_gets_a_suggestion() {
    let output = Command::cargo_bin("termscheck")
        .expect("the binary")
        .args(["explain", "trademark/alterd"])
        .output()
        .expect("it runs");
    let said = String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.code(), Some(2), "{said}");
    assert!(said.contains("did you mean `trademark/altered`?"), "{said}");
}

proptest::proptest! {
    #![proptest_config(proptest::prelude::ProptestConfig::with_cases(64))]

    /// Whatever is written into a pack, it is taken or refused, and a label stays
    /// within the text.
    #[test]
    fn no_damage_does_harm(
        at in 0..RULES.len(),
        gone in 0..40_usize,
        put in "[-a-z:é|>\"'\\[\\]{}&*?#%!@`<$()\\\\ \n\t\u{a0}\u{feff}\u{85}]{0,12}",
    ) {
        let end = (at + gone).min(RULES.len());
        let (Some(before), Some(after)) = (RULES.get(..at), RULES.get(end..)) else {
            return Ok(());
        };
        let rules = format!("{before}{put}{after}");
        let folder = folder(&[("pack.yaml", MANIFEST), ("rules/style.yaml", &rules)]);
        if let Err(error) = load_directory(folder.path()) {
            for label in error.labels().into_iter().flatten() {
                proptest::prop_assert!(rules.get(label.offset()..label.offset() + label.len()).is_some());
            }
            let drawn = format!("{:?}", miette::Report::new(error));
            proptest::prop_assert!(drawn.contains("style.yaml"));
        }
    }
}
