//! One line a finding: `path:line:column: level rule: message`. Editors and `grep`
//! read it.

use std::io::{self, Write};

use super::{HumanStyle, View, no_command, place, visible};

/// Writes one line for each finding that is shown.
pub fn write(view: &View<'_>, style: &HumanStyle, out: &mut dyn Write) -> io::Result<()> {
    for finding in view.shown() {
        let place = place::of(view, finding);
        writeln!(
            out,
            "{}:{}:{}: {} {}: {}",
            no_command(&style.path(place.path)),
            place.line,
            place.column,
            finding.severity.as_str(),
            finding.rule.id,
            visible(&finding.message),
        )?;
    }
    Ok(())
}
