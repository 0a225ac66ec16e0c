//! A rule that was renamed answers to the ids that it had before.

use std::fs;

use crate::support::{Fixture, Run, run};

const OLD: &str = "acme/hush";

/// A repository with one whisper, and a pack whose rule against it was renamed.
fn renamed() -> Fixture {
    let fixture = Fixture::new(&[("a.md", "A whisper.\n")]);
    let rules = fixture.path("pack/rules/voices.yaml");
    let text = fs::read_to_string(&rules).expect("the rules");
    let text = text.replace(
        "- id: acme/whisper\n",
        "- id: acme/whisper\n  aliases: [acme/murmur, acme/hush]\n",
    );
    fs::write(rules, text).expect("written");
    fixture
}

fn level(run: &Run) -> String {
    run.json()["findings"][0]["severity"].to_string()
}

#[test]
fn comments_and_configurations_may_name_it_as_before() {
    let fixture = renamed();
    let whisper = [("acme/whisper".to_owned(), 1)];
    assert_eq!(fixture.json(&[]).found(), whisper);

    fixture.write("termscheck.yaml", format!("severity: {{ {OLD}: error }}\n"));
    assert_eq!(level(&fixture.json(&[])), "\"error\"");
    // The present id counts before one of the past, any id before a pattern.
    fixture.write(
        "termscheck.yaml",
        format!("severity: {{ {OLD}: error, acme/*: off, acme/whisper: note }}\n"),
    );
    assert_eq!(level(&fixture.json(&[])), "\"note\"");
    fixture.write("termscheck.yaml", format!("severity: {{ {OLD}: off }}\n"));
    assert!(fixture.json(&[]).found().is_empty());
    fixture.write(
        "termscheck.yaml",
        format!("ignore: [{{ rule: {OLD}, reason: known }}]\n"),
    );
    let ignored = fixture.json(&[]);
    assert!(ignored.found().is_empty());
    assert!(ignored.notices("warning").is_empty());

    fixture.write("termscheck.yaml", "{}\n");
    let comment = format!("A whisper. <!-- termscheck: ignore {OLD} -- known -->\n");
    fixture.write("a.md", comment);
    let ignored = fixture.json(&[]);
    assert!(ignored.found().is_empty());
    assert!(ignored.notices("warning").is_empty());
    // One that suppresses nothing is told, whichever name it has.
    let comment = format!("Quiet. <!-- termscheck: ignore {OLD} -- known -->\n");
    fixture.write("a.md", comment);
    assert_eq!(fixture.json(&[]).notices("warning").len(), 1);
}

#[test]
fn options_may_name_it_as_before() {
    let fixture = renamed();
    let pack = fixture.path("pack").to_string_lossy().into_owned();
    let found = |option: &str, name: &str| {
        let arguments = ["--format", "json", "--rules", &pack, option, name];
        run(&mut fixture.bare(&arguments)).found().len()
    };
    assert_eq!(found("--select", OLD), 1);
    assert_eq!(found("--select", "acme/murm*"), 1);
    assert_eq!(found("--ignore", OLD), 0);
    let explained = run(&mut fixture.bare(&["explain", "--rules", &pack, OLD]));
    assert_eq!(explained.code, 0, "{}", explained.err);
    assert!(explained.out.contains("acme/whisper"), "{}", explained.out);
    assert!(explained.out.contains("acme/murmur, acme/hush"));
}

#[test]
fn its_findings_are_known_again() {
    let before = Fixture::new(&[("a.md", "A whisper.\n")]);
    let rules = before.path("pack/rules/voices.yaml");
    let text = fs::read_to_string(&rules).expect("the rules");
    fs::write(rules, text.replace("acme/whisper", OLD)).expect("written");
    let print = |run: Run| run.json()["findings"][0]["fingerprint"].clone();
    let old = print(before.json(&[]));
    assert!(old.is_string());
    assert_eq!(print(renamed().json(&[])), old);
}

#[test]
fn an_old_id_is_nobody_elses() {
    let fixture = renamed();
    let rules = fixture.path("pack/rules/voices.yaml");
    let text = fs::read_to_string(&rules).expect("the rules");
    let edit = |aliases: &str| {
        let text = text.replace("[acme/murmur, acme/hush]", aliases);
        fs::write(&rules, text).expect("written");
        fixture.run(&[])
    };
    let taken = edit("[acme/shout]");
    assert_eq!(taken.code, 2);
    assert!(taken.err.contains("acme/shout"), "{}", taken.err);
    let wrong = edit("[Murmur]");
    assert_eq!(wrong.code, 2);
    assert!(wrong.err.contains("family/name"), "{}", wrong.err);
}
