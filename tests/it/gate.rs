//! What a scanned tree can do to keep findings from being shown, trick by trick: without a
//! gate it is counted, with one it does not work or fails the run.

use std::fs;

use serde_json::Value;

use crate::support::{Fixture, Run, git, run};

/// A repository of git whose first commit holds these files; `main` is the base.
fn repository(files: &[(&str, &str)]) -> Fixture {
    let fixture = Fixture::new(files);
    git(&fixture, &["init", "-q"]);
    commit(&fixture);
    git(&fixture, &["branch", "base"]);
    fixture
}

/// What the change adds, all of it tracked.
fn commit(fixture: &Fixture) {
    git(fixture, &["add", "-f", "."]);
    git(fixture, &["commit", "-qm", "x", "--allow-empty"]);
}

fn silenced(run: &Run, cause: &str) -> Value {
    run.json()["counts"]["findings"]["silenced"][cause].clone()
}

fn skipped(run: &Run, cause: &str) -> Value {
    run.json()["counts"]["files"]["skipped"][cause].clone()
}

/// The change finds what it says with `--gate`, alone and with the base trusted.
fn is_found(fixture: &Fixture, count: usize) {
    for arguments in [&["--gate"][..], &["--gate", "--trust", "base"]] {
        let run = fixture.json(arguments);
        assert_eq!(run.code, 1, "{arguments:?}: {run:?}");
        assert_eq!(run.found().len(), count, "{arguments:?}: {run:?}");
    }
}

/// With `--gate` the run fails for the place, alone and with the base trusted.
fn is_told(fixture: &Fixture, place: &str, why: &str) {
    for arguments in [&["--gate"][..], &["--gate", "--trust", "base"]] {
        let run = fixture.json(arguments);
        assert_eq!(run.code, 2, "{arguments:?}: {run:?}");
        let told = run.notices("unchecked");
        let place = format!("{place}:0 ");
        assert!(
            told.iter()
                .any(|said| said.starts_with(&place) && said.contains(why)),
            "{arguments:?}: {told:?}"
        );
    }
    // The operator may let it pass.
    let allowed = ["--gate", "--allow-unchecked", place];
    let run = fixture.json(&allowed);
    assert!(run.notices("unchecked").is_empty(), "{run:?}");
    // What is so in the base is so.
    git(fixture, &["branch", "-qf", "base"]);
    let run = fixture.json(&["--gate", "--trust", "base"]);
    assert!(run.notices("unchecked").is_empty(), "{run:?}");
}

#[test]
fn an_ignore_file_hides_nothing_that_is_tracked() {
    for name in [".gitignore", ".ignore"] {
        let fixture = repository(&[("a.md", "Said.\n")]);
        fixture.write("a.md", "A SHOUT.\n");
        fixture.write("docs/b.md", "A SHOUT.\n");
        fixture.write(name, "*\n");
        commit(&fixture);
        let run = fixture.json(&[]);
        let ignored = if name == ".ignore" { 2 } else { 1 };
        assert_eq!(skipped(&run, "ignored"), ignored, "{name}");
        is_found(&fixture, 2);
        assert_eq!(fixture.json(&["--no-ignore"]).found().len(), 2, "{name}");
    }
}

#[test]
fn an_ignore_file_of_the_base_counts() {
    let fixture = repository(&[("a.md", "A SHOUT.\n"), (".ignore", "a.md\n"), ("b.md", "")]);
    let run = fixture.json(&["--gate", "--trust", "base"]);
    assert_eq!((run.code, run.found().len()), (0, 0), "{run:?}");
    is_found_alone(&fixture);
    // Without a list of tracked files nothing is left out either.
    fs::remove_dir_all(fixture.root().join(".git")).expect("removed");
    is_found_alone(&fixture);
}

fn is_found_alone(fixture: &Fixture) {
    let run = fixture.json(&["--gate"]);
    assert_eq!((run.code, run.found().len()), (1, 1), "{run:?}");
}

#[test]
fn a_comment_counts_as_it_was_in_the_base() {
    let comment = "<!-- termscheck: ignore acme/shout -- x -->\n";
    let fixture = repository(&[("a.md", &format!("{comment}A SHOUT.\n"))]);
    let trusted = fixture.json(&["--gate", "--trust", "base"]);
    assert_eq!((trusted.code, trusted.found().len()), (0, 0), "{trusted:?}");
    assert_eq!(silenced(&trusted, "comment"), 1);
    for text in [
        format!("{comment}Another SHOUT.\n"),
        "<!-- termscheck: ignore-file * -- x -->\n\nA SHOUT.\n".to_owned(),
        format!("A SHOUT.\n{comment}A SHOUT, too.\n").replacen("A SHOUT.\n", "Said.\n\n", 1),
    ] {
        fixture.write("a.md", &text);
        commit(&fixture);
        let run = fixture.json(&[]);
        assert_eq!(run.code, 0, "{text}");
        assert_eq!(silenced(&run, "comment"), 1, "{text}");
        is_found(&fixture, 1);
        let told = fixture.json(&["--gate"]).notices("note");
        assert!(told[0].contains("1 comment that suppresses"), "{told:?}");
        assert_eq!(fixture.json(&["--no-suppress"]).code, 1);
    }
}

/// A copy of a comment and of the line below it is new.
#[test]
fn a_comment_counts_as_often_as_it_stood_in_the_base() {
    let once = "<!-- termscheck: ignore acme/shout -- x -->\nA SHOUT.\n";
    let fixture = repository(&[("a.md", once)]);
    fixture.write("a.md", format!("{once}\n{once}\n{once}"));
    commit(&fixture);
    let run = fixture.json(&["--gate", "--trust", "base"]);
    assert_eq!(run.found().len(), 2, "the copies: {run:?}");
    assert_eq!(run.code, 1);
    assert_eq!(silenced(&run, "comment"), 1);
}

/// A submodule that a change adds is read, as one that was there is.
#[test]
fn a_submodule_that_is_new_is_read_by_a_gate() {
    let fixture = repository(&[("a.md", "Said.\n")]);
    fixture.write("sub/x.md", "A SHOUT.\n");
    fixture.write("sub/.git", "gitdir: ../.git/modules/sub\n");
    fixture.write(
        ".gitmodules",
        "[submodule \"sub\"]\n\tpath = sub\n\turl = https://git.example/o/sub\n",
    );
    git(&fixture, &["add", ".gitmodules"]);
    git(&fixture, &["commit", "--quiet", "-m", "x"]);
    let run = fixture.json(&["--gate", "--trust", "base"]);
    assert_eq!(run.found().len(), 1, "{run:?}");
    assert_eq!(run.code, 1);
}

/// The mark of UTF-32 begins with that of UTF-16, and no text holds U+0000.
#[test]
fn a_text_of_another_width_fails_a_gate() {
    let fixture = repository(&[("a.md", "Said.\n")]);
    let wide: Vec<u8> = "\u{feff}A SHOUT.\n"
        .chars()
        .flat_map(|c| u32::from(c).to_le_bytes())
        .collect();
    fixture.write("b.md", wide);
    commit(&fixture);
    let run = fixture.json(&["--gate", "--trust", "base"]);
    assert_eq!(run.code, 2, "{run:?}");
}

#[test]
fn no_suppressions_are_none_for_names_either() {
    // Rules about names are asked first, and what is suppressed then addresses nobody.
    let ignore = "ignore: [{ rule: trademark/name-in-product, reason: x }]\n";
    let comment = "<!-- termscheck: ignore trademark/name-in-product -- x -->\n";
    let title = "# Microsoft Tide Helper\n\nTides.\n";
    let package = r#"{ "name": "microsoft-tide-helper", "version": "1.0.0", "license": "MIT" }"#;
    let said = format!("{comment}{title}");
    let by_config = vec![
        ("README.md", title),
        ("package.json", package),
        ("termscheck.yaml", ignore),
    ];
    for files in [by_config, vec![("README.md", &*said)]] {
        let fixture = repository(&files);
        let told = |arguments: &[&str]| {
            let run = run(fixture.bare(&["--format", "json"]).args(arguments));
            let found = run.found();
            let mut rules = found.iter().map(|(rule, _)| rule.as_str());
            rules.any(|rule| rule == "trademark/name-in-product")
        };
        assert!(!told(&[]), "{files:?}");
        assert!(told(&["--no-suppress"]), "{files:?}");
    }
}

#[test]
fn a_configuration_counts_as_it_was_in_the_base() {
    for (text, cause) in [
        ("severity: { acme/shout: off }\n", "rules-off"),
        (
            "overrides: [{ paths: [a.md], severity: { acme/shout: off } }]\n",
            "off",
        ),
        ("ignore: [{ rule: acme/shout, reason: x }]\n", "config"),
        ("packs: [openstreetmap]\n", "packs-off"),
    ] {
        let fixture = repository(&[("a.md", "A SHOUT.\n")]);
        fixture.write("termscheck.yaml", text);
        commit(&fixture);
        let run = fixture.json(&[]);
        assert_eq!(run.code, 0, "{text}");
        assert!(silenced(&run, cause).as_u64() > Some(0), "{text}: {run:?}");
        let human = fixture.run(&[]).out;
        assert!(
            human.ends_with(")\n") && human.contains("skipped, "),
            "{human}"
        );
        is_found(&fixture, 1);
        let told = fixture.json(&["--gate"]).notices("note");
        assert!(
            told[0].starts_with("termscheck.yaml:0 does not count"),
            "{told:?}"
        );
        assert_eq!(fixture.json(&["--no-repo-config"]).code, 1, "{text}");
        // The operator's own counts, and so does that of the base.
        let named = ["--gate", "--config", "termscheck.yaml"];
        assert_eq!(fixture.json(&named).code, 0, "{text}");
        git(&fixture, &["branch", "-qf", "base"]);
        let run = fixture.json(&["--gate", "--trust", "base"]);
        assert_eq!(run.code, 0, "{text}: {run:?}");
    }
}

#[test]
fn a_change_is_judged_by_the_configuration_of_the_base() {
    let fixture = repository(&[
        ("a.md", "Said.\n"),
        (
            "termscheck.yaml",
            "exclude: [old.md]\nextends: shared/x.yaml\n",
        ),
        ("shared/x.yaml", "severity: { acme/whisper: error }\n"),
    ]);
    fixture.write("termscheck.yaml", "exclude: ['*.md']\n");
    fixture.write("shared/x.yaml", "[");
    fixture.write("docs/termscheck.yaml", "severity: { acme/*: off }\n");
    fixture.write("docs/a.md", "A SHOUT.\n\nA whisper.\n");
    commit(&fixture);
    let run = fixture.json(&["--gate", "--trust", "base"]);
    assert_eq!((run.code, run.found().len()), (1, 2), "{run:?}");
    let told = run.notices("note");
    let places: Vec<_> = told
        .iter()
        .filter_map(|said| said.split(':').next())
        .collect();
    assert_eq!(places, ["docs/termscheck.yaml", "termscheck.yaml"]);
}

#[test]
fn a_pack_of_the_tree_counts_as_it_was_in_the_base() {
    let fixture = Fixture::new(&[
        ("a.md", "A SHOUT.\n"),
        ("termscheck.yaml", "rules: [terms]\nexclude: [terms/]\n"),
    ]);
    let read = |path: &str| fs::read_to_string(fixture.path(path)).expect("a pack");
    fixture.write("terms/pack.yaml", read("pack/pack.yaml"));
    fixture.write("terms/rules/voices.yaml", read("pack/rules/voices.yaml"));
    git(&fixture, &["init", "-q"]);
    commit(&fixture);
    git(&fixture, &["branch", "base"]);
    let rules = read("pack/rules/voices.yaml").replace("SHOUT", "nothing");
    fixture.write("terms/rules/voices.yaml", rules);
    commit(&fixture);
    let with = |arguments: &[&str]| {
        let arguments = [arguments, &["--format", "json", "--select", "acme/*"]].concat();
        run(&mut fixture.bare(&arguments))
    };
    assert_eq!(with(&[]).found().len(), 0);
    assert_eq!(with(&["--gate", "--trust", "base"]).found().len(), 1);
}

#[test]
fn a_baseline_counts_as_it_was_in_the_base_or_by_name() {
    let fixture = repository(&[
        ("a.md", "Said.\n"),
        ("termscheck.yaml", "baseline: known.json\n"),
    ]);
    fixture.write("a.md", "A SHOUT.\n");
    let mut accept = fixture.bare(&["baseline", "-o", "known.json", "--select", "acme/*"]);
    let accepted = run(accept.arg("--rules").arg(fixture.path("pack")));
    assert_eq!(accepted.code, 0, "{accepted:?}");
    commit(&fixture);
    let alone = fixture.json(&[]);
    assert_eq!((alone.code, silenced(&alone, "baseline")), (0, 1.into()));
    let gate = ["--gate"];
    assert_eq!(fixture.json(&gate).code, 1);
    let named = ["--gate", "--baseline", "known.json"];
    assert_eq!(fixture.json(&named).code, 0, "the operator names it");
    // The base has none under that name, and says so.
    let trusted = ["--gate", "--trust", "base"];
    assert_eq!(fixture.json(&trusted).code, 2);
    git(&fixture, &["branch", "-qf", "base"]);
    assert_eq!(fixture.json(&trusted).code, 0);
    // One that the change touched is taken as it was.
    fixture.write("a.md", "A SHOUT.\n\nA second SHOUT.\n");
    let mut accept = fixture.bare(&["baseline", "-o", "known.json", "--select", "acme/*"]);
    run(accept.arg("--rules").arg(fixture.path("pack")));
    commit(&fixture);
    let named = ["--gate", "--trust", "base", "--baseline", "known.json"];
    for arguments in [&trusted[..], &named] {
        let run = fixture.json(arguments);
        assert_eq!(
            (run.code, run.found().len()),
            (1, 1),
            "{arguments:?}: {run:?}"
        );
    }
}

#[test]
fn padding_and_bytes_that_are_no_text_fail_a_gate() {
    let utf16 =
        |text: &str| -> Vec<u8> { text.encode_utf16().flat_map(u16::to_le_bytes).collect() };
    let late = [vec![b'a'; 9000], b"\0 A SHO\0UT.\n".to_vec()].concat();
    for (bytes, cause, why) in [
        (
            format!("A SHOUT.\n{}", " ".repeat(4 << 20)).into_bytes(),
            "over-size",
            "over the size",
        ),
        (b"A SHOUT.\0\n".to_vec(), "binary", "no text"),
        (utf16("A SHOUT.\n"), "binary", "no text"),
        (late, "", "no text"),
    ] {
        let fixture = repository(&[("b.md", "Said.\n")]);
        fixture.write("a.md", &bytes);
        commit(&fixture);
        let run = fixture.json(&[]);
        assert_eq!((run.code, run.found().len()), (0, 0), "{cause}");
        if !cause.is_empty() {
            assert_eq!(skipped(&run, cause), 1);
        }
        is_told(&fixture, "a.md", why);
    }
}

#[test]
fn folders_of_other_peoples_work_that_are_new_fail_a_gate() {
    for (files, place, cause) in [
        (&[("vendor/a.md", "A SHOUT.\n")][..], "vendor", "vendored"),
        (&[("x/dist/a.md", "A SHOUT.\n")], "x/dist", "vendored"),
        (
            &[
                ("target/CACHEDIR.TAG", "Signature\n"),
                ("target/a.md", "A SHOUT.\n"),
            ],
            "target",
            "vendored",
        ),
        (
            &[("env/pyvenv.cfg", "\n"), ("env/a.md", "A SHOUT.\n")],
            "env",
            "vendored",
        ),
        (
            &[
                ("docs/searchindex.js", ""),
                ("docs/genindex.html", ""),
                ("docs/a.md", "A SHOUT.\n"),
            ],
            "docs",
            "generated",
        ),
        (
            &[(
                "a.html",
                "<meta name=\"generator\" content=\"Doxygen 1.9.8\"><p>A SHOUT.</p>\n",
            )],
            "a.html",
            "generated",
        ),
    ] {
        let fixture = repository(&[("b.md", "Said.\n"), ("target/b.md", ""), ("docs/b.md", "")]);
        for (path, text) in files {
            fixture.write(path, text);
        }
        commit(&fixture);
        let run = fixture.json(&[]);
        assert_eq!((run.code, run.found().len()), (0, 0), "{place}");
        assert_eq!(skipped(&run, cause), 1, "{place}: {run:?}");
        is_told(&fixture, place, "");
    }
}

#[test]
fn hidden_files_are_checked_by_a_gate() {
    let fixture = repository(&[("b.md", "Said.\n")]);
    fixture.write(".hidden/a.md", "A SHOUT.\n");
    fixture.write(".a.md", "A SHOUT.\n");
    commit(&fixture);
    let run = fixture.json(&[]);
    assert_eq!((run.code, skipped(&run, "hidden")), (0, 2.into()));
    is_found(&fixture, 2);
    fs::remove_dir_all(fixture.root().join(".git")).expect("removed");
    assert_eq!(fixture.json(&["--gate"]).found().len(), 2);
}

#[test]
fn a_gate_that_checked_nothing_fails() {
    let fixture = repository(&[("a.png", "")]);
    assert_eq!(fixture.json(&[]).code, 0);
    let run = fixture.json(&["--gate"]);
    assert_eq!(run.code, 2);
    assert!(
        run.notices("unchecked")[0].contains("no file was checked"),
        "{run:?}"
    );
    // So does one that cannot tell what is tracked.
    let fixture = repository(&[("a.md", "Said.\n")]);
    fs::write(fixture.root().join(".git/index"), "none").expect("written");
    let run = fixture.json(&["--gate"]);
    assert_eq!(run.code, 2);
    assert!(
        run.notices("unchecked")[0].starts_with(".git/index:0 "),
        "{run:?}"
    );
    assert_eq!(fixture.json(&["--gate", "--trust", "no-such"]).code, 2);
    assert_eq!(fixture.json(&["--trust", "base"]).code, 2, "needs --gate");
}

/// A file whose words are for the owner alone to use.
const NAMED: &str = "# Microsoft Defender Helper\n\nThe MS Defender portal.\n";

/// Findings of the shipped pack on a repository with these files, and its remote.
fn shipped(fixture: &Fixture, arguments: &[&str]) -> Run {
    let arguments = [
        arguments,
        &["--format", "json", "--select", "trademark/*", "--pedantic"],
    ];
    run(&mut fixture.bare(&arguments.concat()))
}

#[test]
fn a_claim_of_ownership_is_told_and_takes_more_than_itself() {
    let licence = "MIT License\n\nCopyright (c) Microsoft Corporation.\n";
    // A copyright line counts only where there is no remote, and not for a gate.
    let fixture = repository(&[("README.md", NAMED)]);
    let all = shipped(&fixture, &[]).found().len();
    assert!(all > 0);
    fixture.write("LICENSE", licence);
    fixture.write(
        "package.json",
        "{\"name\": \"x\", \"author\": \"Microsoft\"}\n",
    );
    commit(&fixture);
    let run = shipped(&fixture, &[]);
    assert_eq!(run.found().len(), 0, "{run:?}");
    assert!(silenced(&run, "owner").as_u64() > Some(0), "{run:?}");
    let human = crate::support::run(&mut fixture.bare(&["--pedantic", "."])).out;
    let human = human.split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(
        human.contains("note: microsoft-defender-api: this repository is"),
        "{human}"
    );
    assert!(human.contains("left to the owner"), "{human}");
    for gate in [&["--gate"][..], &["--gate", "--trust", "base"]] {
        assert!(shipped(&fixture, gate).found().len() >= all, "{gate:?}");
    }
    let named = ["--gate", "--owner", "Microsoft"];
    assert_eq!(
        shipped(&fixture, &named).found().len(),
        0,
        "the operator says so"
    );
    let other = ["--owner", "Jane Doe"];
    assert!(shipped(&fixture, &other).found().len() >= all);
    git(&fixture, &["branch", "-qf", "base"]);
    let base = ["--gate", "--trust", "base"];
    assert_eq!(
        shipped(&fixture, &base).found().len(),
        0,
        "the base says so"
    );
}

#[test]
fn a_page_that_calls_itself_the_owners_is_held_to_every_rule() {
    // The front matter of the owner's publishing pipeline, which anybody can write.
    let page = format!("---\nms.assetid: x\nms.sitesec: library\n---\n\n{NAMED}");
    let fixture = repository(&[("README.md", NAMED)]);
    let found = |fixture: &Fixture, gate: &[&str]| {
        let shown = ["--select", "trademark/*"];
        run(&mut fixture.bare(&[gate, &["--format", "json"], &shown].concat()))
    };
    let plain = found(&fixture, &["--gate"]).found().len();
    assert!(plain > 0);
    fixture.write("README.md", &page);
    commit(&fixture);
    let run = found(&fixture, &[]);
    assert!(
        run.found().len() < plain,
        "believed without a gate: {run:?}"
    );
    for gate in [&["--gate"][..], &["--gate", "--trust", "base"]] {
        assert_eq!(found(&fixture, gate).found().len(), plain, "{gate:?}");
    }
    // What stood there at the base is believed.
    git(&fixture, &["branch", "-qf", "base"]);
    let trusted = found(&fixture, &["--gate", "--trust", "base"]);
    assert!(trusted.found().len() < plain, "{trusted:?}");
}

#[test]
fn a_remote_is_one_sign_of_two() {
    let fixture = repository(&[("README.md", NAMED)]);
    let remote = [
        "remote",
        "add",
        "origin",
        "https://github.com/MicrosoftDocs/x",
    ];
    git(&fixture, &remote);
    let run = shipped(&fixture, &[]);
    assert_eq!(run.found().len(), 0, "the organisation is enough: {run:?}");
    assert!(silenced(&run, "owner").as_u64() > Some(0));
    assert!(!shipped(&fixture, &["--gate"]).found().is_empty());
    let trusted = ["--gate", "--trust", "base"];
    assert!(!shipped(&fixture, &trusted).found().is_empty());
    fixture.write("LICENSE", "Copyright (c) Microsoft Corporation.\n");
    commit(&fixture);
    assert_eq!(shipped(&fixture, &["--gate"]).found().len(), 0, "two signs");
    // The base has one, and the other is the change's own.
    assert!(!shipped(&fixture, &trusted).found().is_empty());
}

#[test]
fn a_list_of_submodules_gives_no_folder_away() {
    let list = "[submodule \"d\"]\n\tpath = d\n\turl = https://github.com/MicrosoftDocs/d\n";
    let fixture = repository(&[("README.md", NAMED), ("d/README.md", NAMED)]);
    let all = shipped(&fixture, &["--gate"]).found().len();
    assert!(all > 0);
    fixture.write(".gitmodules", list);
    commit(&fixture);
    let run = shipped(&fixture, &[]);
    assert!(silenced(&run, "owner").as_u64() > Some(0));
    for gate in [&["--gate"][..], &["--gate", "--trust", "base"]] {
        let run = shipped(&fixture, gate);
        assert_eq!(run.found().len(), all, "{gate:?}: {run:?}");
    }
}

#[test]
fn what_was_silenced_is_counted_in_sarif() {
    let fixture = repository(&[(
        "a.md",
        "A SHOUT. <!-- termscheck: ignore acme/shout -- x -->\n",
    )]);
    fixture.write("vendor/a.md", "A SHOUT.\n");
    let run = fixture.run(&["--format", "sarif"]);
    let properties = &run.json()["runs"][0]["properties"];
    assert_eq!(properties["findingsSilenced"]["comment"], 1);
    assert_eq!(properties["filesSkipped"]["vendored"], 1);
    assert_eq!(properties["filesChecked"], 1);
    commit(&fixture);
    let run = fixture.run(&["--gate", "--format", "sarif"]);
    let invocation = &run.json()["runs"][0]["invocations"][0];
    assert_eq!(invocation["executionSuccessful"], false);
    let said = invocation["toolExecutionNotifications"].to_string();
    assert!(said.contains("other people's work"), "{said}");
}

#[test]
fn names_of_other_peoples_work_in_any_case_and_bundles_fail_a_gate() {
    for path in [
        "Vendor/a.md",
        "THIRD-PARTY/a.py",
        "vendored/a.md",
        "lib/poll.min.js",
        "poll.bundle.js",
    ] {
        let fixture = repository(&[("b.md", "Said.\n")]);
        fixture.write(path, "A SHOUT.\n");
        commit(&fixture);
        is_told(&fixture, path, "not checked");
    }
    // Texts of licences are no such work.
    let fixture = repository(&[("b.md", "Said.\n"), ("LICENSES/MIT.txt", "MIT License\n")]);
    assert_eq!(fixture.json(&["--gate"]).code, 0);
}

#[test]
fn code_in_utf16_is_read_as_any_other() {
    let code = "while ($true) {\n  Invoke-RestMethod -Uri 'https://api.securitycenter.microsoft.com/api/machines'\n  Start-Sleep -Milliseconds 100\n}\n";
    let utf16: Vec<u8> = std::iter::once(0xFEFF_u16)
        .chain(code.encode_utf16())
        .flat_map(u16::to_le_bytes)
        .collect();
    let fixture = Fixture::new(&[("LICENSE", "x\n")]);
    fs::write(fixture.root().join("poll.ps1"), utf16).expect("written");
    let found = run(&mut fixture.bare(&["--format", "json"])).found();
    let rules: Vec<&str> = found.iter().map(|(rule, _)| rule.as_str()).collect();
    assert!(
        rules.contains(&"throttling/rate-exceeds-limit"),
        "{rules:?}"
    );
}
