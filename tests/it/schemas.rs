//! What is written is as the schemas say, and they leave out nothing.

use std::path::Path;

use serde_json::{Value, json};

use crate::support::{Fixture, run, termscheck};

fn schema(kind: &str) -> Value {
    run(termscheck().args(["schema", kind])).json()
}

fn errors(schema: &Value, value: &Value) -> Vec<String> {
    let validator = jsonschema::validator_for(schema).expect("a schema");
    let errors = validator.iter_errors(value);
    errors
        .map(|error| format!("{}: {error}", error.instance_path()))
        .collect()
}

/// The same schema, which takes no key that it does not name.
fn closed(mut schema: Value) -> Value {
    match &mut schema {
        Value::Object(object) => {
            for value in object.values_mut() {
                *value = closed(value.take());
            }
            if object.contains_key("properties") {
                object.insert("unevaluatedProperties".to_owned(), json!(false));
            }
        }
        Value::Array(list) => {
            for value in list.iter_mut() {
                *value = closed(value.take());
            }
        }
        _ => {}
    }
    schema
}

/// A folder with findings of every level, suppressed ones, fixes, and notices.
fn several() -> Fixture {
    Fixture::new(&[
        ("a.md", "SHOUT and whisper, muttering. A sigh, a groan.\n"),
        (
            "b.md",
            "SHOUT <!-- termscheck: ignore acme/shout -- loud -->\n",
        ),
        ("c.md", "<!-- termscheck: ignore acme/shout -->\nquiet\n"),
        ("d.bin", "\0\0\0"),
        (
            "termscheck.yaml",
            "ignore: [{ rule: acme/mutter, reason: known, paths: [x.md] }]\n",
        ),
    ])
}

#[test]
fn the_json_report_is_as_its_schema_says() {
    let schema = closed(schema("report"));
    let own = several().json(&["--pedantic"]).json();
    assert_eq!(errors(&schema, &own), Vec::<String>::new());
    // Every rule's samples: related places, folders, fixes, places in pages.
    let samples = Path::new(env!("CARGO_MANIFEST_DIR")).join("testdata");
    let all = run(termscheck()
        .args(["--format", "json", "--pedantic", "--root"])
        .arg(&samples)
        .arg(&samples))
    .json();
    assert_eq!(errors(&schema, &all), Vec::<String>::new());
    let findings = all["findings"].as_array().expect("findings");
    assert!(findings.iter().any(|found| !found["fix"].is_null()));
    assert!(findings.iter().any(|found| found["related"] != json!([])));
    // A folder of pages, which one finding stands for.
    let pages = Fixture::new(&[]);
    for name in ["alerts", "machines", "files"] {
        let text = format!(
            "---\ntitle: {name}\nms.author: someone\nms.topic: reference\nms.service: defender-endpoint\n---\n\n# {name}\n\nLists what is there.\n"
        );
        pages.write(&format!("docs/{name}.md"), text);
    }
    let folder = run(&mut pages.bare(&["--format", "json", "."])).json();
    assert_ne!(folder["findings"][0]["members"], json!([]), "{folder}");
    assert_eq!(errors(&schema, &folder), Vec::<String>::new());
    // It takes not everything.
    for (key, value) in [
        ("fingerprint", json!("short")),
        ("severity", json!("loud")),
        ("unheard", json!(1)),
    ] {
        let mut wrong = own.clone();
        wrong["findings"][0][key] = value;
        assert_ne!(errors(&schema, &wrong), Vec::<String>::new(), "{key}");
    }
    let mut wrong = own.clone();
    wrong["findings"][0]
        .as_object_mut()
        .expect("a finding")
        .remove("clause");
    assert_ne!(errors(&schema, &wrong), Vec::<String>::new());
}

#[test]
fn json_lines_are_as_their_schema_says() {
    let schema = schema("report-line");
    let out = several().run(&["--pedantic", "--format", "jsonl"]).out;
    let mut kinds = Vec::new();
    for line in out.lines() {
        let value: Value = serde_json::from_str(line).expect("JSON");
        assert_eq!(errors(&schema, &value), Vec::<String>::new(), "{line}");
        kinds.push(value["type"].as_str().expect("a type").to_owned());
    }
    kinds.dedup();
    assert_eq!(kinds, ["finding", "notice", "summary"]);
}
