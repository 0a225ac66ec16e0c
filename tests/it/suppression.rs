//! `termscheck: ignore` in comments.

use crate::support::Fixture;

fn lines(text: &str) -> Vec<u64> {
    let fixture = Fixture::new(&[("a.md", text)]);
    let run = fixture.json(&[]);
    assert_eq!(run.notices("warning"), [""; 0], "{text}");
    run.found().into_iter().map(|(_, line)| line).collect()
}

#[test]
fn a_comment_speaks_of_its_own_line_or_of_the_next() {
    let own = "A SHOUT. <!-- termscheck: ignore acme/shout -- quoted -->\n\nA SHOUT.\n";
    assert_eq!(lines(own), [3]);
    let next = "<!-- termscheck: ignore acme/shout -- quoted -->\nA SHOUT.\n\nA SHOUT.\n";
    assert_eq!(lines(next), [4]);
    let blank = "<!-- termscheck: ignore acme/shout -- quoted -->\n\n\nA SHOUT.\n\nA SHOUT.\n";
    assert_eq!(lines(blank), [6]);
    let wrapped = "<!-- termscheck: ignore acme/shout -- quoted -->\n\nA SHOUT and\na SHOUT.\n";
    assert_eq!(lines(wrapped), [4]);
}

#[test]
fn code_carries_them_too() {
    let fixture = Fixture::new(&[(
        "a.py",
        "# termscheck: ignore acme/* -- a name\nx = 1  # SHOUT\ny = 2  # SHOUT\n",
    )]);
    let run = fixture.json(&[]);
    // The test pack reads documents only, so the comment suppresses nothing.
    assert_eq!(
        run.notices("warning"),
        ["a.py:1 suppresses nothing: no finding of `acme/*` on line 2"; 0],
        "a pattern that also names pedantic rules can't be judged"
    );
    let pedantic = fixture.json(&["--pedantic"]);
    assert_eq!(
        pedantic.notices("warning"),
        ["a.py:1 suppresses nothing: no finding of `acme/*` on line 2"]
    );
}

#[test]
fn a_whole_file_can_be_left_out() {
    let text = "---\ntitle: x\n---\n<!-- termscheck: ignore-file acme/shout, acme/whisper -- songs -->\n\n\
                A SHOUT.\n\nA whisper.\n\nThey mutter.\n";
    let fixture = Fixture::new(&[("a.md", text)]);
    let run = fixture.json(&["--fail-on", "warning"]);
    assert_eq!(run.code, 0);
    assert_eq!(run.found(), [("acme/mutter".to_owned(), 10)]);
    assert_eq!(run.json()["counts"]["findings"]["suppressed"], 2);
    let human = fixture.run(&[]).out;
    assert!(
        human.ends_with("1 note in 1 file (1 checked, 0 skipped, 2 suppressed by comments)\n"),
        "{human}"
    );
}

#[test]
fn whatever_suppresses_nothing_is_said() {
    let text = "\
<!-- termscheck: ignore acme/shuot -- misspelt -->
<!-- termscheck: ignore acme/shout -->
A SHOUT.

<!-- termscheck: ignore acme/whisper -- none -->
A SHOUT.

<!-- termscheck: ingore acme/shout -- misspelt -->
A SHOUT.

<!-- termscheck: ignore -- no rule -->
A SHOUT.
";
    let fixture = Fixture::new(&[("a.md", text)]);
    let run = fixture.json(&[]);
    assert_eq!(
        run.found()
            .into_iter()
            .map(|(_, line)| line)
            .collect::<Vec<_>>(),
        [6, 9, 12]
    );
    let said = run.notices("warning");
    let expected = [
        "a.md:1 no rule matches `acme/shuot`; did you mean `acme/shout`?",
        "a.md:2 a suppression without a reason; write",
        "a.md:5 suppresses nothing: no finding of `acme/whisper` on line 6",
        "a.md:8 `termscheck: ingore` means nothing; write",
        "a.md:11 a suppression that names no rule; write",
    ];
    assert_eq!(said.len(), expected.len(), "{said:#?}");
    for (said, expected) in said.iter().zip(expected) {
        assert!(said.starts_with(expected), "{said}");
    }
}

#[test]
fn each_place_of_a_merged_finding_is_judged_by_itself() {
    let text =
        "A whisper. <!-- termscheck: ignore acme/whisper -- sung -->\n\nA whisper.\n\nwhispers\n";
    let fixture = Fixture::new(&[("a.md", text)]);
    let run = fixture.json(&[]);
    let json = run.json();
    assert_eq!(json["findings"][0]["count"], 1);
    assert_eq!(json["findings"][0]["suppressed"]["reason"], "sung");
    assert_eq!(json["findings"][1]["count"], 2);
    assert_eq!(run.found(), [("acme/whisper".to_owned(), 3)]);
}

#[test]
fn a_comment_stands_where_the_markup_lets_it() {
    let ignore = "<!-- termscheck: ignore acme/shout -- quoted -->";
    let texts = [
        // In a cell of a table.
        format!("| a | b |\n|---|---|\n| A SHOUT {ignore} | c |\n| A SHOUT | d |\n"),
        // At the end of an item of a list.
        format!("Words.\n\n- A SHOUT {ignore}\n- A SHOUT\n"),
        // Above a heading.
        format!("Words.\n{ignore}\n# A SHOUT\n# A SHOUT\n"),
        // Above a paragraph, after a blank line.
        format!("{ignore}\n\nA SHOUT\n\nA SHOUT\n"),
    ];
    let last = [4, 4, 4, 5];
    for (text, last) in texts.iter().zip(last) {
        assert_eq!(lines(text), [last], "{text}");
    }
}
