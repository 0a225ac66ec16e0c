use super::*;

fn text(id: &str) -> &'static str {
    spdx::license_id(id).map_or("", |id| id.text())
}

fn found(text: &str) -> (Option<String>, Vec<String>) {
    let detection = detect(text);
    (detection.whole().map(|(id, _)| id), detection.parts())
}

fn is(text: &str, id: &str) {
    assert_eq!(found(text).0.as_deref(), Some(id), "{:?}", detect(text));
}

/// `text` up to `end`.
fn cut<'a>(text: &'a str, end: &str) -> &'a str {
    &text[..text.find(end).expect("the text has this end")]
}

#[test]
fn common_texts_are_told_apart() {
    for id in [
        "MIT",
        "ISC",
        "BSD-2-Clause",
        "BSD-3-Clause",
        "Apache-2.0",
        "GPL-2.0",
        "GPL-3.0",
        "AGPL-3.0",
        "LGPL-3.0",
        "CC-BY-4.0",
        "CC-BY-SA-4.0",
        "CC-BY-NC-4.0",
        "CC0-1.0",
        "Unlicense",
        "0BSD",
        "MPL-2.0",
        "EUPL-1.2",
        "MIT-0",
        "X11",
        "Pixar",
        "AGPL-1.0",
    ] {
        is(text(id), id);
    }
}

#[test]
fn without_what_may_be_missing() {
    is(cut(text("Apache-2.0"), "APPENDIX"), "Apache-2.0");
    is(cut(text("Apache-2.0"), "END OF TERMS"), "Apache-2.0");
    is(cut(text("GPL-2.0"), "END OF TERMS"), "GPL-2.0");
    is(cut(text("GPL-3.0"), "How to Apply"), "GPL-3.0");
    is(cut(text("AGPL-3.0"), "END OF TERMS"), "AGPL-3.0");
    is(cut(text("MPL-2.0"), "Exhibit A -"), "MPL-2.0");
    // As it is shipped, beside the text that it supplements.
    is(
        cut(text("LGPL-3.0"), "GNU GENERAL PUBLIC LICENSE\n"),
        "LGPL-3.0",
    );
    let by = text("CC-BY-4.0");
    is(&by[by.find("By exercising").unwrap_or(0)..], "CC-BY-4.0");
}

#[test]
fn as_people_ship_them() {
    let mit = text("MIT");
    is(&mit.split_whitespace().collect::<Vec<_>>().join(" "), "MIT");
    is(&mit.replace('\n', "\r\n"), "MIT");
    is(&mit.to_uppercase(), "MIT");
    let commented: String = mit.lines().flat_map(|line| [" * ", line, "\n"]).collect();
    is(&commented, "MIT");
    is(
        &format!(
            "Harbour alerts\n\n{}",
            mit.replace("<year> <copyright holders>", "2026 Jane Doe <j@d.example>")
        ),
        "MIT",
    );
    // An item (c) is no copyright line, however the text is wrapped.
    let apache = cut(text("Apache-2.0"), "APPENDIX");
    let short: Vec<String> = apache
        .split_whitespace()
        .collect::<Vec<_>>()
        .chunks(7)
        .map(|line| line.join(" "))
        .collect();
    is(&short.join("\n"), "Apache-2.0");
    // One word in twenty is another.
    let changed: Vec<&str> = text("Apache-2.0")
        .split_whitespace()
        .enumerate()
        .map(|(at, word)| if at % 20 == 7 { "harbour" } else { word })
        .collect();
    is(&changed.join(" "), "Apache-2.0");
}

#[test]
fn several_texts_in_one_file() {
    for (a, b) in [
        ("MIT", "BSD-3-Clause"),
        ("Apache-2.0", "MIT"),
        ("GPL-3.0", "MIT"),
        ("ISC", "Zlib"),
    ] {
        let both = format!("A\n\n{}\n\n----\n\n{}", text(a), text(b));
        assert_eq!(found(&both), (None, vec![a.to_owned(), b.to_owned()]));
    }
}

#[test]
fn inside_other_words() {
    let readme = format!(
        "# Harbour\n\n{}\n\n## License\n\n{}\n",
        "Exports alerts of ships to shore every hour. ".repeat(80),
        text("MIT")
    );
    assert_eq!(found(&readme), (None, vec!["MIT".to_owned()]));
}

#[test]
fn added_terms_make_another_licence() {
    for rider in [
        "\"Commons Clause\" License Condition v1.0\n\nThe License does not grant to you the right to Sell the Software.",
        "The Software may not be used for commercial purposes.",
        "You may not use this software to train machine learning models.",
        "Non-commercial use only.",
        "This software is for educational use only.",
    ] {
        let before = format!("{rider}\n\n{}", text("MIT"));
        let after = format!("{}\n\n{rider}\n", text("Apache-2.0"));
        let inside = text("MIT").replace(
            "The above copyright",
            &format!("{rider}\n\nThe above copyright"),
        );
        for text in [before, after, inside] {
            assert_eq!(found(&text), (None, vec![]), "{rider}");
            let detection = detect(&text);
            assert!(
                detection.added.is_some() && !detection.found.is_empty(),
                "{rider}"
            );
        }
    }
    let narrowed = text("MIT").replace("free of charge,", "for non-commercial purposes,");
    assert!(narrowed != text("MIT") && detect(&narrowed).added.is_some());
}

#[test]
fn any_sentence_that_sets_terms_is_added() {
    for rider in [
        "Use by organisations with more than 50 employees requires a paid licence.",
        "The Software shall not be used by any military or intelligence organisation.",
        "No right is granted to operate the Software in the Republic of Examplia.",
        "Free for personal and educational use; everybody else has to ask first.",
    ] {
        let after = format!("{}\n\n{rider}\n", text("BSD-3-Clause"));
        assert!(detect(&after).added.is_some(), "{rider}");
    }
    // What sets none.
    for beside in [
        "Contact: harbour@example.org. The sources are kept at the harbour's own server.",
        "Except where otherwise noted, files are under this licence.",
        "Unless you explicitly state otherwise, any contribution shall be licensed as above, without any additional terms or conditions.",
        "This file may not be copied, modified, or distributed except according to those terms.",
    ] {
        is(
            &format!("{beside}\n\n{}", text("BSD-3-Clause")),
            "BSD-3-Clause",
        );
    }
    // A README is about more than its licence.
    let readme = format!(
        "# Harbour\n\nOnly pilots may start it.\n\n## License\n\n{}\n\n## Use\n\nIt must not run twice.\n",
        text("MIT")
    );
    assert_eq!(detect(&readme).added, None);
}

#[test]
fn exceptions_permit_more() {
    let exception = spdx::text::EXCEPTION_TEXTS
        .iter()
        .find(|(id, _)| *id == "LLVM-exception")
        .map_or("", |(_, text)| text);
    let both = format!(
        "{}\n\n---- LLVM Exceptions to the Apache 2.0 License ----\n\n{exception}",
        text("Apache-2.0")
    );
    is(&both, "Apache-2.0");
    assert_eq!(detect(&both).exceptions, ["LLVM-exception"]);
}

#[test]
fn near_misses_show_the_words() {
    let own = text("ISC").replace("with or without fee", "with or without a large fee");
    let detection = detect(&own);
    assert_eq!(detection.found[0].id, "ISC");
    let (theirs, ours) = &detection.found[0].differences[0];
    assert_eq!((theirs.as_str(), &own[ours.clone()]), ("", "a large"));
}

#[test]
fn other_texts_are_none() {
    assert_eq!(found("All rights reserved."), (None, vec![]));
    assert_eq!(found(""), (None, vec![]));
    let own = "You may look at this software but neither copy nor change it. ".repeat(20);
    assert_eq!(found(&own), (None, vec![]));
    let half = &text("MIT")[..text("MIT").len() / 2];
    assert_eq!(found(half), (None, vec![]));
}

proptest::proptest! {
    #[test]
    fn any_text_is_read_without_panic(text in "(software |the |license |permission |1\\. |é|©|\n){0,80}") {
        let _ = detect(&text);
    }
}
