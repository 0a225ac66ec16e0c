//! Input that nobody meant to be read: no panic, no hang, and the report says what
//! was not checked.

use std::fs;
use std::time::{Duration, Instant};

use crate::support::{Fixture, Run, reads_everything, run};

/// Nothing is so bad that it takes longer, even unoptimised on a busy machine.
const PATIENCE: Duration = Duration::from_secs(60);

fn sound(run: &Run) {
    assert!((0..=2).contains(&run.code), "{run:?}");
    assert!(!run.err.contains("panicked"), "{}", run.err);
    let internal = run.notices("unchecked");
    assert!(
        !internal
            .iter()
            .any(|said| said.contains("the program failed")),
        "{internal:?}"
    );
}

#[test]
fn bytes_that_are_no_text_are_said_and_the_rest_is_checked() {
    let fixture = Fixture::new(&[]);
    fixture.write("a.md", b"caf\xe9 \xff\xfe\n\nA SHOUT.\n");
    let run = fixture.json(&[]);
    sound(&run);
    assert_eq!(run.found(), [("acme/shout".to_owned(), 3)]);
    assert!(run.notices("warning")[0].starts_with("a.md:0 not valid UTF-8"));
}

#[test]
fn utf16_is_text() {
    let fixture = Fixture::new(&[]);
    let text = "\u{1f600} one\r\n\r\nA SHOUT.\r\n";
    let little: Vec<u8> = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
    let big: Vec<u8> = text.encode_utf16().flat_map(u16::to_be_bytes).collect();
    fixture.write("a.md", [&b"\xff\xfe"[..], &little].concat());
    fixture.write("b.md", [&b"\xfe\xff"[..], &big].concat());
    fixture.write("c.md", [&b"\xef\xbb\xbf"[..], text.as_bytes()].concat());
    // Half a character at the end.
    fixture.write("d.md", [&b"\xff\xfe"[..], &little, b"x"].concat());
    let run = fixture.json(&[]);
    sound(&run);
    assert_eq!(run.found(), vec![("acme/shout".to_owned(), 3); 4]);
}

#[test]
fn a_gigabyte_on_one_line_is_not_read() {
    let fixture = Fixture::new(&[("b.md", "A SHOUT.\n")]);
    let file = fs::File::create(fixture.root().join("a.md")).expect("a file");
    file.set_len(1 << 30).expect("a sparse file");
    let started = Instant::now();
    let run = fixture.json(&[]);
    sound(&run);
    assert!(started.elapsed() < PATIENCE);
    assert_eq!(run.json()["counts"]["files"]["skipped"]["over-size"], 1);
    assert_eq!(
        run.notices("info")
            .iter()
            .filter(|said| said.starts_with("a.md"))
            .count(),
        1
    );
    assert_eq!(run.found().len(), 1);
    // With a limit that lets it in, its NUL bytes keep it out.
    let run = fixture.json(&["--max-file-size", "1GiB"]);
    assert_eq!(run.json()["counts"]["files"]["skipped"]["binary"], 1);
}

#[test]
fn long_lines_are_cut_around_the_words() {
    let fixture = Fixture::new(&[]);
    let filler = "word and ".repeat(100_000);
    fixture.write("a.md", format!("{filler} A SHOUT. {filler}"));
    let started = Instant::now();
    let human = fixture.run(&[]);
    assert!(started.elapsed() < PATIENCE);
    assert_eq!(human.code, 1);
    assert!(human.out.len() < 4000, "{}", human.out.len());
    assert!(human.out.contains("SHOUT"), "{}", human.out);
}

#[test]
fn binary_files_are_counted_whatever_their_name() {
    let fixture = Fixture::new(&[("c.png", "no picture")]);
    fixture.write("a.md", [0u8; 5000]);
    fixture.write("b.md", b"A SHOUT\0.\n");
    let run = fixture.json(&[]);
    sound(&run);
    assert_eq!(run.found(), []);
    assert_eq!(run.json()["counts"]["files"]["skipped"]["binary"], 3);
}

#[test]
fn an_empty_repository_is_no_failure() {
    let fixture = Fixture::new(&[]);
    let run = fixture.run(&[]);
    assert_eq!((run.code, run.err.as_str()), (0, ""));
    assert_eq!(run.out, "no file was checked (0 checked, 0 skipped)\n");
    fixture.write("empty.md", "");
    fixture.write("package.json", "");
    fixture.write("Cargo.toml", "\n");
    fixture.write("LICENSE", "");
    sound(&fixture.json(&[]));
}

#[test]
fn deep_nesting_ends() {
    const DEPTH: usize = 10_000;
    let fixture = Fixture::new(&[]);
    let deep = |open: &str, close: &str| open.repeat(DEPTH) + &close.repeat(DEPTH);
    fixture.write("quotes.md", format!("{}SHOUT\n", "> ".repeat(DEPTH)));
    fixture.write("lists.md", format!("{}SHOUT\n", "- ".repeat(DEPTH)));
    fixture.write("brackets.md", format!("SHOUT {}\n", deep("[", "]")));
    fixture.write("images.md", format!("SHOUT {}\n", deep("![a", "](b)")));
    fixture.write("stars.md", format!("SHOUT {}\n", deep("*a **b ", "")));
    fixture.write("html.md", format!("SHOUT\n\n{}\n", deep("<div>", "</div>")));
    fixture.write("html.html", format!("SHOUT {}\n", deep("<div>", "</div>")));
    fixture.write("package.json", deep("[", "]"));
    fixture.write("composer.json", deep("{\"a\":", "}"));
    fixture.write("docs.json", format!("{{\"name\":{}}}", deep("[", "]")));
    fixture.write("openapi.yaml", deep("[", "]"));
    fixture.write("mkdocs.yml", deep("{a: ", "}"));
    fixture.write(
        "front.md",
        format!("---\ntitle: {}\n---\nSHOUT\n", deep("[", "]")),
    );
    fixture.write(
        "Cargo.toml",
        format!("[package]\nname = {}\n", deep("[", "]")),
    );
    fixture.write(
        "pom.xml",
        format!("<project>{}</project>", deep("<a>", "</a>")),
    );
    fixture.write("a.py", format!("# SHOUT whisper\nx = {}\n", deep("(", ")")));
    fixture.write(
        "a.js",
        format!("// SHOUT whisper\nx = {}\n", deep("[", "]")),
    );
    fixture.write("a.rs", format!("// SHOUT\nfn f() {}\n", deep("{", "}")));
    fixture.write("a.go", format!("// SHOUT\nfunc f() {}\n", deep("{", "}")));
    fixture.write("a.cs", format!("// SHOUT\nclass A {}\n", deep("{", "}")));
    fixture.write("A.java", format!("// SHOUT\nclass A {}\n", deep("{", "}")));
    fixture.write("a.ts", format!("// SHOUT\nx = {}\n", deep("{a:", "}")));
    fixture.write("a.sh", format!("# SHOUT\necho {}\n", deep("$(", ")")));
    fixture.write("a.ps1", format!("# SHOUT\n$x = {}\n", deep("@(", ")")));
    let started = Instant::now();
    let run = fixture.json(&[]);
    sound(&run);
    assert!(started.elapsed() < PATIENCE, "{:?}", started.elapsed());
}

#[cfg(unix)]
mod unix {
    use std::ffi::OsStr;
    use std::os::unix::ffi::OsStrExt;
    use std::os::unix::fs::{PermissionsExt, symlink};

    use super::*;

    #[test]
    fn links_are_not_followed_and_loops_end() {
        let fixture = Fixture::new(&[("docs/a.md", "A SHOUT.\n")]);
        symlink(".", fixture.root().join("docs/loop")).expect("a link");
        symlink("../docs", fixture.root().join("docs/again")).expect("a link");
        symlink("a.md", fixture.root().join("docs/b.md")).expect("a link");
        symlink("nowhere", fixture.root().join("gone.md")).expect("a link");
        symlink("self.md", fixture.root().join("self.md")).expect("a link");
        let run = fixture.json(&[]);
        sound(&run);
        assert_eq!(run.code, 1);
        assert_eq!(run.found().len(), 1);
        assert_eq!(run.json()["counts"]["files"]["skipped"]["link"], 5);
        // One that is named is followed, and said when it leads nowhere.
        assert_eq!(fixture.json(&["docs/b.md"]).found().len(), 1);
        let named = fixture.json(&["docs", "self.md"]);
        assert_eq!(named.code, 2);
        assert!(
            named.notices("unchecked")[0].starts_with("self.md:0 "),
            "{named:?}"
        );
    }

    #[test]
    fn what_cannot_be_read_is_said_with_its_path() {
        let fixture = Fixture::new(&[
            ("shut/a.md", "A SHOUT.\n"),
            ("b.md", "A SHOUT.\n"),
            ("open/c.md", "A SHOUT.\n"),
        ]);
        let shut = fixture.root().join("shut");
        let set = |path: &std::path::Path, mode| {
            fs::set_permissions(path, fs::Permissions::from_mode(mode)).expect("a mode");
        };
        set(&shut, 0o000);
        set(&fixture.root().join("b.md"), 0o000);
        let run = fixture.json(&[]);
        let privileged = reads_everything(&shut);
        set(&shut, 0o755);
        sound(&run);
        if privileged {
            // Nothing is shut to this user; what follows can't be tried.
            return;
        }
        assert_eq!(run.code, 2);
        assert_eq!(run.found().len(), 1);
        assert_eq!(
            run.notices("unchecked"),
            [
                "b.md:0 not read: permission denied",
                "shut:0 permission denied"
            ]
        );
    }

    #[test]
    fn pipes_and_devices_are_counted_and_not_opened() {
        let fixture = Fixture::new(&[("a.md", "A SHOUT.\n")]);
        let pipe = fixture.root().join("pipe.md");
        let made = std::process::Command::new("mkfifo").arg(&pipe).status();
        if !made.is_ok_and(|status| status.success()) {
            return;
        }
        let run = fixture.json(&[]);
        sound(&run);
        assert_eq!(run.found().len(), 1);
        assert_eq!(run.json()["counts"]["files"]["skipped"]["special"], 1);
        let named = fixture.json(&["pipe.md", "/dev/null"]);
        assert_eq!(named.code, 2);
        assert_eq!(named.notices("unchecked").len(), 2);
    }

    #[test]
    fn names_and_contents_cannot_move_the_cursor() {
        let fixture = Fixture::new(&[]);
        let evil = "a\u{1b}[2J\u{9b}1A\u{202e}.md";
        fixture.write(
            evil,
            "x \u{1b}[31m\u{7} SHOUT\u{1b} y\u{202e}\n\n<!-- termscheck: ignore no\u{1b}[2J -- \u{9b}x -->\n",
        );
        let harmless = |text: &str| {
            !text
                .chars()
                .any(|c| (c.is_control() && c != '\n') || ('\u{202a}'..='\u{202e}').contains(&c))
        };
        for format in ["human", "json", "sarif"] {
            for extra in ["-v", "-q"] {
                let run = fixture.run(&["--format", format, extra]);
                assert_eq!(run.code, 1, "{}", run.err);
                assert!(harmless(&run.out), "{:?}", run.out);
                assert!(harmless(&run.err), "{:?}", run.err);
            }
        }
        let human = fixture.run(&[]).out;
        assert!(
            human.contains("a\\x1b[2J\\u{9b}1A\\u{202e}.md:1:"),
            "{human}"
        );
        let json = fixture.json(&[]).json();
        assert_eq!(json["findings"][0]["path"], evil);

        fixture.write("termscheck.yaml", "ow\u{1b}[2Jner: \u{202e}x\n");
        let broken = fixture.run(&[]);
        assert_eq!(broken.code, 2);
        assert!(harmless(&broken.err), "{:?}", broken.err);
        let missing = fixture.run(&["no\u{1b}[2J.md"]);
        assert!(harmless(&missing.err), "{:?}", missing.err);
    }

    #[test]
    fn names_that_are_no_utf8_survive() {
        let fixture = Fixture::new(&[]);
        let name = OsStr::from_bytes(b"caf\xe9 1.md");
        if fs::write(fixture.root().join(name), "A SHOUT.\n").is_err() {
            // This file system takes no such names.
            return;
        }
        let human = fixture.run(&[]).out;
        assert!(human.contains("caf\\xe9 1.md:1:3"), "{human}");
        let sarif = fixture.run(&["--format", "sarif"]).json();
        let location = &sarif["runs"][0]["results"][0]["locations"][0]["physicalLocation"];
        assert_eq!(location["artifactLocation"]["uri"], "caf%E9%201.md");
        let mut named = fixture.command(&["--format", "json"]);
        assert_eq!(run(named.arg(name)).found().len(), 1);
    }
}
