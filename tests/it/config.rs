//! `termscheck.yaml`.

use crate::support::Fixture;

#[test]
fn a_broken_configuration_is_status_2_and_points_at_the_key() {
    for (text, said) in [
        ("exclud: [a]\n", "did you mean `exclude`?"),
        ("owner: [a]\n", "owner"),
        (
            "severity: { acme/shuot: note }\n",
            "did you mean `acme/shout`?",
        ),
        ("severity: { acme/shout: loud }\n", "loud"),
        ("ignore:\n- rule: acme/shout\n", "reason"),
        (
            "ignore:\n- { rule: acme/none, reason: x }\n",
            "no rule matches `acme/none`",
        ),
        ("a: &a [x, x]\nb: &b [*a, *a]\n", "unknown key `a`"),
        ("ignore: [\n", "termscheck.yaml"),
    ] {
        let fixture = Fixture::new(&[("termscheck.yaml", text), ("a.md", "A SHOUT.\n")]);
        let run = fixture.run(&[]);
        assert_eq!(run.code, 2, "{text}: {}", run.out);
        assert!(run.err.contains(said), "{text}: {}", run.err);
        assert!(run.err.contains("termscheck.yaml:"), "{text}: {}", run.err);
        assert_eq!(fixture.run(&["--no-config"]).code, 1);
    }
}

#[test]
fn it_is_found_up_to_the_checkout_and_not_beyond() {
    let fixture = Fixture::new(&[
        ("termscheck.yaml", "severity: { acme/shout: note }\n"),
        ("inner/docs/a.md", "A SHOUT.\n"),
    ]);
    assert_eq!(fixture.run(&["."]).code, 0);
    // Without a checkout only the folder that is scanned counts.
    assert_eq!(fixture.run(&["inner"]).code, 1);
    fixture.write(".git/HEAD", "");
    assert_eq!(fixture.run(&["inner/docs"]).code, 0);
    fixture.write("inner/.git/HEAD", "");
    assert_eq!(fixture.run(&["inner/docs"]).code, 1);
    assert_eq!(
        fixture.run(&["--config", "termscheck.yaml", "inner"]).code,
        0
    );
    fixture.write("inner/.termscheck.yaml", "severity: { acme/shout: note }\n");
    assert_eq!(fixture.run(&["inner/docs"]).code, 0);
    fixture.write("inner/termscheck.yml", "");
    let two = fixture.run(&["inner/docs"]);
    assert_eq!(two.code, 2);
    assert!(two.err.contains("only one can count"), "{}", two.err);
}

#[test]
fn severities_change_levels_and_switch_rules_off() {
    let fixture = Fixture::new(&[
        ("a.md", "A SHOUT.\n\nA whisper.\n"),
        (
            "termscheck.yaml",
            "severity:\n  acme/*: off\n  acme/whisper: error\n",
        ),
    ]);
    let run = fixture.json(&[]);
    assert_eq!(run.code, 1);
    assert_eq!(run.found(), [("acme/whisper".to_owned(), 3)]);
    assert_eq!(run.json()["findings"][0]["severity"], "error");
}

#[test]
fn excluded_files_are_counted_and_explicit_ones_win_unless_told_otherwise() {
    let fixture = Fixture::new(&[
        (".git/HEAD", ""),
        (
            "termscheck.yaml",
            "exclude: ['gen/', '/top.md', '*.tmp.md', '!keep.tmp.md']\n",
        ),
        ("gen/a.md", "A SHOUT.\n"),
        ("top.md", "A SHOUT.\n"),
        ("sub/top.md", "A SHOUT.\n"),
        ("sub/x.tmp.md", "A SHOUT.\n"),
        ("keep.tmp.md", "A SHOUT.\n"),
    ]);
    let run = fixture.json(&[]);
    let paths: Vec<_> = run.json()["findings"]
        .as_array()
        .into_iter()
        .flatten()
        .map(|finding| finding["path"].clone())
        .collect();
    assert_eq!(paths, ["keep.tmp.md", "sub/top.md"]);
    assert_eq!(run.json()["counts"]["files"]["skipped"]["excluded"], 3);

    let named = fixture.json(&["gen/a.md", "gen"]);
    assert_eq!(named.found().len(), 1);
    assert!(
        named.notices("info").iter().any(|said| said
            == "gen/a.md:0 excluded by the configuration, but named on the command line: checked"),
        "{:?}",
        named.notices("info")
    );
    let forced = fixture.json(&["gen/a.md", "--force-exclude"]);
    assert_eq!(forced.found(), []);
    assert!(
        forced
            .notices("info")
            .iter()
            .any(|said| said.contains("--force-exclude")),
        "{:?}",
        forced.notices("info")
    );
}

#[test]
fn ignored_findings_are_suppressed_with_their_reason() {
    let fixture = Fixture::new(&[
        (".git/HEAD", ""),
        (
            "termscheck.yaml",
            "ignore:\n- rule: acme/shout\n  paths: [docs/]\n  reason: our own word\n\
             - rule: acme/mutter\n  reason: never here\n",
        ),
        ("docs/a.md", "A SHOUT.\n"),
        ("a.md", "A SHOUT.\n"),
    ]);
    let run = fixture.json(&[]);
    assert_eq!(run.json()["findings"][0]["path"], "a.md");
    assert_eq!(run.found().len(), 1);
    let suppressed = &run.json()["findings"][1]["suppressed"];
    assert_eq!(suppressed["kind"], "config");
    assert_eq!(suppressed["reason"], "our own word");
    assert_eq!(
        run.notices("warning"),
        ["termscheck.yaml:5 ignores nothing: no finding of `acme/mutter` here"]
    );
    // Of a part, nothing is said that only the whole can tell.
    assert_eq!(fixture.json(&["docs"]).notices("warning"), [""; 0]);
    // A rule that did not run can't be missed.
    let run = fixture.json(&["--ignore", "acme/mutter"]);
    assert_eq!(run.notices("warning"), [""; 0]);
}
