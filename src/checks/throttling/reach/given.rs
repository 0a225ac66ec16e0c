//! What calls hand over, put where parameters stand.

use std::rc::Rc;

use super::super::program::{CallId, FunctionRef, Program};
use crate::facts::code::{Call, Part, Text};

/// The texts that a call hands to the parameters of a function.
pub(super) struct Given<'p> {
    call: &'p Call,
    parameters: &'p [String],
    arguments: Option<Vec<Option<&'p Text>>>,
}

impl<'p> Given<'p> {
    pub(super) fn new(program: &'p Program<'_>, id: CallId, function: FunctionRef) -> Self {
        let functions = &program.code(function.file).functions;
        Self {
            call: program.call(id),
            parameters: &functions[function.function as usize].parameters,
            arguments: None,
        }
    }

    /// An address with them in the place of the parameters.
    pub(super) fn put_into(&mut self, url: &Rc<Text>) -> Rc<Text> {
        let takes = |part: &Part| matches!(part, Part::Parameter(_));
        if !url.parts.iter().any(takes) {
            return Rc::clone(url);
        }
        let (call, parameters) = (self.call, self.parameters);
        let arguments = self.arguments.get_or_insert_with(|| {
            let given = |(index, name): (usize, &String)| argument(call, index, name);
            parameters.iter().enumerate().map(given).collect()
        });
        Rc::new(url.with(arguments))
    }
}

fn argument<'c>(call: &'c Call, index: usize, name: &str) -> Option<&'c Text> {
    let named = call.arguments.iter().find(|argument| {
        let own = argument.name.as_deref();
        own.is_some_and(|own| own.eq_ignore_ascii_case(name))
    });
    let placed = || {
        call.arguments
            .iter()
            .find(|argument| argument.name.is_none() && usize::from(argument.position) == index)
    };
    named.or_else(placed)?.text.as_ref()
}
