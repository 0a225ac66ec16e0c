//! Names in places that are told to those who ask alone.

use crate::support::Fixture;

const RULE: &str = "trademark/name-in-product";

const README: &str = "# Harbour\n\nKeeps files of Microsoft OneDrive.\n";

/// Paths and messages of what the rule says with and without `--pedantic` of a file in a
/// repository that speaks of a product.
fn told(path: &str, text: &str) -> [Vec<String>; 2] {
    let fixture = Fixture::new(&[("README.md", README), (path, text)]);
    [&[][..], &["--pedantic"]].map(|more| {
        let arguments = [&["--select", RULE, "--fail-on", "never"], more].concat();
        let report = fixture.json(&arguments).json();
        let findings = report["findings"].as_array().expect("findings").iter();
        findings
            .map(|one| {
                format!(
                    "{}: {}",
                    one["path"].as_str().unwrap_or(""),
                    one["message"].as_str().unwrap_or("")
                )
            })
            .collect()
    })
}

#[test]
fn a_program_that_poses_as_the_owners_is_told_to_those_who_ask() {
    for (path, text, message) in [
        (
            "crawl.py",
            "h = {'User-Agent': 'MicrosoftPreview/2.0'}\n",
            Some("crawl.py: User-Agent “MicrosoftPreview” begins with the mark Microsoft"),
        ),
        (
            "main.go",
            "package a\nfunc f() { r.Header.Set(\"User-Agent\", \"OneDrive/1\") }\n",
            Some("main.go: User-Agent “OneDrive” is the mark OneDrive"),
        ),
        (
            "get.py",
            "import requests\n\nrequests.get(\"https://files.example\", headers={\"User-Agent\": \"OneDrive Watch/1.0\"})\n",
            Some("get.py: User-Agent “OneDrive Watch” begins with the mark OneDrive"),
        ),
        (
            "watch.py",
            "import requests\n\nbot_name = \"OneDrive Watch\"\nrequests.post(\"https://chat.example/hook\", json={\"name\": bot_name})\n",
            Some("watch.py: Bot name “OneDrive Watch” begins with the mark OneDrive"),
        ),
        (
            "crawl.py",
            "h = {'User-Agent': 'Mozilla/5.0 (Windows NT 10.0) Edg/120'}\n",
            None,
        ),
        (
            "crawl.py",
            "h = {'User-Agent': 'harbour-for-onedrive/1.0'}\n",
            None,
        ),
        (
            "tests/test_crawl.py",
            "h = {'User-Agent': 'MicrosoftPreview/2.0'}\n",
            None,
        ),
    ] {
        let [shown, asked] = told(path, text);
        assert_eq!(shown, [""; 0], "{text}");
        let expected: Vec<String> = message.into_iter().map(str::to_owned).collect();
        assert_eq!(asked, expected, "{text}");
    }
}

#[test]
fn a_translated_name_is_held_against_the_english_page() {
    let german = "# Hafen\n\nMicrosoft Defender für Endpunkt liefert die Warnungen.\n";
    let english = "# Harbour\n\nMicrosoft Defender for Endpoint sends the alerts.\n";
    let other = "# Harbour\n\nSomething sends the alerts.\n";
    for (paths, text, said) in [
        (["docs/de/a.md", "docs/en/a.md"], english, true),
        (["docs/a.de.md", "docs/a.md"], english, true),
        (["docs/de/a.md", "docs/en/a.md"], other, false),
        (["docs/de/a.md", "docs/en/b.md"], english, false),
    ] {
        let fixture = Fixture::new(&[(paths[0], german), (paths[1], text)]);
        let select = [
            "--select",
            "trademark/translated",
            "--pedantic",
            "--fail-on",
            "never",
        ];
        let report = fixture.json(&select).json();
        let findings = report["findings"].as_array().expect("findings");
        assert_eq!(findings.len(), 1, "{paths:?}");
        let help = findings[0]["help"].as_str().expect("a help");
        let beside = format!("{} has “Microsoft Defender for Endpoint”.", paths[1]);
        assert_eq!(help.contains(&beside), said, "{paths:?}: {help}");
    }
}

#[test]
fn an_address_of_its_own_is_told_and_one_that_it_links_is_not() {
    for (file, domain, told_of) in [
        ("package.json", "https://onedrivemirror.example/docs", true),
        ("composer.json", "https://onedrivemirror.example", true),
        (
            "package.json",
            "https://learn.microsoft.com/onedrive",
            false,
        ),
        (
            "package.json",
            "https://github.com/harbour/onedrive-mirror",
            false,
        ),
        ("package.json", "https://onedrive.github.io/x", false),
        ("package.json", "https://harbour.example/onedrive", false),
    ] {
        let text = format!("{{\"name\": \"harbour\", \"homepage\": \"{domain}\"}}\n");
        let [shown, asked] = told(file, &text);
        assert_eq!(shown, [""; 0], "{domain}");
        assert_eq!(asked.len(), usize::from(told_of), "{domain}: {asked:?}");
    }
}
