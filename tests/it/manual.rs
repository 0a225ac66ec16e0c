//! What the program says of itself to machines.

use std::fs;
use std::path::{Path, PathBuf};

use serde_json::Value;

use crate::support::{Fixture, run, termscheck};

const KINDS: [&str; 12] = [
    "config",
    "pack",
    "rules",
    "limits",
    "marks",
    "names",
    "logos",
    "provenance",
    "notices",
    "page",
    "report",
    "report-line",
];

fn path(relative: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(relative)
}

fn printed(arguments: &[&str]) -> String {
    let run = run(termscheck().args(arguments));
    assert_eq!((run.code, run.err.as_str()), (0, ""), "{arguments:?}");
    run.out
}

fn yaml(text: &str) -> Value {
    serde_yaml::from_str(text).expect("YAML")
}

#[test]
fn the_schemas_in_the_manual_are_up_to_date() {
    for kind in KINDS {
        let made = printed(&["schema", kind]);
        let file = path(&format!("docs/schema/{kind}.schema.json"));
        if std::env::var_os("UPDATE_DOCS").is_some() {
            fs::create_dir_all(path("docs/schema")).expect("a folder");
            fs::write(&file, &made).expect("written");
        }
        let written = fs::read_to_string(&file)
            .unwrap_or_default()
            .replace("\r\n", "\n");
        assert!(
            written == made,
            "docs/schema/{kind}.schema.json is stale; run UPDATE_DOCS=1 cargo test --test it manual"
        );
    }
}

#[test]
fn what_ships_is_valid_by_the_schemas_and_slips_are_not() {
    let validator = |kind: &str| {
        let schema: Value = serde_json::from_str(&printed(&["schema", kind])).expect("JSON");
        jsonschema::validator_for(&schema).expect("a schema")
    };
    let valid = |kind: &str, file: &Path| {
        let value = yaml(&fs::read_to_string(file).expect("a file"));
        let errors: Vec<String> = validator(kind)
            .iter_errors(&value)
            .map(|error| format!("{}: {error}", error.instance_path()))
            .collect();
        assert!(errors.is_empty(), "{}: {errors:#?}", file.display());
    };
    valid("config", &path("termscheck.yaml"));
    let fixture = Fixture::new(&[]);
    valid("pack", &fixture.path("pack/pack.yaml"));
    valid("rules", &fixture.path("pack/rules/voices.yaml"));
    let config = validator("config");
    for (text, sound) in [
        ("{}", true),
        ("fail-on: note", true),
        ("format: [sarif, json]", true),
        ("severity: { a/*: off }", true),
        ("fail_on: note", false),
        ("severity: { a/*: loud }", false),
        ("ignore: [{ rule: a/b }]", false),
        ("threads: -1", false),
    ] {
        assert_eq!(config.is_valid(&yaml(text)), sound, "{text}");
    }
}

#[test]
fn every_shell_has_completions_and_every_command_a_page() {
    for shell in ["bash", "zsh", "fish", "powershell", "elvish"] {
        let text = printed(&["completions", shell]);
        assert!(text.contains("require-files"), "{shell}");
    }
    assert!(printed(&["man"]).contains(".TH termscheck 1"));
    let folder = tempfile::tempdir().expect("a folder");
    let to = folder.path().to_string_lossy().into_owned();
    printed(&["man", "-o", &to]);
    for page in [
        "termscheck.1",
        "termscheck-check.1",
        "termscheck-config-show.1",
    ] {
        assert!(folder.path().join(page).is_file(), "{page}");
    }
}

/// Five lines, each of which can be typed; `.ci/full` follows them.
#[test]
fn the_way_to_a_green_gate_is_five_lines() {
    use clap::Parser as _;
    let readme = fs::read_to_string(path("README.md")).expect("the README");
    let (_, block) = readme.split_once("<!-- newcomer -->\n```sh\n").expect("it");
    let lines: Vec<&str> = block
        .split("```")
        .next()
        .expect("its end")
        .lines()
        .collect();
    assert_eq!(lines.len(), 5, "{lines:?}");
    let commands = lines.iter().flat_map(|line| line.split("&& "));
    let commands: Vec<&str> = commands
        .filter(|one| one.starts_with("termscheck "))
        .collect();
    assert_eq!(commands.len(), 3, "{commands:?}");
    for command in commands {
        let parsed = termscheck::cli::Cli::try_parse_from(command.split_whitespace());
        assert!(parsed.is_ok(), "{command}: {:?}", parsed.err());
    }
}

/// A pipeline that uses an option that is gone is found here and not by its owner.
#[test]
fn commands_in_the_manual_of_pipelines_can_be_typed() {
    use clap::Parser as _;
    let manual = fs::read_to_string(path("docs/ci.md")).expect("the manual");
    let mut seen = 0;
    for line in manual.lines() {
        let Some(at) = line.find("termscheck --") else {
            continue;
        };
        let words = line[at..].trim_end_matches(['\'', '`']).split_whitespace();
        let parsed = termscheck::cli::Cli::try_parse_from(words);
        assert!(parsed.is_ok(), "{line}: {:?}", parsed.err());
        seen += 1;
    }
    assert!(seen >= 5, "{seen} commands");
    for block in manual.split("```yaml\n").skip(1) {
        let text = block.split("```").next().expect("a block");
        assert!(yaml(text).is_object(), "{text}");
    }
    for file in [
        ".github/workflows/ci.yml",
        "action.yml",
        ".pre-commit-hooks.yaml",
    ] {
        let text = fs::read_to_string(path(file)).expect("a file");
        assert!(!yaml(&text).is_null(), "{file}");
    }
}
