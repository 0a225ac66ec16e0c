//! Labels of container images that name the licence: in a Dockerfile, a compose file,
//! a workflow, or wherever else they are written.

use std::sync::LazyLock;

use regex::Regex;

use super::expression::expression;
use crate::facts::{FileFacts, FileKind, LicenceDeclaration, LicenceSource, Zone};
use crate::parse::kind;
use crate::source::Source;

/// Labels of the OCI annotations and of Label Schema before them.
const LABELS: [&str; 2] = [
    "org.opencontainers.image.licenses",
    "org.label-schema.license",
];

/// Starts of the names of files that build an image. Only there a plain `license` is a
/// label.
const BUILDS: [&str; 2] = ["dockerfile", "containerfile"];

/// Labels of one file.
const MOST: usize = 64;

/// Whether a file that is not parsed otherwise holds such a label.
pub fn may_declare(path: &str, bytes: &[u8]) -> bool {
    let kind = kind::kind(path);
    if !matches!(
        kind,
        FileKind::Data(_) | FileKind::Config(_) | FileKind::Other
    ) || !matches!(kind::zone(path), Zone::Project | Zone::Docs | Zone::Example)
    {
        return false;
    }
    LABELS
        .iter()
        .any(|label| memchr::memmem::find(bytes, label.as_bytes()).is_some())
        || (builds(path) && memchr::memmem::find(bytes, b"icense").is_some())
}

fn builds(path: &str) -> bool {
    let name = path.rsplit('/').next().unwrap_or(path).to_ascii_lowercase();
    let ends = |word: &&str| {
        name.strip_suffix(*word)
            .is_some_and(|rest| rest.ends_with('.'))
    };
    BUILDS.iter().any(|word| {
        name.strip_prefix(word)
            .is_some_and(|rest| rest.is_empty() || rest.starts_with(['.', '-', '_']))
            || ends(&word)
    })
}

/// Collects the licences that labels name.
pub fn read(source: &Source, facts: &mut FileFacts) {
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
    let plain = PLAIN.as_ref().filter(|_| builds(&source.path));
    let mut found = Vec::new();
    for pattern in LABEL.as_ref().into_iter().chain(plain) {
        for captures in pattern.captures_iter(&source.text) {
            let value = (1..4).find_map(|group| captures.get(group));
            found.extend(value.filter(|value| !value.as_str().contains('$')));
        }
    }
    for value in found.into_iter().take(MOST) {
        facts.licences.push(LicenceDeclaration {
            source: LicenceSource::Metadata,
            written: value.as_str().to_owned(),
            spdx: expression(value.as_str()),
            span: source.span(value.range()),
            covers: Vec::new(),
        });
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::FileId;

    fn labels(path: &str, text: &str) -> Vec<(String, Option<String>)> {
        assert_eq!(may_declare(path, text.as_bytes()), text.contains("icense"));
        let source = Source::from_text(FileId(0), path, text);
        let mut facts = FileFacts::new(kind::kind(path), kind::zone(path));
        read(&source, &mut facts);
        facts
            .licences
            .iter()
            .map(|one| {
                assert_eq!(source.slice(one.span), one.written);
                (one.written.clone(), one.spdx.clone())
            })
            .collect()
    }

    #[test]
    fn labels_of_images() {
        let mit = vec![("MIT".to_owned(), Some("MIT".to_owned()))];
        for (path, text) in [
            (
                "Dockerfile",
                "FROM a\nLABEL org.opencontainers.image.licenses=\"MIT\"\n",
            ),
            (
                "Dockerfile",
                "FROM a\nLABEL a=b \\\n      org.opencontainers.image.licenses=MIT \\\n      c=d\n",
            ),
            ("Containerfile", "FROM a\nLABEL license=MIT\n"),
            ("api.dockerfile", "FROM a\nLABEL name=x license='MIT'\n"),
            (
                "compose.yaml",
                "services:\n  a:\n    labels:\n      org.opencontainers.image.licenses: MIT\n",
            ),
            (
                "compose.yaml",
                "services:\n  a:\n    labels:\n      - \"org.opencontainers.image.licenses=MIT\"\n",
            ),
            (
                "docker-bake.hcl",
                "labels = {\n \"org.opencontainers.image.licenses\" = \"MIT\"\n}\n",
            ),
        ] {
            assert_eq!(labels(path, text), mit, "{text}");
        }
        assert_eq!(
            labels(
                "Dockerfile",
                "FROM a\nLABEL org.opencontainers.image.licenses=$L\n"
            ),
            []
        );
        assert_eq!(labels("Dockerfile", "FROM a\n"), []);
    }
}
