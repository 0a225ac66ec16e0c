//! Labels of container images that name the licence: in a Dockerfile, a compose file,
//! a workflow, or wherever else they are written.

use std::ops::Range;
use std::sync::LazyLock;

use regex::Regex;

use super::expression::expression;
use crate::facts::{FileFacts, FileKind, LicenceDeclaration, LicenceSource, Precedence, Zone};
use crate::parse::kind;
use crate::source::Source;

/// Labels of the OCI annotations and of Label Schema before them.
const LABELS: [&str; 2] = [
    "org.opencontainers.image.licenses",
    "org.label-schema.license",
];

/// Labels of one file.
const MOST: usize = 64;

/// Whether a file that is not parsed otherwise holds such a label.
pub fn may_declare(path: &str, bytes: &[u8]) -> bool {
    let kind = kind::kind(path);
    if !matches!(kind, FileKind::Data(_) | FileKind::Config(_))
        || !matches!(kind::zone(path), Zone::Project | Zone::Docs | Zone::Example)
    {
        return false;
    }
    LABELS
        .iter()
        .any(|label| memchr::memmem::find(bytes, label.as_bytes()).is_some())
}

/// The values of the labels in `text`. In a file that builds an image a plain `license`
/// is a label, too.
pub fn values(text: &str, builds: bool) -> Vec<Range<usize>> {
    static LABEL: LazyLock<Option<Regex>> = LazyLock::new(|| {
        let names = LABELS.map(regex::escape).join("|");
        Regex::new(&format!(
            r#"(?:{names})["']?[ \t]*[:=][ \t]*(?:"([^"\n]+)"|'([^'\n]+)'|([^\s"'\\,#]+))"#
        ))
        .ok()
    });
    static PLAIN: LazyLock<Option<Regex>> = LazyLock::new(|| {
        Regex::new(r#"(?im)^(?:[ \t]*LABEL[ \t]+(?:[^\n#]*[ \t])?|[ \t]+)["']?licenses?["']?=(?:"([^"\n]+)"|'([^'\n]+)'|([^\s"'\\]+))"#).ok()
    });
    let plain = PLAIN.as_ref().filter(|_| builds);
    let mut found = Vec::new();
    for pattern in LABEL.as_ref().into_iter().chain(plain) {
        for captures in pattern.captures_iter(text) {
            let value = (1..4).find_map(|group| captures.get(group));
            found.extend(value.map(|value| value.range()));
        }
    }
    found.truncate(MOST);
    found
}

/// The titles of images in `text`.
pub fn titles(text: &str) -> Vec<Range<usize>> {
    static TITLE: LazyLock<Option<Regex>> = LazyLock::new(|| {
        Regex::new(
            r#"org\.(?:opencontainers\.image\.title|label-schema\.name)["']?[ \t]*[:=][ \t]*(?:"([^"\n]+)"|'([^'\n]+)'|([^\s"'\\,#]+))"#,
        )
        .ok()
    });
    let mut found = Vec::new();
    if let Some(pattern) = TITLE.as_ref() {
        for captures in pattern.captures_iter(text).take(MOST) {
            let value = (1..4).find_map(|group| captures.get(group));
            found.extend(value.map(|value| value.range()));
        }
    }
    // A variable of a build.
    found.retain(|range: &Range<usize>| !text[range.clone()].contains('$'));
    found
}

/// Collects the licences that labels name.
pub fn read(source: &Source, facts: &mut FileFacts) {
    for range in values(&source.text, false) {
        let written = &source.text[range.clone()];
        // A variable of a build.
        if written.contains('$') {
            continue;
        }
        facts.licences.push(LicenceDeclaration {
            source: LicenceSource::Metadata,
            written: written.to_owned(),
            spdx: expression(written),
            span: source.span(range),
            covers: Vec::new(),
            section: None,
            precedence: Precedence::default(),
        });
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels_of_images() {
        for (builds, text) in [
            (
                true,
                "FROM a\nLABEL org.opencontainers.image.licenses=\"MIT\"\n",
            ),
            (
                true,
                "FROM a\nLABEL a=b \\\n      org.opencontainers.image.licenses=MIT \\\n      c=d\n",
            ),
            (true, "FROM a\nLABEL license=MIT\n"),
            (true, "FROM a\nLABEL name=x license='MIT'\n"),
            (
                false,
                "services:\n  a:\n    labels:\n      org.opencontainers.image.licenses: MIT\n",
            ),
            (
                false,
                "services:\n  a:\n    labels:\n      - \"org.opencontainers.image.licenses=MIT\"\n",
            ),
            (
                false,
                "labels = {\n \"org.opencontainers.image.licenses\" = \"MIT\"\n}\n",
            ),
        ] {
            let found: Vec<_> = values(text, builds)
                .into_iter()
                .map(|range| &text[range])
                .collect();
            assert_eq!(found, ["MIT"], "{text}");
        }
        let none = "FROM a\nRUN tool --accept-license=yes\nENV LICENSE=none\n";
        assert!(values(none, true).is_empty());
        assert!(values("license=MIT", false).is_empty());
    }

    #[test]
    fn which_files_may_hold_some() {
        let label = b"org.opencontainers.image.licenses=MIT";
        assert!(may_declare("compose.yaml", label));
        assert!(may_declare(".github/workflows/image.yml", label));
        assert!(!may_declare("tests/compose.yaml", label));
        assert!(!may_declare("compose.yaml", b"license: MIT"));
        assert!(!may_declare("main.py", label));
    }
}
