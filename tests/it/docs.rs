//! What is written about rules is true: the reference is the packs', every rule
//! explains itself, quotes stand where they are said to, the example pack works.

use std::fs;
use std::path::{Path, PathBuf};

use assert_cmd::Command;
use termscheck::checks::CHECKS;
use termscheck::pack::{Pack, load_embedded};
use termscheck::report::rules::{Chosen, write_markdown};

fn path(relative: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(relative)
}

fn read(relative: &str) -> String {
    let text = fs::read_to_string(path(relative)).unwrap_or_default();
    text.replace("\r\n", "\n")
}

fn packs() -> Vec<Pack> {
    load_embedded().expect("the shipped packs load")
}

#[test]
fn the_reference_is_up_to_date() {
    let packs = packs();
    let mut made = Vec::new();
    write_markdown(&Chosen::from_packs(&packs, |_| true), &mut made).expect("a buffer");
    let made = String::from_utf8(made).expect("the reference is text");
    if std::env::var_os("UPDATE_DOCS").is_some() {
        fs::write(path("docs/rules.md"), &made).expect("docs/rules.md can be written");
    }
    let written = read("docs/rules.md");
    let stale = written
        .lines()
        .zip(made.lines())
        .position(|(written, made)| written != made)
        .unwrap_or(written.lines().count().min(made.lines().count()));
    assert!(
        written == made,
        "docs/rules.md is stale from line {} on; run UPDATE_DOCS=1 cargo test --test it docs",
        stale + 1
    );
}

#[test]
fn every_rule_explains_itself() {
    let mut failures = Vec::new();
    for pack in packs() {
        for compiled in &pack.rules {
            let rule = &compiled.rule;
            let mut demand = |holds: bool, what: &str| {
                if !holds {
                    failures.push(format!("{}: {what}", rule.id));
                }
            };
            let ends = rule.explanation.split_whitespace();
            let sentences = ends
                .filter(|word| {
                    word.trim_end_matches(['"', ')', '”'])
                        .ends_with(['.', '?', '!'])
                })
                .count();
            demand(sentences >= 2, "an explanation is two sentences or more");
            for part in ["What it does:", "Why:", "What stays quiet:"] {
                demand(
                    rule.explanation.contains(part),
                    &format!("the explanation has no “{part}”"),
                );
            }
            demand(
                rule.bad.trim() != rule.good.trim(),
                "the good example is the bad one",
            );
            demand(!rule.title.ends_with('.'), "a title is no sentence");
            demand(
                !rule.title.contains(&rule.id),
                "a title says more than the id",
            );
            demand(rule.help.trim().ends_with(['.', '”']), "help is a sentence");
        }
    }
    assert!(failures.is_empty(), "{}", failures.join("\n"));
}

/// A clause is what a rule is held against, or what an explanation quotes.
#[test]
fn every_clause_is_used_and_short_enough_to_read() {
    let mut failures = Vec::new();
    for pack in packs() {
        let rules = || pack.rules.iter().map(|compiled| &compiled.rule);
        for clause in &pack.clauses {
            let quote = words(&clause.quote);
            if !rules().any(|rule| {
                rule.clause.id == clause.id
                    || quotes(&rule.explanation)
                        .iter()
                        .any(|quoted| quote.contains(quoted))
            }) {
                failures.push(format!("{}: no rule speaks of it", clause.id));
            }
            if quote.split(' ').count() > 60 {
                failures.push(format!("{}: quote the sentence that counts", clause.id));
            }
        }
    }
    assert!(failures.is_empty(), "{}", failures.join("\n"));
}

#[test]
fn quotes_in_explanations_are_the_documents_words() {
    let mut failures = Vec::new();
    for pack in packs() {
        for compiled in &pack.rules {
            let rule = &compiled.rule;
            for quote in quotes(&rule.explanation) {
                let mut clauses = pack.clauses.iter();
                if !clauses.any(|clause| words(&clause.quote).contains(&quote)) {
                    failures.push(format!("{}: no clause says “{quote}”", rule.id));
                }
            }
        }
    }
    assert!(failures.is_empty(), "{}", failures.join("\n"));
}

/// What an explanation quotes between straight quotation marks in the paragraph that
/// begins with “Why:”.
fn quotes(explanation: &str) -> Vec<String> {
    explanation
        .split("\n\n")
        .filter(|paragraph| paragraph.trim_start().starts_with("Why:"))
        .flat_map(|paragraph| paragraph.split('"').skip(1).step_by(2))
        .map(words)
        .collect()
}

/// The licence's own text is at hand in a package, word by word.
#[test]
fn quotes_of_creative_commons_are_in_its_text() {
    let mut failures = Vec::new();
    for pack in packs() {
        for clause in &pack.clauses {
            let Some((_, rest)) = clause.url.split_once("creativecommons.org/licenses/") else {
                continue;
            };
            let mut parts = rest.split('/');
            let (name, version) = (parts.next().unwrap_or(""), parts.next().unwrap_or(""));
            let id = format!("CC-{}-{version}", name.to_uppercase());
            let text = spdx::text::LICENSE_TEXTS
                .iter()
                .find(|(other, _)| *other == id)
                .map(|(_, text)| words(text))
                .unwrap_or_default();
            if !text.contains(&words(&clause.quote)) {
                failures.push(format!("{}: {id} has no such words", clause.id));
            }
        }
    }
    assert!(failures.is_empty(), "{}", failures.join("\n"));
}

/// The page that the rules were made from does not ship; where it lies beside the
/// checkout, each place is looked up in it.
#[test]
fn places_stand_on_their_lines() {
    let seeds =
        std::env::var_os("TERMSCHECK_SEEDS").map_or_else(|| path("../shared/seeds"), PathBuf::from);
    let mut failures = Vec::new();
    let (mut looked_up, mut places) = (0, 0);
    for pack in packs() {
        for clause in &pack.clauses {
            let Some(place) = &clause.place else { continue };
            places += 1;
            let page = seeds.join(format!("licence-page.{}.md", place.language));
            let Ok(page) = fs::read_to_string(&page) else {
                continue;
            };
            looked_up += 1;
            let line = page
                .lines()
                .nth(place.line as usize - 1)
                .unwrap_or_default();
            if !words(line).contains(&words(&place.quote)) {
                failures.push(format!("{}: line {} is “{line}”", clause.id, place.line));
            }
        }
    }
    println!(
        "{looked_up} of {places} places were looked up in {}",
        seeds.display()
    );
    if looked_up < places {
        println!("THE PAGE IS NOT AT HAND: the other places were not looked up");
    }
    assert!(failures.is_empty(), "{}", failures.join("\n"));
}

/// Text on one line, no-break spaces and runs of spaces as one.
fn words(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[test]
fn every_check_is_in_the_manual() {
    let manual = read("docs/packs.md");
    for (name, _) in CHECKS {
        assert!(
            manual.contains(&format!("| `{name}` |")),
            "docs/packs.md lacks `{name}`"
        );
    }
}

#[test]
fn the_pack_of_the_manual_works() {
    let manual = read("docs/packs.md");
    let folder = tempfile::tempdir().expect("a temporary folder");
    let pack = folder.path().join("pack");
    fs::create_dir_all(pack.join("rules")).expect("a folder");
    let mut files = 0;
    for block in manual.split("```yaml\n# ").skip(1) {
        let (name, text) = block.split_once('\n').expect("a name");
        let text = text.split("```").next().expect("a block");
        fs::write(pack.join(name), text).expect("a file");
        files += 1;
    }
    assert_eq!(
        files, 3,
        "the manual shows pack.yaml, marks and a file of rules"
    );
    let repository = folder.path().join("repository");
    fs::create_dir(&repository).expect("a folder");
    fs::write(repository.join("a.md"), "Turn the widget.\n").expect("a file");
    fs::write(repository.join("b.md"), "A gear, not a widget. `widget`\n").expect("a file");
    let output = Command::cargo_bin("termscheck")
        .expect("the binary")
        .args(["--format", "json", "--select", "style/gears", "--rules"])
        .arg(&pack)
        .arg(&repository)
        .output()
        .expect("it runs");
    let said = String::from_utf8_lossy(&output.stderr);
    let report: serde_json::Value =
        serde_json::from_slice(&output.stdout).unwrap_or_else(|error| panic!("{error}: {said}"));
    let findings = report["findings"].as_array().expect("findings");
    assert_eq!(findings.len(), 1, "{findings:#?}");
    assert_eq!(findings[0]["path"], "a.md");
    assert_eq!(findings[0]["text"], "widget");
    assert_eq!(findings[0]["message"], "“widget” is a gear");
}

#[test]
fn rules_are_explained_in_the_clauses_words() {
    for pack in packs() {
        for compiled in &pack.rules {
            let rule = &compiled.rule;
            let output = Command::cargo_bin("termscheck")
                .expect("the binary")
                .args(["explain", &rule.qualified()])
                .output()
                .expect("it runs");
            assert_eq!(output.status.code(), Some(0));
            let shown = String::from_utf8(output.stdout).expect("text");
            assert!(!shown.contains('\u{1b}'), "no colours in a pipe");
            let text = words(&shown);
            let place = rule.clause.place.as_ref();
            for part in [
                rule.title.as_str(),
                &rule.clause.quote,
                &rule.clause.url,
                &rule.clause.section,
                &rule.advice(),
                &rule.bad,
                &rule.good,
                &format!("termscheck: ignore {} --", rule.id),
                place.map_or("", |place| place.quote.as_str()),
            ] {
                assert!(text.contains(&words(part)), "{part:?} is not in {shown}");
            }
            assert!(shown.trim_end().ends_with("This is not legal advice."));
        }
    }
}

#[test]
fn the_readme_opens_with_what_is_printed() {
    let fixture = crate::support::Fixture::new(&[
        (
            "docs/alerts.md",
            "---\ntitle: List alerts\nms.author: someone\nms.topic: reference\nms.service: defender-endpoint\n---\n\n# List alerts\n\nLists the alerts of the last 30 days.\n",
        ),
        (
            "poll.py",
            "import time\nimport requests\n\nwhile True:\n    requests.get(\"https://api.securitycenter.microsoft.com/api/alerts\")\n    time.sleep(0.1)\n",
        ),
        (
            "LICENSE",
            "MIT License\n\nCopyright (c) 2026 Contoso Labs\n",
        ),
        ("README.md", "# Harbour watch\n\nMIT License.\n"),
    ]);
    let readme = include_str!("../../README.md");
    // The rules that ship, where other tests add one of their own.
    let command = std::process::Command::new(env!("CARGO_BIN_EXE_termscheck"))
        .args(["--color", "never", "."])
        .current_dir(fixture.root())
        .output();
    let printed = command.expect("the binary runs").stdout;
    let printed = String::from_utf8(printed).expect("UTF-8");
    assert!(readme.contains(printed.trim()), "{printed}");
}
