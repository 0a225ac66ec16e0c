//! Reading and judging one `termscheck.yaml`; every error points at the words at fault.

use std::path::Path;
use std::sync::Arc;

use globset::GlobBuilder;
use ignore::gitignore::GitignoreBuilder;
use miette::{Diagnostic, SourceSpan};
use serde::Deserialize as _;

use super::settings::Settings;
use super::spots::{self, Fault, Node, Step};
use crate::report::{Excerpt, shortened};
use crate::selection::nearest;
use crate::source::{FileId, Source};

/// Longest message, in characters: a value that is quoted may be of any length.
const MAX_MESSAGE: usize = 400;

/// Columns of a line that are quoted.
const COLUMNS: usize = 90;

/// Said of a file that is reached by a link: what it holds may be nobody's business.
const UNQUOTED: &str =
    "not a configuration that can be used; it is reached by a link, so nothing of it is quoted";

/// A configuration that can't be used; points at the words at fault.
#[derive(Debug, thiserror::Error, Diagnostic)]
#[error("{message}")]
#[diagnostic(help(
    "the keys are described in docs/config.md; `termscheck config show` prints what holds"
))]
pub struct ConfigError {
    pub(super) message: String,
    /// The offending line, cut and escaped.
    #[source_code]
    text: Option<Arc<Excerpt>>,
    #[label("here")]
    pub(super) place: Option<SourceSpan>,
}

impl ConfigError {
    /// An error of a whole file.
    pub(super) fn of_file(path: &Path, message: impl std::fmt::Display) -> Self {
        let message = format!("{}: {message}", path.display());
        Self {
            message: shortened(&message, MAX_MESSAGE),
            text: None,
            place: None,
        }
    }

    /// An error at a place.
    pub(super) fn at(path: &Path, text: &str, (message, place): Fault) -> Self {
        let source = Source::from_text(FileId(0), "", text);
        let span = source.span(place);
        let name = path.to_string_lossy().into_owned();
        let excerpt = Excerpt::lines(&source, name, &[span], COLUMNS);
        let place = excerpt.marks().next().map(|(_, place)| place);
        Self {
            text: Some(Arc::new(excerpt)),
            place,
            ..Self::of_file(path, message)
        }
    }

    /// An error of a text of which nothing is quoted.
    pub(super) fn unquoted(path: &Path) -> Self {
        Self::of_file(path, UNQUOTED)
    }
}

/// What a file says, and where.
#[derive(Debug, Default)]
pub(super) struct Document {
    pub settings: Settings,
    pub text: String,
    pub spots: Node,
    /// Nothing of it is quoted.
    pub unquoted: bool,
}

/// Reads the bytes of a file that is shown as `shown`; `quoted` tells whether errors quote
/// them.
pub(super) fn bytes(bytes: &[u8], shown: &Path, quoted: bool) -> Result<Document, ConfigError> {
    let document = decode(bytes).and_then(document).map_err(|(text, fault)| {
        if quoted {
            ConfigError::at(shown, &text, fault)
        } else {
            ConfigError::unquoted(shown)
        }
    })?;
    Ok(Document {
        unquoted: !quoted,
        ..document
    })
}

/// Reads a text.
pub(super) fn document(text: String) -> Result<Document, (String, Fault)> {
    match parse(&text) {
        Ok((settings, spots)) => Ok(Document {
            settings,
            text,
            spots,
            unquoted: false,
        }),
        Err(fault) => Err((text, fault)),
    }
}

/// UTF-8, with or without a byte-order mark.
fn decode(bytes: &[u8]) -> Result<String, (String, Fault)> {
    let utf16 = match bytes {
        [0xFF, 0xFE, ..] | [_, 0, ..] => Some(encoding_rs::UTF_16LE),
        [0xFE, 0xFF, ..] | [0, _, ..] => Some(encoding_rs::UTF_16BE),
        _ => None,
    };
    if let Some(encoding) = utf16 {
        let text = encoding.decode(bytes).0.into_owned();
        let first = text.lines().next().map_or(0, str::len);
        let message = "saved as UTF-16; save it as UTF-8".to_owned();
        return Err((text, (message, 0..first)));
    }
    let bytes = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes);
    match std::str::from_utf8(bytes) {
        Ok(text) => Ok(text.to_owned()),
        Err(error) => {
            let at = error.valid_up_to();
            let text = String::from_utf8_lossy(bytes).into_owned();
            let message = "not UTF-8: bytes that are no text".to_owned();
            Err((
                text,
                (message, at..at + char::REPLACEMENT_CHARACTER.len_utf8()),
            ))
        }
    }
}

fn parse(text: &str) -> Result<(Settings, Node), Fault> {
    let spots = spots::parse(text)?;
    // Nothing but comments is a configuration that says nothing.
    if spots.range.is_empty() && spots.keys().next().is_none() {
        return Ok((Settings::default(), spots));
    }
    let deserializer = serde_yaml::Deserializer::from_str(text);
    let mut track = serde_path_to_error::Track::new();
    let tracked = serde_path_to_error::Deserializer::new(deserializer, &mut track);
    let settings = match Settings::deserialize(tracked) {
        Ok(settings) => settings,
        Err(error) => {
            let (message, key) = plain(&error.to_string());
            return Err((message, spots.of_path(&track.path(), key)));
        }
    };
    check(&settings).map_err(|(steps, message)| (message, spots.value(&steps)))?;
    Ok((settings, spots))
}

/// What serde says, as a user would put it, and whether it speaks of a key.
fn plain(said: &str) -> (String, bool) {
    // The place is shown, and the path stands before a nested message.
    let said = said.split(" at line ").next().unwrap_or(said);
    let Some((_, rest)) = said.split_once("unknown field `") else {
        return (in_words(said), false);
    };
    let (name, rest) = rest.split_once('`').unwrap_or((rest, ""));
    let known: Vec<&str> = rest.split('`').skip(1).step_by(2).collect();
    let meant = nearest(name, known.iter().copied())
        .map_or_else(String::new, |key| format!("; did you mean `{key}`?"));
    let message = format!(
        "unknown key `{name}`, expected one of {}{meant}",
        known.join(", ")
    );
    (message, true)
}

/// The names that serde has for types and values, as a user of YAML has them.
const TYPES: &[(&str, &str)] = &[
    ("expected usize", "expected a whole number"),
    ("expected u64", "expected a whole number"),
    ("expected u32", "expected a whole number"),
    ("expected a sequence", "expected a list"),
    ("expected a map", "expected keys and values"),
    ("invalid type: sequence", "a list"),
    ("invalid type: map", "keys and values"),
    ("invalid type: unit value", "nothing"),
    ("invalid type: string ", "the text "),
    ("invalid type: integer ", "the number "),
    ("invalid type: floating point ", "the number "),
    ("invalid type: boolean ", "the word "),
    ("unknown variant ", "unknown value "),
];

fn in_words(said: &str) -> String {
    let words = TYPES.iter().fold(said.to_owned(), |words, (serde, plain)| {
        words.replace(serde, plain)
    });
    match words.split_once("expected struct ") {
        Some((before, after)) => {
            let rest = after.trim_start_matches(char::is_alphanumeric);
            format!("{before}expected keys and values{rest}")
        }
        None => words,
    }
}

/// Judges what needs no knowledge of rules: the way to the value at fault and what is
/// wrong with it.
fn check(settings: &Settings) -> Result<(), (Vec<Step<'_>>, String)> {
    patterns(&settings.exclude, &[Step::Key("exclude")])?;
    for (index, entry) in settings.ignore.iter().enumerate() {
        let at = [Step::Key("ignore"), Step::Item(index)];
        // YAML's words for nothing are read as texts.
        if matches!(entry.reason.trim(), "" | "~" | "null" | "Null" | "NULL") {
            let steps = [&at[..], &[Step::Key("reason")]].concat();
            return Err((steps, "a reason is needed".to_owned()));
        }
        if let Some(until) = &entry.until
            && super::day(until).is_none()
        {
            let steps = [&at[..], &[Step::Key("until")]].concat();
            return Err((steps, "no day; write it as 2027-01-31".to_owned()));
        }
        patterns(&entry.paths, &[&at[..], &[Step::Key("paths")]].concat())?;
    }
    for (index, entry) in settings.overrides.iter().enumerate() {
        let at = [
            Step::Key("overrides"),
            Step::Item(index),
            Step::Key("paths"),
        ];
        if entry.paths.is_empty() {
            return Err((at.to_vec(), "no path: it overrides nothing".to_owned()));
        }
        patterns(&entry.paths, &at)?;
    }
    for (index, grant) in settings.grants.iter().enumerate() {
        let at = [Step::Key("grants"), Step::Item(index)];
        grant.judge().map_err(|(key, message)| {
            let steps = [&at[..], &[Step::Key(key)]].concat();
            (steps, message.to_owned())
        })?;
        patterns(&grant.paths, &[&at[..], &[Step::Key("paths")]].concat())?;
    }
    if let Some(changes) = &settings.attribution.changes {
        let at = vec![Step::Key("attribution"), Step::Key("changes")];
        if changes.trim().is_empty() || changes.contains('\n') {
            return Err((
                at,
                "a few words on one line are needed, or `none`".to_owned(),
            ));
        }
        if changes.contains(['<', '>']) {
            return Err((
                at,
                "a placeholder; say what was changed, or `none`".to_owned(),
            ));
        }
    }
    for (index, name) in settings.format.iter().enumerate() {
        let list = [Step::Key("format"), Step::Item(index)];
        crate::report::Format::named(name).map_err(|message| (list.to_vec(), message))?;
    }
    Ok(())
}

fn patterns<'a>(patterns: &[String], at: &[Step<'a>]) -> Result<(), (Vec<Step<'a>>, String)> {
    for (index, pattern) in patterns.iter().enumerate() {
        pattern_compiles(pattern).map_err(|message| {
            let steps = [at, &[Step::Item(index)]].concat();
            (steps, format!("`{pattern}`: {message}"))
        })?;
    }
    Ok(())
}

/// Ignore files take an unclosed `[` as a letter; in a configuration it is a slip.
fn pattern_compiles(pattern: &str) -> Result<(), String> {
    GlobBuilder::new(pattern)
        .literal_separator(true)
        .backslash_escape(true)
        .build()
        .map_err(|error| error.kind().to_string())?;
    let mut builder = GitignoreBuilder::new("");
    builder
        .add_line(None, pattern)
        .map_err(|error| error.to_string())?;
    Ok(())
}

/// A place in a text, for tests and messages.
#[cfg(test)]
pub(super) fn words(error: &ConfigError) -> String {
    use miette::SourceCode as _;
    let place = error.place.expect("a place");
    let text = error.text.as_ref().expect("a text");
    let read = text.read_span(&place, 0, 0).expect("words");
    String::from_utf8_lossy(read.data()).into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::{Known, Layer};

    const KNOWN: Known<'_> = Known {
        rules: &["trademark/altered", "throttling/unbounded-loop"],
        packs: &["acme-gears", "other-terms"],
        marks: &["Acme Gears"],
    };

    fn fails(text: &str) -> (String, String) {
        let path = Path::new("termscheck.yaml");
        let error = match document(text.to_owned()) {
            Err((text, fault)) => ConfigError::at(path, &text, fault),
            Ok(document) => {
                let here = Path::new("/repo");
                Layer::new(document, path.to_owned(), here, here, false)
                    .check(KNOWN)
                    .expect_err("a broken configuration")
            }
        };
        let words = words(&error);
        (error.message, words)
    }

    #[test]
    fn errors_point_at_the_words_at_fault() {
        for (text, words, said) in [
            (
                "owner: x\nexcludes: [a]\n",
                "excludes",
                "did you mean `exclude`?",
            ),
            (
                "ignore:\n  - rule: a/b\n    why: x\n",
                "why",
                "unknown key `why`",
            ),
            (
                "severity:\n  trademark/alterd: note\n",
                "trademark/alterd",
                "did you mean",
            ),
            (
                "ignore:\n  - rule: trademark/altred\n    reason: x\n",
                "trademark/altred",
                "mean",
            ),
            (
                "ignore:\n  - rule: trademark/*\n    reason: ' '\n",
                " ",
                "a reason is needed",
            ),
            (
                "exclude:\n  - 'a'\n  - 'x[z-a]'\n",
                "x[z-a]",
                "invalid range",
            ),
            ("exclude: ['docs/[a']\n", "docs/[a", "unclosed"),
            ("severity:\n  trademark/altered: loud\n", "loud", "loud"),
            ("exclude: yes\n", "yes", "expected a list"),
            (
                "packs: [other-terms, acme-gear]\n",
                "acme-gear",
                "did you mean `acme-gears`?",
            ),
            (
                "packs:\n  - zzz\n",
                "zzz",
                "there are: acme-gears, other-terms",
            ),
            ("packs: []\n", "packs", "no pack"),
            (
                "exclude: [a]\nowner: b\nexclude: [c]\n",
                "exclude",
                "stands here twice",
            ),
            (
                "severity:\n  a: note\n  a: error\n",
                "a",
                "the key `a` stands here twice",
            ),
            ("owner: a\n---\nowner: b\n", "---", "a second document"),
            ("exclude: [a\n", "a", "not valid YAML"),
            ("fail-on: sometimes\n", "sometimes", "unknown value"),
            ("format: [sarif, sarfi]\n", "sarfi", "did you mean `sarif`?"),
            ("overrides:\n- paths: []\n", "paths", "overrides nothing"),
            ("overrides:\n- paths: ['{a']\n", "{a", "unclosed"),
            (
                "grants:\n- marks: [Acme Gear]\n  evidence: x\n",
                "Acme Gear",
                "did you mean `Acme Gears`?",
            ),
            (
                "grants:\n- marks: [Acme Gears]\n  licence: x\n  evidence: a letter\n",
                "a letter",
                "one of `marks`",
            ),
            (
                "grants:\n- limit: { calls: 1, seconds: 1 }\n  evidence: a letter\n",
                "a letter",
                "whose permission",
            ),
            (
                "grants:\n- licence: x\n  pack: acme-gear\n  evidence: x\n",
                "acme-gear",
                "did you mean `acme-gears`?",
            ),
            (
                "grants:\n- marks: [Acme Gears]\n  evidence: ' '\n",
                " ",
                "evidence is needed",
            ),
            (
                "grants:\n- marks: [Acme Gears]\n  evidence: x\n  until: soon\n",
                "soon",
                "no day",
            ),
            (
                "grants:\n- limit: { calls: 0, seconds: 1 }\n  pack: acme-gears\n  evidence: x\n",
                "{ calls: 0, seconds: 1",
                "over 0",
            ),
            (
                "attribution: { changes: <what> }\n",
                "<what>",
                "a placeholder",
            ),
            (
                "attribution: { style: header }\n",
                "header",
                "unknown value",
            ),
        ] {
            let (message, found) = fails(text);
            assert_eq!(found, words, "{text}: {message}");
            assert!(message.contains(said), "{message}");
        }
    }

    #[test]
    fn an_empty_file_says_nothing() {
        for text in ["", "# nothing\n", "---\n"] {
            let read = document(text.to_owned()).expect("a configuration");
            assert!(read.settings.ignore.is_empty() && read.settings.owner.is_none());
        }
    }

    #[test]
    fn other_encodings_are_refused_with_their_spot() {
        let utf16: Vec<u8> = "\u{feff}owner: x\n"
            .encode_utf16()
            .flat_map(u16::to_le_bytes)
            .collect();
        let (text, (message, place)) = decode(&utf16).expect_err("UTF-16");
        assert!(message.contains("UTF-16"), "{message}");
        assert_eq!(&text[place], "owner: x");
        let (text, (_, place)) = decode(b"owner: \xffx\n").expect_err("no text");
        assert_eq!(&text[place], "\u{fffd}");
        assert_eq!(decode(b"\xEF\xBB\xBFowner: x").expect("text"), "owner: x");
    }

    proptest::proptest! {
        #[test]
        fn any_text_is_read_or_refused_within_itself(text in "[a-z:\\-\\[\\]{}'\" \n#&*!|>é]{0,60}") {
            if let Err((text, (_, place))) = document(text) {
                proptest::prop_assert!(text.get(place).is_some());
            }
        }
    }
}
