//! Which packs take part: by the configuration, by evidence, and what is said of it.

use std::fs;

use crate::support::{Fixture, run};

/// A repository without a licence that speaks of nobody's terms.
const PLAIN: &[(&str, &str)] = &[
    (
        "README.md",
        "# Alert exporter\n\nExports alerts every hour.\n",
    ),
    ("notes.md", "Nothing of note.\n"),
];

/// Pack, whether it takes part, and why.
fn parts(fixture: &Fixture, arguments: &[&str]) -> Vec<(String, bool, String)> {
    let json = run(fixture.bare(&["--format", "json"]).args(arguments)).json();
    let packs = json["packs"].as_array().expect("packs");
    packs
        .iter()
        .map(|pack| {
            let text = |key: &str| pack[key].as_str().unwrap_or_default().to_owned();
            (
                text("id"),
                pack["takes_part"].as_bool().expect("a verdict"),
                text("reason"),
            )
        })
        .collect()
}

fn rules(fixture: &Fixture) -> Vec<String> {
    let found = run(&mut fixture.bare(&["--format", "json"])).found();
    found.into_iter().map(|(rule, _)| rule).collect()
}

#[test]
fn without_evidence_nothing_is_said_of_the_whole() {
    let fixture = Fixture::new(PLAIN);
    for (pack, takes_part, reason) in parts(&fixture, &[]) {
        assert!(!takes_part, "{pack}: {reason}");
        assert_eq!(reason, "no file shows anything of it");
    }
    assert_eq!(rules(&fixture), Vec::<String>::new());
}

#[test]
fn evidence_of_each_kind_counts() {
    let defender = "microsoft-defender-api";
    let cases: &[(&str, &str, &str, &str)] = &[
        (
            "docs/a.md",
            "Alerts of Microsoft Defender for Endpoint.\n",
            defender,
            "docs/a.md speaks of Microsoft Defender for Endpoint",
        ),
        (
            "run.py",
            "import requests\n\nrequests.get('https://api.security.microsoft.com/api/alerts')\n",
            defender,
            "run.py uses api.security.microsoft.com",
        ),
        (
            "docs/b.md",
            "---\nms.assetid: 785a4c3d-df4e-4d58-a4b9-bcca685aa303\n---\n# A page\n",
            defender,
            "docs/b.md reads as a copy of Microsoft's documentation",
        ),
        (
            "package.json",
            "{\"name\": \"sharepoint-sync\", \"license\": \"MIT\"}\n",
            defender,
            "package.json names the project “sharepoint-sync”",
        ),
        (
            "geo.py",
            "import requests\n\nrequests.get('https://nominatim.openstreetmap.org/search?q=a')\n",
            "openstreetmap",
            "geo.py uses nominatim.openstreetmap.org",
        ),
        (
            "package.json",
            "{\"name\": \"openstreetmap\", \"license\": \"MIT\"}\n",
            "openstreetmap",
            "package.json names the project “openstreetmap”",
        ),
        (
            ".git/config",
            "[remote \"origin\"]\n\turl = https://github.com/openstreetmap/x\n",
            "openstreetmap",
            "this repository is OpenStreetMap's own, because the git remote is github.com/openstreetmap/x",
        ),
    ];
    for (path, text, pack, reason) in cases {
        let fixture = Fixture::new(PLAIN);
        fixture.write(path, text);
        for (id, takes_part, why) in parts(&fixture, &[]) {
            assert_eq!(takes_part, id == *pack, "{path}: {id}: {why}");
            if takes_part {
                assert!(why.starts_with(reason), "{path}: {why}");
            }
        }
    }
}

#[test]
fn platforms_tests_and_mentions_are_no_evidence() {
    for (path, text) in [
        (
            "docs/a.md",
            "Runs on Windows 10 and in Visual Studio Code.\n",
        ),
        ("docs/a.md", "> [!NOTE]\n> Maps by OpenStreetMap.\n"),
        ("tests/data/page.md", "Alerts of Microsoft Defender.\n"),
        ("CHANGELOG.md", "- Works with SharePoint.\n"),
    ] {
        let fixture = Fixture::new(PLAIN);
        fixture.write(path, text);
        for (id, takes_part, why) in parts(&fixture, &[]) {
            assert!(!takes_part, "{path}: {id}: {why}");
        }
    }
}

#[test]
fn a_licence_is_asked_for_where_the_repository_is_addressed() {
    let none = Vec::<String>::new();
    let fixture = Fixture::new(PLAIN);
    fixture.write("docs/a.md", "Alerts of Microsoft Defender for Endpoint.\n");
    assert_eq!(rules(&fixture), none, "a mention addresses nobody");
    fixture.write(
        "export.py",
        "import requests\n\nrequests.get(\"https://api.securitycenter.microsoft.com/api/alerts\")\n",
    );
    assert_eq!(rules(&fixture), ["licence/missing"]);
    fixture.write("termscheck.yaml", "packs: [openstreetmap]\n");
    assert_eq!(rules(&fixture), none);
}

#[test]
fn a_pack_that_is_left_out_finds_nothing() {
    let fixture = Fixture::new(PLAIN);
    fixture.write(
        "limits.md",
        "The public Nominatim API allows 10 requests per second.\n",
    );
    assert_eq!(rules(&fixture), ["openstreetmap/docs-contradict"]);
    fixture.write("termscheck.yaml", "packs:\n  - microsoft-defender-api\n");
    assert_eq!(rules(&fixture), Vec::<String>::new());
    let parts = parts(&fixture, &[]);
    let out = parts.iter().find(|(id, ..)| id == "openstreetmap");
    let (_, takes_part, reason) = out.expect("the pack");
    assert!(!takes_part && reason.contains("leaves it out"), "{reason}");
}

#[test]
fn a_pack_of_rules_takes_part_by_being_given() {
    let fixture = Fixture::new(PLAIN);
    let pack = fixture.path("pack");
    let given = parts(&fixture, &["--rules", &pack.to_string_lossy()]);
    let acme = given.iter().find(|(id, ..)| id == "acme").expect("acme");
    assert_eq!(
        (acme.1, acme.2.as_str()),
        (true, "it was added for this run")
    );
    fixture.write("termscheck.yaml", "packs: [acme]\n");
    let named = parts(&fixture, &["--rules", &pack.to_string_lossy()]);
    assert!(
        named
            .iter()
            .all(|(id, takes_part, _)| *takes_part == (id == "acme"))
    );
}

#[test]
fn verbose_output_says_why() {
    let fixture = Fixture::new(PLAIN);
    fixture.write("docs/a.md", "Alerts of Microsoft Defender for Endpoint.\n");
    let said = run(&mut fixture.bare(&["-v"])).out;
    let said = said.split_whitespace().collect::<Vec<_>>().join(" ");
    for words in [
        "takes part: docs/a.md speaks of Microsoft Defender for Endpoint",
        "takes no part: no file shows anything of it",
    ] {
        assert!(said.contains(words), "{words:?} is not in:\n{said}");
    }
}

#[test]
fn an_unknown_pack_is_an_error_at_its_name() {
    for (text, place, words) in [
        (
            "packs: [openstretmap]\n",
            ":1:9",
            "did you mean `openstreetmap`?",
        ),
        (
            "owner: x\npacks:\n  - microsoft-defender-api\n  - acme\n",
            ":4:5",
            "there are: arxiv, microsoft-defender-api, openstreetmap",
        ),
        (
            "packs: []\n",
            "",
            "no pack; there are: arxiv, microsoft-defender-api",
        ),
        ("packs: openstreetmap\n", ":1:8", "expected a list"),
    ] {
        let fixture = Fixture::new(PLAIN);
        fixture.write("termscheck.yaml", text);
        let run = run(&mut fixture.bare(&[]));
        assert_eq!(run.code, 2, "{text}");
        let said = run.err.split_whitespace().collect::<Vec<_>>().join(" ");
        assert!(said.contains(words), "{text}: {said}");
        assert!(
            run.err.contains(&format!("termscheck.yaml{place}")),
            "{}",
            run.err
        );
    }
}

#[test]
fn two_packs_with_one_rule_id_are_refused() {
    let fixture = Fixture::new(PLAIN);
    let other = fixture.path("other");
    fs::create_dir_all(other.join("rules")).expect("a folder");
    for file in ["pack.yaml", "rules/voices.yaml"] {
        let text = fs::read_to_string(fixture.path("pack").join(file)).expect("the test pack");
        let text = text.replace("id: acme\n", "id: acme-two\n");
        fs::write(other.join(file), text).expect("a file");
    }
    let mut command = fixture.command(&[]);
    let run = run(command.arg("--rules").arg(&other));
    assert_eq!(run.code, 2, "{}", run.err);
    let said = run.err.split_whitespace().collect::<Vec<_>>().join(" ");
    for words in [
        "two packs have a rule `acme/",
        "acme and acme-two",
        "unique over all packs",
    ] {
        assert!(said.contains(words), "{words:?} is not in:\n{said}");
    }
}

/// The second pack from outside: a client, its map and its documents.
#[test]
fn the_second_pack_finds_what_its_owner_asks_for() {
    let fixture = Fixture::new(&[
        ("README.md", "# Ferry board\n\nMIT licence.\n"),
        (
            "map.js",
            "L.tileLayer('https://tile.openstreetmap.org/{z}/{x}/{y}.png').addTo(map);\n",
        ),
        (
            "geo.py",
            "import time\nimport requests\n\nfor line in open('a'):\n    requests.get('https://nominatim.openstreetmap.org/search', params={'q': line})\n    time.sleep(0.1)\n",
        ),
    ]);
    assert_eq!(
        rules(&fixture),
        [
            "openstreetmap/user-agent",
            "openstreetmap/rate-exceeds-limit",
            "openstreetmap/credit-missing"
        ]
    );
    // Of one file nobody can tell what the others credit.
    let alone = run(&mut fixture.bare(&["--format", "json", "map.js"]));
    assert_eq!(alone.found(), Vec::<(String, u64)>::new());
    fixture.write("about.html", "<p>Map data © OpenStreetMap</p>\n");
    assert_eq!(
        rules(&fixture),
        [
            "openstreetmap/user-agent",
            "openstreetmap/rate-exceeds-limit"
        ]
    );
}
