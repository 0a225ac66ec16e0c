//! No family of input costs more than in proportion to its size, by what is allocated and
//! by the steps that are counted: both are the same on every machine. Processor time is
//! told by `cargo run --example cost`, which knows all families at larger sizes.

mod families;
mod measure;
mod trees;

/// Size of a file, in bytes; it is taken four times, too.
const SIZE: usize = 4096;

/// Pieces of a tree; they are taken four times, too.
const PIECES: usize = 16;

/// How much faster than its size a family may grow.
const EXPONENT: f64 = 1.15;

/// What comes by chance or once, in bytes and in steps: tables of a grammar, the seeds of
/// hash tables, one more doubling of a list.
const SLACK: [f64; 2] = [1.5e6, 4000.0];

#[test]
#[ignore = "takes minutes unoptimised: .ci/run runs it with CARGO_PROFILE_DEV_OPT_LEVEL=1"]
fn families_grow_with_their_size() {
    let packs = termscheck::pack::load_embedded().expect("the packs");
    let cost = |files: &trees::Files| {
        let cost = measure::cost(&packs, files);
        [cost.bytes, cost.steps]
    };
    // What is made once: grammars, word lists.
    for format in families::FORMATS {
        let text = format.text(&families::SHAPES[0], 200);
        cost(&vec![(format.path.to_owned(), text)]);
    }
    let mut faults = Vec::new();
    let mut tried = 0;
    let mut compare = |name: String, sizes: [trees::Files; 3]| {
        tried += 1;
        let [once, small, large] = sizes.map(|files| cost(&files));
        for (kind, unit) in ["bytes", "steps"].into_iter().enumerate() {
            let (small, large) = (small[kind] - once[kind], large[kind] - once[kind]);
            if large > small.max(0.0) * 4f64.powf(EXPONENT) + SLACK[kind] {
                faults.push(format!(
                    "{name}: {small:.0} {unit}, at four times the size {large:.0}"
                ));
            }
        }
    };
    for (format, shape) in families::all() {
        let of_size = |size| vec![(format.path.to_owned(), format.text(shape, size))];
        let name = format!("{} {}", format.path, shape.name);
        compare(name, [1, SIZE, 4 * SIZE].map(of_size));
    }
    for tree in trees::TREES {
        compare(tree.name.to_owned(), [1, PIECES, 4 * PIECES].map(tree.make));
    }
    assert!(tried >= 300, "{tried} families");
    assert!(faults.is_empty(), "{faults:#?}");
}
