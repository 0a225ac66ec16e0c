//! What waits is counted, and only in code.

use super::*;

#[test]
fn what_waits_is_counted() {
    let open = |text: &str, language| deepest(text.as_bytes(), language).0;
    assert_eq!(open("a=>a=>a=>", Language::Java), 6);
    assert_eq!(open("x = +<+<", Language::Python), 5);
    assert_eq!(open("x = a + b - c * d;\ny = 1;\n", Language::Java), 1);
    assert_eq!(open("a = 1\nb = 2\nc = 3\n", Language::JavaScript), 1);
    assert_eq!(open("f({a: 1, b: 2, c: x => y})", Language::JavaScript), 3);
    assert_eq!(open("x = '<a><b><c>' + \"=>=>\"", Language::JavaScript), 1);
    assert_eq!(open("// a => b => c\n# -> ->\n", Language::JavaScript), 5);
    assert_eq!(open("not not not x", Language::Python), 3);
    assert_eq!(deepest(b"((([[[", Language::Python).1, 7);
    assert_eq!(open("x = \"\"\"\n=> ->\n\"\"\"", Language::Python), 1);
}

#[test]
fn strings_and_comments_are_no_code() {
    use Language::*;
    // Each holds brackets that nothing closes, and arrows.
    for (language, text) in [
        (PowerShell, "$x = @\"\n<a b='c'>((( => ->\n\"@\n$y = 1\n"),
        (PowerShell, "$x = @'\n<a b=\"c\">((( =>\n'@\n"),
        (PowerShell, "<# ((( => \n => #>\n$y = \"a`\"((( => =>\"\n"),
        (PowerShell, "$y = 'it''s ((( => =>\n'\n"),
        (Bash, "cat <<EOF\n((( => => => 'x\nEOF\necho ${#a} \"$#\"\n"),
        (Bash, "x='((( \n => => =>'\n"),
        (
            Ruby,
            "x = <<~TEXT\n  ((( => => => 'x\n  TEXT\ny = /[(]([{]/\n",
        ),
        (Ruby, "\n=begin\n((( => => =>\n=end\n"),
        (JavaScript, "x = /[(/]\\(((/.test(y)\nz = `((( =>\n =>`\n"),
        (Tsx, "return <p a=\"(\">isn't ((( => it => x</p>\n"),
        (
            Php,
            "((( => => <?php $x = <<<EOT\n((( => =>\nEOT;\n?> ((( => =>",
        ),
        (Php, "<?php # ((( => =>\n$x = '((( =>\n=>';\n"),
        (
            CSharp,
            "var x = @\"((( \\\"; var y = @\"a\"\"((( => =>\";\n",
        ),
        (CSharp, "var c = '('; var d = '\\'';\n"),
        (Rust, "let x = r#\"((( \"=> =>\"#; let c = '\\'';\n"),
        (Rust, "/* ((( /* => */ => => */ fn f<'a>(x: &'a str) {}\n"),
        (Lua, "--[[ ((( => => \n => ]]\nx = [[ ((( => => ]]\n"),
        (R, "# ((( => =>\nx <- '((( => => \n'\n"),
        (Dart, "var x = '''((( => \n => =>''';\n"),
        (Kotlin, "val x = \"\"\"((( => \n => =>\"\"\"\n"),
        (Python, "x = '((( => =>' # ((( => =>\ny = f'{a}((( =>'\n"),
        (Go, "x := `((( => \n=> =>`\n"),
        (
            Java,
            "String x = \"\"\"\n((( => =>\n\"\"\"; char c = '(';\n",
        ),
    ] {
        let (open, brackets) = deepest(text.as_bytes(), language);
        assert!(
            open <= 5 && brackets <= 3,
            "{language:?} {open} {brackets} {text}"
        );
    }
}

#[test]
fn code_within_strings_is_code() {
    use Language::*;
    let arrows = "a=>".repeat(10);
    for (language, before, after) in [
        (JavaScript, "x = `a ${", "} b`"),
        (Python, "x = f'{", "}'"),
        (Ruby, "x = \"#{", "}\""),
        (Bash, "x=\"$(", ")\""),
        (PowerShell, "$x = \"$(", ")\""),
        (CSharp, "var x = $\"{", "}\";"),
        (Kotlin, "val x = \"${", "}\""),
        (Dart, "var x = '${", "}';"),
        // Nothing closes these, or they are none.
        (Java, "/* ", ""),
        (Go, "` ", ""),
        (Java, "'''", "'''"),
    ] {
        let text = format!("{before}{arrows}{after}\n");
        let (open, _) = deepest(text.as_bytes(), language);
        assert!(open >= 20, "{language:?} {open} {text}");
    }
}

#[test]
fn what_is_long_is_not_deep() {
    let long = "call(a, b => c, {d: [1, -2]}) == 3;\n".repeat(10_000);
    assert!(!is_too_deep(&long, Language::JavaScript));
    assert!(!is_too_deep(
        &"x = y ? 1 : -2\n".repeat(10_000),
        Language::JavaScript
    ));
    assert!(is_too_deep(&"a=>".repeat(1000), Language::Java));
    assert!(is_too_deep(&"a\n=>".repeat(1000), Language::Java));
    assert!(is_too_deep(&"[".repeat(10_000), Language::Python));
    assert_eq!(deepest(b"\x0b\0\x7f", Language::Go), (0, 0));
}
