//! Layers of tiles that libraries put on a map.

use super::{Extractor, Known};
use crate::facts::code::{Part, Shown, Text};
use crate::parse::code::dialect;
use crate::parse::code::library::Layer;
use crate::parse::code::words::last_name;

/// Words for nothing, in every language that has layers.
const NOTHING: &[&str] = &["False", "false", "None", "null", "\"\"", "''"];

impl<'t> Extractor<'_, 't> {
    /// The layer that a call shows; `None` where it shows none, or another that is not known.
    pub(super) fn shown(&self, known: &Known<'t>, layer: &'static Layer) -> Option<Shown> {
        let given = layer
            .host
            .iter()
            .find_map(|spec| self.reader.find(known.node, &known.call, spec, 0));
        let address = match given {
            None if layer.given => return None,
            None => layer.address.to_owned(),
            Some(node) => {
                let text = self.reader.text(node)?;
                if is_one_of(&text, &layer.names) {
                    layer.address.to_owned()
                } else {
                    text.shown()
                }
            }
        };
        let has = |spec: &&str| {
            let found = self.reader.find(known.node, &known.call, spec, 0);
            found.map(|node| dialect::words(node, self.outline.text))
        };
        let silent = layer.silent.iter().filter_map(has);
        let silenced = silent.into_iter().any(|words| NOTHING.contains(&words));
        let agent = layer
            .agent
            .filter(|agent| agent.named.iter().find_map(has).is_none());
        Some(Shown {
            library: layer.library,
            by_default: given.is_none(),
            credited: layer.credits && !silenced,
            agent: agent.map(|agent| agent.sends),
            address,
            span: self.source.span(known.call.callee_range.clone()),
        })
    }
}

/// Whether a text is one of some names, or a constant is called so.
fn is_one_of(text: &Text, names: &[String]) -> bool {
    let words = match text.parts.as_slice() {
        [Part::Literal(words)] => words.as_str(),
        [Part::Name(name)] => last_name(name),
        _ => return false,
    };
    names.iter().any(|name| name.eq_ignore_ascii_case(words))
}
