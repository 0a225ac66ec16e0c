//! `$names` in the texts of templates and of rules that stand for every vendor.

use serde_yaml::Value;

/// Puts values for their names in every text. The longest name has to come first, so that
/// none is taken for the start of another; see [`sorted`].
pub(crate) fn fill(value: &mut Value, values: &[(&str, String)]) {
    match value {
        Value::String(text) if text.contains('$') => *text = filled(text, values),
        Value::Sequence(items) => items.iter_mut().for_each(|item| fill(item, values)),
        Value::Mapping(mapping) => mapping.values_mut().for_each(|value| fill(value, values)),
        Value::Tagged(tagged) => fill(&mut tagged.value, values),
        _ => {}
    }
}

/// The values, the longest name first.
pub(crate) fn sorted(mut values: Vec<(&'static str, String)>) -> Vec<(&'static str, String)> {
    values.sort_by_key(|(name, _)| std::cmp::Reverse(name.len()));
    values
}

/// One pass: what a value says is not read for names again.
fn filled(text: &str, values: &[(&str, String)]) -> String {
    let mut out = String::new();
    let mut rest = text;
    while let Some(at) = rest.find('$') {
        out.push_str(&rest[..at]);
        rest = &rest[at..];
        if let Some((name, value)) = values.iter().find(|(name, _)| rest.starts_with(name)) {
            // A brace would open a placeholder of a message.
            out.push_str(&value.replace(['{', '}'], ""));
            rest = &rest[name.len()..];
        } else {
            out.push('$');
            rest = &rest[1..];
        }
    }
    out.push_str(rest);
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_name_is_filled_once_and_others_stay() {
        let values = sorted(vec![
            ("$licence", "CC".to_owned()),
            ("$licence_url", "$licence {x}".to_owned()),
        ]);
        let mut value: Value =
            serde_yaml::from_str("a: [$licence_url, '$licence $host', 5]").expect("YAML");
        fill(&mut value, &values);
        let told: Value = serde_yaml::from_str("a: ['$licence x', 'CC $host', 5]").expect("YAML");
        assert_eq!(value, told);
    }
}
