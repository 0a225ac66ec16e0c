//! `docs/security.md` promises what tests hold.

use std::fs;
use std::path::Path;

fn read(relative: &str) -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(relative);
    fs::read_to_string(&path).unwrap_or_else(|error| panic!("{relative}: {error}"))
}

/// Each row of a table: the promise, and what holds it.
fn rows(text: &str) -> Vec<(&str, &str)> {
    text.lines()
        .filter_map(|line| line.strip_prefix("| ")?.strip_suffix(" |"))
        .filter_map(|row| row.rsplit_once(" | "))
        .filter(|(promise, _)| *promise != "promise")
        .collect()
}

#[test]
fn every_promise_names_a_test_that_there_is() {
    let text = read("docs/security.md");
    let rows = rows(&text);
    assert!(rows.len() >= 10, "{} promises", rows.len());
    for (promise, held_by) in rows {
        let tests: Vec<_> = held_by
            .split('`')
            .filter_map(|word| word.split_once("::"))
            .collect();
        assert!(!tests.is_empty(), "no test holds: {promise}");
        for (file, name) in tests {
            let code = read(file);
            let at = code.find(&format!("fn {name}("));
            let at = at.unwrap_or_else(|| panic!("{file} has no {name}: {promise}"));
            let before = code[..at].trim_end();
            let is_test = before.ends_with("#[test]")
                || before.lines().next_back().is_some_and(|line| {
                    // Of a property test or one with a further attribute.
                    line.trim_start().starts_with("#[")
                });
            assert!(is_test, "{file}: {name} is no test: {promise}");
        }
    }
}
