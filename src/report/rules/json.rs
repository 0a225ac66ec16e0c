//! Rules as JSON: `termscheck rules --format json`, `termscheck explain --format json`.

use std::io::{self, Write};

use serde_json::{Value, json};

use super::{Chosen, DISCLAIMER};
use crate::pack::Rule;
use crate::report::json::model::Clause;

/// Version of the format: raised when a key changes its meaning or goes away.
const VERSION: u32 = 1;

/// Writes the rules as one JSON document.
pub fn write(chosen: &[Chosen<'_>], out: &mut dyn Write) -> io::Result<()> {
    let packs: Vec<Value> = chosen
        .iter()
        .map(|Chosen { pack, rules }| {
            json!({
                "id": &*pack.id,
                "title": pack.title,
                "owner": pack.owner.name,
                "rules": rules.iter().map(|rule| value(rule)).collect::<Vec<_>>(),
            })
        })
        .collect();
    let document = json!({
        "version": VERSION,
        "tool": { "name": env!("CARGO_PKG_NAME"), "version": env!("CARGO_PKG_VERSION") },
        "packs": packs,
        "disclaimer": DISCLAIMER,
    });

    crate::report::safe_json::write(&document, out)
}

fn value(rule: &Rule) -> Value {
    json!({
        "id": rule.id,
        "aliases": rule.aliases(),
        "shared": rule.shared,
        "title": rule.title,
        "severity": rule.severity,
        "confidence": rule.confidence,
        "force": rule.force,
        "force_words": crate::report::force_words(rule.force),
        "pedantic": rule.pedantic,
        "owner_exempt": rule.owner_exempt,
        "zones": rule.zones,
        "aggregate": rule.aggregate,
        "joins": rule.joins,
        "clause": Clause::from(&*rule.clause),
        "message": rule.message,
        "help": rule.help,
        "advice": rule.advice(),
        "explanation": rule.explanation,
        "bad": rule.bad,
        "good": rule.good,
        "check": rule.check,
        // Keys of YAML that are no words can't be keys of JSON.
        "with": serde_json::to_value(&rule.with).unwrap_or_default(),
    })
}
