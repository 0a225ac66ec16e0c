//! What is marked safe leaves a right sentence, whatever name it is about and whatever
//! stands around it.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;

use regex::Regex;
use termscheck::config::Config;
use termscheck::pack::{Pack, load_embedded};
use termscheck::scan::{Report, ScanOptions, scan};
use termscheck::selection::Selection;

/// Sentences around `{}`, and whether a person has to look at a retired or translated
/// name in them.
const SENTENCES: [(&str, bool); 18] = [
    ("We run {} in production here.", false),
    ("Open a {} rule that you own.", false),
    ("Open an {} rule that you own.", false),
    ("Use Microsoft {} with care.", false),
    ("The settings of {}, which you know, are here.", false),
    ("Ask Microsoft's {} for the list.", false),
    ("The {} (short) is here.", true),
    ("The portal ({}) is here.", true),
    ("{} Connector is here.", true),
    ("Here is Contoso {} at work.", true),
    ("In 2015 we moved to {} here.", true),
    ("Both {} and {} count.", true),
    ("La page d'{} est ici.", true),
    ("Wechseln Sie zu {}-Regeln dort.", true),
    ("Andiamo ad {} domani.", true),
    ("Product: {}", true),
    ("{}", true),
    ("Siehe [{}] dort.", true),
];

/// Every form that a rule of the pack replaces.
fn forms(pack: &Pack) -> BTreeSet<(String, bool)> {
    let names = &pack.names;
    let respelt = names.altered.iter().flat_map(|name| &name.wrong);
    let retired = names.outdated.iter().flat_map(|name| &name.old);
    let translated = names.translated.iter().flat_map(|name| {
        let forms = name.forms.values().chain(name.half.values());
        forms.flatten()
    });
    respelt
        .map(|form| (form.clone(), true))
        .chain(retired.chain(translated).map(|form| (form.clone(), false)))
        .collect()
}

fn run(root: &std::path::Path, packs: &[Pack]) -> Report {
    let options = ScanOptions {
        config: Config::default(),
        threads: 2,
        selection: Selection::everything(),
        ..ScanOptions::new(root)
    };
    scan(&options, packs).expect("no configuration")
}

/// The texts of files after the fixes that are marked safe, by path.
fn mended(report: &Report) -> BTreeMap<String, String> {
    let mut edits = BTreeMap::new();
    for fix in report
        .findings
        .iter()
        .filter_map(|found| found.fix.as_ref())
    {
        for edit in fix.edits.iter().filter(|_| fix.safe) {
            let of_file: &mut BTreeSet<_> = edits.entry(edit.span.file).or_default();
            of_file.insert((edit.span.start, edit.span.end, edit.replacement.clone()));
        }
    }
    let texts = edits.into_iter().map(|(file, edits)| {
        let source = &report.sources[&file];
        let mut text = source.text.clone();
        for (start, end, replacement) in edits.into_iter().rev() {
            text.replace_range(start as usize..end as usize, &replacement);
        }
        (source.path.to_string(), text)
    });
    texts.collect()
}

/// What is wrong with a sentence that a fix wrote.
fn fault(sentence: &str, renamed: bool) -> Option<&'static str> {
    let words: Vec<&str> = sentence
        .split(|c: char| !(c.is_alphanumeric() || c == '\''))
        .filter(|word| !word.is_empty())
        .collect();
    let bare = |word: &str| word.trim_end_matches("'s").to_lowercase();
    let doubled = |run: usize| {
        words.windows(2 * run).any(|pair| {
            let (left, right) = pair.split_at(run);
            let mut both = left.iter().zip(right);
            both.all(|(left, right)| bare(left) == bare(right))
        })
    };
    let article = |pattern: &str| {
        let pattern = Regex::new(pattern).expect("a pattern");
        pattern.is_match(sentence)
    };
    if doubled(1) || doubled(2) {
        Some("a word is doubled")
    } else if renamed
        && (article(r"\b[Aa] [AEIO][a-z]") || article(r"\b[Aa]n [BCDFGJ-NP-TVWZ][a-z]"))
    {
        Some("the article is wrong")
    } else {
        None
    }
}

#[test]
fn a_safe_fix_leaves_a_right_sentence() {
    let packs = load_embedded().expect("the shipped packs load");
    let folder = tempfile::tempdir().expect("a temp folder");
    let mut written = BTreeMap::new();
    for pack in &packs {
        for (index, (form, respelt)) in forms(pack).into_iter().enumerate() {
            for (number, (sentence, trap)) in SENTENCES.into_iter().enumerate() {
                let path = format!("{}-{index}-{number}.md", pack.id);
                let text = format!("Microsoft.\n\n{}\n", sentence.replace("{}", &form));
                fs::write(folder.path().join(&path), &text).expect("a temp file");
                written.insert(path, (text, trap && !respelt, respelt));
            }
        }
    }
    let report = run(folder.path(), &packs);
    let mut failures = Vec::new();
    let after = mended(&report);
    for (path, text) in &after {
        let (before, trap, respelt) = &written[path];
        let wrong = if *trap {
            Some("it is not safe")
        } else {
            fault(text.lines().last().unwrap_or_default(), !respelt)
        };
        if let Some(wrong) = wrong {
            failures.push(format!("{wrong}: {before:?} became {text:?}"));
        }
        fs::write(folder.path().join(path), text).expect("a temp file");
    }
    assert!(failures.is_empty(), "{}", failures.join("\n"));
    // Of sentences with nothing else in them most are mended.
    assert!(after.len() > written.len() / 20, "{} fixes", after.len());
    let again = run(folder.path(), &packs);
    let twice: Vec<String> = mended(&again)
        .into_keys()
        .filter(|path| after.contains_key(path))
        .collect();
    assert!(twice.is_empty(), "mended twice: {twice:?}");
}

#[test]
fn a_heading_keeps_its_anchor() {
    let packs = load_embedded().expect("the shipped packs load");
    let folder = tempfile::tempdir().expect("a temp folder");
    let text = "# Notes on Microsoft\n\n## Windows Virtual Desktop in use\n\n## Use of Sharepoint here\n\nSee [Azure Sentinel] and [our Azure Sentinel page](a.md).\n\n[Azure Sentinel]: b.md\n";
    fs::write(folder.path().join("a.md"), text).expect("a temp file");
    let after = mended(&run(folder.path(), &packs));
    let expected = text.replace("Sharepoint", "SharePoint");
    let expected = [
        expected.clone(),
        expected.replace("our Azure", "our Microsoft"),
    ];
    assert!(expected.contains(&after["a.md"]), "{}", after["a.md"]);
}
