//! Scores the shipped packs against hand labels: `gold LABELS TREES [-v]`.
//!
//! `LABELS` is a JSON-lines file of labels; `TREES` holds each labelled repository
//! at its labelled commit in a folder `OWNER+NAME`, with a `.git/config` that names
//! its remote. Two kinds of labels are read: one expected finding (or its absence)
//! a line, and one judged API client a line (`verdict`). Prints a Markdown table of
//! precision and recall by family, with and without contested labels; `-v` lists
//! what was missed and what was wrong.

mod score;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use score::{Score, print};
use serde::Deserialize;
use termscheck::finding::{Confidence, Severity};
use termscheck::pack::{Pack, load_embedded};
use termscheck::scan::{ScanOptions, scan};

/// Which rules a family of labels speaks of.
const FAMILIES: &[(&str, &[&str])] = &[
    ("licence-decl", &["licence/"]),
    ("attribution", &["attribution/"]),
    ("tm-name", &["trademark/name-in-product"]),
    ("tm-logo", &["trademark/logo"]),
    ("tm-endorsement", &["trademark/implied-endorsement"]),
    ("tm-form", &["trademark/grammar", "trademark/abbreviated"]),
    ("tm-notice", &["trademark/missing-notice"]),
    (
        "product-name",
        &[
            "trademark/outdated-name",
            "trademark/altered",
            "trademark/translated",
        ],
    ),
    (
        "throttle-code",
        &[
            "throttling/rate-exceeds-limit",
            "throttling/unbounded-loop",
            "throttling/no-throttling-handling",
            "throttling/dead-limiter",
            "throttling/unbounded-fan-out",
        ],
    ),
    (
        "throttle-doc",
        &["throttling/docs-contradict", "throttling/evasion"],
    ),
];

/// Families whose rules are for those who ask: scored with `--pedantic`.
const PEDANTIC_FAMILIES: &[&str] = &["product-name", "tm-form", "tm-logo"];

/// Families whose findings speak of the whole repository, wherever they point.
const REPOSITORY_FAMILIES: &[&str] = &["licence-decl", "tm-notice"];

#[derive(Deserialize)]
struct Label {
    #[serde(default)]
    id: String,
    repo: Option<String>,
    path: Option<String>,
    #[serde(default)]
    line_start: u32,
    #[serde(default)]
    line_end: u32,
    #[serde(default)]
    family: String,
    #[serde(default)]
    expected: String,
    #[serde(default)]
    severity: String,
    #[serde(default)]
    contested: bool,
    #[serde(default)]
    scope: Option<String>,
    #[serde(default)]
    reason: String,
    // API clients
    n: Option<u32>,
    verdict: Option<String>,
    #[serde(default, alias = "also")]
    also_acceptable: Vec<String>,
    #[serde(default)]
    why: String,
}

/// A shown finding with every place it names, as (path, first line, last line).
struct Shown {
    /// Its rule, and those whose findings were taken into it.
    rules: Vec<String>,
    /// Whether it is shown with `--pedantic` only.
    pedantic: bool,
    severity: Severity,
    places: Vec<(String, u32, u32)>,
    message: String,
}

impl Shown {
    fn is_of(&self, prefix: &str) -> bool {
        self.rules.iter().any(|rule| rule.starts_with(prefix))
    }
}

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let verbose = arguments.iter().any(|argument| argument == "-v");
    let paths: Vec<&String> = arguments
        .iter()
        .filter(|argument| *argument != "-v")
        .collect();
    let [labels, trees] = paths.as_slice() else {
        eprintln!("usage: gold LABELS TREES [-v]");
        return ExitCode::from(2);
    };
    match run(Path::new(labels), Path::new(trees), verbose) {
        Ok(clean) if clean => ExitCode::SUCCESS,
        Ok(_) => ExitCode::from(1),
        Err(error) => {
            eprintln!("gold: {error}");
            ExitCode::from(2)
        }
    }
}

fn run(labels: &Path, trees: &Path, verbose: bool) -> Result<bool, Box<dyn std::error::Error>> {
    let packs = load_embedded()?;
    let labels: Vec<Label> = std::fs::read_to_string(labels)?
        .lines()
        .filter(|line| !line.trim().is_empty())
        .map(serde_json::from_str)
        .collect::<Result<_, _>>()?;
    let mut scanned: BTreeMap<PathBuf, Vec<Shown>> = BTreeMap::new();
    let mut scores: BTreeMap<(String, bool), Score> = BTreeMap::new();
    let mut skipped = 0;
    for label in &labels {
        let Some(folder) = folder(trees, label) else {
            skipped += 1;
            continue;
        };
        let shown = scanned
            .entry(folder.clone())
            .or_insert_with(|| shown(&folder, &packs));
        let outcome = if label.verdict.is_some() {
            judge_client(label, shown)
        } else if label.family == "all-errors" {
            judge_errors(shown)
        } else {
            let ids = FAMILIES
                .iter()
                .find(|(family, _)| *family == label.family)
                .map_or(&[][..], |(_, ids)| *ids);
            // A family without a rule misses whatever it should find.
            judge(label, ids, shown)
        };
        if verbose {
            outcome.tell(label);
        }
        let family = if label.verdict.is_some() {
            "api-clients"
        } else {
            &label.family
        };
        for all in [true, false] {
            if all || !label.contested {
                scores
                    .entry((family.to_owned(), all))
                    .or_default()
                    .add(&outcome);
            }
        }
    }
    print(&scores, skipped);
    Ok(scores.values().all(|score| score.wrong_errors == 0))
}

fn folder(trees: &Path, label: &Label) -> Option<PathBuf> {
    let folder = trees.join(label.repo.as_deref()?.replace('/', "+"));
    let path = label.path.as_deref().unwrap_or(".");
    folder.join(path).exists().then_some(folder)
}

/// What a user sees by default.
fn shown(folder: &Path, packs: &[Pack]) -> Vec<Shown> {
    let mut options = ScanOptions::new(folder);
    options.selection.pedantic = true;
    let report = scan(&options, packs).expect("no configuration");
    report
        .findings
        .iter()
        .filter(|finding| finding.suppressed.is_none())
        .map(|finding| Shown {
            rules: std::iter::once(finding.rule.reported())
                .chain(finding.joined.iter().map(String::as_str))
                .map(str::to_owned)
                .collect(),
            pedantic: finding.rule.pedantic || finding.confidence == Confidence::Low,
            severity: finding.severity,
            places: finding
                .primary
                .into_iter()
                .chain(finding.related.iter().map(|related| related.span))
                .map(|span| {
                    let source = &report.sources[&span.file];
                    (
                        source.path.to_string(),
                        source.position(span.start).line,
                        source.position(span.end).line,
                    )
                })
                .collect(),
            message: finding.message.clone(),
        })
        .collect()
}

enum Outcome {
    /// Found, at this level.
    Hit {
        asked: String,
        told: &'static str,
    },
    Quiet,
    Missed,
    Wrong {
        error: bool,
        what: String,
    },
}

fn judge(label: &Label, ids: &[&str], shown: &[Shown]) -> Outcome {
    let whole = label.scope.as_deref() == Some("repo")
        || label.path.as_deref() == Some(".")
        || REPOSITORY_FAMILIES.contains(&label.family.as_str());
    let whole_file = label.scope.as_deref() == Some("file") || label.line_start == 0;
    let path = label.path.as_deref().unwrap_or(".");
    let expected = label.expected == "finding";
    let asked = PEDANTIC_FAMILIES.contains(&label.family.as_str());
    let hit = shown.iter().find(|finding| {
        (asked || !finding.pedantic)
            && ids.iter().any(|id| finding.is_of(id))
            && (whole
                || finding
                    .places
                    .iter()
                    .take(if expected { usize::MAX } else { 1 })
                    .any(|(at, first, last)| {
                        at == path
                            && (whole_file
                                || (*first <= label.line_end && *last >= label.line_start))
                    }))
    });
    match (expected, hit) {
        (true, Some(finding))
            // A finding that was taken into another has that one's level.
            if finding.severity == Severity::Error
                && label.severity != "error"
                && ids.iter().any(|id| finding.rules[0].starts_with(id)) =>
        {
            Outcome::Wrong {
                error: true,
                what: format!(
                    "error where {} is right: {}",
                    label.severity, finding.message
                ),
            }
        }
        (true, Some(finding)) => Outcome::hit(label, finding, ids),
        (true, None) => Outcome::Missed,
        (false, None) => Outcome::Quiet,
        (false, Some(finding)) => Outcome::Wrong {
            error: finding.severity == Severity::Error,
            what: format!("{}: {}", finding.rules[0], finding.message),
        },
    }
}

fn judge_errors(shown: &[Shown]) -> Outcome {
    shown
        .iter()
        .find(|finding| !finding.pedantic && finding.severity == Severity::Error)
        .map_or(Outcome::Quiet, |finding| Outcome::Wrong {
            error: true,
            what: format!(
                "{}: {} {:?}",
                finding.rules[0],
                finding.message,
                finding.places.first()
            ),
        })
}

/// A client is marked when a warning or error of the throttling family names its file; a
/// note will do where the judge calls it risky.
fn judge_client(label: &Label, shown: &[Shown]) -> Outcome {
    let path = label.path.as_deref().unwrap_or(".");
    let verdict = label.verdict.as_deref().unwrap_or_default();
    let accepts = |wanted: &str| {
        verdict == wanted || label.also_acceptable.iter().any(|other| other == wanted)
    };
    let least = if accepts("risky") && !accepts("ok") {
        Severity::Note
    } else {
        Severity::Warning
    };
    let finding = shown.iter().find(|finding| {
        (finding.is_of("throttling/") || finding.is_of("openstreetmap/"))
            && !finding.pedantic
            && finding.severity >= least
            && finding.places.first().is_some_and(|(at, ..)| at == path)
    });
    let bad = accepts("violates") || accepts("risky");
    let good = accepts("ok") || accepts("not-applicable");
    match finding {
        Some(finding) if bad => Outcome::hit(label, finding, &[""]),
        Some(finding) => Outcome::Wrong {
            error: finding.severity == Severity::Error,
            what: format!("{}: {}", finding.rules[0], finding.message),
        },
        None if good => Outcome::Quiet,
        None => Outcome::Missed,
    }
}

impl Outcome {
    /// Found: with the level that the label asks and the one that is told, which for a
    /// finding that was taken into another says no more than that it is told there.
    fn hit(label: &Label, finding: &Shown, ids: &[&str]) -> Self {
        let own = ids.iter().any(|id| finding.rules[0].starts_with(id));
        Self::Hit {
            asked: label
                .verdict
                .clone()
                .unwrap_or_else(|| label.severity.clone()),
            told: match finding.severity {
                _ if !own => "within another",
                _ if finding.pedantic => "pedantic",
                severity => severity.as_str(),
            },
        }
    }

    fn tell(&self, label: &Label) {
        let (kind, what) = match self {
            Self::Missed => ("missed", String::new()),
            Self::Wrong { error: true, what } => ("WRONG ERROR", what.clone()),
            Self::Wrong { what, .. } => ("wrong", what.clone()),
            Self::Hit { .. } | Self::Quiet => return,
        };
        println!(
            "{kind}: {}{} {} {}:{} {} [{}{}] {}{} -- {what}",
            label.id,
            label.n.map_or(String::new(), |n| n.to_string()),
            label.repo.as_deref().unwrap_or_default(),
            label.path.as_deref().unwrap_or_default(),
            label.line_start,
            label.family,
            label.verdict.as_deref().unwrap_or(&label.severity),
            if label.contested { ", contested" } else { "" },
            label.reason,
            label.why,
        );
    }
}
