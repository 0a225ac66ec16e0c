//! The command line: what is checked, what is shown, and the exit status.

use std::fs;

use crate::support::{Fixture, run};

#[test]
fn exit_status_follows_the_threshold() {
    let fixture = Fixture::new(&[("a.md", "A whisper.\n")]);
    assert_eq!(fixture.run(&[]).code, 0);
    assert_eq!(fixture.run(&["--fail-on", "warning"]).code, 1);
    assert_eq!(fixture.run(&["--fail-on", "note"]).code, 1);
    fixture.write("b.md", "A SHOUT.\n");
    assert_eq!(fixture.run(&[]).code, 1);
    assert_eq!(fixture.run(&["--fail-on", "never"]).code, 0);
}

#[test]
fn check_may_be_left_out() {
    let fixture = Fixture::new(&[("a.md", "A SHOUT.\n")]);
    let (short, long) = (fixture.run(&["."]), fixture.run(&["check", "."]));
    assert_eq!((short.code, &short.out), (long.code, &long.out));
    let (before, after) = (fixture.run(&["-q", "check"]), fixture.run(&["check", "-q"]));
    assert_eq!((before.code, &before.out), (1, &after.out));
}

#[test]
fn wrong_usage_is_status_2_and_says_what_to_type() {
    let fixture = Fixture::new(&[]);
    for (arguments, said) in [
        (&["--formt", "json"][..], "--format"),
        (&["--fail-on", "sometimes"], "error, warning, note, never"),
        (
            &["no-such-folder"],
            "no-such-folder: no such file or folder",
        ),
        (&["chekc"], "did you mean the command `check`?"),
        // What follows may be there.
        (&["chekc", "."], "did you mean the command `check`?"),
        (&["--format", "sarfi"], "did you mean `sarif`?"),
        (
            &["--format", "json", "--format", "sarif"],
            "can't both go to standard output",
        ),
        (
            &["--format", "json=a", "--format", "sarif=a"],
            "can't both go to a",
        ),
        (
            &["--format", "json=a", "-o", "b"],
            "-o has nothing to write",
        ),
        (&["--ignore", "acme/shuot"], "did you mean `acme/shout`?"),
        (&["--ignore", "a{b"], "--ignore: `a{b`"),
        (&["--rules", "nowhere"], "nowhere"),
        (&["--config", "nowhere.yaml"], "nowhere.yaml"),
        (&["-", "a.md"], "`-` stands alone"),
        (&["--max-file-size", "3 miles"], "KiB, MiB or GiB"),
        (&["--root", "../pack", "."], "is not below --root"),
    ] {
        let run = fixture.run(arguments);
        assert_eq!(run.code, 2, "{arguments:?}");
        assert!(run.err.contains(said), "{arguments:?}: {}", run.err);
        assert_eq!(run.out, "", "{arguments:?}");
    }
}

#[test]
fn a_missing_path_among_others_is_said_and_the_others_are_checked() {
    let fixture = Fixture::new(&[("a.md", "A SHOUT.\n")]);
    let run = fixture.run(&["a.md", "gone.md"]);
    assert_eq!(run.code, 2);
    assert!(run.out.contains("acme/shout"), "{}", run.out);
    assert!(run.out.contains("gone.md: no such file"), "{}", run.out);
    let json = fixture.json(&["a.md", "gone.md"]);
    assert!(json.err.contains("gone.md: no such file"), "{}", json.err);
}

#[test]
fn select_and_ignore_take_globs_lists_and_repetition() {
    let fixture = Fixture::new(&[("a.md", "A SHOUT.\n\nA whisper.\n\nThey mutter.\n")]);
    let found = |arguments: &[&str]| {
        let mut rules: Vec<_> = run(fixture
            .bare(arguments)
            .args(["--format", "json", "--rules"])
            .arg(fixture.path("pack")))
        .found()
        .into_iter()
        .map(|(rule, _)| rule)
        .collect();
        rules.sort();
        rules
    };
    assert_eq!(found(&["--select", "acme/s*"]), ["acme/shout"]);
    assert_eq!(
        found(&["--select", "acme/shout,acme/mutter"]),
        ["acme/mutter", "acme/shout"]
    );
    assert_eq!(
        found(&[
            "--select",
            "acme/*",
            "--ignore",
            "acme/shout",
            "--ignore",
            "acme/whisper"
        ]),
        ["acme/mutter"]
    );
}

#[test]
fn pedantic_rules_and_guesses_are_hidden_until_asked_for() {
    let fixture = Fixture::new(&[("a.md", "A sigh.\n\nA groan.\n")]);
    let quiet = fixture.json(&["--fail-on", "note"]);
    assert_eq!((quiet.code, quiet.found()), (0, vec![]));
    let sarif = fixture.run(&["--format", "sarif"]);
    assert_eq!(sarif.json()["runs"][0]["results"], serde_json::json!([]));
    let loud = fixture.json(&["--pedantic"]);
    assert_eq!(loud.code, 1);
    assert_eq!(loud.found().len(), 2);
}

#[test]
fn a_run_that_checked_nothing_can_be_made_to_fail() {
    let fixture = Fixture::new(&[("a.png", "")]);
    assert_eq!(fixture.run(&[]).code, 0);
    let run = fixture.run(&["--require-files"]);
    assert_eq!(run.code, 2);
    assert!(run.err.contains("no file was checked"), "{}", run.err);
    fixture.write("a.md", "Said.\n");
    assert_eq!(fixture.run(&["--require-files"]).code, 0);
}

#[test]
fn thousands_of_threads_are_as_good_as_some() {
    let fixture = Fixture::new(&[("a.md", "A SHOUT.\n")]);
    let run = fixture.json(&["--threads", "60000"]);
    assert_eq!((run.code, run.found().len()), (1, 1));
}

#[test]
fn several_reports_come_of_one_run() {
    let fixture = Fixture::new(&[("a.md", "A SHOUT.\n")]);
    let formats = [
        "--format",
        "sarif=out.sarif",
        "--format",
        "junit=out/j.xml",
        "--format",
        "concise",
    ];
    assert_eq!(fixture.run(&formats).code, 2, "there is no folder `out`");
    fs::create_dir(fixture.root().join("out")).expect("a folder");
    let run = fixture.run(&formats);
    assert_eq!(run.code, 1);
    assert_eq!(run.out, "a.md:1:3: error acme/shout: “SHOUT” is shouted\n");
    assert!(
        run.err.contains("out.sarif: 1 error in 1 file"),
        "{}",
        run.err
    );
    let sarif = fs::read_to_string(fixture.root().join("out.sarif")).expect("a report");
    assert!(sarif.contains("acme/shout"));
    assert!(fixture.root().join("out/j.xml").is_file());
    assert_eq!(fixture.run(&[formats.as_slice(), &["-q"]].concat()).err, "");
}

#[cfg(unix)]
#[test]
fn a_report_takes_the_place_of_a_link_and_not_of_what_it_points_to() {
    let fixture = Fixture::new(&[("a.md", "A SHOUT.\n"), ("precious.txt", "mine\n")]);
    let link = fixture.root().join("out.json");
    std::os::unix::fs::symlink("precious.txt", &link).expect("a link");
    fixture.json(&["-o", "out.json"]);
    let kept = fs::read_to_string(fixture.root().join("precious.txt")).expect("a file");
    assert_eq!(kept, "mine\n");
    assert!(link.symlink_metadata().is_ok_and(|link| link.is_file()));
}

#[test]
fn output_goes_to_a_file_that_is_never_scanned() {
    let fixture = Fixture::new(&[("a.md", "A SHOUT.\n")]);
    for _ in 0..2 {
        let run = fixture.run(&["-o", "report.md"]);
        assert_eq!((run.code, run.out.as_str()), (1, ""));
    }
    let report = fs::read_to_string(fixture.root().join("report.md")).expect("the report");
    assert!(
        report.ends_with("1 error in 1 file (1 checked, 0 skipped)\n"),
        "{report}"
    );
    let run = fixture.run(&["-o", "no/such/folder.md"]);
    assert_eq!(run.code, 2);
    assert!(run.err.contains("no/such/folder.md"), "{}", run.err);
}

#[test]
fn quiet_says_findings_only_and_verbose_says_why() {
    let fixture = Fixture::new(&[
        (
            "a.md",
            "A SHOUT.\n<!-- termscheck: ignore acme/whisper -- none here -->\n",
        ),
        ("node_modules/b.md", "A SHOUT.\n"),
        (".hidden.md", "A SHOUT.\n"),
        ("c.png", ""),
        ("d.css", ""),
    ]);
    let normal = fixture.run(&[]).out;
    assert!(normal.contains("suppresses nothing"), "{normal}");
    assert!(
        normal.ends_with("1 error in 1 file (1 checked, 4 skipped)\n"),
        "{normal}"
    );
    let quiet = fixture.run(&["-q"]).out;
    assert!(
        quiet.contains("acme/shout") && !quiet.contains("suppresses"),
        "{quiet}"
    );
    let verbose = fixture.run(&["-v"]).out;
    assert!(
        verbose.contains("skipped: 1 binary, 1 vendored, 1 hidden, 1 of a kind that no rule reads"),
        "{verbose}"
    );
    assert!(
        verbose.contains("pack: acme: Acme API terms, 5 rules"),
        "{verbose}"
    );
    let more = fixture.run(&["-vv"]).out;
    assert!(more.contains("skipped: node_modules: vendored"), "{more}");
}

/// Code is read again for the places in it: what was given, not what lies on the disk.
#[test]
fn findings_of_standard_input_keep_their_places() {
    let code = "import time, requests\nwhile True:\n    \
                requests.get('https://api.securitycenter.microsoft.com/api/alerts')\n    \
                time.sleep(0.1)\n";
    let fixture = Fixture::new(&[("poll.py", code)]);
    let moved = format!("\n\n{code}");
    for name in ["poll.py", "new.py"] {
        let arguments = ["--format", "json", "-", "--stdin-filename", name];
        let run = run(fixture.bare(&arguments).write_stdin(moved.as_str()));
        assert_eq!(
            run.found(),
            [("throttling/rate-exceeds-limit".to_owned(), 6)],
            "{name}: {run:?}"
        );
    }
}

#[test]
fn standard_input_is_checked_under_a_name() {
    let fixture = Fixture::new(&[("docs/a.md", "whisper\n"), ("other.md", "A SHOUT.\n")]);
    let stdin = |arguments: &[&str]| {
        let mut command = fixture.command(arguments);
        run(command
            .args(["--format", "json"])
            .write_stdin("One.\n\nA SHOUT.\n"))
    };
    let named = stdin(&["-", "--stdin-filename", "docs/a.md"]);
    assert_eq!(named.found(), [("acme/shout".to_owned(), 3)]);
    assert_eq!(named.json()["findings"][0]["path"], "docs/a.md");
    assert_eq!(named.json()["counts"]["files"]["checked"], 1);
    assert_eq!(stdin(&["-"]).json()["findings"][0]["path"], "stdin.md");
    let zone = stdin(&["-", "--stdin-filename", "tests/fixtures/a.md"]);
    assert_eq!(zone.found(), []);
    assert_eq!(stdin(&["-", "--stdin-filename", "../a.md"]).code, 2);
    assert_eq!(stdin(&["-", "--max-file-size", "4"]).found(), []);
}

#[test]
fn paths_are_those_of_the_checkout_wherever_one_stands() {
    let fixture = Fixture::new(&[
        (".git/HEAD", "ref: refs/heads/main\n"),
        ("docs/a.md", "A SHOUT.\n"),
        ("README.md", "A SHOUT.\n"),
    ]);
    let run = fixture.json(&["docs"]);
    assert_eq!(run.json()["findings"][0]["path"], "docs/a.md");
    assert_eq!(
        run.found().len(),
        1,
        "the README is read, but not reported on"
    );
    let mut inside = fixture.command(&["."]);
    inside.current_dir(fixture.root().join("docs"));
    let human = crate::support::run(&mut inside).out;
    assert!(human.contains("--> a.md:1:3"), "{human}");
}

#[test]
fn ignore_files_are_honoured_and_explicit_files_win() {
    let fixture = Fixture::new(&[
        (".gitignore", "out/\n"),
        ("out/a.md", "A SHOUT.\n"),
        ("b.md", "A SHOUT.\n"),
    ]);
    assert_eq!(fixture.json(&[]).found().len(), 1);
    assert_eq!(fixture.json(&["out/a.md"]).found().len(), 1);
    assert_eq!(fixture.json(&["out"]).found().len(), 1);
    assert_eq!(fixture.json(&[".", "b.md", "./b.md"]).found().len(), 1);
}

#[test]
fn colours_are_for_those_who_want_them() {
    let fixture = Fixture::new(&[("a.md", "A SHOUT.\n")]);
    let plain = fixture.run(&[]).out;
    assert!(
        !plain.contains('\u{1b}') && plain.contains("--> a.md:1:3"),
        "{plain}"
    );
    let forced = run(fixture.command(&[]).env("CLICOLOR_FORCE", "1")).out;
    assert!(forced.contains("\u{1b}[31m"), "{forced:?}");
    let asked = fixture.run(&["--color", "always"]).out;
    assert!(asked.contains("\u{1b}["), "{asked:?}");
    let refused = run(fixture
        .command(&["--color", "never"])
        .env("CLICOLOR_FORCE", "1"))
    .out;
    assert!(!refused.contains('\u{1b}'), "{refused:?}");
    let ascii = run(fixture.command(&[]).env("NO_COLOR", "1")).out;
    assert!(
        ascii.contains("--> a.md:1:3") && !ascii.contains('\u{1b}'),
        "{ascii}"
    );
}

#[test]
fn a_reader_that_stops_reading_is_no_failure() {
    use std::process::{Command, Stdio};
    let text = "A SHOUT.\n\n".repeat(5000);
    let fixture = Fixture::new(&[("a.md", &text)]);
    let command = fixture.command(&[]);
    let mut child = Command::new(command.get_program())
        .args(command.get_args())
        .current_dir(fixture.root())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the binary runs");
    drop(child.stdout.take());
    let output = child.wait_with_output().expect("it ends");
    assert_eq!(output.status.code(), Some(1));
    assert_eq!(String::from_utf8_lossy(&output.stderr), "");
}
