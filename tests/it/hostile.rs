//! Files that a stranger's tree holds to be opened: links out, pipes, devices, ignore files
//! without end.

use std::fs;
use std::os::unix::fs::symlink;
use std::process::Command;
use std::time::{Duration, Instant};

use crate::support::{Fixture, git, run};

/// No run here reads more than a few kilobytes.
const PATIENCE: Duration = Duration::from_secs(30);

/// A pipe that nobody writes to.
fn pipe(fixture: &Fixture, path: &str) {
    let made = Command::new("mkfifo")
        .arg(fixture.root().join(path))
        .status();
    assert!(made.is_ok_and(|status| status.success()), "no pipe");
}

#[test]
fn an_ignore_file_is_a_regular_file_of_the_tree() {
    let fixture = Fixture::new(&[("a/a.md", "A SHOUT.\n"), ("b/b.md", "A SHOUT.\n")]);
    let root = fixture.root();
    fs::write(fixture.path("outside"), "*.md\n").expect("written");
    fs::create_dir_all(root.join("c")).expect("made");
    fixture.write("c/c.md", "A SHOUT.\n");
    symlink("/dev/zero", root.join(".ignore")).expect("linked");
    symlink("../outside", root.join(".gitignore")).expect("linked");
    pipe(&fixture, "a/.gitignore");
    fixture.write("b/.ignore", "#\n".repeat(600_000));
    symlink("../a", root.join("c/.ignore")).expect("linked");
    let started = Instant::now();
    let run = fixture.json(&[]);
    assert!(started.elapsed() < PATIENCE);
    assert_eq!(run.found().len(), 3, "{run:?}");
    let does_not =
        |path: &str, why: &str| format!("{path}:0 this ignore file does not count: {why}");
    assert_eq!(
        run.notices("warning"),
        [
            does_not(".gitignore", "it leads out of the repository"),
            does_not(".ignore", "it leads out of the repository"),
            does_not("a/.gitignore", "no regular file"),
            does_not("b/.ignore", "over 1 MiB"),
            does_not("c/.ignore", "no regular file"),
        ]
    );
}

#[test]
fn ignore_files_above_a_part_count_up_to_the_root() {
    let fixture = Fixture::new(&[
        (".git/HEAD", "ref: refs/heads/main\n"),
        (".git/info/exclude", "excluded.md\n"),
        (".gitignore", "*.tmp.md\n"),
        ("docs/.ignore", "/other\n"),
        ("docs/a.md", "A SHOUT.\n"),
        ("docs/a.tmp.md", "A SHOUT.\n"),
        ("docs/excluded.md", "A SHOUT.\n"),
        ("docs/other/b.md", "A SHOUT.\n"),
    ]);
    // Of another repository, and nobody's business.
    fs::write(fixture.path(".gitignore"), "*.md\n").expect("written");
    for arguments in [&["."][..], &["docs"]] {
        let run = fixture.json(arguments);
        assert_eq!(run.found().len(), 1, "{arguments:?}");
        assert_eq!(run.json()["counts"]["files"]["skipped"]["ignored"], 3);
    }
    let named = fixture.json(&["docs/other"]);
    assert_eq!(named.found().len(), 1, "what is named is scanned");
}

#[test]
fn that_nothing_was_checked_is_no_all_clear() {
    let fixture = Fixture::new(&[("a.md", "A SHOUT.\n"), (".gitignore", "*\n")]);
    let run = fixture.run(&[]);
    assert_eq!(run.code, 0);
    let said = "no file was checked; left out: 1 named by ignore files, 1 hidden";
    assert_eq!(run.out, format!("{said} (0 checked, 2 skipped)\n"));
}

#[test]
fn a_worktree_knows_what_is_tracked() {
    let fixture = Fixture::new(&[("a.md", "A SHOUT.\n"), (".gitignore", "*.md\n")]);
    git(&fixture, &["init", "-q"]);
    git(&fixture, &["add", "-f", "."]);
    git(&fixture, &["commit", "-qm", "x"]);
    git(&fixture, &["worktree", "add", "-q", "../linked"]);
    let linked = fixture.path("linked");
    fs::write(linked.join("untracked.md"), "A SHOUT.\n").expect("written");
    let run = crate::support::run(fixture.command(&["--format", "json"]).current_dir(&linked));
    assert_eq!(run.found().len(), 1, "{run:?}");
    // A submodule's `.git` is a file as well.
    fs::remove_file(linked.join(".git")).expect("removed");
    fs::write(linked.join(".git"), "gitdir: ../repo/.git\n").expect("written");
    let run = crate::support::run(fixture.command(&["--format", "json"]).current_dir(&linked));
    assert_eq!(run.found().len(), 1, "{run:?}");
}

#[test]
fn an_index_that_is_none_does_no_harm() {
    let fixture = Fixture::new(&[("a.md", "A SHOUT.\n"), (".git/HEAD", "x\n")]);
    fixture.write(".git/index", "DIRC, but for the rest");
    let run = fixture.json(&[]);
    assert_eq!(run.found().len(), 1);
    assert!(
        run.notices("warning")[0].starts_with(".git/index:0 not a list"),
        "{run:?}"
    );
    fs::remove_file(fixture.root().join(".git/index")).expect("removed");
    pipe(&fixture, ".git/index");
    let started = Instant::now();
    assert_eq!(fixture.json(&[]).found().len(), 1);
    assert!(started.elapsed() < PATIENCE);
}

#[test]
fn a_part_does_not_open_what_lies_outside() {
    let fixture = Fixture::new(&[(".git/HEAD", "x\n"), ("sub/a.md", "A SHOUT.\n")]);
    let outside = fixture.path("outside");
    fs::create_dir_all(&outside).expect("made");
    fs::write(outside.join("secret-name.txt"), "not for the log").expect("written");
    symlink("../outside", fixture.root().join("LICENSES")).expect("linked");
    symlink("/proc/self/environ", fixture.root().join("LICENSE")).expect("linked");
    for arguments in [&["sub"][..], &["."], &["sub/a.md"]] {
        let run = fixture.json(&[arguments, &["-vv"]].concat());
        assert_eq!(run.found().len(), 1, "{arguments:?}");
        assert_eq!(run.code, 1, "{arguments:?}: {run:?}");
        for secret in ["secret-name", "not for the log", "PATH="] {
            assert!(
                !run.out.contains(secret) && !run.err.contains(secret),
                "{run:?}"
            );
        }
    }
}

#[test]
fn a_configuration_is_a_regular_file_of_the_tree() {
    let fixture = Fixture::new(&[(".git/HEAD", "x\n"), ("a.md", "A SHOUT.\n")]);
    let root = fixture.root();
    let config = root.join("termscheck.yaml");
    fs::write(fixture.path("outside.yaml"), "secret: 4711\n").expect("written");
    fs::create_dir_all(fixture.path("outside")).expect("made");
    fs::write(fixture.path("outside/pack.yaml"), "secret: 4711\n").expect("written");
    symlink("../outside.yaml", root.join("link.yaml")).expect("linked");
    symlink("../outside", root.join("pack")).expect("linked");
    symlink("../outside.yaml", root.join("known.json")).expect("linked");
    let fails = |said: &str| {
        let started = Instant::now();
        let run = fixture.run(&[]);
        assert!(started.elapsed() < PATIENCE);
        assert_eq!(run.code, 2, "{said}: {run:?}");
        assert!(run.err.contains(said), "{said}: {}", run.err);
        for secret in ["4711", "secret", "PATH="] {
            assert!(!run.err.contains(secret), "{}", run.err);
        }
    };
    for (target, said) in [
        ("/proc/self/environ", "leads out of the repository"),
        ("/dev/zero", "leads out of the repository"),
        ("../outside.yaml", "leads out of the repository"),
        ("link.yaml", "leads out of the repository"),
    ] {
        symlink(target, &config).expect("linked");
        fails(said);
        fs::remove_file(&config).expect("removed");
    }
    pipe(&fixture, "termscheck.yaml");
    fails("not a regular file");
    fs::remove_file(&config).expect("removed");
    for (text, said) in [
        ("extends: link.yaml\n", "no such file"),
        ("extends: /etc/passwd\n", "leads out of the repository"),
        ("extends: ../outside.yaml\n", "leads out of the repository"),
        ("rules: [pack]\n", "leads out of the repository"),
        ("rules: [../outside]\n", "leads out of the repository"),
        ("baseline: known.json\n", "leads out of the repository"),
        ("baseline: ../outside.yaml\n", "leads out of the repository"),
    ] {
        fs::write(&config, text).expect("written");
        fails(said);
    }
    fs::write(&config, "#\n".repeat(600_000)).expect("written");
    fails("over 1 MiB");
}

#[test]
fn an_error_quotes_one_line_and_nothing_behind_a_link() {
    let fixture = Fixture::new(&[(".git/HEAD", "x\n"), ("a.md", "A SHOUT.\n")]);
    let long = "x".repeat(5000);
    let text =
        format!("# above\nunheard: \u{1b}[2J https://jo:hunter22@example.com {long}\n# below\n");
    fixture.write("termscheck.yaml", &text);
    let run = fixture.run(&[]);
    assert_eq!(run.code, 2);
    assert!(run.err.contains("unheard"), "{}", run.err);
    for hidden in ["above", "below", "hunter22", "\u{1b}[2J", &long[..200]] {
        assert!(!run.err.contains(hidden), "{hidden:?}: {}", run.err);
    }
    // A link to another file of the tree: a job may have put a secret there.
    fixture.write("settings", "token: hunter22\n");
    fs::remove_file(fixture.root().join("termscheck.yaml")).expect("removed");
    symlink("settings", fixture.root().join("termscheck.yaml")).expect("linked");
    let run = fixture.run(&[]);
    assert_eq!(run.code, 2);
    assert!(run.err.contains("reached by a link"), "{}", run.err);
    for hidden in ["token", "hunter22"] {
        assert!(!run.err.contains(hidden), "{hidden:?}: {}", run.err);
    }
    fixture.write("settings", "severity: { acme/none-such: off }\n");
    assert!(!fixture.run(&[]).err.contains("none-such"));
}

/// To the language a carriage return ends a comment: what follows is code.
#[test]
fn code_behind_a_carriage_return_is_read() {
    let code = "# what follows is code\rimport time, requests\rwhile True:\r    \
                requests.get('https://api.securitycenter.microsoft.com/api/alerts')\r    \
                time.sleep(0.1)\r";
    for end in ["", "x = 1\n"] {
        let fixture = Fixture::new(&[("poll.py", &format!("{code}{end}"))]);
        let run = run(&mut fixture.bare(&["--format", "concise"]));
        assert!(
            run.out.contains("throttling/rate-exceeds-limit"),
            "{end:?}: {run:?}"
        );
    }
}

/// Whoever made the tree may have made the link that a name on the command line goes through.
#[test]
fn a_name_that_a_link_leads_out_of_is_refused() {
    let fixture = Fixture::new(&[("a.md", "Said.\n")]);
    git(&fixture, &["init", "--quiet"]);
    fs::create_dir_all(fixture.path("outside")).expect("made");
    let outside = fixture.path("outside/x.md");
    fs::write(
        &outside,
        "Use Windows Defender ATP with Microsoft Intune.\n",
    )
    .expect("written");
    symlink(fixture.path("outside"), fixture.root().join("d")).expect("linked");
    symlink(&outside, fixture.root().join("l.md")).expect("linked");
    for name in ["d/x.md", "l.md", "d"] {
        for arguments in [&["check", name][..], &["fix", "--unsafe", name]] {
            let run = run(&mut fixture.bare(arguments));
            assert_eq!(run.code, 2, "{arguments:?}: {run:?}");
            assert!(run.err.contains("a link leads out"), "{run:?}");
            assert!(!run.out.contains("Windows"), "{run:?}");
        }
    }
    let text = fs::read_to_string(&outside).expect("there");
    assert!(text.contains("Windows Defender ATP"));
}
