//! No family of input costs more than in proportion to its size, by what is allocated and
//! by the steps that are counted: both are the same on every machine. Processor time is
//! told by `cargo run --example cost`, which knows all families at larger sizes.

mod families;
mod measure;

/// Size of a file, in bytes; it is taken four times, too.
const SIZE: usize = 3000;

/// Of so many families one is tried here, each time the same.
const ONE_OF: usize = 6;

/// How much faster than its size a family may grow.
const EXPONENT: f64 = 1.15;

/// What comes by chance or once, in bytes and in steps: tables of a grammar, the seeds of
/// hash tables, one more doubling of a list.
const SLACK: [f64; 2] = [1.5e6, 2000.0];

#[test]
#[ignore = "takes minutes unoptimised: cargo test --test cost -- --ignored"]
fn families_grow_with_their_size() {
    let packs = termscheck::pack::load_embedded().expect("the packs");
    let cost = |path: &str, text: &str| {
        let cost = measure::cost(&packs, path, text);
        [cost.bytes, cost.steps]
    };
    // What is made once: grammars, word lists.
    for format in families::FORMATS {
        cost(format.path, &format.text(&families::SHAPES[0], 200));
    }
    let mut faults = Vec::new();
    let mut tried = 0;
    for (format, shape) in families::all().step_by(ONE_OF) {
        tried += 1;
        let once = cost(format.path, &format.text(shape, 1));
        let small = cost(format.path, &format.text(shape, SIZE));
        let large = cost(format.path, &format.text(shape, 4 * SIZE));
        for (kind, name) in ["bytes", "steps"].into_iter().enumerate() {
            let (small, large) = (small[kind] - once[kind], large[kind] - once[kind]);
            if large > small.max(0.0) * 4f64.powf(EXPONENT) + SLACK[kind] {
                faults.push(format!(
                    "{} {}: {small:.0} {name}, at four times the size {large:.0}",
                    format.path, shape.name
                ));
            }
        }
    }
    assert!(families::all().count() >= 300 && tried >= 100);
    assert!(faults.is_empty(), "{faults:#?}");
}
