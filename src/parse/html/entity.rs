//! Character references.

use pulldown_cmark::{Event, Parser};

/// The longest reference that HTML names, `&CounterClockwiseContourIntegral;`.
const LONGEST: usize = 33;

/// The characters that the reference at the start of `text` stands for, and its
/// length in bytes. `None` when `text`, which starts with `&`, holds none.
pub fn decode(text: &str) -> Option<(String, usize)> {
    let head = &text.as_bytes()[..text.len().min(LONGEST)];
    let length = memchr::memchr(b';', head)? + 1;
    let reference = &text[..length];
    let name = &reference[1..length - 1];
    let plain = match name {
        "nbsp" => "\u{a0}",
        "amp" => "&",
        "lt" => "<",
        "gt" => ">",
        "quot" => "\"",
        "apos" => "'",
        "reg" => "®",
        "trade" => "™",
        "copy" => "©",
        _ => "",
    };
    if !plain.is_empty() {
        return Some((plain.to_owned(), length));
    }
    if name.is_empty()
        || !name
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || byte == b'#')
    {
        return None;
    }
    // CommonMark has the whole table of HTML's names.
    let decoded = Parser::new(reference).find_map(|event| match event {
        Event::Text(text) => Some(text.into_string()),
        _ => None,
    })?;
    (decoded != reference && decoded != "&").then_some((decoded, length))
}

#[cfg(test)]
mod tests {
    use super::decode;

    #[test]
    fn references_are_decoded_by_name_and_number() {
        for (text, expected) in [
            ("&amp;x", Some(("&", 5))),
            ("&nbsp;", Some(("\u{a0}", 6))),
            ("&eacute;t", Some(("é", 8))),
            ("&#xAE; ", Some(("®", 6))),
            ("&#8211;", Some(("–", 7))),
            ("&nothing;", None),
            ("& b;", None),
            ("&;", None),
            ("&", None),
            ("&é;", None),
        ] {
            let decoded = decode(text);
            let decoded = decoded
                .as_ref()
                .map(|(text, length)| (text.as_str(), *length));
            assert_eq!(decoded, expected, "{text}");
        }
    }
}
