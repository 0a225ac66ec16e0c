//! What runs out of its budget is told with exit status 2, and the rest is checked.

use crate::support::{Fixture, run};

#[test]
fn a_file_that_takes_too_much_is_told_and_the_rest_is_checked() {
    let depth = 110;
    let mut loops = String::from("import requests\n");
    for level in 0..depth {
        loops.push_str(&" ".repeat(level));
        loops.push_str("for x in y:\n");
    }
    loops.push_str(&" ".repeat(depth));
    loops.push_str("requests.get('https://api.securitycenter.microsoft.com/api/machines')\n");
    let page = "# Microsoft Defender Helper\n\nThe MS Defender portal.\n";
    let fixture = Fixture::new(&[("README.md", page), ("a.py", loops.as_str())]);
    let run = run(&mut fixture.bare(&["--format", "json", "--pedantic"]));
    assert_eq!(run.code, 2, "{run:?}");
    let told = run.notices("unchecked");
    assert!(
        told.iter()
            .any(|said| said.starts_with("a.py") && said.contains("not checked beyond a part")),
        "{told:?}"
    );
    assert!(!run.found().is_empty(), "the rest is checked: {run:?}");
}

#[test]
fn names_as_long_as_the_file_are_not_kept_for_each_entry() {
    let name = "n".repeat(200_000);
    let mut json = format!("{{\"name\": \"a\", \"SHOUT\": {{\"{name}\": [");
    json.push_str(&vec!["1"; 20_000].join(","));
    json.push_str("]}}");
    let fixture = Fixture::new(&[("b.md", "A SHOUT.\n"), ("package.json", json.as_str())]);
    let run = fixture.json(&[]);
    assert_eq!(run.code, 2, "{run:?}");
    assert_eq!(run.found(), [("acme/shout".to_owned(), 1)], "{run:?}");
    let told = run.notices("unchecked");
    assert!(
        told.iter()
            .any(|said| said.starts_with("package.json") && said.contains("memory")),
        "{told:?}"
    );
}

/// The parts of a file that are beyond what is looked at of one are told: each of these could
/// hide what stands behind.
#[test]
fn what_is_more_than_is_looked_at_is_told() {
    let address = "https://api.securitycenter.microsoft.com/api/machines";
    let get = format!("requests.get('{address}')\n");
    let calls = format!("import requests\n{}", get.repeat(4001));
    let settings: Vec<_> = (0..1001)
        .map(|at| format!("KEY{at}=https://a{at}.example.com/api\n"))
        .collect();
    let settings = format!("{}LAST={address}\n", settings.concat());
    let documents = format!("{}---\nu: {address}\n", "---\na: b\n".repeat(501));
    let link = "<a title=\"https://a.example.com/x\">a</a>\n";
    let view = format!("{}<a title=\"{address}\">a</a>\n", link.repeat(501));
    let fixture = Fixture::new(&[
        ("a.py", calls.as_str()),
        ("app.env", settings.as_str()),
        ("deploy.yaml", documents.as_str()),
        ("a.vue", view.as_str()),
    ]);
    let run = fixture.json(&["--pedantic"]);
    assert_eq!(run.code, 2, "{run:?}");
    let told = run.notices("unchecked");
    for path in ["a.py", "app.env", "deploy.yaml", "a.vue"] {
        let said = told.iter().find(|said| said.starts_with(path));
        let said = said.unwrap_or_else(|| panic!("nothing on {path}: {told:?}"));
        assert!(said.contains("it holds more"), "{said}");
    }
}
