//! SPDX expressions from what people write in a licence field.

use spdx::Expression;
use spdx::ParseMode;

use super::words::words;

/// Deprecated identifiers and `/` for `OR` are taken; imprecise names are not: of
/// `GPL` or `BSD` nobody can say which it is.
const MODE: ParseMode = ParseMode {
    allow_slash_as_or_operator: true,
    allow_imprecise_license_names: false,
    allow_postfix_plus_on_gpl: true,
    allow_deprecated: true,
    allow_unknown: false,
};

/// Longest text that is taken for a licence field.
const MAX_LENGTH: usize = 256;

/// The SPDX expression that `written` means, when it can be told.
pub fn expression(written: &str) -> Option<String> {
    let written = written.trim();
    if written.is_empty() || written.len() > MAX_LENGTH {
        return None;
    }
    if let Ok(expression) = Expression::parse_mode(written, MODE) {
        return Some(canonical(&expression));
    }
    let words = words()?;
    if written.contains('|') || written.contains("+ file ") || written.contains("(>=") {
        return alternatives(written);
    }
    if let Some(id) = words.exact(written) {
        return id.map(str::to_owned);
    }
    if written.contains("://") {
        return words.url(written).flatten();
    }
    one_name(written)
}

/// What R packages write: `MIT + file LICENSE`, `GPL-2 | GPL-3`, `GPL (>= 2)`.
fn alternatives(written: &str) -> Option<String> {
    let ids: Vec<String> = written
        .split('|')
        .map(|part| {
            let name = part.split("+ file ").next().unwrap_or(part).trim();
            match name.split_once("(>=") {
                Some((family, version)) => {
                    let version = version.trim().trim_end_matches(')').trim();
                    expression(&format!("{} {version}", family.trim()))
                }
                None => expression(name),
            }
        })
        .collect::<Option<_>>()?;
    Some(ids.join(" OR "))
}

/// The only licence that a short phrase names: `The MIT License (MIT)`.
fn one_name(written: &str) -> Option<String> {
    let names = words()?.names_in(written);
    let mut ids = names.iter().map(|name| name.id.as_deref());
    let first = ids.next()??;
    ids.all(|id| id == Some(first)).then(|| first.to_owned())
}

/// The licence identifiers of an expression, in order. `None` when it holds a
/// `LicenseRef` or cannot be parsed: it names a licence that nobody else knows.
pub fn identifiers(expression: &str) -> Option<Vec<String>> {
    Expression::parse_mode(expression, MODE)
        .ok()?
        .requirements()
        .map(|requirement| requirement.req.license.id().map(|id| id.name.to_owned()))
        .collect()
}

fn canonical(expression: &Expression) -> String {
    // The parser has taken what was written; only spelling is left to mend.
    let original = expression.to_string();
    let mut out = String::with_capacity(original.len());
    let mut rest = original.as_str();
    for requirement in expression.requirements() {
        let span = requirement.span.start as usize..requirement.span.end as usize;
        let consumed = original.len() - rest.len();
        let (Some(gap), Some(_)) = (
            original.get(consumed..span.start),
            original.get(span.clone()),
        ) else {
            return original;
        };
        out.push_str(&gap.replace('/', " OR "));
        out.push_str(&requirement.req.license.to_string());
        rest = &original[span.end..];
        if out.ends_with("-or-later") || out.ends_with('+') {
            rest = rest.strip_prefix('+').unwrap_or(rest);
        }
    }
    out.push_str(rest);
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn is(written: &str, expected: Option<&str>) {
        assert_eq!(expression(written).as_deref(), expected, "{written}");
    }

    #[test]
    fn what_people_write() {
        is("MIT", Some("MIT"));
        is("MIT OR Apache-2.0", Some("MIT OR Apache-2.0"));
        is("Apache-2.0/MIT", Some("Apache-2.0 OR MIT"));
        is("Unlicense/MIT", Some("Unlicense OR MIT"));
        is("(MIT AND CC-BY-4.0)", Some("(MIT AND CC-BY-4.0)"));
        is(
            "GPL-3.0-or-later WITH Classpath-exception-2.0",
            Some("GPL-3.0-or-later WITH Classpath-exception-2.0"),
        );
        is("GPL-2.0+", Some("GPL-2.0-or-later"));
        is("The MIT License (MIT)", Some("MIT"));
        is("Apache License, Version 2.0", Some("Apache-2.0"));
        is(
            "http://www.apache.org/licenses/LICENSE-2.0",
            Some("Apache-2.0"),
        );
        is("https://licenses.nuget.org/MIT", Some("MIT"));
        is("MIT + file LICENSE", Some("MIT"));
        is("GPL-2 | GPL-3", Some("GPL-2.0 OR GPL-3.0"));
        is("GPL (>= 2)", Some("GPL-2.0"));
        is("file LICENSE", None);
        is("|", None);
        is("MIT or GPLv3", None);
        is("GPL", None);
        is("BSD", None);
        is("UNLICENSED", None);
        is("SEE LICENSE IN LICENSE.txt", None);
        is("LicenseRef-Mine", Some("LicenseRef-Mine"));
        is("", None);
    }

    #[test]
    fn identifiers_of_an_expression() {
        assert_eq!(
            identifiers("MIT OR (Apache-2.0 AND ISC)"),
            Some(vec!["MIT".into(), "Apache-2.0".into(), "ISC".into()])
        );
        assert_eq!(identifiers("MIT OR LicenseRef-Mine"), None);
    }

    proptest::proptest! {
        #[test]
        fn any_text_is_read_without_panic(text in "[MITApache20/()ORANDGPL+ .é-]{0,40}") {
            let _ = expression(&text);
        }
    }
}
