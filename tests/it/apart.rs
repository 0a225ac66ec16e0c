//! What lies in the folder and is not the repository's own: submodules, other
//! checkouts, what a generator wrote.

use crate::support::{Fixture, run};

/// A page that is derived from the owner's documentation, by its front matter.
const DERIVED: &str = "---\ntitle: Machines\nms.service: defender-endpoint\nms.assetid: \
                       785a4c3d\nms.date: 01/02/2024\n---\n\n# Machines\n\nA machine resource.\n";

const CONFIG: &str = "[remote \"origin\"]\n\turl = https://github.com/contoso-labs/quayside.git\n";

/// `path` of each finding about an attribution.
fn credited(fixture: &Fixture) -> Vec<String> {
    let json = run(&mut fixture.bare(&["--format", "json", "--fail-on", "never"])).json();
    let findings = json["findings"].as_array().expect("findings");
    findings
        .iter()
        .filter(|finding| {
            finding["rule"]
                .as_str()
                .is_some_and(|rule| rule.starts_with("attribution/"))
        })
        .map(|finding| finding["path"].as_str().unwrap_or_default().to_owned())
        .collect()
}

#[test]
fn a_submodule_is_judged_by_its_own_remote() {
    let modules = |owner: &str| {
        format!("[submodule \"up\"]\n\tpath = up\n\turl = https://github.com/{owner}/docs.git\n")
    };
    for (owner, expected) in [("MicrosoftDocs", &[][..]), ("contoso-labs", &["up/a.md"])] {
        let fixture = Fixture::new(&[
            (".git/HEAD", "ref: refs/heads/main\n"),
            (".git/config", CONFIG),
            (".gitmodules", &modules(owner)),
            ("README.md", "# Quayside\n"),
            ("up/.git", "gitdir: ../.git/modules/up\n"),
            ("up/a.md", DERIVED),
        ]);
        assert_eq!(credited(&fixture), expected, "{owner}");
    }
}

#[test]
fn another_checkout_is_not_scanned_and_said() {
    let fixture = Fixture::new(&[
        (".git/HEAD", "ref: refs/heads/main\n"),
        (".git/config", CONFIG),
        ("README.md", "# Quayside\n"),
        ("wt/.git", "gitdir: ../.git/worktrees/wt\n"),
        ("wt/a.md", "SHOUT\n"),
        ("own/a.md", "SHOUT\n"),
    ]);
    let run = fixture.json(&["--fail-on", "never"]);
    assert_eq!(run.found(), [("acme/shout".to_owned(), 1)]);
    assert_eq!(run.json()["counts"]["files"]["skipped"]["checkout"], 1);
    let said = run.notices("info");
    assert!(
        said.contains(&"wt:0 a checkout of its own that is no submodule: not scanned".to_owned()),
        "{said:?}"
    );
}

#[test]
fn generated_folders_are_counted_and_not_scanned() {
    let fixture = Fixture::new(&[
        ("docs/source/a.md", "SHOUT\n"),
        ("docs/build/searchindex.js", "SHOUT\n"),
        ("docs/build/genindex.html", "SHOUT\n"),
        ("docs/build/a.html", "SHOUT\n"),
        (
            "site/a.html",
            "<html><head><meta name=\"generator\" content=\"mkdocs-1.5.3\"></head><p>SHOUT</p></html>",
        ),
    ]);
    let run = fixture.json(&["--fail-on", "never"]);
    assert_eq!(run.found().len(), 1);
    assert_eq!(run.json()["counts"]["files"]["skipped"]["generated"], 2);
}
