//! `termscheck licence` and `termscheck attribution`.

use serde_json::{Value, json};

use crate::support::Fixture;

fn mit() -> &'static str {
    spdx::license_id("MIT").map_or("", |id| id.text())
}

#[test]
fn licences_are_told_with_their_evidence() {
    let fixture = Fixture::new(&[
        ("LICENSE", mit()),
        ("src/a.py", "# SPDX-License-Identifier: ISC\n"),
        ("src/b.py", "print()\n"),
    ]);
    let run = fixture.bare(&["licence", "src"]);
    let run = crate::support::run(&mut { run });
    assert_eq!(run.code, 0, "{}", run.err);
    assert!(
        run.out.contains("src/a.py: ISC by the file itself"),
        "{}",
        run.out
    );
    assert!(
        run.out.contains("src/b.py: MIT by the licence at the root"),
        "{}",
        run.out
    );
    assert!(
        run.out
            .contains("LICENSE:1: the text of MIT (100 % of the words)"),
        "{}",
        run.out
    );
    let run = crate::support::run(&mut fixture.bare(&["licence", "--format", "json", "src/b.py"]));
    let value = run.json();
    assert_eq!(value["files"][0]["licence"], "MIT");
    assert_eq!(value["files"][0]["step"], "root");
    assert_eq!(value["files"][0]["evidence"][0]["score"], json!(1.0));
}

#[test]
fn a_file_without_a_licence_and_a_conflict_are_status_1() {
    let none = Fixture::new(&[("a.py", "print()\n")]);
    let run = crate::support::run(&mut none.bare(&["licence"]));
    assert_eq!(run.code, 1);
    assert!(run.out.contains("a.py: no licence"), "{}", run.out);
    let two = Fixture::new(&[
        ("LICENSE", mit()),
        ("package.json", "{ \"name\": \"a\", \"license\": \"ISC\" }"),
    ]);
    let run = crate::support::run(&mut two.bare(&["licence"]));
    assert_eq!(run.code, 1);
    let said = "conflict: package.json:1: says ISC, but LICENSE line 1 says MIT";
    assert!(run.out.contains(said), "{}", run.out);
}

fn states(value: &Value) -> Vec<(String, String)> {
    let elements = value["files"][0]["elements"].as_array().expect("elements");
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    elements
        .iter()
        .map(|one| (text(&one["element"]), text(&one["state"])))
        .collect()
}

#[test]
fn each_element_of_an_attribution_is_told() {
    let page = "---\ntitle: List machines\nms.assetid: 785a4c3d-df4e-4d58-a4b9-bcca685aa303\n---\n\n# List machines\n\nReturns machines.\n";
    let fixture = Fixture::new(&[
        ("docs/machines.md", page),
        (
            "docs/README.md",
            "Pages by Microsoft and contributors, adapted from <https://learn.microsoft.com/en-us/defender-endpoint/>.\n",
        ),
    ]);
    let run = crate::support::run(&mut fixture.bare(&["attribution", "--format", "json"]));
    assert_eq!(run.code, 1, "{}", run.err);
    let value = run.json();
    assert_eq!(value["files"][0]["path"], "docs/machines.md");
    let state = |element: &str| {
        let all = states(&value);
        all.into_iter()
            .find(|(own, _)| own == element)
            .map(|(_, state)| state)
    };
    assert_eq!(state("creator").as_deref(), Some("found"));
    assert_eq!(state("source-link").as_deref(), Some("found"));
    assert_eq!(state("licence-notice").as_deref(), Some("missing"));
    assert_eq!(state("licence-link").as_deref(), Some("missing"));
    assert_eq!(state("disclaimer").as_deref(), Some("not-asked"));
    let places = &value["files"][0]["elements"][0]["places"];
    assert_eq!(places, &json!([{ "path": "docs/README.md", "line": 1 }]));
    assert_eq!(value["files"][0]["looked_in"], json!(["docs/README.md"]));
    let run = crate::support::run(&mut fixture.bare(&["attribution"]));
    assert!(
        run.out.contains("docs/machines.md: incomplete (CC-BY-4.0)"),
        "{}",
        run.out
    );
    assert!(
        run.out.contains("✗ a notice of the licence: missing"),
        "{}",
        run.out
    );
}

#[test]
fn code_samples_are_told_by_the_licence_of_their_own() {
    let sample = "GET https://api.example/machines?top=100\n".repeat(20);
    let page = |code: &str| {
        format!(
            "---\ntitle: List machines\nms.assetid: 785a4c3d-df4e-4d58-a4b9-bcca685aa303\n---\n\n# List machines\n\n```http\n{code}```\n"
        )
    };
    let notice = mit().replace("<year> <copyright holders>", "2020 Microsoft Corporation");
    assert!(notice.contains("Microsoft Corporation"), "{notice}");
    let state = |code: &str, licence: Option<&str>| {
        let page = page(code);
        // Without it the notice would make the repository the owner's.
        let own = mit().replace("<year> <copyright holders>", "2026 Contoso Labs");
        let mut files = vec![("docs/machines.md", page.as_str()), ("LICENSE", &own)];
        files.extend(licence.map(|text| ("docs/LICENSE-CODE", text)));
        let fixture = Fixture::new(&files);
        let run = crate::support::run(&mut fixture.bare(&["attribution", "--format", "json"]));
        let all = states(&run.json());
        all.into_iter()
            .find(|(element, _)| element == "code-notice")
            .map(|(_, state)| state)
    };
    assert_eq!(state(&sample, None).as_deref(), Some("missing"));
    assert_eq!(state(&sample, Some(&notice)).as_deref(), Some("found"));
    // Somebody else's notice of the same licence, and a sample of a line.
    assert_eq!(state(&sample, Some(mit())).as_deref(), Some("missing"));
    assert_eq!(state("GET /machines\n", None).as_deref(), Some("not-asked"));
    assert_eq!(state("", None), None);
}
