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
    }
    .into()
}

/// Whether a node of this kind is a comment.
pub fn is_comment(kind: &str) -> bool {
    matches!(kind, "comment" | "line_comment" | "block_comment")
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
}

/// What the kinds of nodes of a language are to readers, by the grammar's numbers.
pub fn readings(language: Language) -> &'static [Reading] {
    static READINGS: [OnceLock<Vec<Reading>>; COUNT] = [const { OnceLock::new() }; COUNT];
    READINGS[language as usize].get_or_init(|| {
        let grammar = grammar(language);
        (0..grammar.node_kind_count())
            .map(|id| match grammar.node_kind_for_id(id as u16) {
                Some(kind) if is_comment(kind) => Reading::Comment,
                Some(kind) if is_text(kind) => Reading::Text,
                _ => Reading::None,
            })
            .collect()
    })
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
