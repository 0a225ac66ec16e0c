//! Permissions that are held.

use std::collections::BTreeSet;
use std::sync::OnceLock;

use crate::support::{Fixture, Run, run};

/// A published name that begins with a mark, a rate of 600 calls a minute in code and in
/// a document, and a page that nothing attributes.
fn fixture(grants: &str) -> Fixture {
    let fixture = Fixture::new(&[
        (".git/HEAD", "ref: refs/heads/main\n"),
        (
            "README.md",
            "# Microsoft Teams Backup\n\nKeeps copies of Microsoft Teams. Microsoft Teams is a trademark of Microsoft.\n",
        ),
        (
            "package.json",
            "{\"name\": \"microsoft-teams-backup\", \"license\": \"MIT\"}\n",
        ),
        (
            "poll.py",
            "import time\nimport requests\n\nfor item in items:\n    requests.get(f'https://api.security.microsoft.com/api/alerts/{item}')\n    time.sleep(0.1)\n",
        ),
        (
            "docs/list.md",
            "---\ntitle: List machines API\nms.assetid: 785a4c3d-df4e-4d58-a4b9-bcca685aa303\n---\n# List machines API\n\nWords.\n",
        ),
        ("LICENSE", "x\n"),
    ]);
    if !grants.is_empty() {
        fixture.write("termscheck.yaml", grants);
    }
    fixture
}

fn check(fixture: &Fixture) -> Run {
    let mut command = fixture.bare(&["--format", "json", "--fail-on", "never"]);
    // The first of January 2027.
    run(command.env("SOURCE_DATE_EPOCH", "1798761600"))
}

/// The rules that are quiet under some grants and are told without.
fn quiet(grants: &str) -> Vec<String> {
    static ALL: OnceLock<BTreeSet<String>> = OnceLock::new();
    let rules = |fixture: &Fixture| -> BTreeSet<String> {
        let found = check(fixture).found().into_iter();
        found.map(|(rule, _)| rule).collect()
    };
    let all = ALL.get_or_init(|| rules(&fixture("")));
    let left = rules(&fixture(grants));
    assert!(left.is_subset(all), "{left:?}");
    all.difference(&left).cloned().collect()
}

#[test]
fn a_permission_silences_what_it_permits() {
    let evidence = "evidence: contract 7, §2";
    assert_eq!(
        quiet(&format!(
            "grants:\n- marks: [microsoft teams]\n  {evidence}\n"
        )),
        ["trademark/name-in-product"]
    );
    assert_eq!(
        quiet(&format!("grants:\n- marks: [Windows]\n  {evidence}\n")),
        [""; 0]
    );
    let limit = |calls: u32| {
        format!(
            "grants:\n- limit: {{ calls: {calls}, seconds: 60 }}\n  pack: microsoft-defender-api\n  \
             {evidence}\n"
        )
    };
    assert_eq!(quiet(&limit(600)), ["throttling/rate-exceeds-limit"]);
    assert_eq!(quiet(&limit(599)), ["throttling/rate-exceeds-limit"][..0]);
    let licence = |pack: &str, paths: &str| {
        format!(
            "grants:\n- licence: Partner terms\n  pack: {pack}\n  paths: [{paths}]\n  {evidence}\n"
        )
    };
    let own = "microsoft-defender-api";
    assert_eq!(quiet(&licence(own, "docs/")), ["attribution/missing"]);
    assert_eq!(quiet(&licence(own, "guides/")), [""; 0]);
    assert_eq!(quiet(&licence("openstreetmap", "docs/")), [""; 0]);
}

#[test]
fn permissions_are_counted_and_end() {
    let grant = |until: &str| {
        format!("grants:\n- marks: [Microsoft Teams]\n  evidence: contract 7\n  until: {until}\n")
    };
    let held = fixture(&grant("2027-01-01"));
    let json = check(&held).json();
    assert_eq!(json["counts"]["findings"]["permitted"], 1);
    let findings = json["findings"].as_array().expect("findings");
    let by = findings
        .iter()
        .find(|finding| !finding["suppressed"].is_null());
    let by = &by.expect("one is quiet")["suppressed"];
    assert_eq!(
        (by["kind"].as_str(), by["reason"].as_str()),
        (Some("grant"), Some("permitted: contract 7"))
    );
    let mut human = held.bare(&[]);
    let told = run(human.env("SOURCE_DATE_EPOCH", "1798761600"));
    assert!(told.out.contains(", 1 permitted)"), "{}", told.out);
    let ended = fixture(&grant("2026-12-31"));
    let run = check(&ended);
    assert!(
        run.found()
            .iter()
            .any(|(rule, _)| rule == "trademark/name-in-product")
    );
    let notices = run.notices("warning");
    let wanted = "termscheck.yaml:3 this permission ended on 2026-12-31";
    assert!(
        notices.iter().any(|said| said.starts_with(wanted)),
        "{notices:?}"
    );
}
