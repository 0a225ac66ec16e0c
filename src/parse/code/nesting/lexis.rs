//! How languages write what is no code: comments, strings, and code within strings.

use crate::facts::Language;

/// How a language writes what is no code.
pub(super) struct Lexis {
    /// What begins a comment that ends with its line.
    pub(super) line: &'static [&'static str],
    /// Such a comment begins where a word may: `${#a}` and `$#` hold none.
    pub(super) by_word: bool,
    /// What begins and ends a comment, and whether they nest.
    pub(super) block: Option<(&'static str, &'static str, bool)>,
    /// Strings; of those that begin alike the longest first.
    pub(super) quotes: &'static [Quote],
    /// What begins a text that goes on to a line with a name.
    pub(super) here: Option<&'static str>,
    /// A slash where a value may stand begins a pattern.
    pub(super) patterns: bool,
    /// A `<` where a value may stand begins an element.
    pub(super) elements: bool,
    /// A byte that takes the meaning of the next one, outside of strings as well.
    pub(super) escape: Option<u8>,
}

/// A kind of string.
#[derive(Debug)]
pub(super) struct Quote {
    pub(super) open: &'static str,
    pub(super) close: &'static str,
    /// What takes the meaning of the byte behind it.
    pub(super) escape: Option<u8>,
    /// The end, twice, is no end.
    pub(super) doubled: bool,
    /// It may be longer than a line.
    pub(super) lines: bool,
    /// What begins code within, up to its bracket.
    pub(super) code: &'static [&'static str],
    /// There is code within only behind a name with such a letter.
    pub(super) with: &'static [u8],
}

const BACKSLASH: Option<u8> = Some(b'\\');

const fn quote(mark: &'static str) -> Quote {
    Quote {
        open: mark,
        close: mark,
        escape: BACKSLASH,
        doubled: false,
        lines: false,
        code: &[],
        with: &[],
    }
}

const fn long(mark: &'static str) -> Quote {
    Quote {
        lines: true,
        ..quote(mark)
    }
}

const fn raw(open: &'static str, close: &'static str) -> Quote {
    Quote {
        open,
        escape: None,
        ..long(close)
    }
}

const fn holding(quote: Quote, code: &'static [&'static str]) -> Quote {
    Quote { code, ..quote }
}

/// A literal of one character; an apostrophe that begins none is told by its length.
const fn character() -> Quote {
    quote("'")
}

const PLAIN: Lexis = Lexis {
    line: &["//"],
    by_word: false,
    block: Some(("/*", "*/", false)),
    quotes: &[],
    here: None,
    patterns: false,
    elements: false,
    escape: None,
};

const NESTED: Lexis = Lexis {
    block: Some(("/*", "*/", true)),
    ..PLAIN
};

const HASHED: Lexis = Lexis {
    line: &["#"],
    block: None,
    ..PLAIN
};

static PYTHON: Lexis = Lexis {
    quotes: &[
        formatted(long("\"\"\"")),
        formatted(long("'''")),
        formatted(quote("\"")),
        formatted(quote("'")),
    ],
    ..HASHED
};

const fn formatted(quote: Quote) -> Quote {
    Quote {
        code: &["{"],
        with: b"fF",
        ..quote
    }
}

static JAVASCRIPT: Lexis = Lexis {
    quotes: &[holding(long("`"), &["${"]), quote("\""), quote("'")],
    patterns: true,
    elements: true,
    ..PLAIN
};

static TYPESCRIPT: Lexis = Lexis {
    elements: false,
    quotes: JAVASCRIPT.quotes,
    patterns: true,
    ..PLAIN
};

const fn verbatim(open: &'static str, code: &'static [&'static str]) -> Quote {
    Quote {
        doubled: true,
        code,
        ..raw(open, "\"")
    }
}

static CSHARP: Lexis = Lexis {
    quotes: &[
        holding(raw("$$\"\"\"", "\"\"\""), &["{{"]),
        holding(raw("$\"\"\"", "\"\"\""), &["{"]),
        raw("\"\"\"", "\"\"\""),
        verbatim("$@\"", &["{"]),
        verbatim("@$\"", &["{"]),
        verbatim("@\"", &[]),
        Quote {
            open: "$\"",
            code: &["{"],
            ..quote("\"")
        },
        quote("\""),
        character(),
    ],
    ..PLAIN
};

static GO: Lexis = Lexis {
    quotes: &[raw("`", "`"), quote("\""), character()],
    ..PLAIN
};

static POWERSHELL: Lexis = Lexis {
    by_word: true,
    block: Some(("<#", "#>", false)),
    quotes: &[
        holding(raw("@\"\n", "\n\"@"), &["$("]),
        holding(raw("@\"\r\n", "\n\"@"), &["$("]),
        raw("@'\n", "\n'@"),
        raw("@'\r\n", "\n'@"),
        Quote {
            escape: Some(b'`'),
            doubled: true,
            code: &["$("],
            ..long("\"")
        },
        Quote {
            doubled: true,
            ..raw("'", "'")
        },
    ],
    escape: Some(b'`'),
    ..HASHED
};

static JAVA: Lexis = Lexis {
    quotes: &[long("\"\"\""), quote("\""), character()],
    ..PLAIN
};

static KOTLIN: Lexis = Lexis {
    quotes: &[
        holding(raw("\"\"\"", "\"\"\""), &["${"]),
        holding(quote("\""), &["${"]),
        character(),
    ],
    ..NESTED
};

static RUST: Lexis = Lexis {
    quotes: &[long("\""), character()],
    ..NESTED
};

static RUBY: Lexis = Lexis {
    block: Some(("\n=begin", "\n=end", false)),
    quotes: &[
        holding(long("\""), &["#{"]),
        long("'"),
        holding(long("`"), &["#{"]),
    ],
    here: Some("<<"),
    patterns: true,
    ..HASHED
};

static PHP: Lexis = Lexis {
    line: &["//", "#"],
    quotes: &[
        holding(long("\""), &["{$", "${"]),
        long("'"),
        long("`"),
        // What stands outside of the code, as it would be printed.
        raw("?>", "<?"),
    ],
    here: Some("<<<"),
    ..PLAIN
};

static BASH: Lexis = Lexis {
    by_word: true,
    quotes: &[
        Quote {
            open: "$'",
            ..long("'")
        },
        holding(long("\""), &["$(", "${"]),
        raw("'", "'"),
    ],
    here: Some("<<"),
    escape: BACKSLASH,
    ..HASHED
};

static DART: Lexis = Lexis {
    quotes: &[
        holding(long("\"\"\""), &["${"]),
        holding(long("'''"), &["${"]),
        holding(quote("\""), &["${"]),
        holding(quote("'"), &["${"]),
    ],
    ..NESTED
};

static R: Lexis = Lexis {
    quotes: &[long("\""), long("'"), long("`")],
    ..HASHED
};

static LUA: Lexis = Lexis {
    line: &["--"],
    block: Some(("--[[", "]]", false)),
    quotes: &[raw("[[", "]]"), raw("[=[", "]=]"), quote("\""), quote("'")],
    ..PLAIN
};

impl Lexis {
    /// That of a language.
    pub(super) fn of(language: Language) -> &'static Self {
        match language {
            Language::Python => &PYTHON,
            Language::JavaScript | Language::Tsx => &JAVASCRIPT,
            Language::TypeScript => &TYPESCRIPT,
            Language::CSharp => &CSHARP,
            Language::Go => &GO,
            Language::PowerShell => &POWERSHELL,
            Language::Java => &JAVA,
            Language::Kotlin => &KOTLIN,
            Language::Rust => &RUST,
            Language::Ruby => &RUBY,
            Language::Php => &PHP,
            Language::Bash => &BASH,
            Language::Dart => &DART,
            Language::R => &R,
            Language::Lua => &LUA,
        }
    }
}
