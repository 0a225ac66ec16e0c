//! Every case under `testdata/` gives exactly the findings that it marks.
//!
//! `testdata/<family>--<rule>/{bad,good}/<case>`; a case is a folder or one file.
//! A line that holds `~^ rule "words"` is taken out before the scan and expects a
//! finding with these primary words on the nearest line before it that stays; one
//! that holds `~ repo rule` expects a finding of the repository as a whole. A
//! level may follow. `also/` beside `bad/` is laid beside every case of the rule.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use regex::Regex;
use termscheck::config::{Config, Settings};
use termscheck::finding::Confidence;
use termscheck::pack::{Pack, load_embedded};
use termscheck::scan::{ScanOptions, scan};
use termscheck::selection::{RulePattern, Selection};

/// Fewest cases that a rule must have.
const MIN_BAD: usize = 4;
const MIN_GOOD: usize = 6;
const MIN_HARD: usize = 3;

#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Expectation {
    path: String,
    line: u32,
    rule: String,
    words: String,
    level: Option<String>,
}

pub(super) fn testdata() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("testdata")
}

pub(super) fn folders(path: &Path) -> Vec<PathBuf> {
    let Ok(entries) = fs::read_dir(path) else {
        return Vec::new();
    };
    let mut paths: Vec<_> = entries
        .filter_map(|entry| Some(entry.ok()?.path()))
        .collect();
    paths.sort();
    paths
}

pub(super) fn name(path: &Path) -> String {
    path.file_name()
        .unwrap_or_default()
        .to_string_lossy()
        .into_owned()
}

/// What a marker line looks like.
pub(super) fn marker() -> Regex {
    Regex::new(
        r#"(?P<kind>~\^|~ repo)\s+(?P<rule>[a-z-]+/[a-z-]+)(?:\s+"(?P<words>.*)")?(?:\s+(?P<level>error|warning|note))?\s*(?:-->|\*/)?\s*$"#,
    )
    .expect("the marker's pattern")
}

/// Copies a case without its marker lines and returns what they expect.
pub(super) fn lay_out(case: &Path, target: &Path, marker: &Regex) -> Vec<Expectation> {
    let mut expected = Vec::new();
    let base = if case.is_dir() {
        case
    } else {
        case.parent().expect("a case lies in a folder")
    };
    for entry in walkdir::WalkDir::new(case).sort_by_file_name() {
        let entry = entry.expect("testdata can be read");
        if !entry.file_type().is_file() {
            continue;
        }
        let relative = entry.path().strip_prefix(base).expect("below its base");
        // `dot-git` stands for `.git`, which git itself would not keep.
        let shown = relative.to_string_lossy().replace("dot-git", ".git");
        let path = target.join(&shown);
        fs::create_dir_all(path.parent().expect("a file lies in a folder")).expect("a temp folder");
        let bytes = fs::read(entry.path()).expect("testdata can be read");
        let Ok(text) = String::from_utf8(bytes.clone()) else {
            fs::write(path, bytes).expect("a temp file");
            continue;
        };
        let mut kept = String::new();
        for raw in text.split_inclusive('\n') {
            let Some(found) = marker.captures(raw) else {
                kept.push_str(raw);
                continue;
            };
            let line = kept.lines().count() as u32;
            let repository = &found["kind"] == "~ repo";
            expected.push(Expectation {
                path: if repository {
                    String::new()
                } else {
                    shown.clone()
                },
                line: if repository { 0 } else { line },
                rule: found["rule"].to_owned(),
                words: found
                    .name("words")
                    .map_or("", |words| words.as_str())
                    .to_owned(),
                level: found.name("level").map(|level| level.as_str().to_owned()),
            });
        }
        if !kept.is_empty() || text.is_empty() {
            fs::write(path, kept).expect("a temp file");
        }
    }
    expected
}

/// Copies what every case of a rule needs besides, such as what puts a repository under
/// the page's terms; a case's own files stay.
pub(super) fn lay_beside(also: &Path, target: &Path) {
    for entry in walkdir::WalkDir::new(also).into_iter().flatten() {
        let relative = entry.path().strip_prefix(also).expect("below its base");
        let path = target.join(relative.to_string_lossy().replace("dot-git", ".git"));
        if entry.file_type().is_file() && !path.exists() {
            fs::create_dir_all(path.parent().expect("a file lies in a folder")).expect("a folder");
            fs::copy(entry.path(), path).expect("testdata can be read");
        }
    }
}

/// Whether the cases of a pack lie in a folder of its own, as `termscheck pack test` has
/// them: its rules stand for every vendor, and their own cases are those of another pack.
pub(super) fn has_own_cases(pack: &Pack) -> bool {
    testdata().join("packs").join(&*pack.id).is_dir()
}

/// The pack whose rule has cases in `testdata/<rule>`.
pub(super) fn pack_of<'a>(packs: &'a [Pack], rule: &str) -> Option<&'a Pack> {
    packs.iter().find(|pack| {
        let mut rules = pack.rules.iter();
        !has_own_cases(pack) && rules.any(|compiled| compiled.rule.reported() == rule)
    })
}

/// What the pack of `rule` finds; which packs take part is another matter.
fn run(root: &Path, packs: &[Pack], rule: &str) -> Vec<(Expectation, String)> {
    let mut settings = fs::read_to_string(root.join("termscheck.yaml")).map_or_else(
        |_| Settings::default(),
        |text| serde_yaml::from_str(&text).expect("a config"),
    );
    let own = pack_of(packs, rule);
    settings.packs = own.map(|pack| vec![pack.id.to_string()]);
    let options = ScanOptions {
        config: Config::of(settings, root),
        threads: 1,
        // Alone: what joins another rule is told in the help of that one.
        selection: Selection {
            select: vec![RulePattern::new(rule).expect("an id")],
            ..Selection::everything()
        },
        ..ScanOptions::new(root)
    };
    let report = scan(&options, packs).expect("a sound configuration");
    let mut found = Vec::new();
    for finding in report.findings {
        // What is shown by default; a pedantic rule is judged as if asked for.
        let guess = finding.confidence == Confidence::Low && !finding.rule.pedantic;
        if finding.suppressed.is_some() || guess {
            continue;
        }
        let (path, line, words) = finding
            .primary
            // A place that only stands for the repository is none to mark.
            .filter(|_| !finding.label.starts_with("stands for the repository"))
            .map_or((String::new(), 0, String::new()), |span| {
                let source = &report.sources[&span.file];
                (
                    source.path.to_string(),
                    source.position(span.start).line,
                    source.slice(span).to_owned(),
                )
            });
        found.push((
            Expectation {
                path,
                line,
                rule: finding.rule.reported().to_owned(),
                words,
                level: Some(finding.severity.as_str().to_owned()),
            },
            finding.message,
        ));
    }
    found
}

#[test]
fn every_case_gives_what_it_marks() {
    let marker = marker();
    let packs = load_embedded().expect("the shipped packs load");
    let only = std::env::var("TERMSCHECK_CASE").unwrap_or_default();
    let mut failures = Vec::new();
    let mut cases = 0;
    for folder in folders(&testdata()) {
        let rule = name(&folder).replace("--", "/");
        for verdict in ["bad", "good"] {
            for case in folders(&folder.join(verdict)) {
                let shown = format!("{rule} {verdict}/{}", name(&case));
                if !shown.contains(&only) {
                    continue;
                }
                cases += 1;
                let target = tempfile::tempdir().expect("a temp folder");
                let mut expected = lay_out(&case, target.path(), &marker);
                lay_beside(&folder.join("also"), target.path());
                expected.retain(|expectation| expectation.rule == rule);
                if (verdict == "bad") == expected.is_empty() {
                    failures.push(format!("{shown}: bad cases mark findings, good ones don't"));
                }
                for (found, message) in run(target.path(), &packs, &rule) {
                    if found.rule != rule {
                        continue;
                    }
                    let hit = expected.iter().position(|expectation| {
                        (&expectation.path, expectation.line, &expectation.words)
                            == (&found.path, found.line, &found.words)
                            && (expectation.level.is_none() || expectation.level == found.level)
                    });
                    match hit {
                        Some(index) => {
                            expected.remove(index);
                        }
                        None => failures.push(format!("{shown}: unexpected {found:?}: {message}")),
                    }
                }
                failures.extend(
                    expected
                        .iter()
                        .map(|expectation| format!("{shown}: not found: {expectation:?}")),
                );
            }
        }
    }
    assert!(failures.is_empty(), "{}", failures.join("\n"));
    assert!(cases > 0 || !only.is_empty(), "no case was run");
}

#[test]
fn every_rule_has_enough_cases() {
    let mut failures = BTreeSet::new();
    for pack in load_embedded().expect("the shipped packs load") {
        for compiled in &pack.rules {
            if has_own_cases(&pack) {
                continue;
            }
            let folder = testdata().join(compiled.rule.reported().replace('/', "--"));
            let bad = folders(&folder.join("bad")).len();
            let good = folders(&folder.join("good"));
            let hard = good
                .iter()
                .filter(|case| name(case).starts_with("hard-"))
                .count();
            if bad < MIN_BAD || good.len() < MIN_GOOD || hard < MIN_HARD {
                failures.insert(format!(
                    "{}: {bad} bad, {} good, {hard} of them hard",
                    compiled.rule.id,
                    good.len()
                ));
            }
        }
    }
    assert!(failures.is_empty(), "too few cases:\n{failures:#?}");
}
