//! Every language has enough cases of the rules on code: bad and good ones, some of
//! them across files.
//!
//! A case counts for the language of its code files, by their extension; one with
//! several languages for each of them. Notebooks and Markdown are counted apart.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

/// The rules that read code.
const RULES: &[&str] = &[
    "throttling--rate-exceeds-limit",
    "throttling--unbounded-loop",
];

/// Fewest bad cases and fewest good ones of a language, over these rules.
const MIN_CASES: usize = 8;
/// Fewest of them that span several files.
const MIN_ACROSS: usize = 2;

/// Fewest bad cases and fewest good ones in notebooks, and in documents.
const MIN_EMBEDDED: usize = 3;

/// Languages that are complete.
const COMPLETE: &[&str] = &[
    "Python",
    "JavaScript",
    "TypeScript",
    "C#",
    "Go",
    "Java",
    "Kotlin",
    "Ruby",
    "PHP",
    "PowerShell",
    "Rust",
    "Bash",
];

/// Languages by the extensions of their files.
const EXTENSIONS: &[(&str, &[&str])] = &[
    ("Python", &["py", "pyw"]),
    ("JavaScript", &["js", "mjs", "cjs", "jsx"]),
    ("TypeScript", &["ts", "mts", "cts", "tsx"]),
    ("C#", &["cs", "csx"]),
    ("Go", &["go"]),
    ("PowerShell", &["ps1", "psm1", "psd1"]),
    ("Java", &["java"]),
    ("Kotlin", &["kt", "kts"]),
    ("Rust", &["rs"]),
    ("Ruby", &["rb"]),
    ("PHP", &["php"]),
    ("Bash", &["sh", "bash"]),
    ("Jupyter", &["ipynb"]),
    ("Markdown", &["md"]),
];

/// Cases of a language: all of them, and those across files.
#[derive(Clone, Copy, Debug, Default)]
struct Count {
    all: usize,
    across: usize,
}

fn language(path: &Path) -> Option<&'static str> {
    let extension = path.extension()?.to_str()?.to_ascii_lowercase();
    EXTENSIONS
        .iter()
        .find(|(_, own)| own.contains(&extension.as_str()))
        .map(|(language, _)| *language)
}

/// Cases by language and verdict.
fn counts() -> BTreeMap<(&'static str, &'static str), Count> {
    let mut counts: BTreeMap<_, Count> = BTreeMap::new();
    let testdata = Path::new(env!("CARGO_MANIFEST_DIR")).join("testdata");
    for rule in RULES {
        for verdict in ["bad", "good"] {
            let folder = testdata.join(rule).join(verdict);
            for case in std::fs::read_dir(&folder).expect("the rule's cases") {
                let case = case.expect("testdata can be read").path();
                let mut files: BTreeMap<&str, usize> = BTreeMap::new();
                for entry in walkdir::WalkDir::new(&case) {
                    let entry = entry.expect("testdata can be read");
                    if let Some(own) = language(entry.path()).filter(|_| entry.path().is_file()) {
                        *files.entry(own).or_default() += 1;
                    }
                }
                // A README beside a program is no sample.
                if files.keys().any(|own| *own != "Markdown") {
                    files.remove("Markdown");
                }
                for (own, files) in files {
                    let count = counts.entry((own, verdict)).or_default();
                    count.all += 1;
                    count.across += usize::from(files > 1);
                }
            }
        }
    }
    counts
}

#[test]
fn every_complete_language_has_enough_cases() {
    let counts = counts();
    let mut lacking = BTreeSet::new();
    for language in COMPLETE.iter().chain(&["Jupyter", "Markdown"]) {
        let embedded = !COMPLETE.contains(language);
        for verdict in ["bad", "good"] {
            let count = counts
                .get(&(*language, verdict))
                .copied()
                .unwrap_or_default();
            let lacks = if embedded {
                count.all < MIN_EMBEDDED
            } else {
                count.all < MIN_CASES || count.across < MIN_ACROSS
            };
            if lacks {
                lacking.insert(format!("{language}, {verdict}: {count:?}"));
            }
        }
    }
    assert!(
        lacking.is_empty(),
        "too few cases:\n{lacking:#?}\nof\n{counts:#?}"
    );
}

#[test]
fn every_language_on_the_list_has_extensions() {
    for language in COMPLETE {
        assert!(
            EXTENSIONS.iter().any(|(own, _)| own == language),
            "{language}"
        );
    }
}
