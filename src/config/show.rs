//! What holds for a path, and which file says so: `termscheck config show`.

use std::collections::BTreeMap;
use std::io::{self, Write};

use super::spots::Step;
use super::{Config, Layer, Level};
use crate::report::visible;

/// A value and where it stands.
type Said = (String, String);

/// Writes the merged configuration of one path as YAML, each value with its place in a
/// comment. The path is relative to the root of the scan; a folder ends in a slash.
pub fn write(config: &Config, path: &str, out: &mut dyn Write) -> io::Result<()> {
    let chain = config.chain(path);
    if chain.is_empty() && config.top.is_empty() {
        return writeln!(out, "# no configuration: every default holds");
    }
    for layer in &chain {
        let note = if layer.is_extended() {
            " (extended)"
        } else {
            ""
        };
        writeln!(out, "# reads {}{note}", shown(layer))?;
    }
    single(config, out)?;
    if let Some((owner, place)) = chain.iter().rev().find_map(|layer| {
        let owner = layer.settings().owner.as_deref()?;
        Some((scalar(owner), place(layer, &[Step::Key("owner")])))
    }) {
        writeln!(out, "owner: {owner}  # {place}")?;
    }
    list(
        out,
        "packs",
        of_top(config, "packs", |layer| {
            layer.settings().packs.as_deref().unwrap_or_default()
        }),
    )?;
    list(
        out,
        "rules",
        of_top(config, "rules", |layer| &layer.settings().rules),
    )?;
    list(
        out,
        "indexes",
        of_top(config, "indexes", |layer| &layer.settings().indexes),
    )?;
    let exclude = chain
        .iter()
        .flat_map(|layer| items(layer, "exclude", &layer.settings().exclude));
    list(out, "exclude", exclude.collect())?;
    severity(&chain, out)?;
    ignore(&chain, out)?;
    grants(&chain, out)?;
    attribution(&chain, out)?;
    overrides(config, &chain, path, out)
}

fn single(config: &Config, out: &mut dyn Write) -> io::Result<()> {
    let mut said = std::collections::BTreeSet::new();
    for layer in config.top.iter().rev() {
        let settings = layer.settings();
        let values = [
            (
                "fail-on",
                settings.fail_on.map(|level| level.as_str().to_owned()),
            ),
            (
                "format",
                (!settings.format.is_empty()).then(|| format!("[{}]", settings.format.join(", "))),
            ),
            (
                "threads",
                settings.threads.map(|threads| threads.to_string()),
            ),
            ("baseline", settings.baseline.as_deref().map(scalar)),
        ];
        for (key, value) in values {
            if let Some(value) = value
                && said.insert(key)
            {
                writeln!(out, "{key}: {value}  # {}", place(layer, &[Step::Key(key)]))?;
            }
        }
    }
    Ok(())
}

fn of_top<'a>(
    config: &'a Config,
    key: &'static str,
    values: impl Fn(&'a Layer) -> &'a [String],
) -> Vec<Said> {
    let layers = config.top.iter();
    layers
        .flat_map(|layer| items(layer, key, values(layer)))
        .collect()
}

fn items(layer: &Layer, key: &'static str, values: &[String]) -> Vec<Said> {
    let values = values.iter().enumerate();
    values
        .map(|(index, value)| {
            let steps = [Step::Key(key), Step::Item(index)];
            (scalar(value), place(layer, &steps))
        })
        .collect()
}

fn list(out: &mut dyn Write, key: &str, values: Vec<Said>) -> io::Result<()> {
    if values.is_empty() {
        return Ok(());
    }
    writeln!(out, "{key}:")?;
    for (value, place) in values {
        writeln!(out, "  - {value}  # {place}")?;
    }
    Ok(())
}

fn severity(chain: &[&std::sync::Arc<Layer>], out: &mut dyn Write) -> io::Result<()> {
    let mut merged: BTreeMap<&str, (Level, String)> = BTreeMap::new();
    for layer in chain {
        for (rule, level) in &layer.settings().severity {
            let at = place(layer, &[Step::Key("severity"), Step::Key(rule)]);
            merged.insert(rule, (*level, at));
        }
    }
    if !merged.is_empty() {
        writeln!(out, "severity:")?;
    }
    for (rule, (level, place)) in merged {
        writeln!(out, "  {}: {}  # {place}", scalar(rule), level.as_str())?;
    }
    Ok(())
}

fn ignore(chain: &[&std::sync::Arc<Layer>], out: &mut dyn Write) -> io::Result<()> {
    let mut first = true;
    for entry in chain.iter().flat_map(|layer| layer.ignores()) {
        if std::mem::take(&mut first) {
            writeln!(out, "ignore:")?;
        }
        let line = entry.layer().line(entry.place().start);
        writeln!(
            out,
            "  - rule: {}  # {}:{line}",
            scalar(&entry.entry.rule),
            shown(entry.layer()),
        )?;
        let paths: Vec<String> = entry.entry.paths.iter().map(|path| scalar(path)).collect();
        if !paths.is_empty() {
            writeln!(out, "    paths: [{}]", paths.join(", "))?;
        }
        writeln!(out, "    reason: {}", scalar(&entry.entry.reason))?;
        if let Some(until) = &entry.entry.until {
            writeln!(out, "    until: {}", scalar(until))?;
        }
    }
    Ok(())
}

fn grants(chain: &[&std::sync::Arc<Layer>], out: &mut dyn Write) -> io::Result<()> {
    let mut first = true;
    for grant in chain.iter().flat_map(|layer| layer.grants()) {
        if std::mem::take(&mut first) {
            writeln!(out, "grants:")?;
        }
        let entry = grant.entry;
        let list = |texts: &[String]| {
            let texts: Vec<String> = texts.iter().map(|text| scalar(text)).collect();
            format!("[{}]", texts.join(", "))
        };
        let what = match (&entry.limit, &entry.licence) {
            (Some(rate), _) => format!(
                "limit: {{ calls: {}, seconds: {} }}",
                rate.calls, rate.seconds
            ),
            (_, Some(licence)) => format!("licence: {}", scalar(licence)),
            _ => format!("marks: {}", list(&entry.marks)),
        };
        let line = grant.layer().line(grant.place().start);
        writeln!(out, "  - {what}  # {}:{line}", shown(grant.layer()))?;
        if let Some(pack) = &entry.pack {
            writeln!(out, "    pack: {}", scalar(pack))?;
        }
        writeln!(out, "    evidence: {}", scalar(&entry.evidence))?;
        if !entry.paths.is_empty() {
            writeln!(out, "    paths: {}", list(&entry.paths))?;
        }
        if let Some(until) = &entry.until {
            writeln!(out, "    until: {until}")?;
        }
    }
    Ok(())
}

fn attribution(chain: &[&std::sync::Arc<Layer>], out: &mut dyn Write) -> io::Result<()> {
    let nearest = |key: &'static str, value: fn(&Layer) -> Option<String>| {
        chain.iter().rev().find_map(|layer| {
            let steps = [Step::Key("attribution"), Step::Key(key)];
            Some((key, value(layer)?, place(layer, &steps)))
        })
    };
    let said = [
        nearest("style", |layer| {
            let style = layer.settings().attribution.style?;
            Some(style.as_str().to_owned())
        }),
        nearest("changes", |layer| {
            let changes = layer.settings().attribution.changes.as_deref()?;
            Some(scalar(changes))
        }),
    ];
    if said.iter().any(Option::is_some) {
        writeln!(out, "attribution:")?;
    }
    for (key, value, place) in said.into_iter().flatten() {
        writeln!(out, "  {key}: {value}  # {place}")?;
    }
    Ok(())
}

/// Those that cover the path.
fn overrides(
    config: &Config,
    chain: &[&std::sync::Arc<Layer>],
    path: &str,
    out: &mut dyn Write,
) -> io::Result<()> {
    let absolute = config.root.join(path);
    for layer in chain {
        for (entry, _) in layer.overrides(&absolute) {
            writeln!(out, "# overridden here by {}:", shown(layer))?;
            for (rule, level) in &entry.severity {
                writeln!(out, "#   {}: {}", scalar(rule), level.as_str())?;
            }
            if let Some(owner) = &entry.owner {
                writeln!(out, "#   owner: {}", scalar(owner))?;
            }
        }
    }
    Ok(())
}

fn place(layer: &Layer, steps: &[Step<'_>]) -> String {
    format!("{}:{}", shown(layer), layer.line_of(steps))
}

fn shown(layer: &Layer) -> String {
    visible(&crate::walk::readable(&layer.path().to_string_lossy())).into_owned()
}

/// A text as YAML, in quotes where it needs them.
fn scalar(text: &str) -> String {
    let plain = serde_yaml::to_string(text).unwrap_or_default();
    let plain = plain.trim_end();
    // A text of several lines would not stay on its own.
    if plain.contains('\n') {
        return serde_json::to_string(&*visible(text)).unwrap_or_default();
    }
    visible(plain).into_owned()
}
