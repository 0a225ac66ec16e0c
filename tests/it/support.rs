//! A repository in a temporary folder, a pack of harmless rules, and the binary.

use std::fs;
use std::path::{Path, PathBuf};

use assert_cmd::Command;

/// The manifest of the test pack.
const PACK: &str = r#"
schema: 1
id: acme
title: Acme API terms
owner:
  name: Acme
  organisations: [acme]
  holders: [Acme Ltd]
sources:
  LP:
    title: Acme API terms of use
    url: https://acme.example/terms
clauses:
  - id: voices
    source: LP
    section: Voices
    quote: "Keep your voice down."
"#;

/// Its rules, one of each level, one pedantic, one of low confidence.
const RULES: &str = r#"
- &shout
  id: acme/shout
  title: Words are shouted
  clause: voices
  force: contract
  severity: error
  confidence: high
  aggregate: none
  check: pattern
  with: { patterns: [{ pattern: 'SHOUT\w*' }], literals: [shout] }
  message: "“{match}” is shouted"
  help: Say it quietly.
  explanation: |
    What it does: looks for shouting.

    Why: "Keep your voice down."
  bad: SHOUT
  good: said
- id: acme/whisper
  title: Words are whispered
  clause: voices
  force: guideline
  severity: warning
  confidence: medium
  aggregate: file
  check: pattern
  with: { patterns: [{ pattern: 'whisper\w*' }], literals: [whisper] }
  message: "“{match}” is whispered"
  help: Speak up.
  explanation: |
    What it does: looks for whispering.
  bad: whisper
  good: said
- id: acme/mutter
  title: Words are muttered
  clause: voices
  force: style
  severity: note
  confidence: high
  aggregate: none
  check: pattern
  with: { patterns: [{ pattern: 'mutter\w*' }], literals: [mutter] }
  message: "“{match}” is muttered"
  help: Speak clearly.
  explanation: |
    What it does: looks for muttering.
  bad: mutter
  good: said
- id: acme/sigh
  title: Sighs
  clause: voices
  force: style
  severity: warning
  confidence: high
  pedantic: true
  check: pattern
  with: { patterns: [{ pattern: 'sigh' }], literals: [sigh] }
  message: "“{match}”"
  help: Do not sigh.
  explanation: |
    What it does: looks for sighs.
  bad: sigh
  good: said
- id: acme/guess
  title: Perhaps a groan
  clause: voices
  force: hygiene
  severity: error
  confidence: low
  check: pattern
  with: { patterns: [{ pattern: 'groan' }], literals: [groan] }
  message: "“{match}” may be one"
  help: Look at it.
  explanation: |
    What it does: guesses.
  bad: groan
  good: said
"#;

/// A temporary folder with `repo/`, which is scanned, and `pack/`.
pub struct Fixture {
    folder: tempfile::TempDir,
}

/// What a run gave.
#[derive(Debug)]
pub struct Run {
    /// Exit status.
    pub code: i32,
    /// Standard output.
    pub out: String,
    /// Standard error.
    pub err: String,
}

impl Run {
    /// Standard output as JSON.
    pub fn json(&self) -> serde_json::Value {
        serde_json::from_str(&self.out)
            .unwrap_or_else(|error| panic!("{error}: {}\n{}", self.out, self.err))
    }

    /// Rule and line of each finding that is shown, from JSON.
    pub fn found(&self) -> Vec<(String, u64)> {
        let json = self.json();
        let findings = json["findings"].as_array().cloned().unwrap_or_default();
        findings
            .iter()
            .filter(|finding| finding["suppressed"].is_null())
            .map(|finding| {
                (
                    finding["rule"].as_str().unwrap_or_default().to_owned(),
                    finding["span"]["start"]["line"].as_u64().unwrap_or(0),
                )
            })
            .collect()
    }

    /// `path:line message` of each notice of a level, from JSON.
    pub fn notices(&self, level: &str) -> Vec<String> {
        let json = self.json();
        let notices = json["notices"].as_array().cloned().unwrap_or_default();
        notices
            .iter()
            .filter(|notice| notice["level"] == level)
            .map(|notice| {
                format!(
                    "{}:{} {}",
                    notice["path"].as_str().unwrap_or_default(),
                    notice["span"]["start"]["line"].as_u64().unwrap_or(0),
                    notice["message"].as_str().unwrap_or_default()
                )
            })
            .collect()
    }
}

impl Fixture {
    /// A repository with these files.
    pub fn new(files: &[(&str, &str)]) -> Self {
        let fixture = Self {
            folder: tempfile::tempdir().expect("a temporary folder"),
        };
        fixture.file("pack/pack.yaml", PACK);
        fixture.file("pack/rules/voices.yaml", RULES);
        fs::create_dir_all(fixture.root()).expect("the repository's folder");
        for (path, text) in files {
            fixture.write(path, text);
        }
        fixture
    }

    /// The repository's folder.
    pub fn root(&self) -> PathBuf {
        self.path("repo")
    }

    /// A path in the temporary folder.
    pub fn path(&self, path: &str) -> PathBuf {
        self.folder.path().join(path)
    }

    /// Writes a file of the repository.
    pub fn write(&self, path: &str, content: impl AsRef<[u8]>) {
        self.file(&format!("repo/{path}"), content);
    }

    fn file(&self, path: &str, content: impl AsRef<[u8]>) {
        let path = self.path(path);
        fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
        fs::write(path, content).expect("a file");
    }

    /// The binary in the repository's folder, in no particular terminal, with the
    /// rules of the test pack and no others.
    pub fn command(&self, arguments: &[&str]) -> Command {
        let mut command = self.bare(arguments);
        command
            .arg("--rules")
            .arg(self.path("pack"))
            .args(["--select", "acme/*"]);
        command
    }

    /// The binary in the repository's folder.
    pub fn bare(&self, arguments: &[&str]) -> Command {
        let mut command = termscheck();
        command
            .current_dir(self.root())
            .args(arguments)
            .timeout(std::time::Duration::from_secs(120));
        for name in ["NO_COLOR", "CLICOLOR", "CLICOLOR_FORCE"] {
            command.env_remove(name);
        }
        command.env("TERM", "xterm-256color");
        command
    }

    /// Runs the binary with the test pack.
    pub fn run(&self, arguments: &[&str]) -> Run {
        run(&mut self.command(arguments))
    }

    /// Runs the binary with the test pack and JSON output.
    pub fn json(&self, arguments: &[&str]) -> Run {
        run(self.command(arguments).args(["--format", "json"]))
    }
}

/// Runs git in the repository, with nothing of the user's own.
pub fn git(fixture: &Fixture, arguments: &[&str]) {
    let done = std::process::Command::new("git")
        .current_dir(fixture.root())
        .args(["-c", "user.name=x", "-c", "user.email=x@example.com"])
        .args(["-c", "init.defaultBranch=main", "-c", "core.autocrlf=false"])
        .args(arguments)
        .output()
        .expect("git");
    assert!(
        done.status.success(),
        "{arguments:?}: {}",
        String::from_utf8_lossy(&done.stderr)
    );
}

/// Runs a command to its end.
pub fn run(command: &mut Command) -> Run {
    let output = command.output().expect("the binary runs");
    Run {
        code: output.status.code().unwrap_or(-1),
        out: String::from_utf8_lossy(&output.stdout).into_owned(),
        err: String::from_utf8_lossy(&output.stderr).into_owned(),
    }
}

/// Replaces what differs from machine to machine.
pub fn redacted(text: &str, fixture: &Fixture) -> String {
    let root = fixture.root().canonicalize().expect("the repository");
    let mut text = text.to_owned();
    for path in [root.as_path(), &fixture.root()] {
        text = text.replace(&*path.to_string_lossy(), "[ROOT]");
    }
    let version = format!("\"{}\"", env!("CARGO_PKG_VERSION"));
    text.replace(&version, "\"[VERSION]\"")
}

/// Whether the tests run as a user who may read everything.
pub fn reads_everything(folder: &Path) -> bool {
    fs::read_dir(folder).is_ok()
}

/// The binary.
pub fn termscheck() -> Command {
    Command::cargo_bin("termscheck").expect("the binary")
}

/// The folder of real pages and labels beside the checkout; says plainly when there is
/// none.
pub fn shared() -> Option<PathBuf> {
    let found = Path::new(env!("CARGO_MANIFEST_DIR"))
        .ancestors()
        .map(|folder| folder.join("shared"))
        .find(|folder| folder.join("seeds").is_dir());
    if found.is_none() {
        eprintln!("not run: no shared/seeds beside this checkout");
    }
    found
}
