//! Reports for machines: each is what its reader takes.

use serde_json::Value;

use crate::support::{Fixture, redacted};

/// Findings of each level, one with what formats have signs for, a suppressed one.
fn some() -> Fixture {
    Fixture::new(&[
        ("README.md", "# Title\n\nA whisper here.\n"),
        ("docs/a,b: 100%.md", "A SHOUT<b>&amp;\n\nSHOUT|x`](y)\n"),
        (
            "docs/quiet.md",
            "<!-- termscheck: ignore acme/shout -- a quotation -->\nA SHOUT.\n\nThey mutter.\n",
        ),
    ])
}

fn report(fixture: &Fixture, format: &str) -> String {
    let run = fixture.run(&["--format", format]);
    assert!(run.code < 2, "{}", run.err);
    redacted(&run.out, fixture)
}

#[test]
fn each_form_looks_like_this() {
    let fixture = some();
    for format in ["concise", "github", "gitlab", "junit", "markdown"] {
        insta::assert_snapshot!(format, report(&fixture, format));
    }
}

/// A table of tests that is red beside a job that passed makes people doubt both.
#[test]
fn a_test_case_fails_where_the_run_does() {
    let fixture = some();
    for (level, failed) in [("note", 4), ("warning", 3), ("error", 2), ("never", 0)] {
        let run = fixture.run(&["--format", "junit", "--fail-on", level]);
        assert_eq!(run.code, i32::from(failed > 0), "{}", run.err);
        assert!(
            run.out.contains(&format!("failures=\"{failed}\"")),
            "{}",
            run.out
        );
        assert_eq!(run.out.matches("<failure ").count(), failed, "{}", run.out);
    }
}

#[test]
fn nothing_found_is_a_report_as_well() {
    let fixture = Fixture::new(&[("a.md", "Said.\n")]);
    assert_eq!(report(&fixture, "concise"), "");
    assert_eq!(report(&fixture, "github"), "");
    assert_eq!(report(&fixture, "gitlab"), "[]\n");
    assert!(report(&fixture, "junit").contains("tests=\"1\" failures=\"0\""));
    assert!(report(&fixture, "markdown").contains("nothing found"));
}

#[test]
fn lines_of_json_are_the_findings_of_the_document() {
    let fixture = some();
    let lines: Vec<Value> = report(&fixture, "jsonl")
        .lines()
        .map(|line| serde_json::from_str(line).expect("JSON"))
        .collect();
    let document = fixture.json(&[]).json();
    let of = |kind: &str| -> Vec<Value> {
        let lines = lines.iter().filter(|line| line["type"] == kind).cloned();
        lines
            .map(|mut line| {
                line.as_object_mut().expect("an object").remove("type");
                line
            })
            .collect()
    };
    assert_eq!(Value::from(of("finding")), document["findings"]);
    assert_eq!(Value::from(of("notice")), document["notices"]);
    assert_eq!(of("summary")[0]["counts"], document["counts"]);
}

/// What GitLab's documentation asks of an entry.
#[test]
fn code_quality_has_what_gitlab_asks_for() {
    let schema = serde_json::json!({
        "type": "array",
        "items": {
            "type": "object",
            "required": ["description", "check_name", "fingerprint", "severity", "location"],
            "properties": {
                "description": { "type": "string", "minLength": 1 },
                "check_name": { "type": "string", "minLength": 1 },
                "fingerprint": { "type": "string", "minLength": 1 },
                "severity": { "enum": ["info", "minor", "major", "critical", "blocker"] },
                "location": {
                    "type": "object",
                    "required": ["path", "lines"],
                    "properties": {
                        "path": { "type": "string", "pattern": "^[^./]" },
                        "lines": {
                            "type": "object",
                            "required": ["begin"],
                            "properties": { "begin": { "type": "integer", "minimum": 1 } },
                        },
                    },
                },
            },
        },
    });
    let report: Value = serde_json::from_str(&report(&some(), "gitlab")).expect("JSON");
    let validator = jsonschema::validator_for(&schema).expect("a schema");
    let errors: Vec<_> = validator
        .iter_errors(&report)
        .map(|error| error.to_string())
        .collect();
    assert!(errors.is_empty(), "{errors:#?}");
    let list = report.as_array().expect("a list");
    let mut prints: Vec<_> = list
        .iter()
        .map(|issue| issue["fingerprint"].to_string())
        .collect();
    prints.sort();
    prints.dedup();
    assert_eq!(
        (prints.len(), list.len()),
        (4, 4),
        "each has a fingerprint of its own"
    );
}

#[test]
fn junit_is_well_formed_and_counts_right() {
    let text = report(&some(), "junit");
    let document = roxmltree::Document::parse(&text).expect("XML");
    let suite = document.root_element();
    let count = |name: &str| {
        let nodes = suite.descendants().filter(|node| node.has_tag_name(name));
        nodes.count().to_string()
    };
    assert_eq!(suite.attribute("tests"), Some(&*count("testcase")));
    assert_eq!(suite.attribute("failures"), Some(&*count("failure")));
}

#[test]
fn a_scanned_text_holds_no_command_that_counts_anywhere_in_a_line() {
    let name = "::stop-commands::x ##vso[task.complete result=Succeeded]b.md";
    let fixture = Fixture::new(&[("a.md", "A SHOUT ##vso[task.setvariable variable=a]b\n")]);
    fixture.write(name, "##[error]A SHOUT ##teamcity[x]\n");
    for format in [
        "human", "concise", "github", "gitlab", "junit", "markdown", "json", "jsonl", "sarif",
    ] {
        let text = report(&fixture, format);
        for command in ["##vso[", "##[", "##teamcity["] {
            assert!(!text.contains(command), "{format}: {command} in {text}");
        }
        let begins = |line: &str| line.trim_start().starts_with("::stop-commands");
        assert!(!text.lines().any(begins), "{format}: {text}");
    }
}

#[test]
fn a_scanned_text_begins_no_command_of_its_own() {
    let fixture = Fixture::new(&[("a.md", "SHOUT\u{1b}]0;x\u{7}\n::error::no\n")]);
    fixture.write("b\n::stop-commands::x.md", "A SHOUT.\n");
    fixture.write(
        "::add-mask::a.md",
        "A SHOUT. ##[add-mask]b ##vso[task.complete]\n",
    );
    fixture.write("##teamcity[x].md", "A SHOUT.\n");
    for format in [
        "human", "json", "sarif", "concise", "github", "gitlab", "junit", "markdown", "jsonl",
        "html",
    ] {
        let text = report(&fixture, format);
        assert!(!text.contains(['\u{1b}', '\u{7}']), "{format}: {text:?}");
        assert!(!text.contains("\n::stop-commands"), "{format}: {text:?}");
        let begins = |line: &str| line.trim_start().starts_with("::add-mask");
        assert!(!text.lines().any(begins), "{format}: {text:?}");
        for command in ["##[", "##vso[", "##teamcity["] {
            assert!(!text.contains(command), "{format}: {text:?}");
        }
    }
}

/// How it looks and what it does is tested in a browser, by `.ci/full`.
#[test]
fn the_page_is_one_file_that_scanned_text_can_not_leave() {
    let fixture = Fixture::new(&[
        ("a.md", "A SHOUT`</script><script>x()</script>`\n"),
        ("b.md", "A SHOUT\u{2028}<!-- {{data}} \u{202e}\n"),
    ]);
    fixture.write("<img src=x>.md", "A SHOUT.\n");
    let text = report(&fixture, "html");
    for (tag, count) in [
        ("<script", 2),
        ("</script", 2),
        ("<img", 0),
        ("<!--", 0),
        ("<link", 0),
    ] {
        assert_eq!(text.matches(tag).count(), count, "{tag}");
    }
    assert!(!text.contains(['\u{2028}', '\u{202e}']));
    let (page, data) = text.split_once("id=\"data\">").expect("the data");
    assert!(!page.contains(" src="), "nothing is fetched");
    let (data, _) = data.split_once("</script>").expect("its end");
    let data: Value = serde_json::from_str(data).expect("JSON");
    assert_eq!(data["findings"].as_array().map(Vec::len), Some(3));
    assert!(data["texts"].to_string().contains("<img src=x>.md"));
    assert_eq!(data["clauses"][0]["quote"], "Keep your voice down.");
    // The same bytes on every run.
    assert_eq!(report(&fixture, "html"), text);
}
