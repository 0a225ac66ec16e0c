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
    // Without a checkout the current folder is the top.
    assert_eq!(fixture.run(&["inner"]).code, 0);
    let mut inside = fixture.command(&["."]);
    inside.current_dir(fixture.root().join("inner"));
    assert_eq!(crate::support::run(&mut inside).code, 1);
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

/// Path and severity of each finding.
fn levels(fixture: &Fixture, folder: &str, arguments: &[&str]) -> Vec<String> {
    let mut command = fixture.command(arguments);
    command
        .current_dir(fixture.root().join(folder))
        .args(["--format", "json"]);
    let run = crate::support::run(&mut command);
    let json = run.json();
    let findings = json["findings"].as_array().cloned().unwrap_or_default();
    findings
        .iter()
        .filter(|finding| finding["suppressed"].is_null())
        .map(|finding| {
            let text = |key: &str| finding[key].as_str().unwrap_or_default().to_owned();
            format!("{} {} {}", text("path"), text("rule"), text("severity"))
        })
        .collect()
}

/// A checkout with two packages that say something of their own.
fn packages() -> Fixture {
    Fixture::new(&[
        (".git/HEAD", "ref: refs/heads/main\n"),
        (
            "termscheck.yaml",
            "severity: { acme/shout: note, acme/whisper: note }\nexclude: [gen/]\n",
        ),
        ("a.md", "A SHOUT.\n"),
        (
            "pkg/termscheck.yaml",
            "severity: { acme/shout: warning }\nexclude: ['/old.md', '!gen/']\n\
             ignore:\n- { rule: acme/mutter, paths: [sub/], reason: ours }\n",
        ),
        ("pkg/a.md", "A SHOUT.\n\nA whisper.\n"),
        ("pkg/old.md", "A SHOUT.\n"),
        ("pkg/sub/old.md", "A SHOUT.\n\nThey mutter.\n"),
        ("pkg/gen/a.md", "They mutter.\n"),
        ("gen/a.md", "A SHOUT.\n"),
        ("apart/.termscheck.yaml", "root: true\n"),
        ("apart/a.md", "A SHOUT.\n"),
    ])
}

#[test]
fn the_nearest_counts_wherever_a_run_starts() {
    let fixture = packages();
    let top = levels(&fixture, "", &["."]);
    assert_eq!(
        top,
        [
            "a.md acme/shout note",
            "apart/a.md acme/shout error",
            "pkg/a.md acme/shout warning",
            "pkg/a.md acme/whisper note",
            "pkg/sub/old.md acme/shout warning",
        ]
    );
    let of = |folder: &str| -> Vec<String> {
        let all = top.iter().filter(|line| line.starts_with(folder));
        all.cloned().collect()
    };
    assert_eq!(levels(&fixture, "pkg", &["."]), of("pkg/"));
    assert_eq!(levels(&fixture, "", &["pkg"]), of("pkg/"));
    assert_eq!(levels(&fixture, "pkg/sub", &["."]), of("pkg/sub/"));
    assert_eq!(levels(&fixture, "apart", &["."]), of("apart/"));
    assert_eq!(levels(&fixture, "", &["pkg/a.md", "apart/a.md"]).len(), 3);
}

#[test]
fn what_is_about_the_run_stands_in_the_topmost_only() {
    let fixture = packages();
    assert_eq!(fixture.run(&["pkg"]).code, 0);
    fixture.write(
        "termscheck.yaml",
        "fail-on: note\nformat: concise\nthreads: 1\n",
    );
    let run = fixture.run(&["pkg"]);
    assert_eq!(run.code, 1);
    assert!(
        run.out.starts_with("pkg/a.md:1:3: warning acme/shout: "),
        "{}",
        run.out
    );
    assert_eq!(fixture.run(&["pkg", "--fail-on", "error"]).code, 0);
    fixture.write("pkg/termscheck.yaml", "owner: x\nfail-on: never\n");
    for folder in [".", "pkg"] {
        let run = fixture.run(&[folder]);
        assert_eq!(run.code, 2);
        assert!(
            run.err.contains("`fail-on` is about the whole run"),
            "{}",
            run.err
        );
        assert!(run.err.contains("[pkg/termscheck.yaml:2:1]"), "{}", run.err);
    }
    // One that stops the way up is the topmost of a run that starts there.
    fixture.write("pkg/termscheck.yaml", "root: true\nfail-on: never\n");
    assert_eq!(fixture.run(&["pkg"]).code, 0);
    assert_eq!(fixture.run(&["."]).code, 2);
}

#[test]
fn overrides_speak_of_some_paths() {
    let fixture = Fixture::new(&[
        (
            "termscheck.yaml",
            "severity: { acme/*: note }\noverrides:\n\
             - { paths: [docs/], severity: { acme/shout: error } }\n\
             - { paths: ['*.old.md'], severity: { acme/shout: off } }\n",
        ),
        ("a.md", "A SHOUT.\n"),
        ("docs/a.md", "A SHOUT.\n"),
        ("docs/b.old.md", "A SHOUT.\n"),
    ]);
    assert_eq!(
        levels(&fixture, "", &["."]),
        ["a.md acme/shout note", "docs/a.md acme/shout error"]
    );
}

#[test]
fn a_configuration_extends_another_inside_the_repository() {
    let fixture = packages();
    fixture.write(
        "pkg/termscheck.yaml",
        "extends: ../shared/base.yaml\nseverity: { acme/mutter: error }\n",
    );
    fixture.write(
        "shared/base.yaml",
        "severity: { acme/mutter: off, acme/shout: off }\nexclude: [old.md]\n",
    );
    assert_eq!(
        levels(&fixture, "pkg", &["."]),
        ["pkg/a.md acme/whisper note"],
        "patterns of base.yaml are as if they stood in pkg"
    );
    for (text, said) in [
        ("extends: gone.yaml\n", "no such file"),
        ("extends: termscheck.yaml\n", "one after the other"),
        (
            "extends: ../../pack/pack.yaml\n",
            "leads out of the repository",
        ),
    ] {
        fixture.write("pkg/termscheck.yaml", text);
        let run = fixture.run(&["."]);
        assert_eq!(run.code, 2, "{text}");
        assert!(run.err.contains(said), "{text}: {}", run.err);
    }
}

#[test]
fn packs_and_their_rules_may_be_named_by_the_configuration() {
    let fixture = packages();
    let pack = std::fs::read_to_string(fixture.path("pack/pack.yaml")).expect("a pack");
    let rules = std::fs::read_to_string(fixture.path("pack/rules/voices.yaml")).expect("rules");
    fixture.write("terms/pack.yaml", pack);
    fixture.write("terms/rules/voices.yaml", rules);
    fixture.write(
        "termscheck.yaml",
        "rules: [terms]\npacks: [acme]\nexclude: [gen/]\n",
    );
    let run = crate::support::run(
        fixture
            .bare(&["--format", "json", "apart", "a.md"])
            .env("X", "1"),
    );
    assert_eq!(run.found().len(), 2, "{}", run.err);
    fixture.write("termscheck.yaml", "rules: [../pack]\n");
    let run = fixture.run(&["."]);
    assert_eq!(run.code, 2);
    assert!(
        run.err.contains("leads out of the repository"),
        "{}",
        run.err
    );
}

#[test]
fn show_says_what_holds_and_which_file_says_so() {
    let fixture = packages();
    let shown = |path: &str| {
        let run = crate::support::run(&mut fixture.bare(&["config", "show", path]));
        // The rules of the test pack are not at hand here.
        (run.code, run.out + &run.err)
    };
    fixture.write(
        "termscheck.yaml",
        "fail-on: note\nexclude: [gen/]\nseverity: { trademark/*: note }\n",
    );
    fixture.write(
        "pkg/termscheck.yaml",
        "exclude: ['/old.md']\nseverity:\n  trademark/altered: off\n",
    );
    let (code, text) = shown("pkg/a.md");
    assert_eq!(code, 0, "{text}");
    assert_eq!(
        text,
        "# reads termscheck.yaml\n# reads pkg/termscheck.yaml\n\
         fail-on: note  # termscheck.yaml:1\n\
         exclude:\n  - gen/  # termscheck.yaml:2\n  - /old.md  # pkg/termscheck.yaml:1\n\
         severity:\n  trademark/*: note  # termscheck.yaml:3\n  trademark/altered: off  # pkg/termscheck.yaml:3\n"
    );
    assert!(shown("pkg").1.contains("/old.md"));
    assert!(!shown(".").1.contains("/old.md"));
    assert_eq!(shown("apart").1, "# reads apart/.termscheck.yaml\n");
    assert_eq!(shown("gone").0, 2);
}

#[test]
fn init_writes_what_can_be_read_and_overwrites_nothing() {
    let fixture = Fixture::new(&[("README.md", "# Tool\n\nUpload to Sharepoint.\n")]);
    let init = || crate::support::run(&mut fixture.bare(&["init"]));
    let run = init();
    assert_eq!(run.code, 0, "{}", run.err);
    let text = std::fs::read_to_string(fixture.root().join("termscheck.yaml")).expect("written");
    assert!(text.contains("# packs: ["), "{text}");
    assert_eq!(fixture.run(&[]).code, 0);
    assert_eq!(init().code, 2);
    assert!(init().err.contains("is there already"));
}
