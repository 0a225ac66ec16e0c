//! Measures how pictures of marks are told from others:
//!
//! ```sh
//! cargo run --release --example pictures -- FOLDER...
//! ```
//!
//! The marks are drawn: the four squares by their geometry and every picture that the packs
//! know of by the file that its look was made from, where a folder holds that, each at
//! several sizes, with several margins, on several backgrounds, in several formats and with
//! a little noise. The others are shapes that are made here and the icons in the folders
//! (unpacked icon packages), less those whose names tell that they are the marks themselves.
//!
//! `--missed` before the folders tells each drawing that is not known.
//!
//! `--write FOLDER COUNT` writes so many other pictures to a folder, each drawn in another
//! way, as a tree to measure the cost of a scan with.

mod draw;

use std::collections::BTreeMap;
use std::path::Path;
use std::time::{Duration, Instant};

use termscheck::pack::{Logos, load_embedded};
use termscheck::parse::picture;

use draw::{BACKGROUNDS, FORMATS, MARGINS, SIZES, Variant};

/// Names of the marks themselves in icon packages: who draws them is not wrong.
const REVIEWED: &str = include_str!("reviewed.txt");

fn main() {
    let mut folders: Vec<String> = std::env::args().skip(1).collect();
    let missed = folders.first().is_some_and(|flag| flag == "--missed");
    folders.drain(..usize::from(missed));
    if let [flag, folder, count] = folders.as_slice()
        && flag == "--write"
    {
        let count = count.parse().expect("a number of pictures");
        draw::write(Path::new(folder), count);
        return;
    }
    let logos = packs();
    println!("the marks");
    println!("{:<28}{:>8}{:>8}{:>9}", "drawn as", "seen", "of", "share");
    let mut all = (0, 0);
    for (name, mark, drawing) in draw::marks(&folders) {
        let (mut seen, mut of) = (0, 0);
        // Squares are told at any size, other shapes from 32 pixels on.
        let least = if name.starts_with("four squares") {
            16.0
        } else {
            32.0
        };
        for variant in Variant::all(least) {
            of += 1;
            let bytes = draw::render(&drawing, variant);
            let found = picture::pixels(&bytes).ok();
            let found = found.as_ref().and_then(|found| logos.find(found));
            let is_seen = found == Some(mark.as_str());
            seen += usize::from(is_seen);
            if missed && !is_seen {
                println!("  missed: {name}, {variant:?}");
            }
        }
        println!("{name:<28}{seen:>8}{of:>8}{:>8.1} %", share(seen, of));
        all = (all.0 + seen, all.1 + of);
    }
    println!(
        "{:<28}{:>8}{:>8}{:>8.1} %",
        "all",
        all.0,
        all.1,
        share(all.0, all.1)
    );
    println!(
        "({} sizes, {} margins, {} backgrounds, {} formats)\n",
        SIZES.len(),
        MARGINS.len(),
        BACKGROUNDS.len(),
        FORMATS.len()
    );
    others(&logos, &folders);
}

fn share(part: usize, whole: usize) -> f64 {
    part as f64 * 100.0 / (whole.max(1) as f64)
}

/// The pack that knows most logos.
fn packs() -> Logos {
    let packs = load_embedded().expect("the packs that ship");
    let packs = packs.into_iter().map(|pack| pack.logos);
    packs
        .max_by_key(|logos| logos.pictures.len())
        .expect("a pack")
}

fn others(logos: &Logos, folders: &[String]) {
    println!("others");
    println!(
        "{:<28}{:>8}{:>8}{:>8}{:>12}",
        "from", "read", "marks", "false", "ms each"
    );
    let mut false_hits: BTreeMap<String, String> = BTreeMap::new();
    let mut row = |from: &str, pictures: &mut dyn Iterator<Item = (String, Vec<u8>)>| {
        let (mut read, mut marks, mut wrong) = (0_usize, 0, 0);
        let mut spent = Duration::ZERO;
        for (name, bytes) in pictures {
            let start = Instant::now();
            let seen = picture::of(&name, &bytes);
            let found = seen.as_ref().ok().and_then(|seen| logos.find(seen));
            spent += start.elapsed();
            read += usize::from(seen.is_ok());
            let Some(mark) = found else { continue };
            if is_reviewed(&name) {
                marks += 1;
            } else {
                wrong += 1;
                false_hits.insert(name, mark.to_owned());
            }
        }
        let each = spent.as_secs_f64() * 1000.0 / (read.max(1) as f64);
        println!("{from:<28}{read:>8}{marks:>8}{wrong:>8}{each:>12.2}");
    };
    row("made here", &mut draw::shapes());
    for folder in folders {
        let name = Path::new(folder).file_name().unwrap_or_default();
        row(&name.to_string_lossy(), &mut draw::icons(folder));
    }
    for (name, mark) in &false_hits {
        println!("  {name} is taken for {mark}");
    }
}

/// Whether a file's name tells that it is a mark itself.
fn is_reviewed(path: &str) -> bool {
    let name = path.rsplit('/').next().unwrap_or(path).to_lowercase();
    let stem = name.split('.').next().unwrap_or(&name);
    let words: Vec<&str> = stem.split(['-', '_']).collect();
    REVIEWED
        .lines()
        .filter(|line| !line.is_empty() && !line.starts_with('#'))
        .any(|word| stem.starts_with(word) || words.contains(&word))
}
