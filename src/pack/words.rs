//! What the reader of YAML says, in the words of whoever writes a pack.

/// A message of serde's in plain words; any other as it is.
pub(super) fn plain(message: &str) -> String {
    told(message).unwrap_or_else(|| message.to_owned())
}

fn told(message: &str) -> Option<String> {
    let (at, kind) = KINDS
        .iter()
        .filter_map(|kind| Some((message.find(kind)?, *kind)))
        .min()?;
    // Where it is: "clauses[0]: ".
    let (place, rest) = (&message[..at], &message[at + kind.len()..]);
    let said = match kind {
        "missing field `" => format!("the key `{}` is missing", rest.strip_suffix('`')?),
        "duplicate field `" => format!("the key `{}` stands twice", rest.strip_suffix('`')?),
        "unknown field `" => {
            let (name, known) = rest.split_once("`, ")?;
            match names(known) {
                Some(known) => format!("there is no key `{name}` here; the keys are {known}"),
                None => format!("there is no key `{name}` here, nor any other"),
            }
        }
        "unknown variant `" => {
            let (name, known) = rest.split_once("`, ")?;
            format!(
                "`{name}` is no value of this key; the values are {}",
                names(known)?
            )
        }
        "invalid length " => {
            let (length, expected) = rest.split_once(", expected ")?;
            let expected = expected.rsplit(' ').next()?;
            format!("a list of {length}, where {expected} belong")
        }
        _ => {
            let (found, expected) = rest.split_once(", expected ")?;
            format!("expected {}, found {}", wanted(expected), given(found))
        }
    };
    Some(format!("{place}{said}"))
}

/// What serde's messages begin with.
const KINDS: &[&str] = &[
    "missing field `",
    "duplicate field `",
    "unknown field `",
    "unknown variant `",
    "invalid length ",
    "invalid type: ",
    "invalid value: ",
];

/// The names of "expected one of `a`, `b`", "expected `a` or `b`"; none of "there are no fields".
fn names(text: &str) -> Option<String> {
    let text = text.strip_prefix("expected ")?;
    let text = text.strip_prefix("one of ").unwrap_or(text);
    Some(text.to_owned())
}

/// What belongs there.
fn wanted(expected: &str) -> String {
    let words = match expected {
        "a string" | "a borrowed string" => "text",
        "a sequence" => "a list",
        "a map" => "keys with values",
        "a boolean" => "`true` or `false`",
        "u8" | "u16" | "u32" | "u64" | "usize" => "a whole number",
        "i32" | "i64" => "a whole number, with or without a minus",
        "f32" | "f64" => "a number",
        other if other.starts_with("struct ") || other.starts_with("internally tagged") => {
            "keys with values"
        }
        other if other.starts_with("an array of length ") => "a list",
        other if other.contains("enum ") || other.starts_with("a YAML tag") => "one of its values",
        other => other,
    };
    words.to_owned()
}

/// What stands there.
fn given(found: &str) -> String {
    let (kind, value) = found.split_once(' ').unwrap_or((found, ""));
    match kind {
        "string" => format!("the text {value}"),
        "integer" | "floating" => {
            let number = value.strip_prefix("point ").unwrap_or(value);
            format!("the number {}", number.trim_matches('`'))
        }
        "boolean" => value.to_owned(),
        "unit" | "null" => "nothing".to_owned(),
        "sequence" => "a list".to_owned(),
        "map" => "keys with values".to_owned(),
        _ => found.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::plain;

    #[test]
    fn messages_are_those_of_a_pack() {
        for (said, told) in [
            ("missing field `force`", "the key `force` is missing"),
            (
                "clauses[0]: missing field `quote`",
                "clauses[0]: the key `quote` is missing",
            ),
            ("duplicate field `title`", "the key `title` stands twice"),
            (
                "unknown field `titel`, expected one of `id`, `title`",
                "there is no key `titel` here; the keys are `id`, `title`",
            ),
            (
                "unknown variant `fatal`, expected one of `note`, `error`",
                "`fatal` is no value of this key; the values are `note`, `error`",
            ),
            (
                "invalid type: string \"acme\", expected a sequence",
                "expected a list, found the text \"acme\"",
            ),
            (
                "invalid type: string \"one\", expected u32",
                "expected a whole number, found the text \"one\"",
            ),
            (
                "invalid type: sequence, expected a string",
                "expected text, found a list",
            ),
            (
                "invalid type: integer `5`, expected a boolean",
                "expected `true` or `false`, found the number 5",
            ),
            (
                "invalid length 3, expected an array of length 4",
                "a list of 3, where 4 belong",
            ),
            ("regex: unclosed group", "regex: unclosed group"),
            ("no closing brace", "no closing brace"),
        ] {
            assert_eq!(plain(said), told);
        }
    }

    proptest::proptest! {
        #[test]
        fn any_message_stays_one(text in ".{0,60}") {
            let _ = plain(&text);
            let _ = plain(&format!("invalid type: {text}, expected {text}"));
            let _ = plain(&format!("unknown field `{text}`, {text}"));
        }
    }
}
