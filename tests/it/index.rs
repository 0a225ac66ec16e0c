//! `termscheck index` and `--index`: text of the documentation is found again.

use std::fs;
use std::path::{Path, PathBuf};

use serde_json::Value;

use crate::support::{Fixture, Run, run, termscheck};

const BASE: &str = "https://learn.microsoft.com/en-us/harbour/";

fn docs() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("testdata/index/docs")
}

fn page(name: &str) -> String {
    let text = fs::read_to_string(docs().join(name)).expect("a page");
    text.replace("\r\n", "\n")
}

/// The text of a page without its front matter and title.
fn body(name: &str) -> String {
    let text = page(name);
    let (_, rest) = text.split_once("\n# ").expect("a title");
    rest.split_once("\n\n").expect("a text").1.to_owned()
}

/// An index of the pages, outside the repository.
fn index(fixture: &Fixture) -> PathBuf {
    let path = fixture.path("harbour.idx");
    let mut command = termscheck();
    command
        .args(["index", "--base-url", BASE, "-o"])
        .arg(&path)
        .arg(docs());
    let made = run(&mut command);
    assert_eq!(made.code, 0, "{}", made.err);
    assert!(made.err.contains(": 4 pages, "), "{}", made.err);
    path
}

fn scan(fixture: &Fixture, arguments: &[&str]) -> Run {
    let path = index(fixture);
    let mut command = fixture.bare(&["--format", "json", "--index"]);
    command.arg(path).args(["--select", "attribution/*"]);
    run(command.args(arguments))
}

fn findings(run: &Run) -> Vec<Value> {
    run.json()["findings"]
        .as_array()
        .cloned()
        .unwrap_or_default()
}

/// The paths that lack an attribution.
fn copies(run: &Run) -> Vec<String> {
    let mut paths: Vec<String> = findings(run)
        .iter()
        .flat_map(|finding| {
            let own = finding["path"].as_str().map(str::to_owned);
            let members = finding["members"].as_array().cloned().unwrap_or_default();
            let members = members
                .into_iter()
                .filter_map(|one| one["subject"].as_str().map(str::to_owned));
            own.into_iter().chain(members)
        })
        .collect();
    paths.sort();
    paths.dedup();
    paths
}

/// Every tenth word of a text changed.
fn edited(text: &str) -> String {
    let words = text.split_inclusive(' ').enumerate();
    words
        .map(|(at, word)| if at % 10 == 4 { "otherwise " } else { word })
        .collect()
}

fn wrapped(text: &str, columns: usize) -> String {
    let mut out = String::new();
    for paragraph in text.split("\n\n") {
        let mut column = 0;
        for word in paragraph.split_whitespace() {
            if column > 0 && column + word.len() > columns {
                out.push('\n');
                column = 0;
            }
            out.push_str(word);
            out.push(' ');
            column += word.len() + 1;
        }
        out.push_str("\n\n");
    }
    out
}

/// The paragraphs of a page: what is neither heading, list, table, code nor note.
fn paragraphs(name: &str) -> Vec<String> {
    let body = body(name);
    let blocks = body.split("\n\n");
    let prose = blocks.filter(|block| block.starts_with(char::is_alphabetic));
    prose.map(str::to_owned).collect()
}

#[test]
fn a_copy_is_found_in_every_language_and_told_with_its_page() {
    for (name, title) in [
        ("quay-report.md", "Read the quay report"),
        ("lotsen.md", "Einen Lotsen bestellen"),
        ("zh.md", "领取泊位许可"),
        ("ja.md", "係留料の計算方法"),
    ] {
        let text = format!("# Notes of mine\n\n{}", body(name));
        let fixture = Fixture::new(&[("docs/mine.md", &text)]);
        let run = scan(&fixture, &[]);
        let found = findings(&run);
        assert_eq!(found.len(), 1, "{name}: {}", run.out);
        assert_eq!(found[0]["rule"], "attribution/missing");
        let message = found[0]["message"].as_str().unwrap_or_default();
        assert!(
            message.contains(&format!("words as on the page “{title}”")),
            "{message}"
        );
        let help = found[0]["help"].as_str().unwrap_or_default();
        let stem = name.trim_end_matches(".md");
        assert!(help.contains(&format!("“{title}”")), "{help}");
        assert!(help.contains(&format!("{BASE}{stem}")), "{help}");
        // Where it stands on both sides.
        assert!(found[0]["span"]["start"]["line"].as_u64() >= Some(3));
        let all = run.out.replace('\n', " ");
        assert!(all.contains(&format!("of {name})")), "{all}");
    }
}

#[test]
fn without_an_index_it_is_not_found() {
    let text = format!("# Notes of mine\n\n{}", body("quay-report.md"));
    let fixture = Fixture::new(&[("docs/mine.md", &text)]);
    let run = run(&mut fixture.bare(&["--format", "json"]));
    assert!(run.found().is_empty(), "{}", run.out);
}

#[test]
fn forms_and_edits_of_a_page_are_found() {
    let prose = paragraphs("quay-report.md");
    let mut reversed = prose.clone();
    reversed.reverse();
    let html = format!("<p>{}</p>\n", prose.join("</p>\n<p>"));
    let comment = |sign: &str| -> String {
        let lines = wrapped(&prose.join("\n\n"), 60);
        let lines: Vec<String> = lines.lines().map(|line| format!("{sign} {line}")).collect();
        lines.join("\n")
    };
    let body = body("quay-report.md");
    let forms = [
        ("a/wrapped.md", wrapped(&body, 44)),
        (
            "b/headings.md",
            body.replace("## Before you begin", "## Preparation")
                .replace("## Columns of the report", "### What is shown"),
        ),
        ("c/edited.md", edited(&body)),
        ("d/reordered.md", reversed.join("\n\n")),
        (
            "e/page.html",
            format!("<html><body><h1>Mine</h1>\n{html}</body></html>\n"),
        ),
        (
            "f/page.rst",
            format!("Mine\n====\n\n{}\n", prose.join("\n\n")),
        ),
        ("g/page.adoc", format!("= Mine\n\n{}\n", prose.join("\n\n"))),
        ("h/notes.txt", prose.join("\n\n")),
        ("i/code.py", format!("{}\nx = 1\n", comment("#"))),
        ("j/code.rs", format!("{}\nfn x() {{}}\n", comment("///"))),
    ];
    let files: Vec<(&str, &str)> = forms
        .iter()
        .map(|(path, text)| (*path, text.as_str()))
        .collect();
    let fixture = Fixture::new(&files);
    let run = scan(&fixture, &[]);
    let wanted: Vec<&str> = files.iter().map(|(path, _)| *path).collect();
    assert_eq!(copies(&run), wanted, "{}", run.out);
}

#[test]
fn lists_and_tables_are_found_and_samples_are_not() {
    let body = body("quay-report.md");
    let of = |start: char| -> String {
        let lines = body.lines().skip_while(|line| !line.starts_with(start));
        let lines = lines.take_while(|line| !line.is_empty());
        lines.collect::<Vec<_>>().join("\n") + "\n"
    };
    let sample = "# Night\n\n```sh\nquay report --night yesterday --format table\n```\n";
    let fixture = Fixture::new(&[
        ("docs/list.md", &format!("# Berths\n\n{}", of('-'))),
        ("docs/table.md", &format!("# Columns\n\n{}", of('|'))),
        ("docs/sample.md", sample),
    ]);
    assert_eq!(
        copies(&scan(&fixture, &[])),
        ["docs/list.md", "docs/table.md"]
    );
}

#[test]
fn what_is_quoted_with_its_source_short_or_attributed_is_not_told() {
    let prose = paragraphs("quay-report.md");
    let short: Vec<&str> = prose[0].split_whitespace().take(25).collect();
    let quoted = prose[0].replace('\n', "\n> ");
    let attributed = format!(
        "# Mine\n\n{}\n\n“Read the quay report” by Microsoft and contributors, {BASE}quay-report, \
         licensed under CC BY 4.0 (https://creativecommons.org/licenses/by/4.0/). Shortened.\n",
        prose.join("\n\n")
    );
    let fixture = Fixture::new(&[
        ("a/short.md", &format!("# Mine\n\n{}.\n", short.join(" "))),
        (
            "b/quoted.md",
            &format!(
                "# Mine\n\nThe [manual]({BASE}quay-report) says:\n\n> {quoted}\n\nWe do otherwise.\n"
            ),
        ),
        (
            "c/marks.md",
            &format!(
                "# Mine\n\nThe [manual]({BASE}quay-report) says: “{}” We do otherwise.\n",
                prose[0]
            ),
        ),
        ("d/attributed.md", &attributed),
        ("tests/fixtures/page.md", &prose.join("\n\n")),
    ]);
    assert_eq!(copies(&scan(&fixture, &[])), Vec::<String>::new());
    // A quotation of somebody unnamed.
    let fixture = Fixture::new(&[("b/quoted.md", &format!("# Mine\n\n> {quoted}\n"))]);
    assert_eq!(copies(&scan(&fixture, &[])), ["b/quoted.md"]);
}

#[test]
fn like_pages_of_a_folder_are_one_finding() {
    let files: Vec<(String, String)> = ["quay-report.md", "lotsen.md", "zh.md", "ja.md"]
        .iter()
        .map(|name| (format!("docs/{name}"), format!("# Mine\n\n{}", body(name))))
        .collect();
    let files: Vec<(&str, &str)> = files
        .iter()
        .map(|(a, b)| (a.as_str(), b.as_str()))
        .collect();
    let run = scan(&Fixture::new(&files), &[]);
    let found = findings(&run);
    assert_eq!(found.len(), 1, "{}", run.out);
    let message = found[0]["message"].as_str().unwrap_or_default();
    assert!(message.contains("nor 3 more in docs/"), "{message}");
}

#[test]
fn the_attribution_that_is_missing_is_written_with_title_and_address() {
    let text = format!("# Notes of mine\n\n{}", body("quay-report.md"));
    let fixture = Fixture::new(&[
        ("docs/mine.md", &text),
        (
            "termscheck.yaml",
            "attribution:\n  style: footer\n  changes: none\n",
        ),
    ]);
    let path = index(&fixture);
    let mut command = fixture.bare(&["fix", "--index"]);
    let fixed = run(command.arg(&path));
    let after = fs::read_to_string(fixture.root().join("docs/mine.md")).expect("a page");
    let wanted = format!(
        "“Read the quay report” by Microsoft and contributors, {BASE}quay-report, licensed under CC BY 4.0"
    );
    assert!(
        after.contains(&wanted),
        "{}{}\n{after}",
        fixed.out,
        fixed.err
    );
    let mut again = fixture.bare(&["--format", "json", "--index"]);
    assert!(run(again.arg(&path)).found().is_empty());
}

#[test]
fn the_verdict_names_the_page() {
    let text = format!("# Notes of mine\n\n{}", body("quay-report.md"));
    let fixture = Fixture::new(&[("docs/mine.md", &text)]);
    let path = index(&fixture);
    let mut command = fixture.bare(&["attribution", "--format", "json", "--index"]);
    let run = run(command.arg(path));
    let value = run.json();
    assert_eq!(run.code, 1, "{}", run.err);
    assert_eq!(value["files"][0]["original"], format!("{BASE}quay-report"));
}

#[test]
fn an_index_that_is_cut_or_foreign_is_refused_with_status_2() {
    let fixture = Fixture::new(&[("a.md", "# A\n")]);
    let path = index(&fixture);
    let good = fs::read(&path).expect("an index");
    for (bytes, said) in [
        (
            b"PK\x03\x04 is something else".to_vec(),
            "not an index of termscheck",
        ),
        (good[..good.len() / 2].to_vec(), "it is cut short"),
        ([&good[..], b"x"].concat(), "something was added at its end"),
        (
            [&good[..8], &[9, 0, 0, 0], &good[12..]].concat(),
            "an index of version 9",
        ),
    ] {
        fs::write(&path, bytes).expect("written");
        let run = run(fixture.bare(&["--index"]).arg(&path));
        assert_eq!(run.code, 2, "{said}: {}", run.out);
        assert!(run.err.contains(said), "{said}: {}", run.err);
    }
    fs::remove_file(&path).expect("removed");
    let run = run(fixture.bare(&["--index"]).arg(&path));
    assert_eq!(run.code, 2);
    assert!(run.err.contains("no such file"), "{}", run.err);
}

#[test]
fn a_damaged_part_of_an_index_is_told_with_status_2() {
    let text = format!("# Notes of mine\n\n{}", body("quay-report.md"));
    let fixture = Fixture::new(&[("docs/mine.md", &text)]);
    let path = index(&fixture);
    let mut bytes = fs::read(&path).expect("an index");
    bytes[150] ^= 0xff;
    fs::write(&path, bytes).expect("written");
    let run = run(fixture.bare(&["--index"]).arg(&path));
    assert_eq!(run.code, 2, "{}", run.out);
    assert!(run.out.contains("the index is damaged") || run.err.contains("the index is damaged"));
}

/// docs/security.md: what the tree names lies in it, what the operator names need not.
#[test]
fn an_index_that_the_tree_names_lies_in_it() {
    let text = format!("# Notes of mine\n\n{}", body("quay-report.md"));
    let fixture = Fixture::new(&[("docs/mine.md", &text)]);
    let path = index(&fixture);
    let select = ["--format", "json", "--select", "attribution/*"];
    fixture.write("termscheck.yaml", "indexes: [harbour.idx]\n");
    fs::copy(&path, fixture.root().join("harbour.idx")).expect("copied");
    assert_eq!(run(&mut fixture.bare(&select)).found().len(), 1);
    // A gate believes no configuration of the tree.
    let gate = ["--gate", "--format", "json", "--select", "attribution/*"];
    assert!(run(&mut fixture.bare(&gate)).found().is_empty());
    fs::remove_file(fixture.root().join("harbour.idx")).expect("removed");
    fixture.write("termscheck.yaml", "indexes: [../harbour.idx]\n");
    let out = run(&mut fixture.bare(&select));
    assert_eq!(out.code, 2, "{}", out.out);
    assert!(
        out.err.contains("leads out of the repository"),
        "{}",
        out.err
    );
    #[cfg(unix)]
    {
        let link = fixture.root().join("harbour.idx");
        std::os::unix::fs::symlink("../harbour.idx", link).expect("linked");
        fixture.write("termscheck.yaml", "indexes: [harbour.idx]\n");
        let out = run(&mut fixture.bare(&select));
        assert_eq!(out.code, 2, "{}", out.out);
    }
}

#[test]
fn the_same_pages_give_the_same_bytes() {
    let one = Fixture::new(&[]);
    let two = Fixture::new(&[]);
    let bytes = |fixture: &Fixture| fs::read(index(fixture)).expect("an index");
    assert!(bytes(&one) == bytes(&two));
}
