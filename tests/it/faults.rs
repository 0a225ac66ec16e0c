//! Files that fail: short reads, errors, files that go away or become something else between
//! the walk and the opening, a full disk. Nothing is lost in silence, and the rest is checked.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::process::Command;

use termscheck::pack::load_directory;
use termscheck::scan::{NoticeLevel, Report, ScanOptions, scan_tree};
use termscheck::tree::{Content, Folder, Item, ItemKind, Tree};

use crate::support::{Fixture, termscheck};

/// What happens at one path.
#[derive(Clone, Copy, Debug)]
enum Fault {
    /// Reading gives half of the bytes.
    Short,
    /// Reading fails.
    Fails(io::ErrorKind),
    /// It is gone when it is read.
    Deleted,
    /// A pipe stands in its place when it is read.
    Pipe,
    /// A link out of the tree stands in its place when it is read.
    Link,
    /// It cannot be listed.
    Unlisted,
}

/// A folder in which one path fails.
#[derive(Debug)]
struct Faulty {
    inner: Folder,
    path: PathBuf,
    fault: Fault,
}

impl Faulty {
    /// What happens before a file is opened.
    fn strike(&self) {
        let absolute = self.inner.root().join(&self.path);
        match self.fault {
            Fault::Deleted | Fault::Pipe | Fault::Link => drop(fs::remove_file(&absolute)),
            Fault::Short | Fault::Fails(_) | Fault::Unlisted => {}
        }
        match self.fault {
            Fault::Pipe => {
                let made = Command::new("mkfifo").arg(&absolute).status();
                assert!(made.is_ok_and(|status| status.success()));
            }
            Fault::Link => std::os::unix::fs::symlink("/etc/passwd", &absolute).expect("linked"),
            _ => {}
        }
    }
}

impl Tree for Faulty {
    fn read(&self, path: &Path, limit: u64) -> io::Result<Content> {
        if path != self.path {
            return self.inner.read(path, limit);
        }
        self.strike();
        match (self.fault, self.inner.read(path, limit)) {
            (Fault::Fails(kind), _) => Err(kind.into()),
            (Fault::Short, Ok(Content::Bytes(mut bytes))) => {
                bytes.truncate(bytes.len() / 2);
                Ok(Content::Bytes(bytes))
            }
            (_, read) => read,
        }
    }

    fn read_any(&self, path: &Path, limit: u64) -> io::Result<Content> {
        match self.read(path, limit) {
            Ok(Content::Binary) => self.inner.read_any(path, limit),
            read => read,
        }
    }

    fn list(&self, folder: &Path) -> io::Result<Vec<Item>> {
        if folder == self.path && matches!(self.fault, Fault::Unlisted) {
            return Err(io::ErrorKind::PermissionDenied.into());
        }
        self.inner.list(folder)
    }

    fn kind(&self, path: &Path) -> io::Result<ItemKind> {
        self.inner.kind(path)
    }

    fn is_file(&self, path: &Path) -> bool {
        self.inner.is_file(path)
    }
}

/// What a scan of a small repository says when one of its paths fails.
fn scanned(path: &str, fault: Fault) -> Report {
    let fixture = Fixture::new(&[
        (
            "a.md",
            "A SHOUT.\n\nAnd so on, without a word that is loud.\n",
        ),
        ("b.md", "A SHOUT.\n"),
        ("docs/c.md", "A SHOUT.\n"),
        (".gitignore", "docs/\n"),
        ("LICENSE", "MIT License\n"),
    ]);
    let packs = load_directory(&fixture.path("pack")).expect("a pack");
    let tree = Faulty {
        inner: Folder::open(&fixture.root()).expect("a folder"),
        path: path.into(),
        fault,
    };
    let options = ScanOptions::new(&fixture.root());
    scan_tree(&options, &packs, &tree).expect("a report")
}

fn found(report: &Report) -> Vec<&str> {
    let spans = report.findings.iter().filter_map(|finding| finding.primary);
    let mut paths: Vec<_> = spans
        .map(|span| &*report.paths[span.file.0 as usize])
        .collect();
    paths.sort_unstable();
    paths
}

fn said(report: &Report, level: NoticeLevel) -> Vec<String> {
    let notices = report.notices.iter().filter(|notice| notice.level == level);
    notices
        .map(|notice| {
            format!(
                "{}: {}",
                notice.path.as_deref().unwrap_or(""),
                notice.message
            )
        })
        .collect()
}

#[test]
fn a_file_that_fails_is_told_and_the_rest_is_checked() {
    for kind in [
        io::ErrorKind::PermissionDenied,
        io::ErrorKind::Interrupted,
        io::ErrorKind::Other,
    ] {
        let report = scanned("a.md", Fault::Fails(kind));
        assert_eq!(found(&report), ["b.md"], "{kind}");
        let told = said(&report, NoticeLevel::Unchecked);
        assert!(told[0].starts_with("a.md: not read: "), "{kind}: {told:?}");
    }
    let report = scanned("a.md", Fault::Short);
    assert_eq!(found(&report), ["a.md", "b.md"], "what was read is checked");
}

#[test]
fn what_changes_between_the_walk_and_the_opening_leads_nowhere() {
    let report = scanned("a.md", Fault::Deleted);
    assert_eq!(found(&report), ["b.md"]);
    let told = said(&report, NoticeLevel::Warning);
    assert_eq!(told, ["a.md: deleted while the scan ran"]);

    let report = scanned("a.md", Fault::Pipe);
    assert_eq!(found(&report), ["b.md"]);
    assert_eq!(report.counts.skipped[&termscheck::walk::Skip::Special], 1);

    let report = scanned("a.md", Fault::Link);
    assert_eq!(found(&report), ["b.md"]);
    assert!(said(&report, NoticeLevel::Unchecked)[0].starts_with("a.md: not read"));
}

#[test]
fn a_folder_or_ignore_file_that_fails_is_told() {
    let report = scanned("", Fault::Unlisted);
    assert!(report.is_incomplete());
    assert_eq!(report.counts.read, 0);

    for fault in [Fault::Fails(io::ErrorKind::Other), Fault::Link] {
        let report = scanned(".gitignore", fault);
        assert_eq!(found(&report), ["a.md", "b.md", "docs/c.md"], "{fault:?}");
        let told = said(&report, NoticeLevel::Warning);
        assert!(
            told[0].starts_with(".gitignore: this ignore file does not"),
            "{told:?}"
        );
    }
    let report = scanned("LICENSE", Fault::Fails(io::ErrorKind::Other));
    assert!(report.is_incomplete());
}

#[test]
fn a_full_disk_leaves_the_old_report() {
    let fixture = Fixture::new(&[("a.md", "A SHOUT.\n"), ("old.json", "the old report\n")]);
    let binary = termscheck();
    let script = format!(
        "trap '' XFSZ; ulimit -f 1; exec '{}' --format sarif -o old.json .",
        binary.get_program().to_string_lossy()
    );
    let full = Command::new("bash")
        .current_dir(fixture.root())
        .args(["-c", &script])
        .output()
        .expect("bash");
    assert_eq!(full.status.code(), Some(2), "{full:?}");
    let error = String::from_utf8_lossy(&full.stderr);
    assert!(error.contains("old.json: "), "{error}");
    let read = |path: &str| fs::read_to_string(fixture.root().join(path)).expect("a file");
    assert_eq!(read("old.json"), "the old report\n");
    let left = fs::read_dir(fixture.root()).expect("a folder").count();
    assert_eq!(left, 2, "no half of a report stays behind");
    // A device that is full says so.
    let device = fixture.run(&["--format", "json", "-o", "/dev/full"]);
    assert_eq!(device.code, 2);
    assert!(device.err.contains("/dev/full"), "{}", device.err);
}

#[test]
fn a_closed_pipe_is_no_failure_in_any_form() {
    use std::process::Stdio;

    let fixture = Fixture::new(&[]);
    for index in 0..200 {
        fixture.write(&format!("{index}.md"), "A SHOUT.\n");
    }
    for format in ["human", "json", "sarif", "concise", "jsonl"] {
        let command = fixture.command(&["--format", format]);
        let program = command.get_program().to_owned();
        let arguments: Vec<_> = command.get_args().map(ToOwned::to_owned).collect();
        let mut child = Command::new(program)
            .args(arguments)
            .current_dir(fixture.root())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .expect("the binary runs");
        drop(child.stdout.take());
        let done = child.wait_with_output().expect("an end");
        assert_eq!(done.status.code(), Some(1), "{format}: {done:?}");
        let error = String::from_utf8_lossy(&done.stderr);
        assert!(!error.contains("panicked"), "{format}: {error}");
    }
}
