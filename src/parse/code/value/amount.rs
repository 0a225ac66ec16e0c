//! Numbers of calls and seconds, with the literal that decides them.

use super::{Value, into_text, is_known};
use crate::facts::code::{Amount, Part, Text};

/// A value as seconds, each unit of a plain number being worth `unit`.
pub fn into_seconds(value: Value, unit: f64) -> Amount {
    match value {
        Value::Seconds(amount) => amount,
        Value::Number(amount) => amount.times(unit),
        // `"minute"` and the like.
        Value::Text(text) => match text.parts.as_slice() {
            [Part::Parameter(index)] => Amount {
                value: None,
                literal: None,
                parameter: Some((*index, unit)),
                certain: false,
            },
            _ => Amount {
                value: plain(&text).map_or_else(|| named_period(&text.shown()), |v| Some(v * unit)),
                literal: None,
                parameter: None,
                certain: text.certain,
            },
        },
        Value::Items(_) | Value::Unknown => Amount::default(),
    }
}

/// The number that a text is.
pub fn plain(text: &Text) -> Option<f64> {
    match text.parts.as_slice() {
        [Part::Literal(words)] => words.trim().parse().ok().filter(|v: &f64| v.is_finite()),
        _ => None,
    }
}

/// A value as a plain number.
pub fn into_number(value: Value) -> Amount {
    match value {
        Value::Number(amount) => amount,
        Value::Text(text) => match text.parts.as_slice() {
            [Part::Parameter(index)] => Amount {
                value: None,
                literal: None,
                parameter: Some((*index, 1.0)),
                certain: false,
            },
            [Part::Literal(words)] => Amount {
                value: plain(&text).or_else(|| rate(words).map(|(calls, _)| calls)),
                literal: None,
                parameter: None,
                certain: text.certain,
            },
            _ => Amount::default(),
        },
        // A length of time is no count.
        Value::Seconds(_) | Value::Items(_) | Value::Unknown => Amount::default(),
    }
}

/// The sum of lengths of time; the literal of the only one that is not nothing decides.
pub fn total(parts: impl Iterator<Item = Amount>) -> Amount {
    let mut sum = Amount::fixed(0.0);
    for part in parts {
        sum = Amount {
            value: sum.value.zip(part.value).map(|(a, b)| a + b),
            literal: match (sum.value, part.value) {
                (Some(0.0), _) => part.literal,
                (_, Some(0.0)) => sum.literal,
                _ => None,
            },
            parameter: None,
            certain: sum.certain && part.certain,
        };
    }
    sum
}

/// `90/m`, `5/second`: calls and seconds.
fn rate(words: &str) -> Option<(f64, f64)> {
    let (calls, unit) = words.trim().split_once('/')?;
    let seconds = named_period(unit).filter(|_| !unit.contains('/'))?;
    let calls = calls.trim().parse().ok().filter(|v: &f64| v.is_finite())?;
    Some((calls, seconds))
}

fn named_period(words: &str) -> Option<f64> {
    if let Some((_, seconds)) = rate(words) {
        return Some(seconds);
    }
    let words = words.trim().to_ascii_lowercase();
    // `15 minutes`.
    if let Some((count, unit)) = words.split_once(' ')
        && let Ok(count) = count.parse::<f64>()
    {
        return Some(count * named_period(unit)?).filter(|value| value.is_finite());
    }
    Some(match words.trim_end_matches('s') {
        "" if words == "s" => 1.0,
        "sec" | "second" => 1.0,
        "m" if words == "m" => 60.0,
        "min" | "minute" => 60.0,
        "h" if words == "h" => 3600.0,
        "hr" | "hour" => 3600.0,
        "d" if words == "d" => 86_400.0,
        "day" => 86_400.0,
        _ => return words.strip_suffix('s').unwrap_or(&words).parse().ok(),
    })
}

/// A value that may be another.
pub fn uncertain(value: Value) -> Value {
    match value {
        Value::Text(text) => Value::Text(Text {
            certain: false,
            ..text
        }),
        Value::Number(amount) => Value::Number(Amount {
            certain: false,
            ..amount
        }),
        Value::Seconds(amount) => Value::Seconds(Amount {
            certain: false,
            ..amount
        }),
        Value::Items(_) | Value::Unknown => value,
    }
}

/// The one or the other: an address before anything else.
pub fn either(first: Value, second: Value) -> Value {
    let address =
        |value: &Value| matches!(value, Value::Text(text) if text.host_and_path().is_some());
    let numeric = |value: &Value| matches!(value, Value::Number(_) | Value::Seconds(_));
    if address(&first) || !address(&second) && is_known(&first) && !numeric(&second) {
        uncertain(first)
    } else {
        uncertain(second)
    }
}

/// Two operands of an operator.
pub fn binary(operator: char, left: Value, right: Value) -> Value {
    let (a, b) = match (&left, &right) {
        (Value::Number(a) | Value::Seconds(a), Value::Number(b) | Value::Seconds(b)) => (*a, *b),
        _ if operator == '+' => {
            let mut text = into_text(left);
            text.append(&into_text(right));
            return Value::Text(text);
        }
        // A parameter times a number is still that parameter.
        (Value::Text(text), Value::Number(b) | Value::Seconds(b))
            if matches!(text.parts.as_slice(), [Part::Parameter(_)]) =>
        {
            let a = into_number(left.clone());
            (a, *b)
        }
        (Value::Number(a) | Value::Seconds(a), Value::Text(text))
            if operator == '*' && matches!(text.parts.as_slice(), [Part::Parameter(_)]) =>
        {
            let b = into_number(right.clone());
            (*a, b)
        }
        _ => return Value::Unknown,
    };
    let value = match (a.value, b.value) {
        (Some(a), Some(b)) => Some(match operator {
            '+' => a + b,
            '-' => a - b,
            '*' => a * b,
            '/' if b != 0.0 => a / b,
            _ => return Value::Unknown,
        })
        .filter(|value| value.is_finite()),
        _ => None,
    };
    // The literal that a fix may change: the only one, or the larger factor's unit.
    let literal = match (operator, a.literal, b.literal) {
        ('*', Some((span, worth)), None) => b.value.map(|b| (span, worth * b)),
        ('*', None, Some((span, worth))) => a.value.map(|a| (span, worth * a)),
        ('/', Some((span, worth)), None) => b.value.map(|b| (span, worth / b)),
        _ => None,
    };
    let parameter = match (operator, a.parameter, b.parameter) {
        ('*', Some((index, worth)), None) => b.value.map(|b| (index, worth * b)),
        ('*', None, Some((index, worth))) => a.value.map(|a| (index, worth * a)),
        ('/', Some((index, worth)), None) => b.value.map(|b| (index, worth / b)),
        _ => None,
    };
    let amount = Amount {
        value,
        literal,
        parameter,
        certain: a.certain && b.certain,
    };
    // A length of time over another is a number.
    let lengths = [&left, &right].map(|value| matches!(value, Value::Seconds(_)));
    if lengths[0] != lengths[1] || lengths[0] && operator != '/' {
        Value::Seconds(amount)
    } else {
        Value::Number(amount)
    }
}
