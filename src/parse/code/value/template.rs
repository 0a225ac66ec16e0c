//! Templates of texts: `%s`, `{}`, `{0}`, `{name}`.

/// A piece of a template.
pub enum Slot<'a> {
    /// As it stands.
    Words(&'a str),
    /// The next value.
    Next,
    /// The value at a position.
    Numbered(usize),
    /// A value by name.
    Named(&'a str),
}

/// Cuts a template at its slots.
pub fn slots(template: &str) -> Vec<Slot<'_>> {
    let mut slots = Vec::new();
    let mut rest = template;
    let mut from = 0;
    while let Some(at) = rest[from..].find(['%', '{']).map(|at| from + at) {
        let found = if rest.as_bytes()[at] == b'{' {
            braces(&rest[at + 1..])
        } else {
            percent(&rest[at + 1..])
        };
        let Some((slot, len)) = found else {
            from = at + 1;
            continue;
        };
        slots.push(Slot::Words(&rest[..at]));
        slots.push(slot);
        rest = &rest[at + 1 + len..];
        from = 0;
    }
    slots.push(Slot::Words(rest));
    slots
}

/// What stands behind an opening brace, and its length with the closing one.
fn braces(rest: &str) -> Option<(Slot<'_>, usize)> {
    let close = rest.find('}')?;
    let name = rest[..close].split([':', '!', ',']).next()?.trim();
    let slot = if name.is_empty() {
        Slot::Next
    } else if let Ok(index) = name.parse() {
        Slot::Numbered(index)
    } else if name
        .chars()
        .all(|c| c.is_alphanumeric() || "_.".contains(c))
    {
        Slot::Named(name)
    } else {
        return None;
    };
    Some((slot, close + 1))
}

/// What stands behind a per cent sign. `%20` is an escape of addresses, no slot.
fn percent(rest: &str) -> Option<(Slot<'_>, usize)> {
    let len = rest
        .find(|c: char| c.is_ascii_alphabetic())
        .filter(|&len| len < 6)?;
    let flags = &rest[..len];
    let plain = flags.chars().all(|c| "-+.#0123456789".contains(c));
    let escape = len >= 2 && !flags.starts_with(['-', '+', '.', '#']);
    (plain && !escape).then_some((Slot::Next, len + 1))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn templates_are_cut_at_their_slots() {
        let shown = |template: &str| {
            slots(template)
                .iter()
                .map(|slot| match slot {
                    Slot::Words(words) => (*words).to_owned(),
                    Slot::Next => "<>".to_owned(),
                    Slot::Numbered(index) => format!("<{index}>"),
                    Slot::Named(name) => format!("<{name}>"),
                })
                .collect::<String>()
        };
        for (template, expected) in [
            ("%s/api/%-5d/x", "<>/api/<>/x"),
            ("{}/api/{id}?a=%20b", "<>/api/<id>?a=%20b"),
            ("{0}/{1:x}/{ bad name}", "<0>/<1>/{ bad name}"),
            ("100% {", "100% {"),
        ] {
            assert_eq!(shown(template), expected);
        }
    }
}
