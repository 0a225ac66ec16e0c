//! Pages written for `derive`, many in a file, each held against what is true of it: no
//! value is wrong, few are missed, and none is missed without a word.

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use serde::Deserialize;
use termscheck::derive::{Known, derive};
use termscheck::pack::load_embedded;
use termscheck::pack::page::{Fact, PageFacts, PageLink};

/// A page and what is true of it; what has no key is not stated.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
struct Case {
    page: String,
    html: bool,
    text: String,
    limits: Vec<String>,
    licence: Option<String>,
    code_licence: Option<String>,
    owner: Option<String>,
    product: Option<String>,
    marks: Vec<String>,
    terms: Option<String>,
    privacy: Option<String>,
    /// It states a limit that nobody reads.
    unread: bool,
}

/// What came of all pages.
#[derive(Debug, Default)]
struct Tally {
    faults: Vec<String>,
    missed: Vec<String>,
    stated: usize,
}

impl Tally {
    /// One value of a page.
    fn value(
        &mut self,
        facts: &PageFacts,
        of: &str,
        key: &str,
        found: Option<&str>,
        is: Option<&str>,
    ) {
        self.stated += usize::from(is.is_some());
        match (found, is) {
            (Some(found), Some(is)) if found == is => {}
            (Some(found), _) => self
                .faults
                .push(format!("{of}: {key}: {found}, and it is {is:?}")),
            (None, Some(is)) => {
                self.missed.push(format!("{of}: {key}: {is}"));
                self.told(facts, of, key);
            }
            (None, None) => {}
        }
    }

    /// A list of values of a page.
    fn list(&mut self, facts: &PageFacts, of: &str, key: &str, found: &[String], is: &[String]) {
        self.stated += is.len();
        let (found, is): (BTreeSet<_>, BTreeSet<_>) = (found.iter().collect(), is.iter().collect());
        for wrong in found.difference(&is) {
            self.faults
                .push(format!("{of}: {key}: {wrong}, and they are {is:?}"));
        }
        for missed in is.difference(&found) {
            self.missed.push(format!("{of}: {key}: {missed}"));
            self.told(facts, of, key);
        }
    }

    /// What is missed has to be told.
    fn told(&mut self, facts: &PageFacts, of: &str, key: &str) {
        let told = facts
            .not_found
            .iter()
            .any(|missing| missing.fact == key || missing.fact.starts_with(&format!("{key}.")));
        if !told {
            self.faults
                .push(format!("{of}: {key} is missed in silence"));
        }
    }
}

/// Each window of each limit as the pages write it: `10/1 ip for GET /items when free`.
fn limits(facts: &PageFacts) -> Vec<String> {
    let mut out = Vec::new();
    for limit in &facts.limits {
        for window in &limit.windows {
            let mut told = format!("{}/{}", window.calls, window.seconds);
            if let Some(scope) = &limit.scope {
                let _ = write!(told, " {scope}");
            }
            if !limit.endpoints.is_empty() {
                let _ = write!(told, " for {}", limit.endpoints.join(", "));
            }
            if !limit.condition.is_empty() {
                let _ = write!(told, " when {}", limit.condition);
            }
            out.push(told);
        }
    }
    out
}

fn judge(case: &Case, facts: &PageFacts, of: &str, tally: &mut Tally) {
    let value = |fact: &Option<Fact>| fact.as_ref().map(|fact| fact.value.clone());
    let url = |link: &Option<PageLink>| link.as_ref().map(|link| link.url.clone());
    for (key, found, is) in [
        ("licence", value(&facts.licence), &case.licence),
        (
            "code_licence",
            value(&facts.code_licence),
            &case.code_licence,
        ),
        ("owner", value(&facts.owner), &case.owner),
        ("links.terms", url(&facts.links.terms), &case.terms),
        ("links.privacy", url(&facts.links.privacy), &case.privacy),
    ] {
        tally.value(facts, of, key, found.as_deref(), is.as_deref());
    }
    // What a title is about is often not said; a name that is read has to be right.
    if let Some(product) = value(&facts.product) {
        tally.value(
            facts,
            of,
            "product",
            Some(&product),
            case.product.as_deref(),
        );
    }
    tally.list(facts, of, "limits", &limits(facts), &case.limits);
    let marks: Vec<String> = facts.marks.iter().map(|mark| mark.value.clone()).collect();
    tally.list(facts, of, "marks", &marks, &case.marks);
    let unread = facts
        .not_found
        .iter()
        .any(|missing| !missing.unread.is_empty());
    if unread != case.unread {
        let why: Vec<&str> = facts
            .not_found
            .iter()
            .filter(|missing| !missing.unread.is_empty())
            .map(|missing| missing.why.as_str())
            .collect();
        tally.faults.push(format!("{of}: unread: {why:?}"));
    }
}

#[test]
fn many_pages_are_read_rightly_or_not_at_all() {
    let known = Known::of(&load_embedded().expect("the packs that ship"));
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("testdata/derive/pages");
    let mut files: Vec<_> = fs::read_dir(folder)
        .expect("the pages")
        .map(|entry| entry.expect("an entry").path())
        .collect();
    files.sort();
    let mut tally = Tally::default();
    let mut pages = 0;
    for file in files {
        let text = fs::read_to_string(&file).expect("a file of pages");
        let cases: Vec<Case> = serde_yaml::from_str(&text)
            .unwrap_or_else(|error| panic!("{}: {error}", file.display()));
        for case in cases {
            let name = if case.html { "page.html" } else { "page.md" };
            let facts = derive(name, case.text.clone().into_bytes(), &known);
            judge(&case, &facts, &case.page, &mut tally);
            pages += 1;
        }
    }
    let missed = format!(
        "{} of {} missed:\n{}",
        tally.missed.len(),
        tally.stated,
        tally.missed.join("\n")
    );
    println!("{pages} pages, {missed}");
    assert!(
        tally.faults.is_empty(),
        "{}\n{missed}",
        tally.faults.join("\n")
    );
    assert!(tally.missed.len() * 10 <= tally.stated, "{missed}");
    assert!(
        pages >= 100 && tally.stated >= 100,
        "{pages} pages, {} values",
        tally.stated
    );
}
