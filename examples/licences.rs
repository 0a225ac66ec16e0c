//! Measures the detection of licence texts over every text of the SPDX list, in the
//! forms that people ship them in, beside the spdx crate's own detection:
//!
//! ```sh
//! cargo run --release --example licences        # every text
//! cargo run --release --example licences -- 10  # every tenth
//! ```
//!
//! "Right" is the text's licence or one whose text differs in nothing that matters; "certain and wrong" is
//! another name at a score that the tool acts on.

use std::collections::{BTreeMap, BTreeSet};

use spdx::detection::{Store, TextData};
use termscheck::parse::licence::detect::{CERTAIN, detect};
use termscheck::parse::licence::words::words;

/// A text in one of its forms, and the identifiers that are right.
type Form = (&'static str, fn(&str, u64) -> String);

const FORMS: [Form; 9] = [
    ("whole", |text, _| text.to_owned()),
    ("re-wrapped", |text, _| wrapped(text, 50)),
    ("titled", |text, _| {
        format!("Harbour alerts\n==============\n\nCopyright 2026 Jane Doe\n\n{text}")
    }),
    ("1 % of words changed", |text, seed| changed(text, 1, seed)),
    ("3 % of words changed", |text, seed| changed(text, 3, seed)),
    ("5 % of words changed", |text, seed| changed(text, 5, seed)),
    ("10 % of words changed", |text, seed| {
        changed(text, 10, seed)
    }),
    ("inside a README", |text, _| {
        let about = "Exports the alerts of ships in the harbour to a file every hour. ".repeat(30);
        format!("# Harbour alerts\n\n{about}\n\n## License\n\n{text}\n\n## Contact\n\n{about}\n")
    }),
    ("with a rider", |text, _| {
        format!("{text}\n\nThe software may not be used for commercial purposes.\n")
    }),
];

/// Right, certain and wrong, uncertain and wrong, none.
#[derive(Default, Clone, Copy)]
struct Tally([usize; 4]);

fn main() {
    let step: usize = std::env::args()
        .nth(1)
        .and_then(|step| step.parse().ok())
        .unwrap_or(1);
    let mut same: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
    for (id, text) in spdx::text::LICENSE_TEXTS {
        same.entry(text).or_default().insert(id);
    }
    same.remove("");
    let mut store = Store::new();
    for (text, ids) in &same {
        let first = ids.iter().next().copied().unwrap_or_default();
        store.add_license(first.to_owned(), TextData::new(text));
    }
    let texts: Vec<(&str, &BTreeSet<&str>)> = same
        .iter()
        .map(|(text, ids)| (*text, ids))
        .step_by(step.max(1))
        .collect();
    println!("{} texts\n", texts.len());
    println!(
        "| form | right | certain and wrong | uncertain and wrong | none | spdx crate: right | wrong at 0.93 |"
    );
    println!("|---|---|---|---|---|---|---|");
    for (name, form) in FORMS {
        let rider = name == "with a rider";
        let mut ours = Tally::default();
        let mut theirs = [0, 0];
        for (seed, (text, ids)) in texts.iter().enumerate() {
            let text = form(text, seed as u64);
            ours.0[judge(&text, ids, rider)] += 1;
            let found = store.analyze(&TextData::new(&text));
            let right = ids.contains(found.name);
            if rider {
                theirs[1] += usize::from(right && found.score >= 0.93);
                theirs[0] += usize::from(!(right && found.score >= 0.93));
            } else {
                theirs[0] += usize::from(right && found.score >= 0.8);
                theirs[1] += usize::from(!right && found.score >= 0.93);
            }
        }
        let [right, certain, uncertain, none] = ours.0;
        println!(
            "| {name} | {right} | {certain} | {uncertain} | {none} | {} | {} |",
            theirs[0], theirs[1]
        );
    }
}

/// The row of the tally that a text counts in. With a rider it is right that nothing is
/// taken for the plain licence.
fn judge(text: &str, ids: &BTreeSet<&str>, rider: bool) -> usize {
    let detection = detect(text);
    if rider {
        let plain = detection.added.is_none() && !detection.found.is_empty();
        return usize::from(plain);
    }
    let family = |id: &str| words().map_or(id.to_owned(), |words| words.family(id).to_owned());
    let right = |one: &str| ids.iter().any(|id| family(id) == family(one));
    match &detection.found[..] {
        [] => 3,
        found if found.iter().any(|one| right(one.id)) => 0,
        [one, ..] if one.score >= CERTAIN => 1,
        _ => 2,
    }
}

fn wrapped(text: &str, width: usize) -> String {
    let mut out = String::new();
    let mut column = 0;
    for word in text.split_whitespace() {
        if column > 0 && column + word.len() > width {
            out.push('\n');
            column = 0;
        } else if column > 0 {
            out.push(' ');
        }
        out.push_str(word);
        column += word.len() + 1;
    }
    out
}

/// Replaces `hundredths` of the words, chosen by a simple generator that is the same on
/// every machine.
fn changed(text: &str, hundredths: u64, seed: u64) -> String {
    const OTHERS: [&str; 8] = [
        "harbour", "ship", "alert", "hour", "file", "pilot", "anchor", "crane",
    ];
    let mut state = seed.wrapping_mul(2).wrapping_add(1);
    let mut next = || {
        state = state
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        state >> 33
    };
    text.split_inclusive(char::is_whitespace)
        .flat_map(|word| {
            if word.trim().is_empty() || next() % 100 >= hundredths {
                return [word, ""];
            }
            let end = &word[word.trim_end().len()..];
            [OTHERS[(next() % 8) as usize], end]
        })
        .collect()
}
