//! The grammars, and what comments and string literals are called in each.

use std::sync::OnceLock;

use super::COUNT;
use crate::facts::Language;

/// The tree-sitter grammar of a language.
pub fn grammar(language: Language) -> tree_sitter::Language {
    match language {
        Language::Python => tree_sitter_python::LANGUAGE,
        Language::JavaScript => tree_sitter_javascript::LANGUAGE,
        Language::TypeScript => tree_sitter_typescript::LANGUAGE_TYPESCRIPT,
        Language::Tsx => tree_sitter_typescript::LANGUAGE_TSX,
        Language::CSharp => tree_sitter_c_sharp::LANGUAGE,
        Language::Go => tree_sitter_go::LANGUAGE,
        Language::PowerShell => tree_sitter_powershell::LANGUAGE,
        Language::Java => tree_sitter_java::LANGUAGE,
        Language::Kotlin => tree_sitter_kotlin_ng::LANGUAGE,
        Language::Rust => tree_sitter_rust::LANGUAGE,
        Language::Ruby => tree_sitter_ruby::LANGUAGE,
        Language::Php => tree_sitter_php::LANGUAGE_PHP,
        Language::Bash => tree_sitter_bash::LANGUAGE,
        Language::Dart => tree_sitter_dart::LANGUAGE,
        Language::R => tree_sitter_r::LANGUAGE,
        Language::Lua => tree_sitter_lua::LANGUAGE,
    }
    .into()
}

/// Whether a node of this kind is a comment.
fn is_comment(kind: &str) -> bool {
    matches!(
        kind,
        "comment"
            | "line_comment"
            | "block_comment"
            | "documentation_comment"
            | "documentation_block_comment"
    )
}

/// What a node is to whoever reads the code.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reading {
    /// Nothing to read.
    None,
    /// A comment.
    Comment,
    /// A text.
    Text,
    /// An escape in a text.
    Escape,
    /// What is put into a text.
    Inserted,
    /// The same, where there is something in it.
    Interpolation,
}

/// Brackets, quotes and commas.
const MARKS: &[&str] = &["(", ")", "[", "]", "{", "}", ",", "\"", "'"];

/// What the grammar of a language calls nodes and their fields, by its numbers.
pub struct Kinds {
    kinds: Vec<Kind>,
    fields: Vec<Option<&'static str>>,
}

struct Kind {
    name: &'static str,
    named: bool,
    mark: bool,
    reading: Reading,
}

impl Kinds {
    fn new(grammar: &'static tree_sitter::Language) -> Self {
        let kind = |id: u16| {
            let name = grammar.node_kind_for_id(id).unwrap_or_default();
            Kind {
                name,
                named: grammar.node_kind_is_named(id),
                mark: !grammar.node_kind_is_named(id) && MARKS.contains(&name),
                reading: match name {
                    _ if is_comment(name) => Reading::Comment,
                    _ if is_text(name) => Reading::Text,
                    _ if name.contains("escape") => Reading::Escape,
                    _ if is_inserted(name) => Reading::Inserted,
                    _ if name.contains("interpolation") => Reading::Interpolation,
                    _ => Reading::None,
                },
            }
        };
        Self {
            kinds: (0..grammar.node_kind_count() as u16).map(kind).collect(),
            fields: (0..=grammar.field_count() as u16)
                .map(|id| grammar.field_name_for_id(id))
                .collect(),
        }
    }

    /// The word for a kind; what the parser could not make out has a number of its own.
    pub fn name(&self, kind: u16) -> &'static str {
        self.kinds
            .get(usize::from(kind))
            .map_or("ERROR", |kind| kind.name)
    }

    /// Whether nodes of a kind are more than marks and keywords.
    pub fn is_named(&self, kind: u16) -> bool {
        self.kinds
            .get(usize::from(kind))
            .is_none_or(|kind| kind.named)
    }

    /// Whether nodes of a kind are marks that no grammar makes a field of.
    pub fn is_mark(&self, kind: u16) -> bool {
        self.kinds
            .get(usize::from(kind))
            .is_some_and(|kind| kind.mark)
    }

    /// What nodes of a kind are to whoever reads the code.
    pub fn reading(&self, kind: u16) -> Reading {
        self.kinds
            .get(usize::from(kind))
            .map_or(Reading::None, |kind| kind.reading)
    }

    /// The name of a field.
    pub fn field(&self, field: u16) -> Option<&'static str> {
        self.fields.get(usize::from(field)).copied().flatten()
    }
}

/// What the grammar of a language calls nodes and their fields.
pub fn kinds(language: Language) -> &'static Kinds {
    static KINDS: [OnceLock<Kinds>; COUNT] = [const { OnceLock::new() }; COUNT];
    static GRAMMARS: [OnceLock<tree_sitter::Language>; COUNT] = [const { OnceLock::new() }; COUNT];
    let own = || GRAMMARS[language as usize].get_or_init(|| grammar(language));
    KINDS[language as usize].get_or_init(|| Kinds::new(own()))
}

/// Whether a node of this kind is a string literal or other text for readers.
fn is_text(kind: &str) -> bool {
    matches!(
        kind,
        "string"
            | "template_string"
            | "string_literal"
            | "multiline_string_literal"
            | "verbatim_string_literal"
            | "raw_string_literal"
            | "interpolated_string_expression"
            | "interpreted_string_literal"
            | "raw_string"
            | "encapsed_string"
            | "heredoc_body"
            | "nowdoc_body"
            | "jsx_text"
    )
}

/// Whether a node of this kind stands for a value that is put into a text.
fn is_inserted(kind: &str) -> bool {
    kind.contains("substitution")
        || kind.contains("expansion")
        || kind == "variable"
        || matches!(
            kind,
            "sub_expression" | "heredoc_end" | "variable_name" | "subscript_expression"
        )
        || kind.ends_with("_access_expression")
        || kind.ends_with("_call_expression")
}
