//! One JSON object a line, for streams: each finding and notice as in the JSON report
//! with a `type`, and a summary last.

use std::io::{self, Write};

use serde_json::{Value, json};

use super::{View, fingerprint, json as document, safe_json};

/// Writes the lines.
pub fn write(view: &View<'_>, out: &mut dyn Write) -> io::Result<()> {
    let findings = view.report.findings.iter().zip(fingerprint::of(view));
    for (finding, fingerprint) in findings {
        let value = document::finding(view, finding, &fingerprint);
        line("finding", value, out)?;
    }
    for notice in &view.report.notices {
        line("notice", document::notice(view, notice), out)?;
    }
    let summary = json!({
        "version": document::VERSION,
        "root": view.root.to_string_lossy(),
        "counts": document::counts(view),
    });
    line("summary", summary, out)
}

fn line(kind: &str, value: Value, out: &mut dyn Write) -> io::Result<()> {
    let mut object = serde_json::Map::from_iter([("type".to_owned(), json!(kind))]);
    if let Value::Object(rest) = value {
        object.extend(rest);
    }
    safe_json::write_line(&object, out)
}
