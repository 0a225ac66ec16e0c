//! What makes a limits file unfit: ids that lead nowhere, numbers out of bounds,
//! paths and hosts that are none.

use super::{Limits, MAX_CALLS, MAX_PERIOD, Window};
use crate::pack::vocabulary::Vocabulary;

impl Vocabulary for Limits {
    const FILE: &'static str = "limits.yaml";

    fn validate(&self) -> Result<(), (String, String)> {
        let fail = |key: String, message: String| Err((key, message));
        if self.limits.is_empty() && self.default.is_empty() {
            return Ok(());
        }
        if self.default_limit().is_none() {
            return fail(
                "default".to_owned(),
                format!("no limit has the id {:?}", self.default),
            );
        }
        for (index, family) in self.families.iter().enumerate() {
            let key = format!("families.{index}");
            if self.families[..index].iter().any(|f| f.id == family.id) {
                return fail(format!("{key}.id"), format!("{:?} stands twice", family.id));
            }
            if let Some(default) = &family.default
                && self.limit(default).is_none()
            {
                return fail(
                    format!("{key}.default"),
                    format!("no limit has the id {default:?}"),
                );
            }
            for (field, paths) in [("bases", &family.bases), ("paths", &family.paths)] {
                if let Some((at, message)) = bad_path(paths) {
                    return fail(format!("{key}.{field}.{at}"), message);
                }
            }
        }
        for (index, group) in self.hosts.iter().enumerate() {
            for (at, id) in group.families.iter().enumerate() {
                if self.family(id).is_none() {
                    return fail(
                        format!("hosts.{index}.families.{at}"),
                        format!("no family has the id {id:?}"),
                    );
                }
            }
            for (at, host) in group.hosts.iter().enumerate() {
                if !is_host(host) {
                    return fail(
                        format!("hosts.{index}.hosts.{at}"),
                        format!("{host:?} is no host name"),
                    );
                }
            }
        }
        for (index, limit) in self.limits.iter().enumerate() {
            let key = format!("limits.{index}");
            if self.limits[..index].iter().any(|l| l.id == limit.id) {
                return fail(format!("{key}.id"), format!("{:?} stands twice", limit.id));
            }
            let Some(family) = self.family(&limit.family) else {
                return fail(
                    format!("{key}.family"),
                    format!("no family has the id {:?}", limit.family),
                );
            };
            if limit.windows.is_empty() != family.unmetered {
                let message = if family.unmetered {
                    "the family is unmetered, so that its limit has no window"
                } else {
                    "a limit needs at least one window"
                };
                return fail(format!("{key}.windows"), message.to_owned());
            }
            for (at, window) in limit.windows.iter().enumerate() {
                if let Err(message) = window.judge() {
                    return fail(format!("{key}.windows.{at}"), message);
                }
            }
            if let Some((at, message)) = bad_path(&limit.paths) {
                return fail(format!("{key}.paths.{at}"), message);
            }
            let known = ["GET", "POST", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS"];
            for (at, method) in limit.methods.iter().enumerate() {
                if !known.contains(&method.as_str()) {
                    return fail(
                        format!("{key}.methods.{at}"),
                        format!("{method:?} is no HTTP method in upper case"),
                    );
                }
            }
            if !limit.source.url.starts_with("https://") || limit.source.quote.trim().is_empty() {
                return fail(
                    format!("{key}.source"),
                    "a limit needs the page it comes from and the page's words".to_owned(),
                );
            }
        }
        Ok(())
    }
}

impl Window {
    /// Refuses what no vendor means: no calls, more than [`MAX_CALLS`], a period longer
    /// than [`MAX_PERIOD`].
    pub fn judge(self) -> Result<(), String> {
        if self.calls == 0 || self.calls > MAX_CALLS {
            return Err(format!("{} calls is outside 1 to {MAX_CALLS}", self.calls));
        }
        if self.seconds == 0 || self.seconds > MAX_PERIOD {
            return Err(format!(
                "{} seconds is outside 1 to {MAX_PERIOD}",
                self.seconds
            ));
        }
        Ok(())
    }
}

fn bad_path(paths: &[String]) -> Option<(usize, String)> {
    paths.iter().enumerate().find_map(|(at, path)| {
        let braces = path.matches('{').count() == path.matches('}').count();
        // More wildcards than an endpoint needs would make matching slow.
        let wild = path.matches(['*', '{']).count() <= 4;
        (!path.starts_with('/') || path.contains(['?', ' ']) || !braces || !wild)
            .then(|| (at, format!("{path:?} is no path pattern")))
    })
}

/// Whether a text is a host name; a `*` stands for a part of it.
pub(crate) fn is_host(text: &str) -> bool {
    text.contains('.')
        && text
            .bytes()
            .all(|b| b.is_ascii_alphanumeric() || matches!(b, b'.' | b'-' | b'*'))
}
