//! `configured-rate`: what configuration lets through to a governed host, or calls of
//! it, held against the documented limit.

mod caps;
mod drivers;
mod repeats;
mod words;

use std::sync::Arc;

use serde::Deserialize;

use super::host_triggers;
use super::program::Reading;
use crate::checks::{BuildError, Check, FileContext, RepositoryContext, Trigger, configure};
use crate::facts::FileRecord;
use crate::facts::routes::Route;
use crate::finding::Finding;
use crate::pack::vocabulary::{Limit, Limits};
use crate::pack::{Pack, Rule};
use crate::source::Source;

/// The rule's `with`.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Settings {
    /// How numbers are put.
    numbers: Numbers,
    /// What comes of them.
    verdicts: Verdicts,
    /// What is said of places that belong to the story.
    related: Stories,
    /// What to type instead.
    help: Helps,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Numbers {
    one: String,
    many: String,
    equal: String,
    each_caller: String,
    burst: String,
    at_once: String,
    users: String,
    each: String,
    until: String,
    one_user: String,
    all_users: String,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Verdicts {
    over: String,
    unbounded: String,
    unpaced: String,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Stories {
    route: String,
    call: String,
    repeat: String,
    literal: String,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Helps {
    write: String,
    write_there: String,
    limit: String,
    period: String,
    wait: String,
    retry: String,
    pace: String,
    fix: String,
}

/// The check.
struct Configured {
    settings: Settings,
    reading: Reading,
    triggers: Vec<Trigger>,
}

/// Builds the check.
pub fn build(with: &serde_yaml::Value, pack: &Pack) -> Result<Box<dyn Check>, BuildError> {
    Ok(Box::new(Configured {
        settings: configure(with)?,
        reading: Reading::default(),
        triggers: host_triggers(&pack.limits),
    }))
}

impl Check for Configured {
    fn triggers(&self) -> Vec<Trigger> {
        self.triggers.clone()
    }

    fn reading(&self) -> Option<&Reading> {
        Some(&self.reading)
    }

    fn placeholders(&self) -> &'static [&'static str] {
        &["declared", "documented", "endpoint", "verdict"]
    }

    fn check_file(&self, context: &FileContext<'_>, out: &mut Vec<Finding>) {
        Judge {
            settings: &self.settings,
            rule: context.rule,
            limits: &context.pack.limits,
            source: Some(context.source),
            routes: &context.facts.routes,
        }
        .judge(out);
    }

    fn check_repository(&self, context: &RepositoryContext<'_>, out: &mut Vec<Finding>) {
        let drives = |record: &FileRecord| !record.code.drivers.is_empty();
        if !context.facts.files.iter().any(drives) {
            return;
        }
        let Some(program) = context.programs.read(&self.reading) else {
            return;
        };
        for (file, record) in program.files.iter().enumerate() {
            if context.rule.zones.contains(&record.zone) && drives(record) {
                Judge {
                    settings: &self.settings,
                    rule: context.rule,
                    limits: &context.pack.limits,
                    source: None,
                    routes: &drivers::routes(program, file),
                }
                .judge(out);
            }
        }
    }
}

/// Judges the routes of one file.
struct Judge<'a> {
    settings: &'a Settings,
    rule: &'a Arc<Rule>,
    limits: &'a Limits,
    /// The file's text, where it is at hand.
    source: Option<&'a Source>,
    routes: &'a [Route],
}

impl<'a> Judge<'a> {
    fn judge(&self, out: &mut Vec<Finding>) {
        self.caps(out);
        self.repeats(out);
    }

    fn routes(&self) -> &'a [Route] {
        self.routes
    }

    /// The documented limit of a route, when it is governed.
    fn limit(&self, route: &Route) -> Option<&'a Limit> {
        let (host, path) = route.address.host_and_path()?;
        let held = |path: &str| {
            self.limits
                .governs(&host, path)
                .then(|| self.limits.limit_for(&host, path, route.method.as_deref()))
                .flatten()
        };
        if !route.forwards || path.ends_with("{}") {
            return held(&path);
        }
        let below = held(&format!("{}/{{}}", path.trim_end_matches('/')))?;
        let own = held(&path).filter(|own| own.id != below.id);
        // An endpoint that holds no others, or the one that allows more.
        let usual = self
            .limits
            .family(&below.family)
            .and_then(|family| family.default.as_deref());
        match own {
            Some(own) if usual == Some(&below.id) || own.sustained() > below.sustained() => {
                Some(own)
            }
            _ => Some(below),
        }
    }
}

/// Method and path of a route for people.
fn endpoint(route: &Route) -> String {
    let path = match route.address.host_and_path() {
        Some((host, path)) if path.trim_matches(['/', '{', '}']).is_empty() => {
            host.split(':').next().unwrap_or_default().to_owned()
        }
        Some((_, path)) => path,
        None => String::new(),
    };
    match &route.method {
        Some(method) => format!("{method} {path}"),
        None => path,
    }
}
