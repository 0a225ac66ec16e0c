//! JUnit XML: a test case for each finding, failed where the finding fails the run, so that
//! the job and its table of tests agree; one that passes where nothing was found, since an
//! empty file reads as a broken run.

use std::io::{self, Write};

use quick_xml::Writer;
use quick_xml::events::{BytesDecl, BytesText, Event};

use super::text::visible_lines;
use super::{View, place, visible};
use crate::finding::Finding;

/// Writes the suite.
pub fn write(view: &View<'_>, out: &mut dyn Write) -> io::Result<()> {
    let mut writer = Writer::new_with_indent(&mut *out, b' ', 2);
    writer.write_event(Event::Decl(BytesDecl::new("1.0", Some("UTF-8"), None)))?;
    let shown: Vec<&Finding> = view.shown().collect();
    let failures = shown
        .iter()
        .filter(|finding| view.fails(finding))
        .count()
        .to_string();
    let tests = shown.len().max(1).to_string();
    let counts = [
        ("name", "termscheck"),
        ("tests", &tests),
        ("failures", &failures),
    ];
    let suite = writer.create_element("testsuite").with_attributes(counts);
    suite.write_inner_content(|writer| {
        if shown.is_empty() {
            let name = format!("nothing found in {} files", view.report.counts.read);
            let attributes = [("name", name.as_str()), ("classname", "termscheck")];
            writer
                .create_element("testcase")
                .with_attributes(attributes)
                .write_empty()?;
        }
        shown
            .iter()
            .try_for_each(|finding| case(view, finding, writer))
    })?;
    writeln!(writer.into_inner())
}

fn case<W: Write>(view: &View<'_>, finding: &Finding, writer: &mut Writer<W>) -> io::Result<()> {
    let place = place::of(view, finding);
    let path = visible(place.path);
    let line = place.line.to_string();
    let name = format!("{} at {path}:{line}:{}", finding.rule.id, place.column);
    let message = visible(&finding.message);
    let body = format!(
        "{path}:{line}: {message}\n{}",
        visible_lines(&finding.advice())
    );
    writer
        .create_element("testcase")
        .with_attributes([
            ("name", name.as_str()),
            ("classname", &finding.rule.id),
            ("file", &path),
            ("line", &line),
        ])
        .write_inner_content(|writer| {
            let body = BytesText::new(&body);
            if view.fails(finding) {
                let kind = finding.severity.as_str();
                writer
                    .create_element("failure")
                    .with_attributes([("message", &*message), ("type", kind)])
                    .write_text_content(body)?;
            } else {
                writer
                    .create_element("system-out")
                    .write_text_content(body)?;
            }
            Ok(())
        })?;
    Ok(())
}
