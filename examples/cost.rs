//! What each family of input costs at a size, twice and four times it: processor time,
//! what was allocated, and the steps that were counted, as a table for docs/cost.md.
//!
//! `cargo run --example cost -- [SIZE] [PART OF A NAME]`

#[path = "../tests/cost/families.rs"]
mod families;
#[path = "../tests/cost/measure.rs"]
mod measure;

fn main() {
    let mut arguments = std::env::args().skip(1);
    let size = arguments
        .next()
        .and_then(|size| size.parse().ok())
        .unwrap_or(8192);
    let part = arguments.next().unwrap_or_default();
    let packs = termscheck::pack::load_embedded().expect("the packs");
    let steps = [size, 2 * size, 4 * size];
    println!("| family | KB | seconds | exponent | MB allocated | exponent | steps | exponent |");
    println!("|---|---|---|---|---|---|---|---|");
    for (format, shape) in families::all() {
        let name = format!("{} {}", format.path, shape.name);
        if !name.contains(&part) {
            continue;
        }
        let costs = steps.map(|size| measure::cost(&packs, format.path, &format.text(shape, size)));
        let of = |value: fn(&measure::Cost) -> f64| {
            let [_, two, four] = costs.each_ref().map(value);
            (four, measure::exponent(two, four))
        };
        let (seconds, time) = of(|cost| cost.seconds);
        let (bytes, memory) = of(|cost| cost.bytes);
        let (done, work) = of(|cost| cost.steps);
        println!(
            "| {name} | {} | {seconds:.3} | {time:.2} | {:.1} | {memory:.2} | {done} | {work:.2} |",
            steps[2] / 1024,
            bytes / 1e6
        );
    }
}
