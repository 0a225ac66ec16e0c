//! Declared and implied call rates against the documented limits.

mod above;
pub mod agent;
mod around;
mod bound;
mod claim;
mod compare;
pub mod configured;
pub mod dead;
pub mod docs;
pub mod evasion;
mod evidence;
mod handlers;
mod handling;
mod hooks;
mod index;
mod judge;
mod kept;
mod leading;
mod limiters;
pub mod loops;
mod mend;
mod naming;
mod pace;
mod place;
pub mod program;
mod quoted;
pub mod rate;
mod reach;
mod resolve;
mod sizes;
mod sorted;
pub mod systematic;
mod topic;
pub mod typing;
pub mod unanswered;
mod windows;
mod words;

use crate::checks::{Trigger, TriggerScope};
use crate::pack::Limits;
use crate::parse::code::library;

/// Hosts whose callers are held to the pack's limits, as literals of code. Of a
/// pattern the longest part without wildcards counts.
fn host_triggers(limits: &Limits) -> Vec<Trigger> {
    limits
        .hosts
        .iter()
        .filter(|group| {
            group
                .families
                .iter()
                .filter_map(|id| limits.family(id))
                .any(|family| family.governed)
        })
        .flat_map(|group| &group.hosts)
        .filter_map(|host| host.split('*').max_by_key(|part| part.len()))
        .chain(mentions(limits))
        .map(|literal| Trigger {
            literal: literal.to_owned(),
            exact_case: false,
            scope: TriggerScope::Code,
        })
        .collect()
}

/// Words of libraries that ask a governed host by themselves.
fn mentions(limits: &Limits) -> impl Iterator<Item = &str> {
    let governed = |address: &str, ask: &str| {
        let rest = address.split_once("://").map_or(address, |(_, rest)| rest);
        let (host, base) = rest.split_at(rest.find('/').unwrap_or(rest.len()));
        // What is handed a path may be handed any.
        if ask.starts_with('#') {
            let mut groups = limits.hosts.iter();
            return groups.any(|group| {
                let families = group.families.iter().filter_map(|id| limits.family(id));
                group.hosts.iter().any(|own| own == host) && { families }.any(|own| own.governed)
            });
        }
        limits.governs(host, &format!("{base}{ask}"))
    };
    library::all()
        .iter()
        .filter(move |library| {
            let mut services = library.services.iter();
            services.any(|service| {
                let mut asks = service.requests.iter();
                asks.any(|ask| governed(service.address, ask.path))
            })
        })
        .flat_map(|library| library.mentions.iter().copied())
}
