//! The forms that licence texts are shipped in.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

/// A text in one of its forms.
type Form = (&'static str, fn(&str, u64) -> String);

const FORMS: [Form; 10] = [
    ("01-whole", |text, _| text.to_owned()),
    ("02-re-wrapped", |text, _| wrapped(text, 50)),
    ("03-titled", |text, _| {
        format!("Harbour alerts\n==============\n\nCopyright 2026 Jane Doe\n\n{text}")
    }),
    ("04-1-%-of-words-changed", |text, seed| {
        changed(text, 1, seed)
    }),
    ("05-3-%-of-words-changed", |text, seed| {
        changed(text, 3, seed)
    }),
    ("06-5-%-of-words-changed", |text, seed| {
        changed(text, 5, seed)
    }),
    ("07-10-%-of-words-changed", |text, seed| {
        changed(text, 10, seed)
    }),
    ("08-inside-a-README", |text, _| readme(text)),
    ("10-with-a-rider-after-it", |text, seed| {
        format!("{text}\n\n{}\n", rider(seed))
    }),
    ("11-with-a-rider-before-it", |text, seed| {
        format!("{}\n\n{text}\n", rider(seed + 5))
    }),
];

/// Texts that are cut before what may be missing, and where.
const CUTS: [(&str, &str); 12] = [
    ("Apache-2.0", "END OF TERMS"),
    ("Apache-2.0", "APPENDIX"),
    ("GPL-2.0-only", "END OF TERMS"),
    ("GPL-3.0-only", "END OF TERMS"),
    ("GPL-3.0-only", "How to Apply"),
    ("AGPL-3.0-only", "END OF TERMS"),
    ("LGPL-2.1-only", "END OF TERMS"),
    ("LGPL-3.0-only", "GNU GENERAL PUBLIC LICENSE\n"),
    ("MPL-2.0", "Exhibit A -"),
    ("CC-BY-4.0", "Creative Commons is not a party"),
    ("CC-BY-SA-4.0", "Creative Commons is not a party"),
    ("EPL-2.0", "Exhibit A"),
];

/// Texts that stand in one file.
const PAIRS: [[&str; 2]; 12] = [
    ["MIT", "Apache-2.0"],
    ["MIT", "BSD-3-Clause"],
    ["ISC", "MIT"],
    ["Zlib", "MIT"],
    ["GPL-3.0-only", "MIT"],
    ["Apache-2.0", "CC-BY-4.0"],
    ["MPL-2.0", "Apache-2.0"],
    ["BSD-2-Clause", "OFL-1.1"],
    ["LGPL-2.1-only", "GPL-2.0-only"],
    ["CC0-1.0", "MIT"],
    ["BSL-1.0", "ISC"],
    ["Unlicense", "MIT"],
];

/// Terms that take away something that a licence grants; written for this measurement,
/// none of them with a word list at hand.
const RIDERS: [&str; 10] = [
    "\"Commons Clause\" License Condition v1.0\n\nThe Software is provided to you by the Licensor under the License, as defined below, subject to the following condition.\n\nWithout limiting other conditions in the License, the grant of rights under the License will not include, and the License does not grant to you, the right to Sell the Software.",
    "The Software may not be used for commercial purposes.",
    "Non-commercial use only. Companies need a separate agreement with the author.",
    "This text and this code are not for training: they must not become part of a data set for language models.",
    "You may not offer the Software to third parties as a hosted or managed service.",
    "Use by organisations with more than 50 employees requires a paid licence.",
    "The Software shall not be used by any military or intelligence organisation.",
    "Redistribution of modified versions is prohibited.",
    "Free for personal and educational use; everybody else has to ask first.",
    "No right is granted to operate the Software in the Republic of Examplia.",
];

/// Writes every form of every `step`th text.
pub fn write(folder: &Path, step: usize) -> Result<(), Box<dyn std::error::Error>> {
    let mut same: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
    for (id, text) in spdx::text::LICENSE_TEXTS {
        same.entry(text).or_default().insert(id);
    }
    same.remove("");
    let put = |form: &str, name: &str, text: &str| -> std::io::Result<()> {
        let folder = folder.join(form);
        std::fs::create_dir_all(&folder)?;
        std::fs::write(folder.join(format!("{name}.txt")), text)
    };
    for (seed, (text, ids)) in same.iter().enumerate().step_by(step.max(1)) {
        let name = ids.iter().next().copied().unwrap_or_default();
        for (form, make) in FORMS {
            put(form, name, &make(text, seed as u64))?;
        }
    }
    let text = |id: &str| spdx::license_id(id).map_or("", |id| id.text());
    for (at, (id, end)) in CUTS.iter().enumerate() {
        let whole = text(id);
        // A table of contents may hold the words, too.
        if let Some(end) = whole.rfind(end) {
            // Two cuts of one text have one name in two folders.
            let form = if at % 2 == 0 { "09-cut" } else { "09-cut-" };
            put(
                form.trim_end_matches('-'),
                &format!("{id}{}", "+".repeat(at % 2)),
                &whole[..end],
            )?;
        }
    }
    for pair in PAIRS {
        let [a, b] = pair.map(text);
        put(
            "12-two-in-one-file",
            &pair.join("+"),
            &format!("{a}\n\n----\n\n{b}"),
        )?;
    }
    Ok(())
}

fn readme(text: &str) -> String {
    let about = "Exports the alerts of ships in the harbour to a file every hour. It must run beside the pilot's console; only one of them may write at a time.\n\n".repeat(12);
    format!("# Harbour alerts\n\n{about}\n\n## License\n\n{text}\n\n## Contact\n\n{about}\n")
}

fn rider(seed: u64) -> &'static str {
    RIDERS[(seed % RIDERS.len() as u64) as usize]
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
