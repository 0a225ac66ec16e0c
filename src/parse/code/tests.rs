use std::fmt::Write;

use super::parse;
use crate::facts::code::CodeFacts;
use crate::facts::{FileFacts, FileKind, Language, ProseContext, Zone};
use crate::source::{FileId, Source};

pub(super) fn facts(language: Language, text: &str) -> (Source, FileFacts) {
    let source = Source::from_text(FileId(0), "a", text);
    let mut facts = FileFacts::new(FileKind::Code(language), Zone::Project);
    parse(&source, language, true, &mut facts);
    (source, facts)
}

/// The addresses of requests, `{}` for what is not known.
pub(super) fn requests(code: &CodeFacts) -> Vec<String> {
    let sent = code.calls.iter().filter(|call| call.request);
    sent.filter_map(|call| Some(call.url.as_ref()?.shown()))
        .collect()
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
            Language::Kotlin,
            "/** Doc words. */ val s = \"say $x to ${y.z} now\" // tail\nval t = \"\"\"raw words\"\"\"\n",
            vec![
                "# Doc words.",
                "\" say \u{fffc} to \u{fffc} now",
                "# tail",
                "\" raw words",
            ],
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
        (
            Language::Ruby,
            "# one\n=begin\nblock words\n=end\nx = \"to #{y} now\" + 'word'\nputs <<~T, :a\n  here words\nT\n",
            vec![
                "# one",
                "# block words",
                "\" to \u{fffc} now",
                "\" here words \u{fffc}",
            ],
        ),
        (
            Language::Php,
            "<p>no code</p>\n<?php\n// one\n# two\n/** Doc words\n * go on. */\n$s = \"to {$y->z} now\" . 'raw words';\n$t = <<<T\n  here $x words\n  T;\n",
            vec![
                "# one two",
                "# Doc words go on.",
                "\" to {\u{fffc}} now",
                "\" raw words",
                "\" here \u{fffc} words",
            ],
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
        Language::Kotlin,
        Language::Rust,
        Language::Ruby,
        Language::Php,
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

mod laws {
    use proptest::prelude::*;

    use super::facts;
    use crate::facts::Language;
    use crate::facts::code::{BlockKind, CodeFacts};
    use crate::source::{Source, Span};

    const LANGUAGES: &[Language] = &[
        Language::Python,
        Language::JavaScript,
        Language::TypeScript,
        Language::Tsx,
        Language::CSharp,
        Language::Go,
        Language::PowerShell,
        Language::Java,
        Language::Kotlin,
        Language::Rust,
        Language::Ruby,
        Language::Php,
        Language::Bash,
    ];

    /// Pieces that programs in these languages are made of, in no sensible order.
    const PIECES: &[&str] = &[
        "for m in machines:\n    ",
        "while (url) {",
        "foreach ($m in $x) {",
        "for _, m := range ms {",
        "if (r.status === 429) {",
        "}",
        ")",
        "(",
        "{",
        "requests.get(url)",
        "await fetch(`${BASE}/x/${é}`)",
        "Invoke-RestMethod -Uri \"$base/api/$($m.id)\" @p",
        "time.sleep(60 / N)",
        "Start-Sleep -Milliseconds 500",
        "time.Sleep(2 * time.Second)",
        "Thread.sleep(500L);",
        "url = base + \"/é\"",
        "const BASE = 'https://h/';",
        "BASE := \"https://h\"",
        "let x = format!(\"{}/{id}\", self.base);",
        "self.base = self.base or f\"{self.base}\"",
        "def f(url=\"https://h\", n=1):\n  return f(url)",
        "function f($a) { f $a }",
        "func (c *C) f(a string) { c.f(a) }",
        "public void f(String a) { f(a); }",
        "pub fn f(a: &str) { f(a) }",
        "@limits(calls=1, period=2)\n",
        "new Bottleneck({ minTime: x })",
        "ids.map(f)",
        "Promise.all(ids.map(async (i) => f(i)))",
        "go f()",
        "ids.map { async { f(it) } }.awaitAll()",
        "suspend fun f(a: String = \"$b/x\") = client.get(a) { url(b) }",
        "flow { emit(f(\"${é}\")) }.onEach { delay(2.seconds) }.collect { f(it) }",
        "case 429:",
        "catch (e) { retry() }",
        "ids.each do |id|\n",
        "begin\n",
        "rescue TooMany => e\n  retry\n",
        "end\n",
        "x = \"#{BASE}/#{é}\" unless @y",
        "get(url: <<~T, &method(:f))\n é\nT\n",
        "loop { f }",
        "<?php\n",
        "foreach ($ids as $k => [$id]) {",
        "$this->get(\"$u/{$this->é['x']['y']}\", ['base_uri' => self::B])",
        "curl_setopt($ch, CURLOPT_URL, $ch);",
        "yield new Request('GET', B . $x[0]['@odata.nextLink']);",
        "$f = fn($x) => $x?->f(...);",
        "?>",
        "# c\n",
        "// é\n",
        "\n",
        " ",
        "'",
        "\"",
        "`",
        "$",
        "@",
        "😀",
    ];

    fn inside(source: &Source, span: Span) -> bool {
        span.start <= span.end && source.text.get(span.range()).is_some()
    }

    fn holds(source: &Source, code: &CodeFacts) {
        assert!(matches!(code.blocks[0].kind, BlockKind::File));
        for (id, block) in code.blocks.iter().enumerate() {
            assert!(inside(source, block.span) && inside(source, block.head));
            assert!(block.parent.is_none_or(|parent| (parent as usize) < id));
            if let BlockKind::Function(function) = block.kind {
                assert_eq!(code.functions[function as usize].block as usize, id);
            }
        }
        let blocks = code.blocks.len() as u32;
        for call in &code.calls {
            assert!(inside(source, call.span) && call.block < blocks);
        }
        for sleep in &code.sleeps {
            assert!(inside(source, sleep.span) && sleep.block < blocks);
            if let Some((literal, worth)) = sleep.seconds.literal {
                assert!(inside(source, literal) && worth.is_finite());
            }
        }
        for limiter in &code.limiters {
            assert!(inside(source, limiter.span) && limiter.uses.iter().all(|&b| b < blocks));
        }
        for backoff in &code.backoffs {
            assert!(inside(source, backoff.span) && backoff.block < blocks);
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(96))]

        #[test]
        fn any_program_gives_facts_inside_its_text(
            language in 0..LANGUAGES.len(),
            pieces in proptest::collection::vec(0..PIECES.len(), 0..40),
        ) {
            let text: String = pieces.iter().map(|&index| PIECES[index]).collect();
            let (source, facts) = facts(LANGUAGES[language], &text);
            holds(&source, &facts.code);
            for prose in &facts.prose {
                prop_assert!(inside(&source, prose.whole(source.id)));
            }
        }

        #[test]
        fn any_text_is_read_without_panic(language in 0..LANGUAGES.len(), text in ".{0,200}") {
            let (source, facts) = facts(LANGUAGES[language], &text);
            holds(&source, &facts.code);
        }
    }
}

/// Names that stand for each other twice would stand for millions of words.
#[test]
fn names_that_double_cost_little() {
    let mut text = "a0 = base + 'x'\n".to_owned();
    for n in 0..200 {
        writeln!(text, "a{} = a{n} + a{n} + '/y'", n + 1).unwrap();
    }
    text.push_str("requests.get(a200)\nrequests.get('https://api.example.com/' + a3)\n");
    let (_, facts) = facts(Language::Python, &text);
    let code = facts.code;
    let last = code.calls.last().unwrap().url.as_ref().unwrap();
    assert!(
        last.shown()
            .starts_with("https://api.example.com/{}x{}x/y{}x")
    );
    assert!(code.calls.iter().all(|call| {
        call.url
            .as_ref()
            .is_none_or(|url| url.parts.len() <= 64 && url.shown().len() <= 5000)
    }));
}

/// Of a name that is given a value again and again the latest that can be read counts.
#[test]
fn an_earlier_value_stands_in_for_few_later_ones() {
    let read = |others: usize| {
        let later = "    url = answer.next\n".repeat(others);
        let text = format!(
            "def f(answer):\n    url = 'https://api.example.com/a'\n{later}    requests.get(url)\n"
        );
        let (_, facts) = facts(Language::Python, &text);
        requests(&facts.code).contains(&"https://api.example.com/a".to_owned())
    };
    assert!(read(3));
    assert!(!read(200));
}
