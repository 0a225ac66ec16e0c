//! Copyright lines, and who holds what they claim.

use std::ops::Range;
use std::sync::LazyLock;

use regex::Regex;

use super::words::words;

/// Longest name of a holder, in bytes.
const MAX_NAME: usize = 160;

/// The holders that the copyright lines of `text` name.
pub fn holders(text: &str) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let mut start = 0;
    for line in text.split_inclusive('\n') {
        if let Some(range) = holder(line) {
            found.push(start + range.start..start + range.end);
        }
        start += line.len();
    }
    found
}

/// The holder that one line names, if it is a copyright line.
pub fn holder(line: &str) -> Option<Range<usize>> {
    static LINE: LazyLock<Option<Regex>> = LazyLock::new(|| {
        Regex::new(concat!(
            r"(?i)(?:copyright|copyrighted|©|\(c\)|&copy;|spdx-filecopyrighttext:|\bcopr\.|&#169;)",
            r"(?:[\s:,.]|copyright|©|\(c\)|&copy;|\(r\)|by\b)*",
            // Years: `2015`, `2015-2020`, `2015, 2017–present`, `[yyyy]`.
            r"((?:\d{4}|present|now|\bto\b|today|current|[\s,\-–—/&+]|and\b)*)",
            r"(?:[\s:,.]|by\b|©|\(c\))*",
        ))
        .ok()
    });
    let found = LINE.as_ref()?.captures(line)?;
    let (all, years) = (found.get(0)?, found.get(1)?);
    let dated = years.as_str().bytes().any(|byte| byte.is_ascii_digit());
    // `(c)` alone is as often the third item of a list.
    let lead = all.as_str().to_lowercase();
    let marked = lead.contains(['©', '&'])
        || lead.contains("spdx")
        || (lead.contains("(c)") && lead.contains("copy"));
    let leads = lead.contains("cop") && !line[..all.start()].chars().any(char::is_alphanumeric);
    let rest = &line[all.end()..];
    let capital = rest.chars().next().is_some_and(char::is_uppercase);
    // `copyright notice`, `copyright owner` are words of a licence's text.
    if !(dated || marked || (leads && capital)) {
        return None;
    }
    let mut end = rest.len();
    let lower = rest.to_ascii_lowercase();
    for stop in [
        "all rights",
        "all right",
        " (http",
        " <",
        "<",
        " http",
        "; ",
        "\r",
        "\n",
        " under ",
        " licensed",
        " tous droits",
        " | ",
        " - ",
        " – ",
        "*/",
        "-->",
        "\"",
        "'''",
    ] {
        if let Some(at) = lower.find(stop) {
            end = end.min(at);
        }
    }
    // `to_ascii_lowercase` keeps every byte's place.
    let name = rest.get(..end)?;
    let name = name.trim_end_matches(|c: char| c.is_whitespace() || ".,;:*/#".contains(c));
    let plain = name.trim_matches(|c: char| "[]<>{}$()%_".contains(c) || c.is_whitespace());
    let placeholder = name.starts_with(['[', '<', '{', '$', '%']);
    let standing = words().is_some_and(|words| {
        let plain = plain.to_lowercase();
        let plain = plain
            .trim_end_matches(", inc")
            .trim_end_matches(" corporation");
        words.standing_holders.contains(plain)
    });
    let usable = plain.chars().any(char::is_alphabetic) && name.len() <= MAX_NAME;
    (usable && !placeholder && !standing).then(|| all.end()..all.end() + name.len())
}

/// Name and address of a manifest's author: `A B <a@b.org> (https://b.org)`; the
/// length of the name.
pub fn author(written: &str) -> usize {
    let end = written.find(['<', '(']).unwrap_or(written.len());
    let name = written[..end].trim_end();
    match name.rsplit_once(',') {
        // `Jane Doe, jane@example.org`
        Some((name, address)) if address.contains('@') => name.trim_end().len(),
        _ => name.len(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn is(line: &str, expected: Option<&str>) {
        assert_eq!(holder(line).map(|range| &line[range]), expected, "{line}");
    }

    #[test]
    fn copyright_lines() {
        is(
            "Copyright (c) Microsoft Corporation. All rights reserved.",
            Some("Microsoft Corporation"),
        );
        is("Copyright (c) 2015-2020, Jane É. Doe", Some("Jane É. Doe"));
        is(
            "    Copyright (c) 2020 - present Foo GmbH <a@b.c>\r\n",
            Some("Foo GmbH"),
        );
        is(
            "Copyright © 2019, 2021 The Foo Authors",
            Some("The Foo Authors"),
        );
        is("© Foo 2020", Some("Foo 2020"));
        is("Copyright 2019 Felix Muster", Some("Felix Muster"));
        is("Copyright Foo Inc", Some("Foo Inc"));
        is(
            "SPDX-FileCopyrightText: 2020 Jane Doe <j@d.org>",
            Some("Jane Doe"),
        );
        is("Copyright [yyyy] [name of copyright owner]", None);
        is(
            "Copyright (C) 2007 Free Software Foundation, Inc. <https://fsf.org/>",
            None,
        );
        is(
            "The above copyright notice and this permission notice",
            None,
        );
        is("copyright owner or entity authorized by", None);
        is("(c) You must retain, in the Source form", None);
        is("Copyright (c) <year> <owner>.", None);
        is("", None);
    }

    #[test]
    fn authors() {
        assert_eq!(author("Jane Doe <j@d.org> (https://d.org)"), 8);
        assert_eq!(author("Jane Doe"), 8);
        assert_eq!(author("Jane Doe, j@d.org"), 8);
    }

    proptest::proptest! {
        #[test]
        fn any_line_is_read_without_panic(line in "[Copyright()c©2019 éÉ.,<>&;-]{0,60}") {
            if let Some(range) = holder(&line) {
                proptest::prop_assert!(line.get(range).is_some());
            }
        }
    }
}
