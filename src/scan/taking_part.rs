//! Which packs take part in a scan, and why: those that the configuration names, or
//! else those of whose subject the repository shows evidence. Rules that speak of one
//! file need no other evidence than what they find; rules about the whole repository
//! run for packs that take part.

use std::sync::Arc;

use crate::config::Config;
use crate::facts::code::{CodeFacts, Text};
use crate::facts::ownership::Ownership;
use crate::facts::{FileRecord, NameRole, RepositoryFacts, Zone};
use crate::finding::{Confidence, Finding};
use crate::pack::Pack;
use crate::pack::vocabulary::{MarkFinder, NameShape};

/// Whether a pack takes part in a scan.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TakingPart {
    /// Identifier of the pack.
    pub pack: Arc<str>,
    /// It does.
    pub takes_part: bool,
    /// Why or why not, in a few words.
    pub reason: String,
}

/// Whether the configuration leaves a pack out.
pub(super) fn is_left_out(config: &Config, pack: &Pack) -> bool {
    let chosen = config.packs();
    chosen.is_some_and(|chosen| chosen.iter().all(|id| **id != *pack.id))
}

/// Decides for one pack, from what the files gave.
pub(super) fn decide(
    config: &Config,
    pack: &Pack,
    index: usize,
    ownership: &Ownership,
    facts: &RepositoryFacts,
    findings: &[Finding],
) -> TakingPart {
    let because = if is_left_out(config, pack) {
        Err("`packs` of the configuration leaves it out".to_owned())
    } else if config.packs().is_some() {
        Ok("`packs` of the configuration names it".to_owned())
    } else if !pack.shipped {
        Ok("it was added for this run".to_owned())
    } else if ownership.own {
        Ok(ownership.reason.clone())
    } else {
        found(pack, facts, findings)
            .or_else(|| evidence(pack, index, facts))
            .ok_or_else(|| "no file shows anything of it".to_owned())
    };
    TakingPart {
        pack: Arc::clone(&pack.id),
        takes_part: because.is_ok(),
        reason: because.unwrap_or_else(|because| because),
    }
}

/// The first finding of its rules about single files.
fn found(pack: &Pack, facts: &RepositoryFacts, findings: &[Finding]) -> Option<String> {
    let finding = findings
        .iter()
        .filter(|finding| finding.rule.pack == pack.id)
        // What nobody is shown is no evidence.
        .filter(|finding| {
            finding.suppressed.is_none()
                && !finding.rule.pedantic
                && finding.confidence > Confidence::Low
        })
        .min_by_key(|finding| (finding.primary, finding.rule.id.as_str()))?;
    let path = &facts.record(finding.primary?.file)?.path;
    Some(format!("{path} holds what {} looks for", finding.rule.id))
}

/// The first file that shows evidence.
fn evidence(pack: &Pack, index: usize, facts: &RepositoryFacts) -> Option<String> {
    let finder = pack.marks.finder();
    let named = facts.remote.as_ref().map(|remote| remote.name.as_str());
    if let Some(name) = named.filter(|name| is_named(&finder, name)) {
        return Some(format!("the repository's name, {name}, uses a mark of it"));
    }
    facts.files.iter().find_map(|record| {
        if matches!(record.zone, Zone::Test | Zone::ThirdParty | Zone::History) {
            return None;
        }
        let what = of_file(pack, index, &finder, record)?;
        Some(format!("{} {what}", record.path))
    })
}

fn of_file(pack: &Pack, index: usize, finder: &MarkFinder, record: &FileRecord) -> Option<String> {
    let owner = &pack.owner.name;
    if let Some(signals) = record.signals.get(index) {
        let spoken = |mark: &str| {
            let mut marks = pack.marks.marks.iter();
            // What the whole world builds for and with says nothing of the project.
            !marks.any(|own| own.name == mark && (own.technology || own.platform))
        };
        if let Some(used) = signals.marks.iter().find(|used| spoken(&used.mark)) {
            return Some(format!("speaks of {}", used.mark));
        }
        let weight = signals.provenance_weight();
        if weight > 0 && weight >= pack.provenance.threshold {
            return Some(format!("reads as a copy of {owner}'s documentation"));
        }
    }
    if let Some(name) = record.names.iter().find(|name| {
        is_named(finder, &name.value)
            || (name.role == NameRole::Display && is_distinct(finder, &name.value))
    }) {
        return Some(format!("names the project “{}”", name.value));
    }
    host(pack, &record.code).map(|host| format!("uses {host}"))
}

fn is_named(finder: &MarkFinder, name: &str) -> bool {
    finder.in_name(name).is_some_and(|found| {
        let telling = !found.technology || found.shape == NameShape::Exact;
        telling && !found.ambiguous && found.shape != NameShape::Inside
    })
}

/// Whether a display name begins with a mark that hardly means anything else there.
fn is_distinct(finder: &MarkFinder, name: &str) -> bool {
    name.chars().any(char::is_uppercase)
        && finder.in_name(name).is_some_and(|found| {
            found.distinct && matches!(found.shape, NameShape::Led | NameShape::Exact)
        })
}

/// The first governed host that code has the address of.
fn host(pack: &Pack, code: &CodeFacts) -> Option<String> {
    let called = code.calls.iter().filter_map(|call| call.url.as_ref());
    let kept = code.constants.iter().map(|(_, text)| text);
    called.chain(kept).find_map(|text: &Text| {
        let (host, path) = text.host_and_path()?;
        pack.limits.governs(&host, &path).then_some(host)
    })
}
