//! What reports look like, and that machines can rely on them.

use std::fs;
use std::sync::Arc;

use cargo_metadata::MetadataCommand;
use serde_json::Value;
use termscheck::finding::{Edit, Finding, Fix, Related};
use termscheck::pack::{Pack, load_directory};
use termscheck::report::{self, HumanStyle, View};
use termscheck::scan::Report;
use termscheck::source::{FileId, Source, Span};

use crate::support::{Fixture, redacted, run};

/// One of everything: merged and single findings, a suppressed one, a long line,
/// tabs, wide characters, words over two lines, notices, skips.
fn everything() -> Fixture {
    let long = format!("{}A SHOUT.{}", "far and ".repeat(40), " wide".repeat(40));
    Fixture::new(&[
        (
            "README.md",
            "# Title\n\nA whisper here.\n\nAnd whispers there,\nand whispering.\n",
        ),
        ("docs/a b#1.md", "\tcode\n\n日本 and 😀 SHOUT\tSHOUTS\n"),
        ("docs/long.md", &long),
        (
            "docs/quiet.md",
            "<!-- termscheck: ignore acme/shout -- a quotation -->\nA SHOUT.\n\n\
             <!-- termscheck: ignore acme/mutter -- stale -->\nSaid.\n\nThey mutter.\n",
        ),
        ("c.png", ""),
        (".github/CONTRIBUTING.md", "whisper\n"),
    ])
}

#[test]
fn the_report_for_people() {
    let fixture = everything();
    insta::assert_snapshot!("human", redacted(&fixture.run(&[]).out, &fixture));
    insta::assert_snapshot!("human-verbose", {
        let out = redacted(
            &fixture.run(&["-vv", "docs/quiet.md", "c.png"]).out,
            &fixture,
        );
        // What the built-in packs say is not this test's concern.
        out.lines()
            .filter(|line| !is_shipped(line))
            .collect::<Vec<_>>()
            .join("\n")
    });
    let ascii = crate::support::run(
        fixture
            .command(&["--ignore", "acme/whisper", "docs/a b#1.md"])
            .env("NO_COLOR", "1"),
    );
    insta::assert_snapshot!("human-ascii", redacted(&ascii.out, &fixture));
    let color = fixture
        .run(&["--color", "always", "-q", "docs/a b#1.md"])
        .out;
    insta::assert_snapshot!("human-color", color.replace('\u{1b}', "␛"));
}

/// Whether a line speaks of a pack that ships.
fn is_shipped(line: &str) -> bool {
    ["microsoft", "openstreetmap"]
        .iter()
        .any(|pack| line.contains(pack))
}

#[test]
fn the_report_as_json() {
    let fixture = everything();
    let mut json: Value = fixture.json(&[]).json();
    // What the built-in packs say is not this test's concern.
    for key in ["packs", "notices"] {
        if let Some(list) = json[key].as_array_mut() {
            list.retain(|value| !is_shipped(&value.to_string()));
        }
    }
    let text = serde_json::to_string_pretty(&json).expect("JSON");
    insta::assert_snapshot!("json", redacted(&text, &fixture));
}

#[test]
fn the_report_as_sarif() {
    let fixture = everything();
    let mut sarif = fixture.run(&["--format", "sarif"]).json();
    let run = &mut sarif["runs"][0];
    let rules = run["tool"]["driver"]["rules"]
        .as_array()
        .cloned()
        .expect("rules");
    for result in run["results"].as_array().expect("results") {
        let index = result["ruleIndex"].as_u64().expect("an index") as usize;
        assert_eq!(rules[index]["id"], result["ruleId"]);
    }
    // What the built-in packs say is not this test's concern; indices follow them.
    if let Some(list) = run["tool"]["driver"]["rules"].as_array_mut() {
        list.retain(|rule| {
            rule["id"]
                .as_str()
                .is_some_and(|id| id.starts_with("acme/"))
        });
    }
    for result in run["results"].as_array_mut().expect("results") {
        result["ruleIndex"] = Value::from("[INDEX]");
    }
    if let Some(list) = run["invocations"][0]["toolExecutionNotifications"].as_array_mut() {
        list.retain(|value| !is_shipped(&value.to_string()));
    }
    let text = serde_json::to_string_pretty(&sarif).expect("JSON");
    insta::assert_snapshot!("sarif", redacted(&text, &fixture));
}

/// The schema of SARIF 2.1.0, from the sources of a crate that carries it.
pub(super) fn sarif_schema() -> Value {
    // Packages of other platforms may not be at hand.
    let version = std::process::Command::new("rustc")
        .arg("-vV")
        .output()
        .expect("rustc");
    let version = String::from_utf8_lossy(&version.stdout).into_owned();
    let host = version
        .lines()
        .find_map(|line| line.strip_prefix("host: "))
        .expect("a host");
    let metadata = MetadataCommand::new()
        .manifest_path(concat!(env!("CARGO_MANIFEST_DIR"), "/Cargo.toml"))
        .other_options(["--locked", "--filter-platform", host].map(str::to_owned))
        .exec()
        .expect("cargo metadata");
    let package = metadata
        .packages
        .iter()
        .find(|package| package.name.as_str() == "serde-sarif")
        .expect("the crate is a dev-dependency");
    let folder = package.manifest_path.parent().expect("a folder");
    let text = fs::read_to_string(folder.join("src/schema.json")).expect("the schema");
    let mut schema: Value = serde_json::from_str(&text).expect("a JSON schema");
    // Its pattern for languages has a bracket too many, which no strict engine takes.
    for holder in ["run", "toolComponent"] {
        if let Some(language) =
            schema["definitions"][holder]["properties"]["language"].as_object_mut()
        {
            language.remove("pattern");
        }
    }
    schema
}

#[test]
fn sarif_validates_against_its_schema() {
    let schema = sarif_schema();
    let validator = jsonschema::validator_for(&schema).expect("a schema");
    let fixture = everything();
    fixture.write("bad.md", b"\xff SHOUT\n");
    fixture.write(
        "termscheck.yaml",
        "ignore:\n- { rule: acme/mutter, reason: known }\n",
    );
    for arguments in [
        &["."][..],
        &["--pedantic", "docs"],
        &["docs/long.md", "gone.md"],
    ] {
        let run = fixture.run(&[arguments, &["--format", "sarif"]].concat());
        let errors: Vec<String> = validator
            .iter_errors(&run.json())
            .map(|error| format!("{}: {error}", error.instance_path()))
            .collect();
        assert!(errors.is_empty(), "{errors:#?}");
    }
    assert!(!validator.is_valid(&serde_json::json!({ "version": "2.1.0" })));
}

/// What no rule of the test pack gives: a finding of the whole repository, places in
/// other files, fixes, more places than are kept.
fn rare(fixture: &Fixture) -> (Report, Vec<Pack>) {
    let packs = load_directory(&fixture.path("pack")).expect("the test pack");
    let rule = |id: &str| {
        let rules = packs.iter().flat_map(|pack| &pack.rules);
        let mut found = rules.filter(|compiled| compiled.rule.id == id);
        Arc::clone(&found.next().expect("a rule").rule)
    };
    let texts = [
        ("README.md", "# One\n\nSome words.\n"),
        ("docs/a.md", "Other words,\nand then some.\n"),
        ("docs/b.md", "More words.\n"),
    ];
    let mut report = Report::default();
    for (index, (path, text)) in texts.into_iter().enumerate() {
        let source = Source::from_text(FileId(index as u32), path, text);
        report.paths.push(Arc::clone(&source.path));
        report.sources.insert(source.id, Arc::new(source));
    }
    let span = |file: u32, range: std::ops::Range<usize>| Span::new(FileId(file), range);
    let mut whole = Finding::new(&rule("acme/whisper"), None, "nobody speaks")
        .related(span(1, 6..11), "but here")
        .subject("voice");
    for _ in 0..14 {
        whole = whole.related(span(2, 5..10), "and here");
    }
    whole.count = 40;
    let lines = Finding::new(
        &rule("acme/shout"),
        Some(span(1, 6..21)),
        "words over lines",
    )
    .label("these words")
    .related(
        span(1, 0..5),
        "they follow this word, which is explained at some length here",
    )
    .related(span(0, 7..11), "and this one")
    .help("One line.\nAnother line.")
    .fix(
        "say it quietly",
        true,
        Edit {
            span: span(1, 6..11),
            replacement: "voices".to_owned(),
        },
    );
    let mut edits = Finding::new(
        &rule("acme/mutter"),
        Some(span(2, 11..11)),
        "an empty place",
    );
    edits.fix = Some(Fix {
        more: false,
        title: "add full stops".to_owned(),
        safe: false,
        edits: [span(2, 11..11), span(0, 18..18), span(2, 0..4)]
            .map(|span| Edit {
                span,
                replacement: String::new(),
            })
            .into(),
    });
    edits.flow = [(2, "it starts here"), (0, "and ends here")]
        .map(|(file, message)| Related {
            span: span(file, 0..4),
            message: message.to_owned(),
        })
        .into();
    let gone = Finding::new(&rule("acme/shout"), Some(span(3, 4..9)), "its text is gone");
    report.paths.push("docs/gone.md".into());
    report.findings = vec![whole, lines, edits, gone];
    (report, packs)
}

#[test]
fn rare_findings_are_reported_by_all() {
    let fixture = Fixture::new(&[]);
    let (report, packs) = rare(&fixture);
    let view = View {
        report: &report,
        packs: &packs,
        root: &fixture.root(),
        fails_at: None,
        sarif: report::SarifOptions::default(),
    };
    let mut human = Vec::new();
    report::write_human(&view, &HumanStyle::default(), &mut human).expect("written");
    insta::assert_snapshot!("rare-human", String::from_utf8_lossy(&human));
    let mut json = Vec::new();
    report::write_json(&view, &mut json).expect("written");
    insta::assert_snapshot!(
        "rare-json",
        redacted(&String::from_utf8_lossy(&json), &fixture)
    );
    let mut sarif = Vec::new();
    report::write_sarif(&view, &mut sarif).expect("written");
    let mut sarif: Value = serde_json::from_slice(&sarif).expect("JSON");
    let schema = sarif_schema();
    jsonschema::validate(&schema, &sarif).expect("valid SARIF");
    let results = sarif["runs"][0]["results"].take();
    let results = serde_json::to_string_pretty(&results).expect("JSON");
    insta::assert_snapshot!("rare-sarif", results);
}

#[test]
fn the_way_from_a_loop_to_a_request_is_a_flow() {
    let client = "import requests\n\nBASE = 'https://api.security.microsoft.com/api'\n\ndef machine(item):\n    return requests.get(f'{BASE}/machines/{item}')\n";
    let report = "from client import machine\n\ndef report(items):\n    for item in items:\n        machine(item)\n";
    let fixture = Fixture::new(&[("client.py", client), ("report.py", report)]);
    let arguments = ["--format", "sarif", "--select", "throttling/unbounded-loop"];
    let sarif = run(&mut fixture.bare(&arguments)).json();
    jsonschema::validate(&sarif_schema(), &sarif).expect("valid SARIF");
    let results = sarif["runs"][0]["results"].as_array().expect("results");
    let flows: Vec<&Value> = results
        .iter()
        .filter_map(|result| result.get("codeFlows"))
        .collect();
    let steps = flows[0][0]["threadFlows"][0]["locations"]
        .as_array()
        .expect("the steps");
    let told: Vec<String> = steps
        .iter()
        .map(|step| {
            let place = &step["location"]["physicalLocation"];
            let path = place["artifactLocation"]["uri"].as_str();
            format!(
                "{}:{}",
                path.expect("a path"),
                place["region"]["startLine"].as_u64().expect("a line")
            )
        })
        .collect();
    assert_eq!(told, ["report.py:4", "report.py:5", "client.py:6"]);
}

#[test]
fn any_number_of_threads_gives_the_same_report() {
    let fixture = everything();
    for index in 0..60 {
        fixture.write(&format!("many/{index}.md"), "SHOUT\n\nwhisper\n\nmutter\n");
    }
    for format in ["human", "json", "sarif"] {
        let outputs: Vec<_> = ["1", "8", "3"]
            .iter()
            .map(|threads| {
                fixture
                    .run(&["-vv", "--format", format, "--threads", threads])
                    .out
            })
            .collect();
        assert_eq!(outputs[0], outputs[1]);
        assert_eq!(outputs[0], outputs[2]);
    }
}

fn fingerprints(fixture: &Fixture) -> Vec<String> {
    let json = fixture.json(&[]).json();
    let findings = json["findings"].as_array().cloned().unwrap_or_default();
    findings
        .iter()
        .filter_map(|finding| Some(finding["fingerprint"].as_str()?.to_owned()))
        .collect()
}

#[test]
fn fingerprints_do_not_follow_lines() {
    let fixture = Fixture::new(&[("a.md", "One SHOUT.\n\nTwo SHOUT.\n\nTwo SHOUT.\n")]);
    let before = fingerprints(&fixture);
    let mut distinct = before.clone();
    distinct.sort();
    distinct.dedup();
    assert_eq!(distinct.len(), 3);
    fixture.write(
        "a.md",
        "New.\n\n- item\n\nOne  SHOUT.\nMore.\n\nTwo SHOUT.\n\nTwo SHOUT.\n",
    );
    assert_eq!(fingerprints(&fixture), before);
    // The second of two alike keeps the number one when the first goes.
    fixture.write("a.md", "Two SHOUT.\n");
    assert_eq!(fingerprints(&fixture), before[1..2]);
    // Other words, another file: another finding.
    fixture.write("a.md", "Three SHOUT.\n");
    assert!(!before.contains(&fingerprints(&fixture)[0]));
}

#[test]
fn columns_are_what_the_format_says() {
    let fixture = Fixture::new(&[("a.md", "é😀 SHOUT\n")]);
    let span = &fixture.json(&[]).json()["findings"][0]["span"];
    assert_eq!(
        (
            &span["start"]["column"],
            &span["start"]["utf16"],
            &span["start"]["offset"]
        ),
        (&4.into(), &5.into(), &7.into())
    );
    let sarif = fixture.run(&["--format", "sarif"]).json();
    let run = &sarif["runs"][0];
    assert_eq!(run["columnKind"], "utf16CodeUnits");
    let region = &run["results"][0]["locations"][0]["physicalLocation"]["region"];
    assert_eq!(
        (&region["startColumn"], &region["endColumn"]),
        (&5.into(), &10.into())
    );
}
