//! Old findings: a baseline, suppressions that end, changed lines.

use std::fs;

use crate::support::{Fixture, Run, git, run};

fn accept(fixture: &Fixture) -> Run {
    let mut command = fixture.bare(&["baseline", "--rules"]);
    command
        .arg(fixture.path("pack"))
        .args(["--select", "acme/*"]);
    run(command.env("SOURCE_DATE_EPOCH", "1767225600"))
}

const CHECK: [&str; 2] = ["--baseline", "termscheck-baseline.json"];

#[test]
fn a_baseline_shows_what_is_new() {
    let fixture = Fixture::new(&[
        ("a.md", "One SHOUT.\n\nTwo SHOUT.\n"),
        ("b.md", "A whisper.\n"),
    ]);
    let made = accept(&fixture);
    assert_eq!(made.code, 0, "{}", made.err);
    assert!(made.err.contains("3 accepted"), "{}", made.err);
    let text = std::fs::read_to_string(fixture.root().join(CHECK[1])).expect("a baseline");
    assert!(text.contains("\"accepted\": \"2026-01-01\""), "{text}");
    let same = fixture.json(&CHECK);
    assert_eq!((same.code, same.found()), (0, vec![]));
    assert_eq!(same.json()["findings"][0]["suppressed"]["kind"], "baseline");
    assert!(same.err.contains("3 accepted"), "{}", same.err);
    // Lines move, a file is renamed, a finding comes.
    fixture.write("a.md", "New.\n\nOne SHOUT.\n\nTwo SHOUT.\n\nThree SHOUT.\n");
    std::fs::rename(fixture.root().join("b.md"), fixture.root().join("c.md")).expect("renamed");
    let later = fixture.json(&CHECK);
    assert_eq!(later.found(), [("acme/shout".to_owned(), 7)]);
    assert_eq!(later.code, 1);
    // A copy is none of the accepted.
    fixture.write("b.md", "A whisper.\n");
    assert_eq!(fixture.json(&CHECK).found().len(), 2);
}

#[test]
fn stale_entries_are_told_of_the_whole_only() {
    let fixture = Fixture::new(&[
        (".git/HEAD", "ref: refs/heads/main\n"),
        ("a.md", "A SHOUT.\n"),
        ("docs/b.md", "A whisper.\n"),
    ]);
    accept(&fixture);
    fixture.write("a.md", "Said.\n");
    let told = fixture.json(&CHECK).notices("warning");
    assert_eq!(told.len(), 1, "{told:?}");
    assert!(told[0].starts_with("a.md:0 the baseline accepts a finding of acme/shout"));
    assert_eq!(
        fixture
            .json(&[&CHECK[..], &["docs"]].concat())
            .notices("warning"),
        [""; 0]
    );
    fixture.write("termscheck-baseline.json", "{}");
    let broken = fixture.run(&CHECK);
    assert_eq!(broken.code, 2);
    assert!(broken.err.contains("no baseline"), "{}", broken.err);
}

#[test]
fn pages_of_a_folder_are_known_by_their_names() {
    let page = |title: &str| {
        format!(
            "---\ntitle: {title}\nms.assetid: 785a4c3d-df4e-4d58-a4b9-bcca685aa303\n---\n# {title}\n"
        )
    };
    let fixture = Fixture::new(&[
        (".git/HEAD", "ref: refs/heads/main\n"),
        ("LICENSE", "x\n"),
        ("docs/a.md", &page("One")),
        ("docs/b.md", &page("Two")),
    ]);
    let select = ["--select", "attribution/*"];
    let made = run(&mut fixture.bare(&[&["baseline"][..], &select].concat()));
    assert!(made.err.contains("1 accepted"), "{}", made.err);
    let new = || {
        let arguments = [&CHECK[..], &select, &["--format", "json"]].concat();
        run(&mut fixture.bare(&arguments)).found().len()
    };
    let rename = |from: &str, to: &str| {
        fs::rename(fixture.root().join(from), fixture.root().join(to)).expect("renamed");
    };
    assert_eq!(new(), 0);
    rename("docs/b.md", "docs/c.md");
    assert_eq!(new(), 0, "another name of a page");
    rename("docs/a.md", "docs/d.md");
    assert_eq!(new(), 0, "and of the first");
    fixture.write("docs/e.md", page("Three"));
    assert_eq!(new(), 1, "a page that was not among them");
    fs::remove_file(fixture.root().join("docs/e.md")).expect("removed");
    rename("docs/d.md", "docs/a.md");
    rename("docs/c.md", "docs/b.md");
    // One is mended and another comes.
    fixture.write("docs/b.md", "# Two\n");
    fixture.write("docs/e.md", page("Three"));
    assert_eq!(new(), 1);
}

#[test]
fn suppressions_end() {
    let fixture = Fixture::new(&[
        (
            "a.md",
            "<!-- termscheck: ignore acme/shout until: 2027-01-31 -- a quotation -->\nA SHOUT.\n",
        ),
        ("b.md", "A whisper.\n"),
        (
            "termscheck.yaml",
            "ignore:\n- { rule: acme/whisper, reason: known, until: 2027-01-31 }\n",
        ),
    ]);
    let on = |seconds: &str| {
        let mut command = fixture.command(&["--format", "json"]);
        run(command.env("SOURCE_DATE_EPOCH", seconds))
    };
    let (before, after) = (on("1801353600"), on("1801440000"));
    assert_eq!((before.code, before.found()), (0, vec![]));
    assert_eq!(after.found().len(), 2);
    let told = after.notices("warning");
    assert!(
        told.iter().all(|said| said.contains("ended on 2027-01-31")),
        "{told:?}"
    );
    assert_eq!(told.len(), 2);
    fixture.write(
        "termscheck.yaml",
        "ignore:\n- { rule: acme/whisper, reason: x, until: soon }\n",
    );
    assert!(fixture.run(&[]).err.contains("write it as 2027-01-31"));
}

/// What the base mended since is no change of the branch; lines that are gone are one, and so
/// is a licence; how lines end is none.
#[test]
fn changes_are_those_of_the_branch() {
    let page = "A SHOUT.\n\nSaid.\n\nA SHOUT.\n";
    let fixture = Fixture::new(&[("a.md", page), ("b.md", "A SHOUT.\n")]);
    git(&fixture, &["init", "-q"]);
    git(&fixture, &["add", "."]);
    git(&fixture, &["commit", "-qm", "x"]);
    git(&fixture, &["branch", "base"]);
    git(&fixture, &["checkout", "-q", "-b", "own"]);
    fixture.write("c.md", "Said.\n");
    git(&fixture, &["add", "."]);
    git(&fixture, &["commit", "-qm", "own"]);
    git(&fixture, &["checkout", "-q", "base"]);
    fixture.write("b.md", "Said.\n");
    git(&fixture, &["commit", "-qam", "mended"]);
    git(&fixture, &["checkout", "-q", "own"]);
    let since = || fixture.json(&["--since", "base"]).found();
    assert_eq!(since(), [], "the base alone mended b.md");
    fixture.write("a.md", page.replace('\n', "\r\n"));
    assert_eq!(since(), [], "other line ends");
    fixture.write("a.md", "A SHOUT.\n\nSaid.\nA SHOUT.\n");
    assert_eq!(since(), [("acme/shout".to_owned(), 4)], "a line is gone");
}

#[test]
fn only_changed_lines_are_told() {
    let fixture = Fixture::new(&[
        ("a.md", "One SHOUT.\n\nSaid.\n"),
        ("old.md", "Two SHOUT.\n\nSaid.\n\nAnd said again.\n"),
        ("gone.md", "A SHOUT.\n"),
    ]);
    git(&fixture, &["init", "-q"]);
    let fresh = fixture.json(&["--staged"]);
    assert_eq!(fresh.found(), [], "nothing is staged yet: {}", fresh.err);
    git(&fixture, &["add", "."]);
    assert_eq!(fixture.json(&["--staged"]).found().len(), 3);
    git(&fixture, &["commit", "-qm", "x"]);
    assert_eq!(fixture.json(&["--since", "HEAD"]).found(), []);
    fixture.write("a.md", "New.\n\nOne SHOUT.\n\nSaid.\n\nThree SHOUT.\n");
    std::fs::remove_file(fixture.root().join("gone.md")).expect("removed");
    std::fs::rename(fixture.root().join("old.md"), fixture.root().join("new.md")).expect("renamed");
    fixture.write(
        "new.md",
        "Two SHOUT.\n\nSaid.\n\nAnd said again.\n\nFour SHOUT.\n",
    );
    let since = fixture.json(&["--since", "HEAD"]);
    let wanted = [("acme/shout".to_owned(), 7), ("acme/shout".to_owned(), 7)];
    assert_eq!(since.found(), wanted);
    assert!(
        since
            .err
            .contains("2 of 4 findings stand where nothing was changed"),
        "{}",
        since.err
    );
    assert_eq!(fixture.json(&["--staged"]).found(), []);
    git(&fixture, &["add", "a.md"]);
    assert_eq!(fixture.json(&["--staged"]).found(), wanted[..1]);
    // A line that is not staged is not of the commit.
    fixture.write(
        "a.md",
        "Five SHOUT.\n\nNew.\n\nOne SHOUT.\n\nSaid.\n\nThree SHOUT.\n",
    );
    assert_eq!(
        fixture.json(&["--staged"]).found(),
        [("acme/shout".to_owned(), 7)],
        "lines are those of what would be committed"
    );
    // What is staged counts, not what the file holds meanwhile.
    fixture.write("a.md", "Quiet.\n");
    assert_eq!(fixture.json(&["--staged"]).found(), wanted[..1]);
    git(&fixture, &["add", "a.md"]);
    fixture.write("a.md", "Five SHOUT.\n");
    assert_eq!(fixture.json(&["--staged"]).found(), []);
    let unknown = fixture.run(&["--since", "nowhere"]);
    assert_eq!(unknown.code, 2);
    assert!(
        unknown.err.contains("no revision `nowhere`"),
        "{}",
        unknown.err
    );
}

#[test]
fn what_a_hook_names_may_be_gone() {
    let fixture = Fixture::new(&[("a.md", "A SHOUT.\n")]);
    assert_eq!(fixture.run(&["a.md", "gone.md"]).code, 2);
    let run = fixture.run(&["--from-hook", "a.md", "gone.md"]);
    assert_eq!(run.code, 1);
    assert!(
        run.err.contains("gone.md: no longer there, skipped"),
        "{}",
        run.err
    );
    assert_eq!(fixture.run(&["--from-hook", "gone.md"]).code, 0);
    // Who asked for a check is told that there was none.
    for wish in ["--gate", "--require-files"] {
        assert_eq!(
            fixture.run(&[wish, "--from-hook", "gone.md"]).code,
            2,
            "{wish}"
        );
    }
}

#[test]
fn a_part_accepts_nothing_that_it_did_not_come_to() {
    let fixture = Fixture::new(&[
        (".git/HEAD", "ref: refs/heads/main\n"),
        ("a.md", "One SHOUT.\n"),
        ("docs/b.md", "A whisper.\n"),
    ]);
    accept(&fixture);
    // A copy is new, whoever names it alone.
    fs::copy(
        fixture.root().join("a.md"),
        fixture.root().join("docs/a.md"),
    )
    .expect("copied");
    for part in ["docs", "docs/a.md"] {
        let run = fixture.json(&[&CHECK[..], &[part]].concat());
        assert_eq!((run.code, run.found().len()), (1, 1), "{part}: {run:?}");
    }
    // Writing a part anew keeps the rest, and takes what is new in it.
    let mut command = fixture.bare(&["baseline", "--rules"]);
    command.arg(fixture.path("pack"));
    let made = run(command.args(["--select", "acme/*", "docs"]));
    assert!(made.err.contains("3 accepted"), "{}", made.err);
    assert_eq!(fixture.json(&CHECK).found(), []);
    // An entry that stands twice, as after a merge, is not gone.
    let path = fixture.root().join(CHECK[1]);
    let text = fs::read_to_string(&path).expect("a baseline");
    let mut value: serde_json::Value = serde_json::from_str(&text).expect("JSON");
    let entries = value["findings"].as_array_mut().expect("entries");
    entries.push(entries[0].clone());
    fs::write(&path, value.to_string()).expect("written");
    assert_eq!(fixture.json(&CHECK).notices("warning"), [""; 0]);
}

#[test]
fn lines_are_compared_as_places_count_them() {
    let utf16: Vec<u8> = std::iter::once(0xFEFF_u16)
        .chain("One SHOUT.\n".encode_utf16())
        .flat_map(u16::to_le_bytes)
        .collect();
    let fixture = Fixture::new(&[
        ("cr.md", "x\ry SHOUT\nA\n\n\n\nB SHOUT b\n"),
        ("bom.md", "\u{feff}One SHOUT.\n"),
    ]);
    fs::write(fixture.root().join("u16.md"), utf16).expect("written");
    git(&fixture, &["init", "-q"]);
    git(&fixture, &["add", "."]);
    git(&fixture, &["commit", "-qm", "x"]);
    let since = ["--since", "HEAD"];
    assert_eq!(fixture.json(&since).found(), []);
    fixture.write("cr.md", "x\ry SHOUT\nA\n\n\n\nB SHOUT b changed\n");
    assert_eq!(fixture.json(&since).found(), [("acme/shout".to_owned(), 6)]);
    git(&fixture, &["add", "."]);
    assert_eq!(fixture.json(&["--staged"]).found().len(), 1);
}

#[test]
fn a_submodule_that_did_not_move_has_no_changed_lines() {
    let inner = Fixture::new(&[("s.md", "One SHOUT.\n")]);
    git(&inner, &["init", "-q"]);
    git(&inner, &["add", "."]);
    git(&inner, &["commit", "-qm", "x"]);
    let fixture = Fixture::new(&[("a.md", "Said.\n")]);
    git(&fixture, &["init", "-q"]);
    let from = inner.root().to_string_lossy().into_owned();
    let add = [
        "-c",
        "protocol.file.allow=always",
        "submodule",
        "add",
        "-q",
        &from,
        "sub",
    ];
    git(&fixture, &add);
    git(&fixture, &["add", "."]);
    git(&fixture, &["commit", "-qm", "x"]);
    assert_eq!(fixture.json(&[]).found().len(), 1);
    assert_eq!(fixture.json(&["--since", "HEAD"]).found(), []);
    fixture.write("sub/s.md", "Two SHOUT.\n");
    assert_eq!(fixture.json(&["--since", "HEAD"]).found().len(), 1);
    assert_eq!(fixture.json(&["--staged"]).found(), []);
}
