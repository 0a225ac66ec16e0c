//! What code scanning takes is never exceeded, and what it does not see is counted.

use std::path::Path;
use std::sync::Arc;

use serde_json::Value;

use super::limits::Limits;
use super::{line_hash, write_within};
use crate::finding::{Finding, Severity, Suppression, SuppressionKind};
use crate::pack::{Pack, load_embedded};
use crate::report::{SarifOptions, View};
use crate::scan::Report;
use crate::source::{FileId, Source};

/// A report of as many findings of one file, a line each, every tenth an error.
fn report(packs: &[Pack], count: usize) -> Report {
    let lines: Vec<String> = (0..count).map(|n| format!("Line {n} Sharepoint")).collect();
    let text = lines.join("\n");
    let source = Arc::new(Source::from_text(FileId(0), "a.md", text));
    let mut rules = packs.iter().flat_map(|pack| &pack.rules);
    let rule = &rules
        .find(|compiled| compiled.rule.id == "throttling/rate-exceeds-limit")
        .expect("the rule")
        .rule;
    let starts = source.line_starts().to_vec();
    let findings = (0..count)
        .map(|n| {
            let start = starts[n] as usize;
            let span = source.span(start..start + 4);
            let mut finding = Finding::new(rule, Some(span), format!("at {n}"));
            finding.severity = match n % 10 {
                9 => Severity::Error,
                _ => Severity::Note,
            };
            for _ in 0..20 {
                finding = finding.related(span, "here");
            }
            finding
        })
        .collect();
    let mut report = Report {
        findings,
        ..Report::default()
    };
    report.paths.push("a.md".into());
    report.sources.insert(FileId(0), source);
    report
}

fn written(report: &Report, packs: &[Pack], limits: Limits, sarif: SarifOptions<'_>) -> Value {
    let view = View {
        report,
        packs,
        root: Path::new("."),
        fails_at: None,
        sarif,
    };
    let mut out = Vec::new();
    write_within(&view, limits, &mut out).expect("written");
    serde_json::from_slice::<Value>(&out).expect("JSON")["runs"][0].take()
}

fn levels(run: &Value, level: &str) -> usize {
    let results = run["results"].as_array().expect("results");
    let of_level = results.iter().filter(|result| result["level"] == level);
    of_level.count()
}

fn said(run: &Value) -> &str {
    let told = &run["invocations"][0]["toolExecutionNotifications"][0];
    told["message"]["text"].as_str().unwrap_or_default()
}

#[test]
fn the_gravest_are_kept_and_the_others_counted() {
    let packs = load_embedded().expect("the shipped packs");
    let report = report(&packs, 100);
    let small = Limits {
        results: 25,
        locations: 5,
        ..Limits::default()
    };
    let run = written(&report, &packs, small, SarifOptions::default());
    assert_eq!((levels(&run, "error"), levels(&run, "note")), (10, 15));
    assert!(said(&run).starts_with("75 results are left out"), "{run}");
    assert!(said(&run).contains("75 note"));
    let first = &run["results"][0];
    let places = ["locations", "relatedLocations"].map(|key| first[key].as_array().map(Vec::len));
    assert_eq!(places, [Some(1), Some(4)]);
    let whole = written(&report, &packs, Limits::default(), SarifOptions::default());
    assert_eq!(levels(&whole, "error") + levels(&whole, "note"), 100);
    assert_eq!(said(&whole), "");
}

#[test]
fn a_report_is_no_larger_than_what_is_taken() {
    let packs = load_embedded().expect("the shipped packs");
    let report = report(&packs, 300);
    let view = View {
        report: &report,
        packs: &packs,
        root: Path::new("."),
        fails_at: None,
        sarif: SarifOptions::default(),
    };
    let size = |limits| {
        let mut out = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::default());
        write_within(&view, limits, &mut out).expect("written");
        out.finish().expect("compressed").len() as u64
    };
    let whole = size(Limits::default());
    let half = Limits {
        gzip: whole / 2,
        ..Limits::default()
    };
    assert!(size(half) <= half.gzip);
    let run = written(&report, &packs, half, SarifOptions::default());
    let kept = levels(&run, "error") + levels(&run, "note");
    assert!(kept > 60, "{kept} of 300 are kept");
    assert_eq!(levels(&run, "error"), 30);
    assert!(said(&run).contains("left out"));
    // What can't fit at all is written without results.
    let none = Limits {
        gzip: 1,
        ..Limits::default()
    };
    let run = written(&report, &packs, none, SarifOptions::default());
    assert_eq!(levels(&run, "error"), 0);
}

#[test]
fn what_is_suppressed_is_left_out_or_says_so() {
    let packs = load_embedded().expect("the shipped packs");
    let mut report = report(&packs, 4);
    for (finding, kind) in report.findings.iter_mut().zip([
        SuppressionKind::Inline,
        SuppressionKind::Config,
        SuppressionKind::Baseline,
    ]) {
        finding.suppressed = Some(Suppression {
            kind,
            reason: "known".to_owned(),
        });
    }
    let run = written(&report, &packs, Limits::default(), SarifOptions::default());
    assert_eq!(levels(&run, "note"), 1);
    assert_eq!(run["results"][0].get("suppressions"), None);
    let with = SarifOptions {
        suppressed: true,
        part: "docs/partner",
    };
    let run = written(&report, &packs, Limits::default(), with);
    let told: Vec<String> = run["results"]
        .as_array()
        .expect("results")
        .iter()
        .map(|result| result["suppressions"].to_string())
        .collect();
    let one =
        |kind| format!(r#"[{{"kind":"{kind}","status":"accepted","justification":"known"}}]"#);
    assert_eq!(
        told,
        [
            one("inSource"),
            one("external"),
            one("external"),
            "[]".to_owned()
        ]
    );
    assert_eq!(run["automationDetails"]["id"], "termscheck/docs/partner/");
}

#[test]
fn a_place_is_known_by_its_line() {
    let packs = load_embedded().expect("the shipped packs");
    let report = report(&packs, 3);
    let run = written(&report, &packs, Limits::default(), SarifOptions::default());
    let hashes = line_hash::of(&report.sources[&FileId(0)]);
    for (result, hash) in run["results"]
        .as_array()
        .expect("results")
        .iter()
        .zip(&hashes)
    {
        let prints = &result["partialFingerprints"];
        assert_eq!(prints["primaryLocationLineHash"], **hash);
        assert_ne!(prints["termscheckFinding/v2"], **hash);
    }
}
