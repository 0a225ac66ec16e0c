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

/// Nominatim asked too fast, in a document and in code.
fn geocoding() -> Fixture {
    Fixture::new(&[
        ("README.md", "# Ferry board\n\nMIT licence.\n"),
        (
            "geo.py",
            "import time\nimport requests\n\nUA = {'User-Agent': 'ferry-board'}\nfor line in open('a'):\n    requests.get('https://nominatim.openstreetmap.org/search', params={'q': line}, headers=UA)\n    time.sleep(0.1)\n",
        ),
    ])
}

const FAST: &str = "openstreetmap/rate-exceeds-limit";

fn found(fixture: &Fixture, arguments: &[&str]) -> Vec<String> {
    let arguments = [&["--format", "json"], arguments].concat();
    let done = run(&mut fixture.bare(&arguments));
    let found = done.found().into_iter().map(|(rule, _)| rule);
    found.collect()
}

#[test]
fn a_rule_of_every_vendor_is_chosen_by_pack_by_family_and_by_its_old_id() {
    let fixture = geocoding();
    assert_eq!(found(&fixture, &[]), [FAST]);
    for (option, there) in [("--select", true), ("--ignore", false)] {
        for name in [
            "openstreetmap:*",
            "openstreetmap:throttling/*",
            "openstreetmap:throttling/rate-exceeds-limit",
            "throttling/*",
            "throttling/rate-exceeds-limit",
            "openstreetmap/*",
            FAST,
        ] {
            let expected: &[&str] = if there { &[FAST] } else { &[] };
            assert_eq!(
                found(&fixture, &[option, name]),
                expected,
                "{option} {name}"
            );
        }
        for name in [
            "microsoft-defender-api:*",
            "trademark/*",
            "openstreetmap:trademark/*",
        ] {
            let expected: &[&str] = if there { &[] } else { &[FAST] };
            assert_eq!(
                found(&fixture, &[option, name]),
                expected,
                "{option} {name}"
            );
        }
    }
}

#[test]
fn a_rule_of_every_vendor_is_configured_and_silenced_by_each_name() {
    let fixture = geocoding();
    for name in [
        "openstreetmap:*",
        "openstreetmap:throttling/rate-exceeds-limit",
        "throttling/rate-exceeds-limit",
        "throttling/*",
        FAST,
    ] {
        fixture.write(
            "termscheck.yaml",
            format!("severity: {{ '{name}': off }}\n"),
        );
        assert!(found(&fixture, &[]).is_empty(), "{name}");
        let ignore = format!("ignore: [{{ rule: '{name}', reason: known }}]\n");
        fixture.write("termscheck.yaml", ignore);
        assert!(found(&fixture, &[]).is_empty(), "{name}");
        fixture.write("termscheck.yaml", "{}\n");
        let code = fs::read_to_string(fixture.root().join("geo.py")).expect("the code");
        for reason in [
            " -- a mirror",
            ": a mirror",
            " until: 2999-01-01 -- a mirror",
        ] {
            let told = format!("time.sleep(0.1)  # termscheck: ignore {name}{reason}");
            let comment = code.replace("time.sleep(0.1)", &told);
            fixture.write("geo.py", comment);
            let done = run(&mut fixture.bare(&["--format", "json"]));
            assert!(done.found().is_empty(), "{name}{reason}: {}", done.out);
            assert!(
                done.notices("warning").is_empty(),
                "{name}{reason}: {}",
                done.out
            );
        }
        fixture.write("geo.py", code);
    }
    // What speaks of one pack counts before what speaks of all.
    for (settings, told) in [
        (
            "{ throttling/rate-exceeds-limit: off, openstreetmap/rate-exceeds-limit: note }",
            "\"note\"",
        ),
        (
            "{ throttling/rate-exceeds-limit: off, 'openstreetmap:throttling/rate-exceeds-limit': warning }",
            "\"warning\"",
        ),
    ] {
        fixture.write("termscheck.yaml", format!("severity: {settings}\n"));
        let done = run(&mut fixture.bare(&["--format", "json"]));
        assert_eq!(level(&done), told, "{settings}");
    }
}

#[test]
fn an_old_id_is_told_with_the_new_one() {
    let fixture = geocoding();
    let told = |arguments: &[&str]| {
        let arguments = [&["--format", "json"], arguments].concat();
        let done = run(&mut fixture.bare(&arguments));
        let notices = done.notices("info").into_iter();
        let told = notices.filter(|notice| notice.contains("is called"));
        told.map(|notice| notice.split_once(' ').expect("a place").1.to_owned())
            .collect::<Vec<_>>()
    };
    let new = "`openstreetmap/rate-exceeds-limit` is called `openstreetmap:throttling/rate-exceeds-limit` now; the old name stays accepted";
    assert!(told(&[]).is_empty());
    assert_eq!(told(&["--select", FAST]), [new]);
    fixture.write("termscheck.yaml", format!("severity: {{ {FAST}: note }}\n"));
    assert_eq!(told(&[]), [new]);
    fixture.write("termscheck.yaml", "{}\n");
    let code = fs::read_to_string(fixture.root().join("geo.py")).expect("the code");
    let comment = format!("time.sleep(0.1)  # termscheck: ignore {FAST} -- a mirror");
    fixture.write("geo.py", code.replace("time.sleep(0.1)", &comment));
    assert_eq!(told(&[]), [new]);
}

/// By which the finding was known while the rule was the pack's own.
const BEFORE: &str = "be8e6a0d6b5ea0afa32a674bb592c9cf";

#[test]
fn what_was_accepted_before_stays_accepted() {
    let fixture = geocoding();
    let done = run(&mut fixture.bare(&["--format", "json"]));
    let finding = &done.json()["findings"][0];
    assert_eq!(finding["rule"], FAST);
    assert_eq!(finding["id"], "throttling/rate-exceeds-limit");
    assert_eq!(finding["pack"], "openstreetmap");
    assert_eq!(finding["fingerprint"], BEFORE);
    let old = format!(
        r#"{{ "version": 1, "findings": [{{ "path": "geo.py", "rule": "{FAST}", "message": "",
        "fingerprint": "{BEFORE}", "moved": "04f118b77a239d68744f5a682fd7122a",
        "members": ["504d7790729570222f0bc6a33af6305f"], "accepted": "2026-11-01" }}] }}"#
    );
    fixture.write("termscheck-baseline.json", old);
    assert!(found(&fixture, &["--baseline", "termscheck-baseline.json"]).is_empty());
    // So it stays where the file goes by another name.
    let root = fixture.root();
    fs::rename(root.join("geo.py"), root.join("places.py")).expect("renamed");
    assert!(found(&fixture, &["--baseline", "termscheck-baseline.json"]).is_empty());
}
