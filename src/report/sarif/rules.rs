//! What viewers are told of each rule.

use std::collections::BTreeMap;

use super::{level, model as sarif, text};
use crate::finding::Confidence;
use crate::pack::{Pack, Rule};
use crate::report::{force_name, force_words};

/// Descriptors of all rules, and the index of each by pack and id.
pub fn describe(
    packs: &[Pack],
) -> (
    Vec<sarif::ReportingDescriptor<'_>>,
    BTreeMap<(&str, &str), usize>,
) {
    let rules = || {
        packs.iter().flat_map(|pack| {
            let rules = pack.rules.iter().map(|compiled| &*compiled.rule);
            rules.map(|rule| (rule, pack.shipped))
        })
    };
    let indices = rules()
        .enumerate()
        .map(|(index, (rule, _))| ((&*rule.pack, rule.id.as_str()), index))
        .collect();
    let described = rules().map(|(rule, shipped)| {
        // What is read about a rule that does not ship, only its author knows.
        let help_uri = shipped.then(|| help_uri(REPOSITORY, &rule.id)).flatten();
        descriptor(rule, help_uri)
    });
    (described.collect(), indices)
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

fn descriptor(rule: &Rule, help_uri: Option<String>) -> sarif::ReportingDescriptor<'_> {
    let first_paragraph = rule.explanation.split("\n\n").next().unwrap_or_default();
    let full = match first_paragraph.trim() {
        "" => &rule.title,
        paragraph => paragraph,
    };
    sarif::ReportingDescriptor {
        id: &rule.id,
        name: pascal_case(&rule.id),
        short_description: text(&rule.title),
        full_description: text(&full.split_whitespace().collect::<Vec<_>>().join(" ")),
        help: help(rule),
        help_uri,
        default_configuration: sarif::Configuration {
            level: level(rule.severity),
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
            problem_severity: match level(rule.severity) {
                "note" => "recommendation",
                other => other,
            },
            pack: &rule.pack,
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
