//! Load tests: what a tool runs again and again, with how many users.

use foldhash::HashMap;

use super::Extractor;
use crate::facts::code::{Amount, BlockId, BlockKind, CodeFacts, Driver, Part, Text};
use crate::facts::routes::{ConfigKind, RateLimit, Repeat, RepeatKind};
use crate::parse::code::dialect::{Shape, whole};
use crate::parse::code::syntax::Node;
use crate::parse::code::value::{Value, into_number, into_seconds};
use crate::source::Span;

impl<'t> Extractor<'_, 't> {
    /// What runs the functions of a file that belongs to a load test.
    pub fn drivers(&self, facts: &mut CodeFacts) {
        let takes = |name: &str| {
            self.outline.imports.iter().any(|import| {
                import.module == name
                    || import
                        .module
                        .strip_prefix(name)
                        .is_some_and(|rest| rest.starts_with(['/', '.']))
            })
        };
        if takes("k6") {
            self.k6(facts);
        } else if takes("locust") {
            self.locust(facts);
        }
    }

    fn number(&self, node: Node<'t>) -> Amount {
        into_number(self.reader.read(node))
    }

    /// `30s`, `1m30s`, a number of milliseconds.
    fn length(&self, node: Node<'t>) -> Option<f64> {
        match self.reader.read(node) {
            Value::Text(text) => match text.parts.as_slice() {
                [Part::Literal(words)] => length(words),
                _ => None,
            },
            value => into_seconds(value, 0.001).value,
        }
    }

    /// Names and values of an object.
    fn pairs(&self, node: Node<'t>) -> Vec<(String, Node<'t>)> {
        match self.reader.shape(self.reader.bare(node)) {
            Shape::Pairs(pairs) => pairs,
            _ => Vec::new(),
        }
    }

    fn k6(&self, facts: &mut CodeFacts) {
        let Some(options) = self.outline.bound("options").next_back() else {
            return;
        };
        let options = self.pairs(options.binding.value);
        let cap = get(&options, "rps").map(|node| {
            let span = self.source.span(node.byte_range());
            RateLimit::new(self.number(node), Amount::fixed(1.0), span, span)
        });
        let usual = self.exported(facts);
        let mut found = Vec::new();
        let mut add = |pairs: &[(String, Node<'t>)], block: Option<BlockId>| {
            if let (Some(block), Some(repeat)) = (block, self.scenario(pairs)) {
                found.push(Driver {
                    kind: ConfigKind::K6,
                    block,
                    alternative: false,
                    repeat,
                    cap: cap.clone(),
                });
            }
        };
        match get(&options, "scenarios") {
            None => add(&options, usual),
            Some(scenarios) => {
                for (_, scenario) in self.pairs(scenarios) {
                    let pairs = self.pairs(scenario);
                    let block = match get(&pairs, "exec").map(|node| self.reader.read(node)) {
                        None => usual,
                        Some(Value::Text(name)) => self
                            .outline
                            .named(&name.shown())
                            .next()
                            .map(|function| facts.functions[function].block),
                        Some(_) => None,
                    };
                    add(&pairs, block);
                }
            }
        }
        facts.drivers = found;
    }

    /// The block of the function that a file exports without a name.
    fn exported(&self, facts: &CodeFacts) -> Option<BlockId> {
        let whole = self.outline.dialect.default_export(self.root)?.byte_range();
        let inside = |span: Span| {
            let range = span.range();
            whole.start <= range.start && range.end <= whole.end
        };
        facts
            .blocks
            .iter()
            .position(|block| {
                matches!(block.kind, BlockKind::Function(_) | BlockKind::Closure(_))
                    && inside(block.span)
            })
            .map(|block| block as BlockId)
    }

    /// How a scenario repeats what it runs.
    fn scenario(&self, pairs: &[(String, Node<'t>)]) -> Option<Repeat> {
        let get = |key: &str| get(pairs, key);
        let executor = match get("executor").map(|node| self.reader.read(node)) {
            None => String::new(),
            Some(Value::Text(name)) => name.shown(),
            Some(_) => return None,
        };
        let amount = |key: &str| get(key).map(|node| (node, self.number(node)));
        let highest = || {
            let Shape::List(stages) = self.reader.shape(self.reader.bare(get("stages")?)) else {
                return None;
            };
            stages
                .into_iter()
                .filter_map(|stage| {
                    let target = self::get(&self.pairs(stage), "target")?;
                    Some((target, self.number(target)))
                })
                .max_by(|(_, a), (_, b)| a.value.unwrap_or(0.0).total_cmp(&b.value.unwrap_or(0.0)))
        };
        let seconds = |key: &str| get(key).map(|node| self.length(node));
        let arrives = executor.ends_with("arrival-rate");
        let decides = if executor.starts_with("ramping") || get("stages").is_some() {
            highest()?
        } else if arrives {
            amount("rate")?
        } else if let Some(users) = amount("vus") {
            users
        } else {
            let node = get("iterations").or_else(|| get("duration"))?;
            (node, Amount::fixed(1.0))
        };
        let (node, width) = decides;
        let every = match seconds("timeUnit") {
            None => Some(1.0),
            Some(length) => length,
        };
        let users = width.value.unwrap_or(1.0);
        let rounds = if arrives {
            let lasts = seconds("duration").flatten();
            lasts
                .filter(|_| get("stages").is_none())
                .zip(every)
                .map(|(lasts, every)| whole(users * lasts / every))
        } else {
            let iterations = amount("iterations").and_then(|(_, amount)| amount.value);
            match executor.as_str() {
                "per-vu-iterations" => Some(whole(users * iterations.unwrap_or(1.0))),
                "shared-iterations" => Some(whole(iterations.unwrap_or(1.0))),
                "" if get("duration").is_none() && get("stages").is_none() => {
                    Some(whole(iterations.unwrap_or(1.0)))
                }
                _ => iterations.map(whole),
            }
        };
        let span = self.source.span(node.byte_range());
        Some(Repeat {
            kind: if arrives {
                RepeatKind::Arrivals
            } else {
                RepeatKind::Users
            },
            span,
            calls: 1,
            width,
            seconds: arrives.then(|| every.map_or(Amount::default(), Amount::fixed)),
            rounds,
            setting: span,
        })
    }

    fn locust(&self, facts: &mut CodeFacts) {
        let mut found = Vec::new();
        for (index, function) in self
            .outline
            .all(&self.outline.functions)
            .enumerate()
            .skip(1)
        {
            let own = function.signature.name.as_str();
            if function.owner.is_none() || own.starts_with('_') || own.starts_with("on_") {
                continue;
            }
            let name = self.root.descendant_for_byte_range(
                function.signature.name_range.start,
                function.signature.name_range.end,
            );
            if let Some(class) = self.user(name)
                && let Some(repeat) = self.waits(class)
            {
                found.push((facts.functions[index].block, class.id(), repeat));
            }
        }
        let mut tasks: HashMap<usize, usize> = HashMap::default();
        for (_, class, _) in &found {
            *tasks.entry(*class).or_default() += 1;
        }
        facts.drivers = found
            .iter()
            .map(|(block, class, repeat)| Driver {
                kind: ConfigKind::Locust,
                block: *block,
                // A user chooses one of its tasks for each round.
                alternative: tasks.get(class).is_some_and(|&tasks| tasks > 1),
                repeat: repeat.clone(),
                cap: None,
            })
            .collect();
    }

    /// The class around a node, when it is one of users.
    fn user(&self, node: Node<'t>) -> Option<Node<'t>> {
        let bases = self.outline.dialect.bases(node)?;
        self.words(bases.byte_range())
            .contains("HttpUser")
            .then(|| bases.parent())
            .flatten()
    }

    /// A field of a class.
    fn field_of(&self, class: Node<'t>, name: &str) -> Option<Node<'t>> {
        self.outline
            .bound(name)
            .map(|bound| bound.binding.value)
            .find(|value| class.byte_range().contains(&value.start_byte()))
    }

    /// The host of the class of users around a node.
    pub fn user_host(&self, node: Node<'t>) -> Option<Text> {
        let class = self.user(node)?;
        let host = self.reader.text(self.field_of(class, ".host")?)?;
        host.host_and_path().is_some().then_some(host)
    }

    /// How long a class of users waits between its tasks.
    fn waits(&self, class: Node<'t>) -> Option<Repeat> {
        let count = self.field_of(class, ".fixed_count");
        let users = count.map_or(Amount::fixed(1.0), |node| self.number(node));
        let place = count.map(|node| self.source.span(node.byte_range()));
        let head = self.outline.dialect.bases(class.children().nth(1)?)?;
        let mut repeat = Repeat {
            kind: RepeatKind::Users,
            span: place.unwrap_or_else(|| self.source.span(head.byte_range())),
            calls: 1,
            width: users,
            seconds: None,
            rounds: None,
            setting: place.unwrap_or_else(|| self.source.span(head.byte_range())),
        };
        let Some(wait) = self.field_of(class, ".wait_time") else {
            return Some(repeat);
        };
        let call = self
            .outline
            .dialect
            .invocation(self.reader.bare(wait), self.outline.text)?;
        let first = into_number(self.reader.given(wait, &call, &["#0"]));
        repeat.setting = self.source.span(wait.byte_range());
        match call.name() {
            "between" | "constant" | "constant_pacing" => repeat.seconds = Some(first),
            "constant_throughput" => {
                repeat.kind = RepeatKind::Arrivals;
                repeat.width = Amount {
                    value: first
                        .value
                        .zip(users.value)
                        .map(|(rate, users)| rate * users),
                    literal: first
                        .literal
                        .zip(users.value)
                        .map(|((span, worth), users)| (span, worth * users)),
                    ..first
                };
                repeat.seconds = Some(Amount::fixed(1.0));
            }
            _ => repeat.seconds = Some(Amount::default()),
        }
        Some(repeat)
    }
}

/// The value of a name.
fn get<'t>(pairs: &[(String, Node<'t>)], key: &str) -> Option<Node<'t>> {
    pairs
        .iter()
        .find(|(name, _)| name == key)
        .map(|(_, value)| *value)
}

/// Seconds of `1m30s`, `500ms`.
fn length(words: &str) -> Option<f64> {
    let mut sum = 0.0;
    let mut rest = words.trim();
    while !rest.is_empty() {
        let digits = rest.find(|c: char| !c.is_ascii_digit() && c != '.')?;
        let (number, after) = rest.split_at(digits);
        let unit = after
            .find(|c: char| !c.is_ascii_alphabetic())
            .unwrap_or(after.len());
        let worth = match &after[..unit] {
            "ms" => 0.001,
            "s" => 1.0,
            "m" => 60.0,
            "h" => 3600.0,
            "d" => 86_400.0,
            _ => return None,
        };
        sum += number.parse::<f64>().ok()? * worth;
        rest = &after[unit..];
    }
    Some(sum)
}

#[cfg(test)]
mod tests;
