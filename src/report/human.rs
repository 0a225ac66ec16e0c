//! The report for people.

use std::io::{self, Write};

use super::{View, visible};
use crate::finding::{Finding, Severity};
use crate::scan::NoticeLevel;
use crate::source::Span;

/// How the report is to look.
#[derive(Clone, Copy, Debug, Default)]
pub struct HumanStyle {
    /// Findings only.
    pub quiet: bool,
    /// How much more to say.
    pub verbose: u8,
}

/// Writes the report for people.
pub fn write(view: &View<'_>, style: HumanStyle, out: &mut dyn Write) -> io::Result<()> {
    for finding in view.shown() {
        write_finding(view, finding, out)?;
    }
    if style.quiet {
        return Ok(());
    }
    for notice in &view.report.notices {
        if notice.level > NoticeLevel::Info || style.verbose > 0 {
            let path = notice.path.as_deref().unwrap_or("");
            let separator = if path.is_empty() { "" } else { ": " };
            writeln!(
                out,
                "{}{separator}{}",
                visible(path),
                visible(&notice.message)
            )?;
        }
    }
    let counts = &view.report.counts;
    writeln!(
        out,
        "{} errors, {} warnings, {} notes ({} checked, {} skipped)",
        view.count(Severity::Error),
        view.count(Severity::Warning),
        view.count(Severity::Note),
        counts.read,
        counts.skipped.values().sum::<u64>(),
    )
}

fn write_finding(view: &View<'_>, finding: &Finding, out: &mut dyn Write) -> io::Result<()> {
    let rule = &finding.rule;
    writeln!(
        out,
        "{}[{}]: {}",
        finding.severity.as_str(),
        rule.id,
        visible(&finding.message)
    )?;
    if let Some(span) = finding.primary {
        let words = view
            .source(span.file)
            .map_or("", |source| source.slice(span));
        writeln!(
            out,
            "  --> {}: “{}” {}",
            place(view, span),
            visible(words),
            visible(&finding.label)
        )?;
    }
    for related in &finding.related {
        writeln!(
            out,
            "  also {}: {}",
            place(view, related.span),
            visible(&related.message)
        )?;
    }
    let clause = &rule.clause;
    writeln!(
        out,
        "  = clause: {} {}: “{}” <{}>",
        clause.document, clause.section, clause.quote, clause.url
    )?;
    if !finding.help.is_empty() {
        writeln!(out, "  = help: {}", visible(&finding.help))?;
    }
    writeln!(out)
}

/// `path:line:column`.
fn place(view: &View<'_>, span: Span) -> String {
    let path = visible(view.path(span));
    match view.source(span.file) {
        Some(source) => {
            let position = source.position(span.start);
            format!("{path}:{}:{}", position.line, position.column)
        }
        None => path.into_owned(),
    }
}
