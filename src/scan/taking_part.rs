//! Which packs take part in a scan, and why: those that the configuration names, or
//! else those of whose subject the repository shows evidence. Rules that speak of one
//! file need no other evidence than what they find; rules about the whole repository
//! run for packs that take part.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use crate::checks::trademark::logo::resolved;
use crate::config::Config;
use crate::facts::code::{CodeFacts, Part, Text};
use crate::facts::ownership::Ownership;
use crate::facts::picture::PictureRole;
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
    if let Some(said) = logo(pack, index, facts) {
        return Some(said);
    }
    let read = names_read(facts);
    facts.files.iter().find_map(|record| {
        if matches!(record.zone, Zone::Test | Zone::ThirdParty | Zone::History) {
            return None;
        }
        let what =
            of_file(pack, index, &finder, record).or_else(|| of_settings(pack, record, &read))?;
        Some(format!("{} {what}", record.path))
    })
}

/// The names that the addresses of calls are read by, in lower case.
fn names_read(facts: &RepositoryFacts) -> BTreeSet<String> {
    if facts.files.iter().all(|record| record.settings.is_empty()) {
        return BTreeSet::new();
    }
    let codes = facts.files.iter().map(|record| &record.code);
    codes
        .flat_map(|code| {
            let called = code.calls.iter().filter_map(|call| call.url.as_ref());
            called.chain(code.constants.iter().map(|(_, text)| text))
        })
        .flat_map(|text| &text.parts)
        .filter_map(|part| match part {
            Part::Name(name) => name.rsplit(['.', ':']).next(),
            _ => None,
        })
        .map(str::to_ascii_lowercase)
        .collect()
}

/// The first governed host among the settings that code reads.
fn of_settings(pack: &Pack, record: &FileRecord, read: &BTreeSet<String>) -> Option<String> {
    let settings = record.settings.iter().filter(|(key, _)| {
        let last = key.rsplit(['.', ':']).next().unwrap_or(key);
        read.contains(&last.to_ascii_lowercase())
    });
    settings.into_iter().find_map(|(_, text)| {
        let (host, path) = text.host_and_path()?;
        let governed = pack.limits.governs(&host, &path);
        governed.then(|| format!("sets {host}"))
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
    if let Some(name) = record
        .names
        .iter()
        .filter(|name| name.is_spoken())
        .find(|name| {
            is_named(finder, &name.value)
                || (name.role == NameRole::Display && is_distinct(finder, &name.value))
        })
    {
        return Some(format!("names the project “{}”", name.value));
    }
    host(pack, &record.code).map(|host| format!("uses {host}"))
}

/// The first picture of a logo that is the project's icon or emblem. One that is shown
/// somewhere, such as on a button to sign in, says nothing of the project.
fn logo(pack: &Pack, index: usize, facts: &RepositoryFacts) -> Option<String> {
    let shows = |record: &FileRecord| {
        let signals = record.signals.get(index)?;
        let logo = signals.logo.as_ref().filter(|logo| !logo.common);
        logo.map(|logo| logo.mark.clone())
    };
    let own = |record: &&FileRecord| matches!(record.zone, Zone::Project | Zone::Docs);
    let drawn: BTreeMap<&str, String> = facts
        .files
        .iter()
        .filter_map(|record| Some((&*record.path, shows(record)?)))
        .collect();
    let by_place = drawn.iter().find(|(path, _)| {
        let mut places = pack.logos.icons.iter();
        places.any(|place| place.is_match(*path))
    });
    if let Some((path, mark)) = by_place {
        return Some(format!("{path} shows a logo of {mark}"));
    }
    facts.files.iter().filter(own).find_map(|record| {
        let uses = record.pictures.iter();
        uses.filter(|used| !matches!(used.role, PictureRole::Shown | PictureRole::Glyph))
            .find_map(|used| {
                let held = used.data.as_deref().and_then(|data| pack.logos.find(data));
                let target = resolved(&record.path, &used.target);
                let mark = held.map(str::to_owned).or_else(|| {
                    let target = target.as_deref()?;
                    drawn.get(target).cloned()
                })?;
                Some(format!("{} uses a logo of {mark}", record.path))
            })
    })
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
