//! Credentials in scanned text are not repeated: a report often ends in a public log.

use std::borrow::Cow;
use std::ops::Range;
use std::sync::LazyLock;

use aho_corasick::AhoCorasick;
use regex::{Regex, RegexSet};

/// No credential is sought further than this many bytes around a place.
pub(super) const REACH: usize = 1024;

/// What stands in place of each character of a credential, so that columns stay.
pub(super) const MASK: char = '*';

/// The password of `scheme://user:password@host`, and a token that stands there alone.
/// A user name alone (`git@`) is no secret; at most 256 characters, so that a line of
/// any length is read once. A password may hold `@`: the host begins behind the last one.
const IN_ADDRESS: &str = r#"://(?:[^\s/:@]{0,256}:(?P<a>[^\s/@]{1,256}(?:@[^\s/@"'<>`(),;]{0,64}){0,4})|(?P<b>[A-Za-z0-9_\-]{20,256}))@"#;

/// Tokens that are known by their prefix wherever they stand.
const TOKENS: [&str; 12] = [
    // GitHub: personal, OAuth, user, server and refresh tokens, fine-grained ones.
    r"(?:ghp|gho|ghu|ghs|ghr)_(?P<a>[A-Za-z0-9_]{10,})",
    r"\bgithub_pat_(?P<a>[A-Za-z0-9_]{10,})",
    // GitLab, Slack, npm, and AWS access keys, by the prefixes that their makers give them.
    r"\bgl(?:pat|dt|ft|soat|imt|cbt|agent)-(?P<a>[A-Za-z0-9_\-]{10,})",
    r"\bxox[a-z](?:\.xox[a-z])?-(?P<a>[A-Za-z0-9\-%]{10,})",
    r"\bnpm_(?P<a>[A-Za-z0-9]{20,})",
    r"\b(?:AKIA|ASIA|ABIA)(?P<a>[A-Z0-9]{16})\b",
    // What is sent as proof of who asks, and tokens of JSON (three parts in base64).
    r"(?i)\b(?:bearer|basic)\s+(?P<a>[A-Za-z0-9+/=._~\-]{16,})",
    r"\beyJ(?P<a>[A-Za-z0-9_\-]{8,2048}\.[A-Za-z0-9_\-]{4,4096}\.[A-Za-z0-9_\-]{0,1024})",
    // Google, Hugging Face, Stripe, SendGrid, PyPI, OpenAI and Anthropic, DigitalOcean,
    // Shopify, GitLab runners (today's tokens and the former), Vault, Databricks, Slack apps,
    // Google's clients and their access tokens.
    r"\b(?:AIza|hf_|[sr]k_live_|[sr]k_test_|SG\.|pypi-|sk-(?:proj-|ant-)?|do[opr]_v1_|shp(?:at|ca|pa|ss)_|glrt-|glptt-|hvs\.|dapi|xapp-|GR1348941|GOCSPX-|ya29\.)(?P<a>[A-Za-z0-9_\-.]{20,})",
    // Addresses that are the secret: Slack's hooks, Telegram's bots.
    r"hooks\.slack\.com/services/(?P<a>[A-Za-z0-9/]{20,})",
    r"\b\d{8,10}:(?P<a>AA[A-Za-z0-9_\-]{30,})",
    // Azure's keys and signatures, Entra's client secrets.
    r"(?i:\b(?:AccountKey|SharedAccessKey)=|[?&;]sig=)(?P<a>[A-Za-z0-9+/=%]{10,256})|\b[A-Za-z0-9_\-.~]{3}(?P<b>\dQ~[A-Za-z0-9_\-.~]{31,})",
];

/// Which of them begin with words that others begin with, too.
const BY_CHANCE: Range<usize> = 6..TOKENS.len();

/// Of each pattern literals, in any case, of which one stands in all that it matches. Most
/// texts hold none of them and are searched once, without the patterns.
static HEADS: LazyLock<AhoCorasick> = LazyLock::new(|| {
    let heads = [
        "://",
        "ghp_",
        "gho_",
        "ghu_",
        "ghs_",
        "ghr_",
        "github_pat_",
        "glpat-",
        "gldt-",
        "glft-",
        "glsoat-",
        "glimt-",
        "glcbt-",
        "glagent-",
        "xox",
        "npm_",
        "akia",
        "asia",
        "abia",
        "bearer",
        "basic",
        "eyj",
        "aiza",
        "hf_",
        "k_live_",
        "k_test_",
        "sg.",
        "pypi-",
        "sk-",
        "_v1_",
        "shpat_",
        "shpca_",
        "shppa_",
        "shpss_",
        "glrt-",
        "glptt-",
        "hvs.",
        "dapi",
        "xapp-",
        "gr1348941",
        "gocspx-",
        "ya29.",
        "hooks.slack.com",
        ":aa",
        "key=",
        "sig=",
        "q~",
        // What a pattern without case takes for “s” and “k” beyond ASCII.
        "ba\u{17f}ic",
        "\u{17f}ig=",
        "\u{212a}ey=",
    ];
    let finder = AhoCorasick::builder()
        .ascii_case_insensitive(true)
        .build(heads);
    finder.expect("the literals are constants")
});

/// One search that tells which of the patterns can match at all.
static ANY: LazyLock<RegexSet> = LazyLock::new(|| {
    RegexSet::new(TOKENS.iter().chain([&IN_ADDRESS])).expect("the patterns are constants")
});
static EACH: LazyLock<Vec<Regex>> = LazyLock::new(|| {
    let patterns = TOKENS.iter().chain([&IN_ADDRESS]);
    patterns
        .map(|pattern| Regex::new(pattern).expect("the patterns are constants"))
        .collect()
});

/// `text` with each character of a credential as `*`.
pub fn masked(text: &str) -> Cow<'_, str> {
    let secrets = find(text);
    if secrets.is_empty() {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len());
    let mut at = 0;
    for secret in secrets {
        if secret.end <= at {
            continue;
        }
        let start = secret.start.max(at);
        out.push_str(&text[at..start]);
        out.extend(text[start..secret.end].chars().map(|_| MASK));
        at = secret.end;
    }
    out.push_str(&text[at..]);
    Cow::Owned(out)
}

/// Where credentials stand, in order; they may overlap.
pub(super) fn find(text: &str) -> Vec<Range<usize>> {
    if !HEADS.is_match(text) {
        return Vec::new();
    }
    let mut found: Vec<Range<usize>> = ANY
        .matches(text)
        .into_iter()
        .flat_map(|index| {
            EACH[index]
                .captures_iter(text)
                .map(move |found| (index, found))
        })
        .filter_map(|(index, captures)| {
            let secret = captures.name("a").or_else(|| captures.name("b"))?;
            // A word may follow “basic”; what is drawn by chance has a digit.
            let drawn = secret.as_str().bytes().any(|byte| byte.is_ascii_digit());
            (drawn || !BY_CHANCE.contains(&index)).then(|| secret.range())
        })
        .collect();
    found.sort_by_key(|range| (range.start, range.end));
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn credentials_are_masked_and_columns_stay() {
        let is = |text: &str, expected: &str| {
            assert_eq!(masked(text), expected);
            assert_eq!(masked(text).chars().count(), text.chars().count());
        };
        is(
            "git clone https://jo:pä55@example.com/x",
            "git clone https://jo:****@example.com/x",
        );
        is(
            "https://:abc@h/ and https://u:p@h",
            "https://:***@h/ and https://u:*@h",
        );
        is("token ghs_0123456789abcdef.", "token ghs_****************.");
        is(
            "https://0123456789abcdef01234@h/x",
            "https://*********************@h/x",
        );
        is("AKIAABCDEFGHIJKLMNOP", "AKIA****************");
        is("https://u:p@ss@h/a@b", "https://u:****@h/a@b");
        is("x?sv=1&sig=abcdEFGH1234%3D", "x?sv=1&sig=***************");
        let a = "a1".repeat(16);
        let hidden = "*".repeat(32);
        for head in [
            "Bearer ",
            "hf_",
            "sk-proj-",
            "SG.",
            "pypi-",
            "dapi",
            "AccountKey=",
            "?sig=",
        ] {
            is(&format!("{head}{a}"), &format!("{head}{hidden}"));
        }
        is(
            "eyJhbGciOiJI.eyJzdWIiOiIx.c2lnbmF0dXJl",
            "eyJ***********************************",
        );
    }

    #[test]
    fn plain_addresses_stay() {
        for text in [
            "https://example.com:8080/a@b",
            "ssh://git@example.com/a",
            "mailto:jane@example.com, 10:30@home",
            "ghs_short",
            "https://example.com/?q=a:b@c",
            "[\"http://a:80\", \"b@c\"]",
            "basic authentication of a service",
            "a sk-eleton and a pypi-server",
        ] {
            assert_eq!(masked(text), text);
        }
    }
}
