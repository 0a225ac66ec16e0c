use super::parse;
use crate::facts::{FileFacts, FileKind, Language, ProseContext, Zone};
use crate::source::{FileId, Source};

fn facts(language: Language, text: &str) -> (Source, FileFacts) {
    let source = Source::from_text(FileId(0), "a", text);
    let mut facts = FileFacts::new(FileKind::Code(language), Zone::Project);
    parse(&source, language, true, &mut facts);
    (source, facts)
}

fn prose(language: Language, text: &str) -> Vec<String> {
    let (_, facts) = facts(language, text);
    facts
        .prose
        .iter()
        .map(|prose| {
            let context = match prose.context {
                ProseContext::Comment => "#",
                _ => "\"",
            };
            format!("{context} {}", prose.text)
        })
        .collect()
}

#[test]
fn comments_and_sentences_are_prose_in_every_language() {
    for (language, text, expected) in [
        (
            Language::Python,
            "#!/usr/bin/env python\n\"\"\"Module words.\n\nMore words.\"\"\"\n# one\n# two `x`\nx = f\"say {y} to\\nthem\"  # after\nz = 'word'\n",
            vec![
                "# Module words.",
                "# More words.",
                "# one two \u{fffc}",
                "\" say \u{fffc} to them",
                "# after",
            ],
        ),
        (
            Language::JavaScript,
            "/** Doc words\n * more words.\n *\n * @param x the x\n */\nconst s = `hello ${x} there`; // tail\nconst j = <p>Some words</p>;\n",
            vec![
                "# Doc words more words.",
                "# @param x the x",
                "\" hello \u{fffc} there",
                "# tail",
                "\" Some words",
            ],
        ),
        (
            Language::TypeScript,
            "// a\n// b\nconst s: string = 'two words';",
            vec!["# a b", "\" two words"],
        ),
        (
            Language::Tsx,
            "const j = <b>two words</b>;",
            vec!["\" two words"],
        ),
        (
            Language::CSharp,
            "/// doc words\nclass A { string s = $\"hi {x} you\"; string t = @\"verb \"\"q\"\" x\"; }",
            vec!["# doc words", "\" hi \u{fffc} you", "\" verb \"\"q\"\" x"],
        ),
        (
            Language::Go,
            "package a\n// Doc words\n// go on.\nvar s = \"two words\"\nvar r = `raw words`\n",
            vec!["# Doc words go on.", "\" two words", "\" raw words"],
        ),
        (
            Language::PowerShell,
            "<#\n.SYNOPSIS\n Help text\n#>\n# one\n$s = \"to $x and back\"\n$t = 'single words'\n$h = @\"\nhere words\n\"@\n",
            vec![
                "# .SYNOPSIS Help text",
                "# one",
                "\" to \u{fffc} and back",
                "\" single words",
                "\" here words",
            ],
        ),
        (
            Language::Java,
            "/* block words */ class A { String s = \"two words\"; String t = \"\"\"\n  text block\"\"\"; }",
            vec!["# block words", "\" two words", "\" text block"],
        ),
        (
            Language::Rust,
            "//! Module words.\n// plain\nfn f() { let s = r#\"raw words\"#; let t = \"two \\\"words\"; }\n",
            vec!["# Module words. plain", "\" raw words", "\" two \"words"],
        ),
        (
            Language::Bash,
            "#!/bin/sh\n# one\necho \"to $x now\" 'raw words'\n",
            vec!["# one", "\" to \u{fffc} now", "\" raw words"],
        ),
    ] {
        assert_eq!(prose(language, text), expected, "{language:?}");
    }
}

#[test]
fn prose_maps_to_its_bytes() {
    let (source, facts) = facts(
        Language::Python,
        "def f():\n    # first part\n    # second part\n    return 'a\\tb word'\n",
    );
    let span = |index: usize, words: &str| {
        let prose = &facts.prose[index];
        let at = prose.text.find(words).expect("words");
        source.slice(prose.span(source.id, at..at + words.len()))
    };
    assert_eq!(span(0, "second"), "second");
    assert_eq!(span(0, "part second"), "part\n    # second");
    assert_eq!(span(1, "b word"), "b word");
}

#[test]
fn directives_are_read_from_comments() {
    let (_, facts) = facts(
        Language::Go,
        "package a\n// termscheck: ignore throttling/* -- batch job\nvar x = \"termscheck: ignore y\"\n",
    );
    let texts: Vec<_> = facts.directives.iter().map(|d| d.text.as_str()).collect();
    assert_eq!(texts, ["ignore throttling/* -- batch job"]);
}

#[test]
fn broken_and_deep_code_neither_panics_nor_hangs() {
    let deep = "(".repeat(20_000);
    for language in [
        Language::Python,
        Language::JavaScript,
        Language::TypeScript,
        Language::CSharp,
        Language::Go,
        Language::PowerShell,
        Language::Java,
        Language::Rust,
        Language::Bash,
    ] {
        for text in [
            "",
            "\"",
            "/*",
            "<#",
            "`é",
            "f'{",
            "$\"{",
            "@\"",
            "\u{feff}// é",
            &deep,
            "'''",
            "r#\"",
        ] {
            let _ = facts(language, text);
        }
    }
}
