//! `termscheck derive` and `pack verify`: what is read from pages in many languages and
//! in many states of damage, held against what is true of each.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use serde::Deserialize;
use termscheck::derive::drift::differences;
use termscheck::derive::{Known, derive, write};
use termscheck::pack::load_embedded;
use termscheck::pack::page::{Fact, PageFacts, PageLink};

use crate::support::{shared, termscheck};

/// What is true of a page.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
struct Truth {
    limits: Option<Vec<TrueLimit>>,
    licence: Option<String>,
    code_licence: Option<String>,
    owner: Option<String>,
    /// Whatever it is about, the title does not name it.
    no_product: bool,
    marks: Option<Vec<String>>,
    links: TrueLinks,
    language: Option<String>,
    date: Option<String>,
    revision: Option<String>,
    must: BTreeSet<String>,
    /// Of the editions: what holds for each alone.
    files: BTreeMap<String, Edition>,
}

#[derive(Clone, Debug, Deserialize, PartialEq, Eq, PartialOrd, Ord)]
#[serde(deny_unknown_fields)]
struct TrueLimit {
    calls: u32,
    seconds: u32,
    scope: Option<String>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
struct TrueLinks {
    terms: Option<String>,
    trademark_guidelines: Option<String>,
    privacy: Option<String>,
}

#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
struct Edition {
    language: Option<String>,
    date: Option<String>,
    revision: Option<String>,
    terms_as_written: Option<String>,
}

fn testdata() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("testdata/derive")
}

fn read(page: &Path) -> PageFacts {
    let known = Known::of(&load_embedded().expect("the packs that ship"));
    let name = page.file_name().expect("a file").to_string_lossy();
    derive(&name, fs::read(page).expect("a page"), &known)
}

fn truth(path: &Path) -> Truth {
    let text = fs::read_to_string(path).expect("what is true");
    serde_yaml::from_str(&text).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

/// Where a reading departs from the truth: values that are wrong, and those that had to
/// be found. What is not found has to be told.
fn faults(facts: &PageFacts, truth: &Truth) -> Vec<String> {
    let mut out = Vec::new();
    let told: BTreeSet<&str> = facts
        .not_found
        .iter()
        .map(|missing| missing.fact.as_str())
        .collect();
    let must = |key: &str| truth.must.contains(key.split('.').next().unwrap_or(key));
    let mut one =
        |key: &str, must_key: &str, found: Option<&str>, is: Option<&str>| match (found, is) {
            (Some(found), Some(is)) if found == is => {}
            (Some(found), Some(is))
                if key == "page.language" && is.split('-').next() == Some(found) => {}
            (Some(found), is) => out.push(format!("{key}: {found}, and it is {is:?}")),
            (None, is) => {
                if must(must_key) && is.is_some() {
                    out.push(format!("{key}: not found, and it is {is:?}"));
                }
                if !told.contains(key) {
                    out.push(format!("{key}: not found, and that is not told"));
                }
            }
        };
    let value = |fact: &Option<Fact>| fact.as_ref().map(|fact| fact.value.clone());
    if truth.no_product {
        one("product", "product", value(&facts.product).as_deref(), None);
    }
    let url = |link: &Option<PageLink>| link.as_ref().map(|link| link.url.clone());
    for (key, must_key, found, is) in [
        ("licence", "licence", value(&facts.licence), &truth.licence),
        (
            "code_licence",
            "code_licence",
            value(&facts.code_licence),
            &truth.code_licence,
        ),
        ("owner", "owner", value(&facts.owner), &truth.owner),
        (
            "page.language",
            "language",
            value(&facts.page.language),
            &truth.language,
        ),
        ("page.date", "date", value(&facts.page.date), &truth.date),
        (
            "page.revision",
            "revision",
            value(&facts.page.revision),
            &truth.revision,
        ),
        (
            "links.terms",
            "links",
            url(&facts.links.terms),
            &truth.links.terms,
        ),
        (
            "links.trademark_guidelines",
            "links",
            url(&facts.links.trademark_guidelines),
            &truth.links.trademark_guidelines,
        ),
        (
            "links.privacy",
            "links",
            url(&facts.links.privacy),
            &truth.links.privacy,
        ),
    ] {
        one(key, must_key, found.as_deref(), is.as_deref());
    }
    limits(facts, truth, &mut out);
    let found: BTreeSet<&str> = facts.marks.iter().map(|mark| mark.value.as_str()).collect();
    let is: BTreeSet<&str> = truth.marks.iter().flatten().map(String::as_str).collect();
    if found != is && (!found.is_empty() || truth.must.contains("marks")) {
        out.push(format!("marks: {found:?}, and they are {is:?}"));
    }
    out
}

fn limits(facts: &PageFacts, truth: &Truth, out: &mut Vec<String>) {
    let found: Vec<TrueLimit> = facts
        .limits
        .iter()
        .flat_map(|limit| {
            limit.windows.iter().map(|window| TrueLimit {
                calls: window.calls,
                seconds: window.seconds,
                scope: limit.scope.clone(),
            })
        })
        .collect();
    let is: Vec<&TrueLimit> = truth.limits.iter().flatten().collect();
    let fits = |found: &TrueLimit, is: &TrueLimit| {
        (found.calls, found.seconds) == (is.calls, is.seconds)
            && (found.scope.is_none() || found.scope == is.scope)
    };
    for limit in &found {
        if !is.iter().any(|is| fits(limit, is)) {
            out.push(format!("limits: {limit:?}, and they are {is:?}"));
        }
    }
    for limit in is {
        if truth.must.contains("limits") && !found.contains(limit) {
            out.push(format!("limits: {limit:?} is not among {found:?}"));
        }
    }
    let told = facts
        .not_found
        .iter()
        .any(|missing| missing.fact == "limits");
    if found.is_empty() && !told {
        out.push("limits: none is found, and that is not told".to_owned());
    }
}

/// Every fact points at words that stand where it says.
fn places(page: &Path, facts: &PageFacts, out: &mut Vec<String>) {
    let bytes = fs::read(page).expect("a page");
    // Only what is read as it is stored has the bytes of the file.
    let Ok(text) = String::from_utf8(bytes) else {
        return;
    };
    let text = text.trim_start_matches('\u{feff}');
    for (key, evidence) in facts.evidence() {
        let range = evidence.bytes.start as usize..evidence.bytes.end as usize;
        let Some(words) = text.get(range.clone()) else {
            out.push(format!("{key}: bytes {range:?} are not of the page"));
            continue;
        };
        let line = text[..range.start].matches('\n').count() + 1;
        let returns = text.contains('\r') && !text.contains('\n');
        if line != evidence.line as usize && !returns {
            out.push(format!("{key}: line {} is {line}", evidence.line));
        }
        if evidence.quote.trim().is_empty() || words.trim().is_empty() && key != "page.url" {
            out.push(format!("{key}: no words"));
        }
    }
}

fn check_folder(folder: &str) -> usize {
    let mut faulty = Vec::new();
    let mut pages = 0;
    let mut files: Vec<PathBuf> = fs::read_dir(testdata().join(folder))
        .expect("a folder of pages")
        .map(|entry| entry.expect("an entry").path())
        .filter(|path| {
            path.extension()
                .is_some_and(|extension| extension == "yaml")
        })
        .collect();
    files.sort();
    for sidecar in files {
        let page = ["md", "html"]
            .map(|extension| sidecar.with_extension(extension))
            .into_iter()
            .find(|page| page.exists())
            .unwrap_or_else(|| panic!("{}: no page", sidecar.display()));
        let facts = read(&page);
        let mut found = faults(&facts, &truth(&sidecar));
        places(&page, &facts, &mut found);
        faulty.extend(
            found
                .into_iter()
                .map(|fault| format!("{}: {fault}", page.display())),
        );
        pages += 1;
    }
    assert!(faulty.is_empty(), "{}", faulty.join("\n"));
    pages
}

#[test]
fn damaged_pages_give_the_right_values_or_none() {
    assert!(check_folder("damaged") >= 30);
}

#[test]
fn pages_of_other_vendors_are_read() {
    assert!(check_folder("vendors") >= 6);
}

#[test]
fn written_editions_say_the_same() {
    let folder = testdata().join("editions");
    let expected = truth(&folder.join("expected.yaml"));
    assert!(expected.files.len() >= 8);
    let base = read(&testdata().join("microsoft-defender-api/en-US.md"));
    let mut faulty = Vec::new();
    for (file, edition) in &expected.files {
        let page = folder.join(file);
        let facts = read(&page);
        let mut truth = truth(&folder.join("expected.yaml"));
        truth.language.clone_from(&edition.language);
        truth.date.clone_from(&edition.date);
        truth.revision.clone_from(&edition.revision);
        if edition.terms_as_written.is_some() {
            truth.links.terms.clone_from(&edition.terms_as_written);
        }
        let mut found = faults(&facts, &truth);
        places(&page, &facts, &mut found);
        let differ = differences(&base, &facts);
        if !differ.is_empty() {
            found.push(format!("{differ:?}"));
        }
        faulty.extend(found.into_iter().map(|fault| format!("{file}: {fault}")));
    }
    assert!(faulty.is_empty(), "{}", faulty.join("\n"));
}

#[test]
fn real_editions_say_the_same() {
    let Some(shared) = shared() else { return };
    let base = read(&testdata().join("microsoft-defender-api/en-US.md"));
    let mut pages: Vec<PathBuf> = fs::read_dir(shared.join("seeds/editions"))
        .expect("the editions")
        .map(|entry| entry.expect("an entry").path())
        .filter(|path| path.to_string_lossy().contains("--"))
        .collect();
    assert!(pages.len() >= 8);
    let seed = shared.join("seeds/licence-page.fr-FR.md");
    pages.push(seed.clone());
    for page in pages {
        let facts = read(&page);
        let differ = differences(&base, &facts);
        assert!(differ.is_empty(), "{}: {differ:#?}", page.display());
        assert_eq!(facts.limits[0].scope.as_deref(), Some("connection"));
        assert_eq!(facts.marks.len(), 3, "{}", page.display());
        assert!(facts.links.all().iter().all(|(_, link)| link.is_some()));
    }
    let facts = read(&seed);
    let value = |fact: &Option<Fact>| fact.as_ref().map(|fact| fact.value.clone());
    assert_eq!(value(&facts.page.language).as_deref(), Some("fr-FR"));
    assert_eq!(value(&facts.page.date).as_deref(), Some("2021-03-24"));
}

/// The address under which the shipped pack's page is published.
const ADDRESS: &str = "https://learn.microsoft.com/en-us/legal/microsoft-365/api-terms-of-use";

#[test]
fn the_shipped_page_is_derived() {
    let page = testdata().join("microsoft-defender-api/en-US.md");
    let assert = termscheck()
        .args(["derive", "--url", ADDRESS])
        .arg(&page)
        .assert()
        .code(0);
    let derived = String::from_utf8(assert.get_output().stdout.clone()).expect("UTF-8");
    let shipped =
        Path::new(env!("CARGO_MANIFEST_DIR")).join("rules/microsoft-defender-api/page.yaml");
    if std::env::var_os("UPDATE_DOCS").is_some() {
        fs::write(&shipped, &derived).expect("page.yaml");
    }
    let shipped = fs::read_to_string(shipped).expect("page.yaml");
    assert!(
        derived == shipped,
        "page.yaml is not what derive writes; run with UPDATE_DOCS=1"
    );
}

#[test]
fn the_same_page_is_read_from_standard_input() {
    let page = testdata().join("vendors/ortsfinder.de.html");
    let assert = termscheck()
        .args(["derive", "-"])
        .write_stdin(fs::read(&page).expect("a page"))
        .assert()
        .code(0);
    let text = String::from_utf8(assert.get_output().stdout.clone()).expect("UTF-8");
    let piped: PageFacts = serde_yaml::from_str(&text).expect("page.yaml");
    assert!(differences(&read(&page), &piped).is_empty());
    assert_eq!(piped.limits.len(), 1);
}

#[test]
fn a_derived_pack_loads_and_runs() {
    let folder = tempfile::tempdir().expect("a folder");
    let pack = folder.path().join("pack");
    termscheck()
        .arg("derive")
        .arg(testdata().join("vendors/ortsfinder.de.html"))
        .args(["--hosts", "ortsfinder.example", "-o"])
        .arg(&pack)
        .assert()
        .code(0)
        .stderr("");
    let project = folder.path().join("project");
    fs::create_dir(&project).expect("a folder");
    fs::write(
        project.join("ask.py"),
        "import requests, time\n\n\ndef ask(names):\n    for name in names:\n        requests.get(f\"https://ortsfinder.example/search?q={name}\")\n        time.sleep(0.5)\n",
    )
    .expect("a file");
    fs::write(
        project.join("README.md"),
        "# Ortsfinder Helper\n\nAsks Ortsfinder.\n",
    )
    .expect("a file");
    let assert = termscheck()
        .arg("--rules")
        .arg(&pack)
        .args(["--no-config", "--format", "json", "--fail-on", "error"])
        .arg(&project)
        .assert()
        .code(1);
    let report: serde_json::Value =
        serde_json::from_slice(&assert.get_output().stdout).expect("JSON");
    let found: BTreeSet<&str> = report["findings"]
        .as_array()
        .expect("findings")
        .iter()
        .filter_map(|finding| finding["rule"].as_str())
        .collect();
    assert!(found.contains("throttling/rate-exceeds-limit"), "{found:?}");
    assert!(found.contains("trademark/name-in-product"), "{found:?}");
}

#[test]
fn what_its_author_wrote_stays() {
    let folder = tempfile::tempdir().expect("a folder");
    let run = || {
        termscheck()
            .arg("derive")
            .arg(testdata().join("vendors/ortsfinder.de.html"))
            .arg("-o")
            .arg(folder.path())
            .assert()
            .code(0);
    };
    run();
    let marks = folder.path().join("marks.yaml");
    fs::write(
        &marks,
        "house: Ortsfinder\nmarks: [{name: Wegweiser, word: true}]\n",
    )
    .expect("a file");
    fs::write(folder.path().join("page.yaml"), "schema: 1\n").expect("a file");
    run();
    let kept = fs::read_to_string(&marks).expect("a file");
    assert!(kept.starts_with("house: Ortsfinder"));
    let page = fs::read_to_string(folder.path().join("page.yaml")).expect("a file");
    assert!(page.contains("CC-BY-SA-4.0"));
}

/// The English page, changed.
fn changed(folder: &Path, changes: &[(&str, &str)]) -> PathBuf {
    let page = testdata().join("microsoft-defender-api/en-US.md");
    let mut text = fs::read_to_string(page).expect("a page");
    for (from, to) in changes {
        assert!(text.contains(from), "{from}");
        text = text.replace(from, to);
    }
    let path = folder.join("page.md");
    fs::write(&path, text).expect("a file");
    path
}

#[test]
fn a_page_that_says_something_else_is_told() {
    let folder = tempfile::tempdir().expect("a folder");
    let check = |changes: &[(&str, &str)], code: i32| {
        let page = changed(folder.path(), changes);
        let assert = termscheck()
            .args(["derive", "--check", "microsoft-defender-api"])
            .arg(&page)
            .assert()
            .code(code);
        String::from_utf8(assert.get_output().stdout.clone()).expect("UTF-8")
    };
    insta::assert_snapshot!("drift_none", check(&[], 0));
    insta::assert_snapshot!(
        "drift",
        check(
            &[
                ("| 100 |", "| 45 |"),
                ("Attribution 4.0", "Attribution 3.0"),
                ("Windows, ", "Windows, Xbox, "),
                (
                    "https://privacy.microsoft.com/en-us/",
                    "https://example.com/privacy"
                ),
                (
                    " How the trademarks may be used is told by the trademark guidelines at https://go.microsoft.com/fwlink/?LinkID=254653.",
                    ""
                ),
            ],
            1
        )
    );
    // Another language of the same address, and words in another order, are no change.
    check(
        &[
            ("/en-us/", "/fr-fr/"),
            ("Whoever calls", "Everybody who calls"),
        ],
        0,
    );
}

#[test]
fn editions_that_disagree_give_no_value() {
    let folder = tempfile::tempdir().expect("a folder");
    let other = changed(folder.path(), &[("| 100 |", "| 45 |")]);
    let assert = termscheck()
        .arg("derive")
        .arg(testdata().join("microsoft-defender-api/en-US.md"))
        // Two of one mind are no majority over the first.
        .args([&other, &other])
        .assert()
        .code(0);
    let facts: PageFacts = serde_yaml::from_slice(&assert.get_output().stdout).expect("page.yaml");
    assert!(facts.limits.is_empty());
    let why = facts
        .not_found
        .iter()
        .find(|missing| missing.fact == "limits");
    assert!(why.is_some_and(|missing| missing.why.contains("45 calls / 60 s")));
    assert_eq!(facts.marks.len(), 3);
}

#[test]
fn quotations_are_looked_up() {
    let verify = |page: &Path, code: i32| {
        let assert = termscheck()
            .args(["pack", "verify", "microsoft-defender-api", "--page"])
            .arg(page)
            .assert()
            .code(code);
        String::from_utf8(assert.get_output().stdout.clone()).expect("UTF-8")
    };
    let own = verify(&testdata().join("microsoft-defender-api/en-US.md"), 0);
    assert!(own.contains(" quotations stand, 0 do not"), "{own}");
    assert!(!own.contains(": 0 quotations stand"), "{own}");
    let folder = tempfile::tempdir().expect("a folder");
    let gone = verify(
        &changed(
            folder.path(),
            &[("do not grant you rights", "grant you no rights")],
        ),
        1,
    );
    assert!(
        gone.contains("reservation: does not stand in page.md"),
        "{gone}"
    );
    if let Some(shared) = shared() {
        // The vendor's own page holds the words that findings quote.
        let page = shared.join("seeds/editions/en-US--MicrosoftDocs+microsoft-365-docs.md");
        let real = verify(&page, 0);
        assert!(real.contains(": 3 quotations stand, 0 do not"), "{real}");
        let seed = verify(&shared.join("seeds/licence-page.fr-FR.md"), 0);
        assert!(seed.contains(": 3 quotations stand, 0 do not"), "{seed}");
    }
}

#[test]
fn a_limit_that_its_quotation_does_not_give_is_doubted() {
    let folder = tempfile::tempdir().expect("a folder");
    termscheck()
        .arg("derive")
        .arg(testdata().join("vendors/ortsfinder.de.html"))
        .arg("-o")
        .arg(folder.path())
        .assert()
        .code(0);
    let page = folder.path().join("page.yaml");
    let text = fs::read_to_string(&page).expect("page.yaml");
    let with = |calls: &str| {
        fs::write(
            &page,
            text.replace("calls: 1\n", &format!("calls: {calls}\n")),
        )
    };
    let rules = || {
        termscheck()
            .args(["rules", "--rules"])
            .arg(folder.path())
            .assert()
    };
    with("10").expect("a file");
    let said = String::from_utf8(rules().code(0).get_output().stderr.clone()).expect("UTF-8");
    assert!(said.contains("its quotation does not say so"), "{said}");
    with("50000").expect("a file");
    let said = String::from_utf8(rules().code(0).get_output().stderr.clone()).expect("UTF-8");
    assert!(said.contains("is it a misreading?"), "{said}");
    // Out of all bounds it is an error at its key.
    with("50000000").expect("a file");
    let said = String::from_utf8(rules().code(2).get_output().stderr.clone()).expect("UTF-8");
    assert!(
        said.contains("is outside 1 to") && said.contains("page.yaml:"),
        "{said}"
    );
}

#[test]
fn shipped_packs_leave_no_doubt() {
    let rules = Path::new(env!("CARGO_MANIFEST_DIR")).join("rules");
    let packs = termscheck::pack::load_directory(&rules).expect("the packs that ship");
    for pack in packs {
        assert!(
            pack.warnings.is_empty(),
            "{}: {:#?}",
            pack.id,
            pack.warnings
        );
    }
}

#[test]
fn what_a_pack_cannot_be_without_is_told() {
    let folder = tempfile::tempdir().expect("a folder");
    let run = |page: &str, more: &[&str]| {
        let assert = termscheck()
            .arg("derive")
            .arg(testdata().join(page))
            .args(more)
            .arg("-o")
            .arg(folder.path().join("pack"))
            .assert()
            .code(2);
        String::from_utf8(assert.get_output().stderr.clone()).expect("UTF-8")
    };
    let address = ["--url", "https://docs.lanterna.example/limiti"];
    assert!(run("damaged/34-empty.md", &address).contains("the page gives no rule"));
    assert!(run("vendors/lanterna.it.md", &[]).contains("--url"));
    assert!(!folder.path().join("pack").exists());
}

#[test]
fn page_yaml_is_read_as_it_is_written() {
    let facts = read(&testdata().join("vendors/gitbarn.en.md"));
    let text = write::page_yaml(&facts).expect("YAML");
    let again: PageFacts = serde_yaml::from_str(&text).expect("YAML");
    assert_eq!(facts, again);
}

proptest::proptest! {
    #![proptest_config(proptest::prelude::ProptestConfig::with_cases(32))]
    #[test]
    fn any_text_is_read_without_panic(
        text in "(?s)[-|:#<>/a-zA-Z0-9 \\n\\r*_.,;()\\[\\]é商標1００ 分秒CREATIVEcommons™®©~]{0,400}",
        html in proptest::bool::ANY,
    ) {
        let name = if html { "x.html" } else { "x.md" };
        let facts = derive(name, text.clone().into_bytes(), &Known::default());
        for (key, evidence) in facts.evidence() {
            let source = if text.contains('\r') && !text.contains('\n') { text.replace('\r', "\n") } else { text.clone() };
            let range = evidence.bytes.start as usize..evidence.bytes.end as usize;
            proptest::prop_assert!(source.get(range).is_some(), "{}", key);
        }
    }
}

#[test]
fn what_no_pack_can_be_made_with_is_refused_before_anything_is_written() {
    let folder = tempfile::tempdir().expect("a folder");
    let page = testdata().join("microsoft-defender-api/en-US.md");
    let page = page.to_str().expect("a path");
    let pack = folder.path().join("pack");
    let into = pack.to_str().expect("a path");
    let file = folder.path().join("file");
    fs::write(&file, "").expect("a file");
    let address = "https://docs.gearbox.example/terms";
    for (arguments, told) in [
        (
            vec!["--vendor", "Bad Id!", "-o", into],
            "lower-case words and hyphens",
        ),
        (
            vec!["--hosts", "https://api.gearbox.example/v1", "-o", into],
            "the host alone: api.gearbox.example",
        ),
        (vec!["--hosts", "localhost", "-o", into], "no host name"),
        (
            vec!["-o", file.to_str().expect("a path")],
            "a pack is a folder",
        ),
    ] {
        let mut all = vec!["derive", page, "--url", address];
        all.extend(arguments);
        let output = termscheck().args(&all).output().expect("it runs");
        let error = String::from_utf8_lossy(&output.stderr);
        assert_eq!(output.status.code(), Some(2), "{all:?}: {error}");
        assert!(error.contains(told), "{all:?}: {error}");
        assert!(!pack.exists(), "{all:?}");
    }
    let output = termscheck()
        .args(["derive", folder.path().to_str().expect("a path")])
        .output()
        .expect("it runs");
    let error = String::from_utf8_lossy(&output.stderr);
    assert!(error.contains("a folder, no page"), "{error}");
}

#[test]
fn nothing_of_a_page_acts_on_a_terminal() {
    let page = "# Winch\u{1b}[31m API\u{7}\n\nEach user may make 10 requests\u{202e} per \u{1b}[2Jsecond.\n";
    let facts = derive("page.md", page.into(), &Known::default());
    let text = write::page_yaml(&facts).expect("page.yaml");
    assert!(
        !text.contains(|c: char| c.is_control() && c != '\n'),
        "{text}"
    );
    assert!(!text.contains("\\e"), "{text}");
    assert_eq!(
        facts.page.title.map(|title| title.quote).as_deref(),
        Some("Winch [31m API")
    );
}
