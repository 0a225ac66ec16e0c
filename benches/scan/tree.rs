//! A made-up source tree for timing: deterministic, shaped like a large mixed
//! repository, with few files that concern any rule.

use std::fmt::Write as _;
use std::fs;
use std::io;
use std::path::Path;

/// Files in the tree.
pub const FILES: usize = 20_400;
/// Bytes that a file has at least on average.
const MEAN_BYTES: usize = 10_400;

const WORDS: &[&str] = &[
    "the", "of", "a", "to", "value", "queue", "reads", "buffer", "index", "returns", "when",
    "each", "request", "is", "kept", "until", "worker", "table", "after", "node", "closes",
    "stream", "and", "before", "limit", "cache", "entry", "parse", "token", "result", "error",
    "file", "config", "option", "default", "path", "field", "record", "with", "update", "windows",
    "team", "access", "word", "edge", "office", "security", "service", "machine", "report",
];

/// Sentences that concern a rule or come near to one; one in two hundred documents
/// gets one.
const NEAR: &[&str] = &[
    "Alerts come from Microsoft Defender ATP and are kept for a day.",
    "Runs on Windows, macOS and Linux.",
    "Upload the list to Sharepoint before the meeting.",
    "Sign in with Azure Active Directory first.",
    "See the notes on throttling: the service allows 50 requests a second.",
];

/// Code that calls a governed host; one in four hundred code files gets it.
const CALL: &str = "\nHOST = \"https://api.security.microsoft.com/api/alerts\"\n";

/// A small deterministic generator (splitmix64): no dependency, same tree everywhere.
struct Random(u64);

impl Random {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^ (z >> 31)
    }

    fn below(&mut self, bound: usize) -> usize {
        (self.next() % bound as u64) as usize
    }

    fn word(&mut self) -> &'static str {
        WORDS[self.below(WORDS.len())]
    }
}

/// Writes the tree into `root` and returns its size in bytes.
pub fn write(root: &Path) -> io::Result<u64> {
    let mut random = Random(2024);
    let mut total = 0;
    for number in 0..FILES {
        let folder = root.join(format!("part{:02}/unit{:03}", number % 40, number % 400));
        fs::create_dir_all(&folder)?;
        let extension = [
            "rs", "py", "js", "md", "go", "md", "cs", "json", "java", "ts", "md", "sh",
        ][random.below(12)];
        let size = MEAN_BYTES / 2 + random.below(MEAN_BYTES);
        let text = match extension {
            "md" => document(&mut random, size),
            "json" => data(&mut random, size),
            _ => code(&mut random, size, extension),
        };
        total += text.len() as u64;
        fs::write(folder.join(format!("file{number}.{extension}")), text)?;
    }
    fs::write(
        root.join("README.md"),
        "# Long shelf\n\nA tree to time.\n\nMIT licence.\n",
    )?;
    Ok(total)
}

fn sentence(random: &mut Random, out: &mut String) {
    for place in 0..6 + random.below(10) {
        if place > 0 {
            out.push(' ');
        }
        out.push_str(random.word());
    }
    out.push('.');
}

fn document(random: &mut Random, size: usize) -> String {
    let mut out = format!("# {} {}\n\n", random.word(), random.word());
    while out.len() < size {
        for _ in 0..=random.below(5) {
            sentence(random, &mut out);
            out.push(if random.below(3) == 0 { '\n' } else { ' ' });
        }
        out.push_str("\n\n");
        if random.below(8) == 0 {
            let _ = writeln!(
                out,
                "## {}\n\n- `{}`\n- {}\n",
                random.word(),
                random.word(),
                random.word()
            );
        }
    }
    if random.below(200) == 0 {
        out.push_str(NEAR[random.below(NEAR.len())]);
        out.push('\n');
    }
    out
}

fn code(random: &mut Random, size: usize, extension: &str) -> String {
    let mark = if matches!(extension, "py" | "sh") {
        "#"
    } else {
        "//"
    };
    let mut out = String::new();
    while out.len() < size {
        let _ = write!(out, "{mark} ");
        sentence(random, &mut out);
        let _ = writeln!(
            out,
            "\n{}_{}({}, \"{} {}\", {})",
            random.word(),
            random.word(),
            random.word(),
            random.word(),
            random.word(),
            random.below(1000)
        );
    }
    if random.below(400) == 0 {
        out.push_str(CALL);
    }
    out
}

fn data(random: &mut Random, size: usize) -> String {
    let mut out = String::from("{\n");
    while out.len() < size {
        let _ = writeln!(
            out,
            "  \"{}{}\": \"{}\",",
            random.word(),
            random.below(1000),
            random.word()
        );
    }
    out.push_str("  \"end\": true\n}\n");
    out
}
