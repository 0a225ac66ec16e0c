//! One JSON object a line, for streams: each finding and notice as in the JSON report
//! with a `type`, and a summary last.

use std::io::{self, Write};

use super::json::model::{Line, Summary, VERSION};
use super::json::{counts, finding, notice, root};
use super::{View, fingerprint, safe_json};

/// Writes the lines.
pub fn write(view: &View<'_>, out: &mut dyn Write) -> io::Result<()> {
    for (found, print) in view.report.findings.iter().zip(fingerprint::of(view)) {
        let line = Line::Finding(Box::new(finding(view, found, &print)));
        safe_json::write_line(&line, out)?;
    }
    for said in &view.report.notices {
        safe_json::write_line(&Line::Notice(notice(view, said)), out)?;
    }
    let summary = Summary {
        version: VERSION,
        root: root(view),
        counts: counts(view),
    };
    safe_json::write_line(&Line::Summary(summary), out)
}
