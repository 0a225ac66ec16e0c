//! The remedy ends the finding: where a finding's help gives a text to put somewhere, or
//! a fix, that is done to each bad case, and the finding is gone and no other has come.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use termscheck::config::{Config, Settings};
use termscheck::finding::Finding;
use termscheck::pack::{Aggregate, Pack, load_embedded};
use termscheck::scan::{Report, ScanOptions, scan};
use termscheck::selection::Selection;

use super::rules::{folders, has_own_cases, lay_beside, lay_out, marker, name, pack_of, testdata};

/// How the help of a rule is followed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Remedy {
    /// By the fix.
    Fix,
    /// By the text in its second line, filled in, in the file that its first line names.
    Attribution,
    /// By that text at the end of the page.
    AtItsEnd,
    /// By the line after “Add to README.md:”, there.
    Notice,
    /// By a licence file.
    Licence,
    /// By the fix, where what is shown by default is looked at: a budget for an hour is
    /// a note for those who ask, and not every loop runs for an hour.
    DefaultFix,
    /// It asks for a decision or for other code, which no text can stand for.
    Decision,
}

/// Cases in which a remedy cannot be followed by a program, and why.
const NOT_FOLLOWED: &[(&str, &str)] = &[
    (
        "attribution/incomplete comment-in-code AtItsEnd",
        "a comment in code, at the end of which no page can be attributed",
    ),
    (
        "attribution/missing many-pages-are-one-finding AtItsEnd",
        "several pages, which one text in one place stands for",
    ),
    (
        "openstreetmap/docs-contradict minute.md Fix",
        "the limit is told for a second and stated for a minute: which to write is the author's",
    ),
    (
        "throttling/docs-contradict misread-window.md Fix",
        "two limits in one sentence are read as one: its words are the author's",
    ),
];

fn remedies(rule: &str) -> &'static [Remedy] {
    match rule {
        "attribution/missing" | "attribution/incomplete" => {
            &[Remedy::Attribution, Remedy::AtItsEnd]
        }
        "licence/missing" => &[Remedy::Licence],
        "trademark/missing-notice" => &[Remedy::Notice],
        "trademark/abbreviated"
        | "trademark/altered"
        | "trademark/grammar"
        | "trademark/outdated-name"
        | "trademark/translated"
        | "throttling/docs-contradict"
        | "openstreetmap/docs-contradict" => &[Remedy::Fix],
        "licence/text-mismatch"
        | "trademark/logo"
        | "trademark/name-in-product"
        | "trademark/implied-endorsement" => &[Remedy::Decision],
        "throttling/rate-exceeds-limit"
        | "throttling/config-exceeds-limit"
        | "openstreetmap/rate-exceeds-limit"
        | "openstreetmap/config-exceeds-limit" => &[Remedy::DefaultFix],
        rule if rule.starts_with("throttling/") || rule.starts_with("openstreetmap/") => {
            &[Remedy::Decision]
        }
        rule => panic!("say how the help of {rule} is followed"),
    }
}

fn run(root: &Path, packs: &[Pack], rule: &str, selection: Selection) -> Report {
    let mut settings = fs::read_to_string(root.join("termscheck.yaml")).map_or_else(
        |_| Settings::default(),
        |text| serde_yaml::from_str(&text).expect("a config"),
    );
    let own = pack_of(packs, rule);
    settings.packs = own.map(|pack| vec![pack.id.to_string()]);
    let options = ScanOptions {
        config: Config::of(settings, root),
        threads: 1,
        selection,
        ..ScanOptions::new(root)
    };
    scan(&options, packs).expect("a sound configuration")
}

fn append(path: &Path, text: &str) {
    let mut whole = fs::read_to_string(path).unwrap_or_default();
    whole.push_str(text);
    fs::write(path, whole).expect("a temp file");
}

fn path_of(report: &Report, finding: &Finding) -> String {
    finding.primary.map_or(String::new(), |span| {
        report.sources[&span.file].path.to_string()
    })
}

/// A text to paste with its placeholder filled in, as only a person can.
fn filled(text: &str) -> String {
    text.trim()
        .replace("<what was changed, or none>", "none")
        .replace("<what, or nothing>", "nothing")
}

/// Follows the help of one finding; whether that was possible.
fn follow(remedy: Remedy, root: &Path, report: &Report, finding: &Finding) -> bool {
    let mut lines = finding.help.lines();
    match remedy {
        Remedy::Attribution => {
            let first = lines.next().unwrap_or_default();
            let text = filled(lines.next().unwrap_or_default());
            let folder = first
                .split_once("ATTRIBUTION.md in ")
                .map_or("", |(_, folder)| folder.trim_end_matches(':'));
            let folder = folder.split(", best").next().unwrap_or(folder);
            let folder = folder.trim_end_matches('/');
            let folder = if folder == "the folder at the top" {
                ""
            } else {
                folder
            };
            let target = root.join(folder);
            assert!(target.is_dir(), "{folder:?} is no folder: {first}");
            append(
                &target.join("ATTRIBUTION.md"),
                &format!("# Attribution\n\n{text}\n"),
            );
        }
        Remedy::AtItsEnd => {
            let path = path_of(report, finding);
            let is_page = Path::new(&path)
                .extension()
                .is_some_and(|extension| extension == "md");
            if finding.count > 1 || !is_page {
                return false;
            }
            let text = filled(lines.nth(1).unwrap_or_default());
            append(&root.join(path), &format!("\n\n{text}\n"));
        }
        Remedy::Notice => {
            // "Add to docs/README.md:", "Create README.md with:".
            let file = |line: &str| {
                let line = line.strip_suffix(':')?;
                let added = line.strip_prefix("Add to ");
                let made = || line.strip_prefix("Create ")?.strip_suffix(" with");
                added.or_else(made).map(str::to_owned)
            };
            let Some(file) = lines.by_ref().find_map(file) else {
                return false;
            };
            let Some(text) = lines.next().map(str::trim) else {
                return false;
            };
            append(&root.join(file), &format!("\n\n{text}\n"));
        }
        Remedy::Licence => {
            let own = Path::new(env!("CARGO_MANIFEST_DIR")).join("LICENSE-MIT");
            fs::copy(own, root.join("LICENSE")).expect("a temp file");
        }
        Remedy::Fix | Remedy::DefaultFix | Remedy::Decision => return false,
    }
    true
}

/// Applies the fixes of findings; how many of them have one.
fn apply(root: &Path, report: &Report, findings: &[&Finding]) -> usize {
    let mut edits: BTreeMap<_, BTreeSet<_>> = BTreeMap::new();
    let with_fix = findings.iter().filter(|finding| finding.fix.is_some());
    let fixes = findings.iter().flat_map(|finding| finding.fixes());
    for edit in fixes.flat_map(|fix| &fix.edits) {
        let span = edit.span;
        let of_file = edits.entry(span.file).or_default();
        of_file.insert((span.start, span.end, edit.replacement.clone()));
    }
    for (file, edits) in edits {
        let source = &report.sources[&file];
        let mut text = source.text.clone();
        for (start, end, replacement) in edits.into_iter().rev() {
            text.replace_range(start as usize..end as usize, &replacement);
        }
        fs::write(root.join(&*source.path), text).expect("a temp file");
    }
    with_fix.count()
}

/// Rule and place of each finding, apart from lines, which a remedy moves. What is told
/// once of a subject is known by that: where it is told may move with a new file.
pub(super) fn kinds(report: &Report) -> BTreeSet<(String, String)> {
    let findings = report.findings.iter();
    findings
        .map(|finding| {
            let of = match finding.rule.aggregate {
                Aggregate::Repository => String::new(),
                Aggregate::Subject => finding.subject.clone().unwrap_or_default(),
                _ => path_of(report, finding),
            };
            (finding.rule.reported().to_owned(), of)
        })
        .collect()
}

/// What is wrong after the help of a rule was followed in a case.
fn judge(case: &Path, packs: &[Pack], rule: &str, remedy: Remedy) -> Option<Vec<String>> {
    let target = tempfile::tempdir().expect("a temp folder");
    lay_out(case, target.path(), &marker());
    let also = testdata().join(rule.replace('/', "--")).join("also");
    lay_beside(&also, target.path());
    let selection = || match remedy {
        Remedy::DefaultFix => Selection::default(),
        _ => Selection::everything(),
    };
    let report = run(target.path(), packs, rule, selection());
    // A notice that is missing is told in the help of the name that lacks it.
    let told = |finding: &Finding| {
        finding.rule.reported() == rule || finding.joined.iter().any(|joined| joined == rule)
    };
    let shown = |finding: &&Finding| told(finding) && finding.suppressed.is_none();
    let findings: Vec<&Finding> = report.findings.iter().filter(shown).collect();
    let before = kinds(&report);
    let followed = match remedy {
        Remedy::Fix | Remedy::DefaultFix => {
            apply(target.path(), &report, &findings) == findings.len()
        }
        _ => (findings.iter()).all(|finding| follow(remedy, target.path(), &report, finding)),
    };
    if !followed || findings.is_empty() {
        return None;
    }
    let after = run(target.path(), packs, rule, selection());
    let left = after.findings.iter().filter(shown);
    let mut wrong: Vec<String> = left
        .map(|finding| {
            format!(
                "still there: {} {}",
                path_of(&after, finding),
                finding.message
            )
        })
        .collect();
    let come = kinds(&after);
    wrong.extend(
        come.difference(&before)
            .map(|(rule, path)| format!("has come: {rule} {path}")),
    );
    Some(wrong)
}

#[test]
fn the_remedy_ends_the_finding() {
    let packs = load_embedded().expect("the shipped packs load");
    let mut failures = Vec::new();
    let mut left = BTreeSet::new();
    let tried = packs.iter().filter(|pack| !has_own_cases(pack));
    for compiled in tried.flat_map(|pack| &pack.rules) {
        let rule = compiled.rule.reported();
        let cases = folders(&testdata().join(rule.replace('/', "--")).join("bad"));
        for &remedy in remedies(rule) {
            let mut followed = 0;
            for case in &cases {
                if let Some(wrong) = judge(case, &packs, rule, remedy) {
                    followed += 1;
                    let shown = format!("{rule} {} {remedy:?}", name(case));
                    failures.extend(wrong.into_iter().map(|wrong| format!("{shown}: {wrong}")));
                } else if !matches!(remedy, Remedy::Decision | Remedy::DefaultFix) {
                    // A rate that no one number in the code decides has no fix.
                    left.insert(format!("{rule} {} {remedy:?}", name(case)));
                }
            }
            if followed == 0 && remedy != Remedy::Decision {
                failures.push(format!("{rule}: {remedy:?} could be followed in no case"));
            }
        }
    }
    let listed: BTreeSet<String> = (NOT_FOLLOWED.iter())
        .map(|(case, _)| (*case).to_owned())
        .collect();
    failures.extend(
        left.difference(&listed)
            .map(|case| format!("not followed: {case}")),
    );
    failures.extend(
        listed
            .difference(&left)
            .map(|case| format!("is followed: {case}")),
    );
    assert!(failures.is_empty(), "{}", failures.join("\n"));
}

#[test]
fn a_page_that_is_attributed_asks_for_no_licence() {
    let packs = load_embedded().expect("the shipped packs load");
    let page = "---\ntitle: List machines API\nms.assetid: 785a4c3d-df4e-4d58-a4b9-bcca685aa303\n---\n# List machines API\n";
    let text = "“List machines API” by Microsoft and contributors, https://learn.microsoft.com/en-us/defender-endpoint/api/get-machines, licensed under CC BY 4.0 (https://creativecommons.org/licenses/by/4.0/). Changes: none.\n";
    for place in ["ATTRIBUTION.md", "README.md", "page.md.license"] {
        let folder = tempfile::tempdir().expect("a temp folder");
        fs::write(folder.path().join("page.md"), page).expect("a temp file");
        fs::write(folder.path().join(place), text).expect("a temp file");
        let report = run(
            folder.path(),
            &packs,
            "attribution/missing",
            Selection::everything(),
        );
        let of_licence = |finding: &&Finding| {
            let rule = &finding.rule.id;
            rule.starts_with("attribution/") || finding.message.contains("derived")
        };
        let left: Vec<_> = report
            .findings
            .iter()
            .filter(of_licence)
            .map(|f| &f.message)
            .collect();
        assert!(left.is_empty(), "{place}: {left:?}");
    }
}
