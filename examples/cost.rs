//! What each family of input costs at a size, twice and four times it: processor time,
//! memory, what was allocated, and the steps that were counted, as a table for
//! docs/cost.md. What an empty file costs is taken off before exponents are told.
//!
//! `cargo run --example cost -- [SIZE] [PART OF A NAME]`; with `files FOLDER SIZE` it writes
//! the families to folders.

#[path = "../tests/cost/families.rs"]
mod families;
#[path = "../tests/cost/measure.rs"]
mod measure;
#[path = "../tests/cost/trees.rs"]
mod trees;

use std::path::Path;

use measure::Cost;
use termscheck::pack::Pack;
use trees::Files;

/// Pieces of a tree for so many bytes of a file.
const PIECE: usize = 256;

/// The exponent above which a family is said to grow faster than its size.
const STEEP: f64 = 1.15;

/// What is smaller grows by chance: seconds, bytes, steps.
const NOISE: [f64; 3] = [0.01, 1.5e6, 4000.0];

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let number = |at: usize| arguments.get(at).and_then(|size| size.parse().ok());
    if let [command, folder, ..] = arguments.as_slice()
        && command == "files"
    {
        let size = number(2).unwrap_or(65536);
        each("", |name, make| write(Path::new(folder), name, &make(size)));
        return;
    }
    let size: usize = number(0).unwrap_or(8192);
    let packs = termscheck::pack::load_embedded().expect("the packs");
    println!(
        "| family | KB | seconds | exponent | MB allocated | exponent | steps | exponent | MB held |"
    );
    println!("|---|---|---|---|---|---|---|---|---|");
    each(arguments.get(1).map_or("", String::as_str), |name, make| {
        let mut grows = grow(&packs, make, size);
        // A machine with other work makes small times grow by chance: what seems steep is
        // measured again, larger.
        for larger in [4, 8] {
            if grows.exponents[0] > STEEP {
                let again = grow(&packs, make, larger * size);
                grows.exponents[0] = again.exponents[0];
            }
        }
        let Growth {
            bytes,
            cost,
            exponents,
        } = grows;
        println!(
            "| {name} | {} | {:.3} | {:.2} | {:.1} | {:.2} | {} | {:.2} | {:.0} |",
            bytes / 1024,
            cost.seconds,
            exponents[0],
            cost.bytes / 1e6,
            exponents[1],
            cost.steps,
            exponents[2],
            cost.peak / 1e6
        );
    });
}

/// What a family costs at four times a size, and how it grew.
struct Growth {
    bytes: usize,
    cost: Cost,
    exponents: [f64; 3],
}

/// Measures a family at a size, twice and four times it.
fn grow(packs: &[Pack], make: &dyn Fn(usize) -> Files, size: usize) -> Growth {
    let [once, _, twice, four] = [0, size, 2 * size, 4 * size].map(|size| {
        let files = make(size);
        let bytes: usize = files.iter().map(|(_, text)| text.len()).sum();
        // Of three runs the fastest: whoever else works here only slows it down.
        let runs = [(); 3].map(|()| measure::cost(packs, &files));
        let fastest = runs
            .into_iter()
            .min_by(|a, b| a.seconds.total_cmp(&b.seconds));
        (bytes, fastest.unwrap_or(runs[0]))
    });
    let values: [fn(&Cost) -> f64; 3] = [|cost| cost.seconds, |cost| cost.bytes, |cost| cost.steps];
    let mut exponents = [0.0; 3];
    for (at, value) in values.into_iter().enumerate() {
        let [once, twice, four] = [&once, &twice, &four].map(|(_, cost)| value(cost));
        if four - once > NOISE[at] {
            exponents[at] = ((four - once) / (twice - once).max(NOISE[at] / 4.0)).log2();
        }
    }
    let (bytes, cost) = four;
    Growth {
        bytes,
        cost,
        exponents,
    }
}

/// Does something with each family: its name, and what makes it of a size.
fn each(part: &str, mut with: impl FnMut(&str, &dyn Fn(usize) -> Files)) {
    for (format, shape) in families::all() {
        let name = format!("{} {}", format.path, shape.name);
        if name.contains(part) {
            with(&name, &|size| {
                vec![(format.path.to_owned(), format.text(shape, size))]
            });
        }
    }
    for tree in trees::TREES {
        let name = format!("tree: {}", tree.name);
        if name.contains(part) {
            with(&name, &|size| (tree.make)(size / PIECE));
        }
    }
}

fn write(folder: &Path, name: &str, files: &Files) {
    let own = folder.join(name.replace(['/', ' ', ':'], "-"));
    for (path, text) in files {
        let file = own.join(path);
        std::fs::create_dir_all(file.parent().expect("a parent")).expect("a folder");
        std::fs::write(&file, text).expect("a file");
    }
}
