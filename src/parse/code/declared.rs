//! Requests that are declared and made by a library: methods without a body whose
//! annotation names the path, as Retrofit has them.

use std::ops::Range;

use crate::parse::code::syntax::Node;

use super::dialect::{Dialect, words};
use crate::facts::code::{Part, Text};

/// Annotations that name an HTTP method.
const METHODS: &[&str] = &["GET", "POST", "PUT", "PATCH", "DELETE", "HEAD"];

/// A request that stands for a function without a body.
pub struct Declared {
    /// The function.
    pub function: usize,
    /// Its HTTP method.
    pub method: &'static str,
    /// Its path, as the annotation has it.
    pub path: String,
    /// The annotation.
    pub range: Range<usize>,
}

/// The request that is declared in front of a function.
pub fn request<'t>(
    dialect: &dyn Dialect,
    node: Node<'t>,
    text: &'t str,
    function: usize,
) -> Option<Declared> {
    dialect.decorators(node).into_iter().find_map(|decorator| {
        let own = words(decorator, text);
        let (name, rest) = own.strip_prefix('@')?.split_once('(')?;
        let name = name.trim().rsplit('.').next()?;
        let method = METHODS.iter().find(|method| **method == name)?;
        let path = rest.split('"').nth(1)?;
        (!path.contains("://")).then(|| Declared {
            function,
            method,
            path: path.to_owned(),
            range: decorator.byte_range(),
        })
    })
}

impl Declared {
    /// Its address below what the interface's name stands for.
    pub fn address(&self, interface: &str) -> Text {
        let mut parts = vec![
            Part::Name(interface.to_owned()),
            Part::Literal("/".to_owned()),
        ];
        let mut rest = self.path.trim_start_matches('/');
        while let Some((before, after)) = rest.split_once('{') {
            parts.push(Part::Literal(before.to_owned()));
            parts.push(Part::Hole);
            rest = after.split_once('}').map_or("", |(_, after)| after);
        }
        parts.push(Part::Literal(rest.to_owned()));
        Text {
            parts,
            origin: None,
            certain: true,
        }
    }
}
