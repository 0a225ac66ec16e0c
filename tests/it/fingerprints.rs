//! A fingerprint stays while what it is about stays, whatever comes and goes around it.

use std::collections::BTreeMap;

use proptest::prelude::*;

use crate::support::Fixture;

/// Each fingerprint of the report, with how often it stands there and its path.
fn fingerprints(files: &[(&str, String)]) -> BTreeMap<String, String> {
    let files: Vec<(&str, &str)> = files
        .iter()
        .map(|(path, text)| (*path, text.as_str()))
        .collect();
    let run = Fixture::new(&files).json(&[]);
    let json = run.json();
    let findings = json["findings"].as_array().expect("a list");
    let all: BTreeMap<String, String> = findings
        .iter()
        .map(|finding| {
            let text = |value: &serde_json::Value| value.as_str().unwrap_or_default().to_owned();
            (text(&finding["fingerprint"]), text(&finding["path"]))
        })
        .collect();
    assert_eq!(all.len(), findings.len(), "no two are alike");
    all
}

fn text(lines: &[String]) -> String {
    lines.join("\n\n") + "\n"
}

/// Paragraphs, of which some have findings: of one each, and of one a file.
fn paragraphs() -> impl Strategy<Value = Vec<String>> {
    let words = prop_oneof![
        Just("Plain words."),
        Just("A SHOUT."),
        Just("A SHOUTING crowd."),
        Just("They whisper."),
        Just("They mutter."),
    ];
    proptest::collection::vec(words.prop_map(str::to_owned), 1..8)
}

proptest! {
    // Each case runs the binary some times.
    #![proptest_config(ProptestConfig { cases: 12, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn what_comes_and_goes_leaves_the_others(lines in paragraphs(), at in 0usize..8, other in paragraphs()) {
        let file = |path, lines: &[String]| (path, text(lines));
        let before = fingerprints(&[file("a.md", &lines), file("b.md", &other)]);

        let mut more = lines.clone();
        more.insert(at.min(lines.len()), "Other plain words.".to_owned());
        prop_assert_eq!(&fingerprints(&[file("a.md", &more), file("b.md", &other)]), &before);

        let mut turned = lines.clone();
        turned.reverse();
        prop_assert_eq!(&fingerprints(&[file("a.md", &turned), file("b.md", &other)]), &before);

        let mut added = lines.clone();
        added.insert(at.min(lines.len()), "A SHOUT in the night.".to_owned());
        let after = fingerprints(&[file("a.md", &added), file("b.md", &other)]);
        prop_assert_eq!(after.len(), before.len() + 1);
        prop_assert!(before.keys().all(|known| after.contains_key(known)));

        let renamed = fingerprints(&[file("a.md", &lines), file("c.md", &other)]);
        let of_a = |all: &BTreeMap<String, String>| all.iter().filter(|(_, path)| *path == "a.md").map(|(known, _)| known.clone()).collect::<Vec<_>>();
        prop_assert_eq!(of_a(&renamed), of_a(&before));
    }
}
