//! Rate limiters: the calls that one stands in front of, and whether it is too wide.

use std::collections::BTreeMap;

use super::around::{self, Repeated};
use super::pace::Places;
use super::program::{CallId, Program};
use super::rate::{Exceeds, Excess, Kind, grade};
use super::reach::Reach;
use crate::checks::RepositoryContext;
use crate::facts::code::{BlockId, BlockKind, CodeFacts};
use crate::finding::Finding;

impl Exceeds {
    /// Limiters with numbers.
    pub(super) fn limited(
        &self,
        context: &RepositoryContext<'_>,
        program: &Program<'_>,
        out: &mut Vec<Finding>,
    ) {
        let any = |file: usize| {
            let limiters = &program.code(file).limiters;
            limiters.iter().any(|limiter| !limiter.rates.is_empty())
        };
        if !(0..program.files.len()).any(any) {
            return;
        }
        for (limiter_id, calls) in bound(program) {
            let (file, index) = limiter_id;
            if !context.rule.zones.contains(&program.files[file].zone) {
                continue;
            }
            let limiter = &program.code(file).limiters[index];
            let mut worst: Option<(Excess<'_>, &Bound, f64, f64, usize)> = None;
            for call in &calls {
                let Some(limit) = program.limit(&call.reach.url, call.reach.method.as_deref())
                else {
                    continue;
                };
                for window in &limit.windows {
                    // Of several limiters in front of one call the strictest holds.
                    let strictest = call
                        .limiters
                        .iter()
                        .flat_map(|&id| {
                            program.code(id.0).limiters[id.1]
                                .rates
                                .iter()
                                .enumerate()
                                .map(move |(rate, value)| (id, rate, value))
                        })
                        .filter_map(|(own, rate, value)| {
                            let calls = value.calls.value?;
                            let seconds = value.seconds.value.filter(|seconds| *seconds > 0.0)?;
                            Some((calls / seconds, own, rate, calls, seconds))
                        })
                        .min_by(|a, b| a.0.total_cmp(&b.0));
                    let Some((per_second, own, rate, calls, seconds)) = strictest else {
                        continue;
                    };
                    if own != limiter_id {
                        continue;
                    }
                    let excess = Excess {
                        limit,
                        window: *window,
                        ratio: per_second / window.per_second(),
                    };
                    let graver = worst
                        .as_ref()
                        .is_none_or(|(held, ..)| excess.is_graver(held));
                    if excess.exceeds() && graver {
                        worst = Some((excess, call, calls, seconds, rate));
                    }
                }
            }
            let Some((excess, call, calls, seconds, rate)) = worst else {
                continue;
            };
            let declared = self.declared(calls, seconds);
            let repeated = Repeated {
                id: call.id,
                top: 0,
                times: 1,
                reach: call.reach.clone(),
            };
            let mut finding = self.finding(
                context,
                &excess,
                &declared,
                calls / seconds,
                limiter.span,
                &repeated,
            );
            finding = finding.related(
                program.call(call.id).span,
                self.settings.related.call.clone(),
            );
            finding = self.chained(program, finding, &repeated);
            let value = &limiter.rates[rate];
            for literal in [value.calls.literal, value.seconds.literal]
                .into_iter()
                .flatten()
            {
                let apart = literal.0.file == limiter.span.file
                    && (literal.0.start < limiter.span.start || literal.0.end > limiter.span.end);
                if apart {
                    finding = finding.related(literal.0, self.settings.related.literal.clone());
                }
            }
            let certain = value.calls.certain
                && value.seconds.certain
                && call.reach.url.certain
                && call.plainly;
            finding = grade(finding, &excess, certain, false);
            finding = around::in_document(program, file, finding);
            let allowed = excess.window.per_second() * seconds;
            if calls <= 1.0 {
                let wanted = calls / excess.window.per_second();
                finding = self.mend(
                    program,
                    excess.limit,
                    finding,
                    value.seconds,
                    &limiter.words,
                    limiter.span,
                    excess.window,
                    wanted,
                    Kind::Call,
                );
            } else {
                finding = self.mend(
                    program,
                    excess.limit,
                    finding,
                    value.calls,
                    &limiter.words,
                    limiter.span,
                    excess.window,
                    allowed,
                    Kind::Calls,
                );
            }
            out.push(finding);
        }
    }
}

/// A governed call behind limiters.
struct Bound {
    id: CallId,
    reach: Reach,
    limiters: Vec<(usize, usize)>,
    /// The limiter plainly stands in front of it.
    plainly: bool,
}

/// The governed calls by the limiter that stands in front of them: file and index.
fn bound(program: &Program<'_>) -> BTreeMap<(usize, usize), Vec<Bound>> {
    let mut out: BTreeMap<(usize, usize), Vec<Bound>> = BTreeMap::new();
    for file in 0..program.files.len() {
        bound_in(program, file, &mut out);
    }
    for calls in out.values_mut() {
        // Those that stand beside it, and the request itself, tell most.
        calls.sort_by_key(|call| (!call.plainly, call.reach.chain.len()));
    }
    out
}

fn bound_in(program: &Program<'_>, file: usize, out: &mut BTreeMap<(usize, usize), Vec<Bound>>) {
    let code = program.code(file);
    let places = Places::new(program, file);
    let mut governed = Vec::new();
    let mut foreign = false;
    for index in 0..code.calls.len() {
        let id = CallId { file, call: index };
        let call = program.call(id);
        let body = code.functions[code.function_of(call.block) as usize].block;
        let reaches = program.reached_by(id);
        if call.request
            && reaches.is_empty()
            && let Some(url) = &call.url
            && let Some((host, _)) = url.host_and_path()
        {
            foreign |= !host.starts_with("login.");
        }
        for mut reach in reaches {
            if program.limit(&reach.url, reach.method.as_deref()).is_none() {
                continue;
            }
            reach.pace.join(&places.pace(body, call.block, Some(id)));
            let limiters = reach.pace.limiters.clone();
            governed.push((id, reach.clone()));
            for &limiter in &limiters {
                out.entry(limiter).or_default().push(Bound {
                    id,
                    reach: reach.clone(),
                    limiters: limiters.clone(),
                    plainly: limiter.0 == file && !in_other_loop(code, limiter.1, call.block),
                });
            }
        }
    }
    // One that a loop of its own uses is as well in front of what else the file calls.
    if foreign {
        out.retain(|&(own, _), calls| {
            calls.retain(|call| call.plainly || own != file || call.id.file != file);
            !calls.is_empty()
        });
    }
    // A limiter that is used somewhere in a file that calls nothing else.
    if !foreign {
        let loose: Vec<(usize, usize)> = (0..code.limiters.len())
            .map(|index| (file, index))
            .filter(|id| {
                let limiter = &code.limiters[id.1];
                !out.contains_key(id) && limiter.is_used() && !limiter.rates.is_empty()
            })
            .collect();
        for &limiter in &loose {
            for (id, reach) in &governed {
                out.entry(limiter).or_default().push(Bound {
                    id: *id,
                    reach: reach.clone(),
                    limiters: loose.clone(),
                    plainly: false,
                });
            }
        }
    }
}

/// Whether a limiter is used in loops alone that do not hold a call.
fn in_other_loop(code: &CodeFacts, limiter: usize, call: BlockId) -> bool {
    let limiter = &code.limiters[limiter];
    let apart = |&place: &BlockId| {
        code.ancestors(place)
            .any(|(id, block)| matches!(block.kind, BlockKind::Loop(_)) && !code.encloses(id, call))
    };
    let mut places = limiter.uses.iter().chain(&limiter.runs);
    limiter.decorates.is_empty() && limiter.is_used() && places.all(apart)
}
