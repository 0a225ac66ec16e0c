//! Counts of what was found and missed, and the tables of them.

use std::collections::BTreeMap;

use super::Outcome;

/// Outcomes of one family's labels.
#[derive(Default)]
pub(super) struct Score {
    labels: u32,
    hits: u32,
    wrong: u32,
    missed: u32,
    pub(super) wrong_errors: u32,
    /// How often a level that a label asks was told at which.
    levels: BTreeMap<(String, &'static str), u32>,
}

impl Score {
    pub(super) fn add(&mut self, outcome: &Outcome) {
        self.labels += 1;
        match outcome {
            Outcome::Hit { asked, told } => {
                self.hits += 1;
                *self.levels.entry((asked.clone(), told)).or_default() += 1;
            }
            Outcome::Quiet => {}
            Outcome::Missed => self.missed += 1,
            Outcome::Wrong { error, .. } => {
                self.wrong += 1;
                self.wrong_errors += u32::from(*error);
            }
        }
    }

    fn row(&self) -> String {
        let ratio = |part: u32, rest: u32| {
            if part + rest == 0 {
                "–".to_owned()
            } else {
                format!("{:.2}", f64::from(part) / f64::from(part + rest))
            }
        };
        format!(
            "{} | {} | {} | {} | {} | {} | {}",
            self.labels,
            self.hits,
            self.wrong,
            self.wrong_errors,
            self.missed,
            ratio(self.hits, self.wrong),
            ratio(self.hits, self.missed)
        )
    }
}

/// Prints the tables: found and missed by family, then the levels of what was found.
pub(super) fn print(scores: &BTreeMap<(String, bool), Score>, skipped: u32) {
    for (all, title) in [(true, "All labels"), (false, "Without contested labels")] {
        println!("\n{title}\n");
        println!(
            "| family | labels | found | wrong | wrong errors | missed | precision | recall |"
        );
        println!("|---|---|---|---|---|---|---|---|");
        let mut total = Score::default();
        for ((family, of), score) in scores {
            if *of == all {
                println!("| {family} | {} |", score.row());
                total.labels += score.labels;
                total.hits += score.hits;
                total.wrong += score.wrong;
                total.wrong_errors += score.wrong_errors;
                total.missed += score.missed;
            }
        }
        println!("| **all** | {} |", total.row());
    }
    println!("\nLevels\n\n| family | asked → told |\n|---|---|");
    for ((family, _), score) in scores.iter().filter(|((_, all), _)| *all) {
        let levels = score.levels.iter();
        let levels: Vec<String> = levels
            .map(|((asked, told), count)| format!("{asked} → {told}: {count}"))
            .collect();
        if !levels.is_empty() {
            println!("| {family} | {} |", levels.join(", "));
        }
    }
    println!("\n{skipped} labels skipped: no tree at hand.");
}
