//! The keys of a pack's files in docs/packs.md are those of the JSON Schemas.

use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use serde_json::Value;

use crate::support::{run, termscheck};

/// The files, in the order of the manual, and the schema of each.
const FILES: &[(&str, &str)] = &[
    ("pack.yaml", "pack"),
    ("rules/*.yaml", "rules"),
    ("limits.yaml", "limits"),
    ("marks.yaml", "marks"),
    ("names.yaml", "names"),
    ("logos.yaml", "logos"),
    ("provenance.yaml", "provenance"),
    ("notices.yaml", "notices"),
    ("page.yaml", "page"),
];

const BEGIN: &str =
    "<!-- Made from the JSON Schemas by `UPDATE_DOCS=1 cargo test --test it pack_keys`. -->\n";
const END: &str = "<!-- End of what is made. -->\n";

#[test]
fn the_keys_in_the_manual_are_those_of_the_schemas() {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/packs.md");
    let text = fs::read_to_string(&file).expect("the manual");
    let text = text.replace("\r\n", "\n");
    let (before, rest) = text.split_once(BEGIN).expect("where the keys begin");
    let (written, after) = rest.split_once(END).expect("where they end");
    let made = made();
    if std::env::var_os("UPDATE_DOCS").is_some() {
        let text = format!("{before}{BEGIN}{made}{END}{after}");
        fs::write(&file, text).expect("written");
        return;
    }
    assert!(
        written == made,
        "docs/packs.md is stale; run UPDATE_DOCS=1 cargo test --test it pack_keys"
    );
}

/// Every key of every file is described: nobody has to guess what one means.
#[test]
fn every_key_says_what_it_is() {
    let made = made();
    let rows = made.lines().filter(|line| line.starts_with("| `"));
    let bare: Vec<&str> = rows.filter(|row| row.ends_with("|  |")).collect();
    assert!(bare.is_empty(), "{bare:#?}");
    assert!(made.lines().count() > 150, "{made}");
}

fn made() -> String {
    let mut out = String::new();
    for (file, kind) in FILES {
        let root = run(termscheck().args(["schema", kind])).json();
        let _ = write!(out, "\n### Keys of `{file}`\n");
        let tops = match root["items"].as_object() {
            Some(_) => branches(resolved(&root, &root["items"])),
            None => vec![&root],
        };
        for top in tops {
            let top = resolved(&root, top);
            let _ = write!(out, "\n{}\n", sentence(top));
            let _ = write!(out, "\n| key | what it holds | meaning |\n|---|---|---|\n");
            rows(&root, top, "", &mut Vec::new(), &mut out);
        }
    }
    out.push('\n');
    out
}

/// A row for each key, those of what it holds below it.
fn rows<'a>(
    root: &'a Value,
    of: &'a Value,
    base: &str,
    above: &mut Vec<&'a Value>,
    out: &mut String,
) {
    let required = of["required"].as_array().cloned().unwrap_or_default();
    let Some(keys) = of["properties"].as_object() else {
        return;
    };
    for (key, schema) in keys {
        let path = format!("{base}{key}");
        let needed = required.iter().any(|name| name == key);
        let inner = inner(root, schema);
        let mut told = sentence(schema);
        if told.is_empty() {
            told = inner.map(sentence).unwrap_or_default();
        }
        let shape = shape(root, schema);
        let needed = if needed { ", required" } else { "" };
        let _ = writeln!(out, "| `{path}` | {shape}{needed} | {told} |");
        if let Some(inner) = inner
            && inner["properties"].is_object()
            && !above.contains(&inner)
        {
            above.push(inner);
            let step = match shape.split(' ').next() {
                Some("list") => "[].",
                Some("map") => ".*.",
                _ => ".",
            };
            rows(root, inner, &format!("{path}{step}"), above, out);
            above.pop();
        }
    }
}

/// What a schema stands for, after its references.
fn resolved<'a>(root: &'a Value, schema: &'a Value) -> &'a Value {
    match schema["$ref"].as_str() {
        Some(name) => {
            let name = name.trim_start_matches('#');
            resolved(root, root.pointer(name).expect("what is referred to"))
        }
        None => schema,
    }
}

/// The schemas of which one holds; a `null` among them says that the key may be left out.
fn branches(schema: &Value) -> Vec<&Value> {
    let of = |key: &str| schema[key].as_array();
    let all = of("anyOf").or_else(|| of("oneOf"));
    let all = all.map_or_else(|| vec![schema], |all| all.iter().collect());
    all.into_iter()
        .filter(|one| one["type"] != "null")
        .collect()
}

/// The keys of what a key holds: of its entries, where it is a list or a map.
fn inner<'a>(root: &'a Value, schema: &'a Value) -> Option<&'a Value> {
    let own = resolved(root, branches(schema).first()?);
    for key in ["items", "additionalProperties"] {
        if own[key].is_object() {
            return inner(root, &own[key]);
        }
    }
    Some(own)
}

/// What a key holds, in few words.
fn shape(root: &Value, schema: &Value) -> String {
    let Some(own) = branches(schema).first().map(|own| resolved(root, own)) else {
        return String::new();
    };
    let values: Vec<String> = values(own);
    if !values.is_empty() {
        return values.join(", ");
    }
    if own["items"].is_object() {
        return format!("list of {}", shape(root, &own["items"]));
    }
    if own["additionalProperties"].is_object() {
        return format!("map to {}", shape(root, &own["additionalProperties"]));
    }
    let kind = match &own["type"] {
        Value::Array(kinds) => kinds.iter().find(|kind| *kind != "null"),
        kind => Some(kind),
    };
    let word = match kind.and_then(Value::as_str) {
        Some("string") => "text",
        Some("integer") => "whole number",
        Some("number") => "number",
        Some("boolean") => "`true` or `false`",
        Some("object") => "keys",
        Some("array") => "list",
        _ => "what the check asks for",
    };
    word.to_owned()
}

/// The values of a key that has a few.
fn values(schema: &Value) -> Vec<String> {
    let said = |value: &Value| value.as_str().map(|text| format!("`{text}`"));
    let listed = schema["enum"].as_array().into_iter().flatten();
    let listed: Vec<String> = listed.filter_map(said).collect();
    if !listed.is_empty() {
        return listed;
    }
    let one = schema["oneOf"].as_array().into_iter().flatten();
    one.flat_map(|one| match said(&one["const"]) {
        Some(value) => vec![value],
        None => values(one),
    })
    .collect()
}

/// The description of a schema on one line of a table.
fn sentence(schema: &Value) -> String {
    let text = schema["description"].as_str().unwrap_or_default();
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    text.replace('|', "\\|")
        .replace("[`", "`")
        .replace("`]", "`")
}
