//! The findings: one for each derived file, which are one where they are alike.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::coverage::Coverage;
use super::derived::Derived;
use super::evidence::{evidence, passages};
use super::{Config, Kind};
use crate::checks::RepositoryContext;
use crate::facts::signals::AttributionElement as Element;
use crate::finding::{Confidence, Finding, Permission, Proposal, ProposalKind, Severity};
use crate::pack::schema::fill;

/// Places that the help names.
const MAX_LOOKED: usize = 5;

type Gap<'a> = (Derived<'a>, Coverage<'a>);

/// Emits the findings of one rule, one for each page; those of like pages are one in
/// the report.
pub(super) fn report(
    config: &Config,
    context: &RepositoryContext<'_>,
    gaps: &[Gap<'_>],
    out: &mut Vec<Finding>,
) {
    let mut groups: BTreeMap<Alike<'_>, Vec<&Gap<'_>>> = BTreeMap::new();
    for gap in gaps {
        let (file, coverage) = gap;
        let alike = Alike {
            scope: coverage.scope,
            lacks: coverage.lacks.clone(),
            hidden: !coverage.hidden.is_empty(),
            severity: severity(config, file),
        };
        groups.entry(alike).or_default().push(gap);
    }
    for (alike, gaps) in groups {
        let folder = nearest(gaps.iter().map(|(file, _)| folder(&file.record.path)));
        let like = Like {
            group: alike.name(),
            severity: alike.severity,
            folder: if folder.is_empty() {
                config.root.clone()
            } else {
                format!("{folder}/")
            },
            several: gaps.len() > 1,
            url: common(gaps.iter().filter_map(|(file, _)| address(context, file)))
                .map(str::to_owned),
            path: folder.to_owned(),
        };
        out.extend(
            gaps.into_iter()
                .filter_map(|gap| finding(config, context, gap, &like)),
        );
    }
    if !context.indexed {
        name_index(config, context, out);
    }
}

/// Says once, of all findings, how copies without any sign are found.
fn name_index(config: &Config, context: &RepositoryContext<'_>, out: &mut [Finding]) {
    let said = |finding: &Finding| finding.help.ends_with(&*config.unindexed);
    if out.iter().any(said) {
        return;
    }
    let mut own = out
        .iter_mut()
        .filter(|finding| Arc::ptr_eq(&finding.rule, context.rule));
    if let Some(first) = own.next() {
        first.help = format!("{}\n{}", first.help.trim_end(), config.unindexed);
    }
}

/// What pages have in common that one attribution mends. Not the folder that they lie
/// in: which that is hangs on what other pages there are.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
struct Alike<'a> {
    /// The nearest folder that attributes anything.
    scope: &'a str,
    lacks: Vec<Element>,
    hidden: bool,
    severity: Severity,
}

impl Alike<'_> {
    /// The same in words, by which a finding is known again.
    fn name(&self) -> String {
        let lacks: Vec<String> = self.lacks.iter().map(|lack| format!("{lack:?}")).collect();
        let seen = if self.hidden { "hidden" } else { "" };
        let severity = self.severity.as_str();
        [self.scope, &lacks.join(" "), seen, severity].join("\0")
    }
}

/// Pages that are alike, as their findings tell them.
struct Like {
    group: String,
    severity: Severity,
    /// The folder that holds all of them, in words.
    folder: String,
    several: bool,
    /// The address of the original, or what those of all begin with.
    url: Option<String>,
    /// That folder; empty for the top.
    path: String,
}

/// The nearest folder that holds all of some folders.
fn nearest<'a>(folders: impl Iterator<Item = &'a str>) -> &'a str {
    let within = |path: &str, folder: &str| {
        let rest = path.strip_prefix(folder);
        folder.is_empty() || rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
    };
    let common = folders.reduce(|common, path| {
        let mut common = common;
        while !within(path, common) {
            common = folder(common);
        }
        common
    });
    common.unwrap_or("")
}

/// An error needs a mark that nobody writes who did not copy the page: a key of the
/// owner's pipeline, or another beside one that is independent of it. A comment in
/// code is worth a note.
fn severity(config: &Config, file: &Derived<'_>) -> Severity {
    if file.in_code() {
        Severity::Note
    } else if config.report == Kind::Missing
        && file.strong
        && (file.unmistakable || file.independent >= 2)
    {
        Severity::Error
    } else {
        Severity::Warning
    }
}

fn finding(
    config: &Config,
    context: &RepositoryContext<'_>,
    (file, coverage): &Gap<'_>,
    like: &Like,
) -> Option<Finding> {
    let mark = file.heaviest()?;
    let evidence = evidence(config, file);
    let unseen = |element: &Element| coverage.hidden.iter().any(|(known, _)| known == element);
    let mut missing: Vec<&str> = coverage
        .lacks
        .iter()
        .filter(|element| !unseen(element))
        .filter_map(|element| config.elements.get(element))
        .map(String::as_str)
        .collect();
    if !coverage.hidden.is_empty() {
        missing.push(&config.hidden);
    }
    if coverage.unfilled.is_some() {
        missing.push(&config.unfilled);
    }
    let values = [
        ("file", file.record.path.to_string()),
        ("evidence", evidence.clone()),
        ("missing", list(&missing, &config.and)),
        ("folder", like.folder.clone()),
    ];
    // The words of the pack alone are a template, never those of the repository.
    let many = fill(&context.rule.message, &[("others", &config.others)]);
    let mut one: Vec<(&str, &str)> = vec![("others", "")];
    one.extend(values.iter().map(|(name, value)| (*name, &**value)));
    let message = context.rule.message(&one);
    let primary = coverage.dangling.unwrap_or(mark.span);
    let mut finding = Finding::new(context.rule, Some(primary), message)
        .at_most(like.severity)
        .subject(&*file.record.path)
        .group(&*like.group)
        .many(many, values)
        .aside(&*evidence)
        .rank(1)
        .permission(Permission::Licence)
        .proposal(proposal(config, context, file, like))
        .help(help(config, context, file, coverage, like));
    if !file.strong {
        finding = finding.confidence_at_most(Confidence::Medium);
    }
    if coverage.dangling.is_some() {
        finding = finding
            .label(config.dangling.clone())
            .rank(0)
            .related(mark.span, evidence);
    }
    for (span, said) in passages(config, file) {
        if span == primary {
            finding = finding.label(said);
        } else {
            finding = finding.related(span, said);
        }
    }
    if let Some((_, span)) = coverage.hidden.first() {
        finding = finding.related(*span, config.unseen.clone());
    }
    if let Some(span) = coverage.unfilled {
        finding = finding.related(span, config.left_in.clone());
    }
    if let Some((title, licence)) = &coverage.relicensed {
        let said = fill(&config.relicensed, &[("licence", licence)]);
        finding = finding.related(*title, said);
    }
    Some(finding)
}

fn help(
    config: &Config,
    context: &RepositoryContext<'_>,
    file: &Derived<'_>,
    coverage: &Coverage<'_>,
    like: &Like,
) -> String {
    let origin = file.signals.origin.as_ref();
    let translated = origin.is_some_and(|origin| origin.translated);
    let what = config.what.of(translated);
    let changes = fill(config.changes.of(translated), &[("what", what)]);
    let title = origin.and_then(|origin| origin.title.as_deref());
    let work = match title {
        _ if like.several => config.pages.clone(),
        Some(title) if !file.in_code() && !file.only_states() => {
            fill(&config.page, &[("title", title)])
        }
        _ => config.text.clone(),
    };
    let (url, better) = match &like.url {
        Some(url) => (url.clone(), ""),
        None => match context.pack.provenance.hosts.first() {
            Some(host) => (
                fill(&config.unknown_url, &[("host", host)]),
                config.better.as_str(),
            ),
            None => (config.no_url.clone(), ""),
        },
    };
    let mut looked: Vec<&str> = vec![&config.itself];
    looked.extend(
        coverage
            .looked
            .iter()
            .take(MAX_LOOKED)
            .map(|record| &*record.path),
    );
    fill(
        &context.rule.help,
        &[
            (
                "end",
                if like.several {
                    &config.each_end
                } else {
                    &config.end
                },
            ),
            ("work", &work),
            ("url", &url),
            ("better", better),
            ("changes", &changes),
            ("folder", &like.folder),
            (
                "looked",
                &(list(&looked, &config.and) + &found(config, context, coverage)),
            ),
        ],
    )
}

/// The elements that were found, each with the nearest file that gives it.
fn found(config: &Config, context: &RepositoryContext<'_>, coverage: &Coverage<'_>) -> String {
    let mut told: Vec<(Element, String)> = Vec::new();
    for (element, span) in &coverage.found {
        let Some(name) = config.names.get(element) else {
            continue;
        };
        let Some(record) = context.facts.record(span.file) else {
            continue;
        };
        if told.iter().any(|(known, _)| known == element) {
            continue;
        }
        let values = [("element", name.as_str()), ("file", &*record.path)];
        told.push((*element, fill(&config.found_in, &values)));
    }
    told.sort_by_key(|(element, _)| *element);
    let told: Vec<&str> = told.iter().map(|(_, words)| words.as_str()).collect();
    if told.is_empty() {
        return String::new();
    }
    fill(&config.found, &[("elements", &list(&told, &config.and))])
}

/// The address of the original of a page: what its metadata or its words give, or that
/// of a page of the reference by which the pack knows a limit.
fn address<'a>(context: &RepositoryContext<'a>, file: &Derived<'a>) -> Option<&'a str> {
    let origin = file.signals.origin.as_ref();
    if let Some(url) = origin.and_then(|origin| origin.url.as_deref()) {
        return Some(url);
    }
    if file.in_code() {
        return None;
    }
    let name = file.record.path.rsplit('/').next()?;
    let stem = name.split('.').next().unwrap_or(name);
    let title = origin.and_then(|origin| origin.title.as_deref());
    let title = title.map(|title| title.trim().to_lowercase());
    let title = title
        .as_deref()
        .map(|title| title.strip_suffix(" api").unwrap_or(title));
    let limits = &context.pack.limits.limits;
    let known = limits.iter().find(|limit| {
        // A single word is the name of many a file.
        let last = limit.source.url.rsplit('/').next();
        let named = stem.contains('-') && last.is_some_and(|last| last.eq_ignore_ascii_case(stem));
        let titled = title.is_some_and(|title| {
            let mut own = limit.names.iter();
            own.any(|name| name.eq_ignore_ascii_case(title))
        });
        named || titled
    })?;
    Some(&known.source.url)
        .filter(|url| !url.is_empty())
        .map(String::as_str)
}

/// What addresses begin with, up to a slash after the host.
fn common<'a>(mut addresses: impl Iterator<Item = &'a str>) -> Option<&'a str> {
    let first = addresses.next()?;
    let mut end = first.len();
    for other in addresses {
        let same = first
            .bytes()
            .zip(other.bytes())
            .take_while(|(a, b)| a == b)
            .count();
        end = end.min(same);
    }
    if end < first.len() {
        end = first.get(..end).and_then(|head| head.rfind('/'))? + 1;
    }
    let host = first.find("://")? + 3;
    (end > host).then(|| &first[..end])
}

/// The attribution as a text to write, where the pack says how it reads.
fn proposal(
    config: &Config,
    context: &RepositoryContext<'_>,
    file: &Derived<'_>,
    like: &Like,
) -> Option<Proposal> {
    let origin = file.signals.origin.as_ref();
    let changes = config
        .changes
        .of(origin.is_some_and(|origin| origin.translated));
    let licence = context.pack.notices.attribution.licences.first()?;
    // A comment in code has no title and no end, and no page is a copy that only says so.
    if file.in_code() || file.only_states() || !changes.contains("{what}") {
        return None;
    }
    Some(Proposal {
        about: file.record.path.to_string(),
        kind: ProposalKind::Attribution {
            holder: context.pack.owner.name.clone(),
            licence: licence.clone(),
            changes: changes.to_owned(),
            folder: like.path.clone(),
        },
        template: config.written.clone()?.trim().to_owned(),
        values: vec![
            (
                "title",
                origin
                    .and_then(|origin| origin.title.clone())
                    .filter(|title| !title.trim().is_empty()),
            ),
            // Only what the page says: a likely address is for a person to judge.
            ("url", origin.and_then(|origin| origin.url.clone())),
        ],
    })
}

fn folder(path: &str) -> &str {
    path.rsplit_once('/').map_or("", |(folder, _)| folder)
}

/// `a, b and c`.
pub(super) fn list(items: &[&str], and: &str) -> String {
    match items {
        [] => String::new(),
        [one] => (*one).to_owned(),
        [head @ .., last] => format!("{} {and} {last}", head.join(", ")),
    }
}

#[cfg(test)]
mod tests {
    use super::{common, list, nearest};

    #[test]
    fn pages_lie_in_the_nearest_folder_of_all() {
        let of = |folders: &[&'static str]| nearest(folders.iter().copied());
        assert_eq!(of(&["docs/zh/a", "docs/zh/b/c", "docs/zh/ab"]), "docs/zh");
        assert_eq!(of(&["docs/a", "docs/ab"]), "docs");
        assert_eq!(of(&["docs/a", "docs/a"]), "docs/a");
        assert_eq!(of(&["docs", ""]), "");
        assert_eq!(of(&["docs", "notes"]), "");
    }

    #[test]
    fn originals_of_several_pages_share_a_beginning() {
        let of = |urls: &[&'static str]| common(urls.iter().copied());
        let (one, two) = (
            "https://docs.example/api/get-a",
            "https://docs.example/api/get-b",
        );
        assert_eq!(of(&[]), None);
        assert_eq!(of(&[one]), Some(one));
        assert_eq!(of(&[one, two]), Some("https://docs.example/api/"));
        assert_eq!(of(&[one, "https://other.example/"]), None);
    }

    #[test]
    fn lists_read_as_sentences() {
        assert_eq!(list(&["a"], "and"), "a");
        assert_eq!(list(&["a", "b", "c"], "and"), "a, b and c");
    }
}
