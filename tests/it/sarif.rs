//! SARIF of every rule that can fire. The outputs stay in the folder for temporary files
//! of the build, where `.ci/sarif` has Microsoft's validator read them.

use std::fs;
use std::path::{Path, PathBuf};

use serde_json::Value;
use termscheck::pack::load_embedded;

use crate::report::sarif_schema;
use crate::rules::{folders, has_own_cases, lay_beside, lay_out, marker, testdata};
use crate::support::{Fixture, Run, run, termscheck};

/// Where the outputs lie.
fn outputs() -> PathBuf {
    Path::new(env!("CARGO_TARGET_TMPDIR")).join("sarif")
}

/// What the binary writes of a case of a rule, when the rule is among it.
fn of_case(case: &Path, rule: &str, id: &str, pack: &str) -> Option<String> {
    let target = tempfile::tempdir().expect("a temp folder");
    lay_out(case, target.path(), &marker());
    let also = testdata().join(rule.replace('/', "--")).join("also");
    lay_beside(&also, target.path());
    let config = target.path().join("termscheck.yaml");
    let mut settings = fs::read_to_string(&config).unwrap_or_default();
    settings.push('\n');
    fs::write(config, format!("{settings}packs: [{pack}]\n")).expect("a temp file");
    let mut command = termscheck();
    command.args([
        "--pedantic",
        "--fail-on",
        "never",
        "--format",
        "sarif",
        "--root",
    ]);
    command.arg(target.path()).arg(target.path());
    let done = run(&mut command);
    assert_eq!(done.code, 0, "{rule}: {}", done.err);
    let told = done.json()["runs"][0]["results"]
        .as_array()
        .is_some_and(|results| results.iter().any(|result| result["ruleId"] == id));
    told.then_some(done.out)
}

/// What holds of every result, whatever its rule.
fn judge(log: &Value, of: &str) {
    let run = &log["runs"][0];
    let driver = &run["tool"]["driver"];
    let home = env!("CARGO_PKG_REPOSITORY");
    let information = driver.get("informationUri").and_then(Value::as_str);
    assert_eq!(
        information,
        Some(home).filter(|home| !home.is_empty()),
        "{of}"
    );
    assert_eq!(run["automationDetails"]["id"], "termscheck/", "{of}");
    for rule in driver["rules"].as_array().expect("rules") {
        let help = rule.get("helpUri").and_then(Value::as_str);
        assert_eq!(help.is_some(), !home.is_empty(), "{of}");
        assert!(help.unwrap_or(home).starts_with(home), "{of}");
        // A breach of terms is no hole that anybody could get in by.
        assert_eq!(rule["properties"].get("security-severity"), None, "{of}");
        let tags = rule["properties"]["tags"].as_array().expect("tags");
        assert!(
            !tags.iter().any(|tag| tag == "security") && tags.len() <= 20,
            "{of}"
        );
    }
    for result in run["results"].as_array().expect("results") {
        let place = &result["locations"][0]["physicalLocation"];
        assert!(
            place["region"]["startLine"].as_u64().is_some(),
            "{of}: {result}"
        );
        let (region, context) = (&place["region"], &place["contextRegion"]);
        let line = |of: &Value, key: &str| of[key].as_u64().expect("a line");
        assert!(
            line(context, "startLine") <= line(region, "startLine"),
            "{of}"
        );
        assert!(line(context, "endLine") >= line(region, "endLine"), "{of}");
        let prints = result["partialFingerprints"]
            .as_object()
            .expect("fingerprints");
        let names: Vec<&str> = prints.keys().map(String::as_str).collect();
        assert_eq!(
            names,
            ["primaryLocationLineHash", "termscheckFinding/v2"],
            "{of}"
        );
    }
}

#[test]
fn every_rule_that_can_fire_gives_sound_sarif() {
    let schema = sarif_schema();
    let folder = outputs();
    let _ = fs::remove_dir_all(&folder);
    fs::create_dir_all(&folder).expect("a folder of the build");
    for pack in load_embedded().expect("the shipped packs load") {
        for compiled in &pack.rules {
            if has_own_cases(&pack) {
                continue;
            }
            let rule = compiled.rule.reported();
            let name = rule.replace('/', "--");
            let cases = folders(&testdata().join(&name).join("bad"));
            let mut told = cases
                .iter()
                .filter_map(|case| of_case(case, rule, &compiled.rule.id, &pack.id));
            let text = told.next();
            let text = text.unwrap_or_else(|| panic!("{rule} fires in no case"));
            let log: Value = serde_json::from_str(&text).expect("JSON");
            jsonschema::validate(&schema, &log).unwrap_or_else(|error| panic!("{rule}: {error}"));
            judge(&log, rule);
            fs::write(folder.join(format!("{name}.sarif")), text).expect("an output");
        }
    }
}

fn results(run: &Run) -> Vec<Value> {
    let json = run.json();
    jsonschema::validate(&sarif_schema(), &json).expect("valid SARIF");
    let results = json["runs"][0]["results"].as_array();
    results.expect("results").clone()
}

#[test]
fn what_is_suppressed_is_listed_when_it_is_asked_for() {
    let fixture = Fixture::new(&[
        (
            "a.md",
            "<!-- termscheck: ignore acme/shout -- a quotation -->\nA SHOUT.\n\nSHOUT again.\n",
        ),
        ("docs/b.md", "A whisper.\n"),
        (
            "termscheck.yaml",
            "ignore:\n- { rule: acme/whisper, reason: known }\n",
        ),
    ]);
    assert_eq!(results(&fixture.run(&["--format", "sarif"])).len(), 1);
    let run = fixture.run(&["--format", "sarif", "--sarif-suppressed"]);
    let told: Vec<(String, String)> = results(&run)
        .iter()
        .map(|result| {
            let why = &result["suppressions"][0];
            let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
            (text(&why["kind"]), text(&why["justification"]))
        })
        .collect();
    let pair = |kind: &str, why: &str| (kind.to_owned(), why.to_owned());
    let wanted = [
        pair("inSource", "a quotation"),
        pair("", ""),
        pair("external", "known"),
    ];
    assert_eq!(told, wanted);
    let folder = outputs().with_file_name("sarif-more");
    fs::create_dir_all(&folder).expect("a folder of the build");
    fs::write(folder.join("suppressed.sarif"), run.out).expect("an output");
    // The results of a part do not take the place of those of the whole.
    let part = fixture
        .run(&["--format", "sarif", "docs", "--root", "."])
        .json();
    assert_eq!(
        part["runs"][0]["automationDetails"]["id"],
        "termscheck/docs/"
    );
}

#[test]
fn no_more_results_than_code_scanning_takes() {
    let fixture = Fixture::new(&[("b.md", "A whisper.\n")]);
    // One file tells no more than 5,000.
    for (file, count) in [4900, 4900, 4900, 4900, 4900, 510].into_iter().enumerate() {
        fixture.write(&format!("a{file}.md"), "They mutter.\n\n".repeat(count));
    }
    let run = fixture.run(&["--format", "sarif", "--max-file-size", "8MiB"]);
    let results = results(&run);
    assert_eq!(results.len(), 25_000);
    assert_eq!(results[0]["level"], "warning", "the gravest come first");
    let run = &run.json()["runs"][0];
    let told = run["invocations"][0]["toolExecutionNotifications"].to_string();
    assert!(told.contains("11 results are left out"), "{told}");
}
