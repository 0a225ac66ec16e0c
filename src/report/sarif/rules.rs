//! What viewers are told of each rule.

use std::collections::{BTreeMap, BTreeSet};

use super::{level, model as sarif, text};
use crate::finding::Confidence;
use crate::pack::{Pack, Rule};
use crate::report::{force_name, force_words};

/// The index of each rule by its id: one that several packs have is described once.
pub fn indices(packs: &[Pack]) -> BTreeMap<&str, usize> {
    let mut indices: BTreeMap<&str, usize> = BTreeMap::new();
    for compiled in packs.iter().flat_map(|pack| &pack.rules) {
        let next = indices.len();
        indices.entry(&compiled.rule.id).or_insert(next);
    }
    indices
}

/// Descriptors of all rules, in the order of [`indices`]. One that several packs have is
/// described by those that found something, else by the first.
pub fn describe<'a>(
    packs: &'a [Pack],
    found: &BTreeSet<String>,
) -> Vec<sarif::ReportingDescriptor<'a>> {
    let indices = indices(packs);
    let mut rules: Vec<Vec<(&Rule, bool)>> = vec![Vec::new(); indices.len()];
    for pack in packs {
        for compiled in &pack.rules {
            let rule = &*compiled.rule;
            rules[indices[rule.id.as_str()]].push((rule, pack.shipped));
        }
    }
    let described = rules.into_iter().map(|same| {
        let mut told = same.clone();
        told.retain(|(rule, _)| found.contains(&rule.qualified()));
        if told.is_empty() {
            told.extend(same.first().copied());
        }
        // What is read about a rule that does not ship, only its author knows.
        let shipped = same.iter().any(|(_, shipped)| *shipped);
        let rules: Vec<&Rule> = told.into_iter().map(|(rule, _)| rule).collect();
        let before = same.iter().flat_map(|(rule, _)| &rule.before);
        let before: BTreeSet<&str> = before.map(String::as_str).collect();
        let mut descriptor = descriptor(&rules, shipped);
        descriptor.deprecated_ids = before.into_iter().collect();
        descriptor
    });
    described.collect()
}

/// Where the project is at home; empty while `repository` of Cargo.toml is not set.
pub const REPOSITORY: &str = env!("CARGO_PKG_REPOSITORY");

/// Where a rule is described. The standard wants a whole address here: without a home
/// there is none, and none is made up.
fn help_uri(repository: &str, id: &str) -> Option<String> {
    let anchor: String = id
        .chars()
        .filter(|c| c.is_alphanumeric() || *c == '-')
        .collect();
    let repository = repository.trim_end_matches('/');
    (!repository.is_empty()).then(|| format!("{repository}/blob/HEAD/docs/rules.md#{anchor}"))
}

/// What is said of a rule, by one pack or by several; there is one at least.
fn descriptor<'a>(rules: &[&'a Rule], shipped: bool) -> sarif::ReportingDescriptor<'a> {
    let rule = rules[0];
    let each = |say: &dyn Fn(&Rule) -> String, between: &str| {
        let mut said: Vec<String> = Vec::new();
        for words in rules.iter().map(|rule| say(rule)) {
            if !said.contains(&words) {
                said.push(words);
            }
        }
        said.join(between)
    };
    let full = |rule: &Rule| {
        let first = rule.explanation.split("\n\n").next().unwrap_or_default();
        let paragraph = match first.trim() {
            "" => &rule.title,
            paragraph => paragraph,
        };
        paragraph.split_whitespace().collect::<Vec<_>>().join(" ")
    };
    let severity = rules.iter().map(|rule| rule.severity).max();
    let severity = severity.unwrap_or(rule.severity);
    sarif::ReportingDescriptor {
        id: &rule.id,
        deprecated_ids: Vec::new(),
        name: pascal_case(&rule.id),
        short_description: text(&each(&|rule| rule.title.clone(), "; ")),
        full_description: text(&each(&full, " ")),
        help: sarif::MultiformatMessage {
            text: each(&|rule| help(rule).text, "\n\n"),
            markdown: each(&|rule| help(rule).markdown, "\n\n"),
        },
        help_uri: shipped.then(|| help_uri(REPOSITORY, &rule.id)).flatten(),
        default_configuration: sarif::Configuration {
            level: level(severity),
        },
        properties: sarif::RuleProperties {
            tags: vec![
                rule.family().to_owned(),
                format!("force:{}", force_name(rule.force)),
                "terms-of-use".to_owned(),
            ],
            precision: match rule.confidence {
                Confidence::High => "high",
                Confidence::Medium => "medium",
                Confidence::Low => "low",
            },
            problem_severity: match level(severity) {
                "note" => "recommendation",
                other => other,
            },
            pack: each(&|rule| rule.pack.to_string(), ", "),
            clause_url: &rule.clause.url,
        },
    }
}

fn help(rule: &Rule) -> sarif::MultiformatMessage {
    let clause = &rule.clause;
    let force = force_words(rule.force);
    let quote = clause.quote.trim();
    let explanation = rule.explanation.trim();
    let advice = rule.advice();
    let help = advice.trim();
    let quoted = quote.replace('\n', "\n> ");
    sarif::MultiformatMessage {
        text: format!(
            "{explanation}\n\n{}, {}: “{quote}” <{}> ({force})\n\n{help}",
            clause.document, clause.section, clause.url
        ),
        markdown: format!(
            "{explanation}\n\n> “{quoted}”\n>\n> — [{}, {}]({}) ({force})\n\n{help}",
            clause.document, clause.section, clause.url
        ),
    }
}

/// `trademark/name-in-product` as `TrademarkNameInProduct`.
fn pascal_case(id: &str) -> String {
    id.split(|c: char| !c.is_alphanumeric())
        .flat_map(|word| {
            let mut chars = word.chars();
            chars
                .next()
                .map(char::to_uppercase)
                .into_iter()
                .flatten()
                .chain(chars)
        })
        .collect()
}

#[cfg(test)]
mod tests {
    #[test]
    fn a_rule_is_described_where_the_project_is_at_home() {
        let at = |home| super::help_uri(home, "trademark/name-in-product");
        assert_eq!(at(""), None);
        assert_eq!(
            at("https://example.org/a/b/").as_deref(),
            Some("https://example.org/a/b/blob/HEAD/docs/rules.md#trademarkname-in-product")
        );
    }

    #[test]
    fn names_are_pascal_case() {
        assert_eq!(
            super::pascal_case("trademark/name-in-product"),
            "TrademarkNameInProduct"
        );
    }
}
