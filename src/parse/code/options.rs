//! Options of a command line that code declares, with what they are worth where nobody
//! gives them.

use super::dialect::{Binding, Given, Invocation, Shape};
use super::syntax::Node;

/// The name of the variable that `--requests-per-second <n>` or `-d, --delay` fills.
fn variable(flags: &str, humps: bool) -> Option<String> {
    let long = flags
        .split([',', ' ', '|'])
        .find(|flag| flag.starts_with("--"))
        .or_else(|| flags.split([',', ' ']).next())?;
    let name = long
        .trim_start_matches('-')
        .split(['=', '<', '['])
        .next()?
        .trim();
    let plain = |c: char| c.is_alphanumeric() || matches!(c, '-' | '_');
    if name.is_empty() || !name.chars().all(plain) {
        return None;
    }
    if !humps {
        return Some(name.replace('-', "_"));
    }
    let mut parts = name.split('-');
    let mut out = parts.next()?.to_owned();
    for part in parts {
        let mut letters = part.chars();
        out.extend(letters.next().map(|first| first.to_ascii_uppercase()));
        out.push_str(letters.as_str());
    }
    Some(out)
}

/// The words of a text literal.
fn literal<'t>(node: Node<'t>, text: &'t str) -> &'t str {
    let words = text.get(node.byte_range()).unwrap_or_default();
    words.trim_matches(['"', '\'', '`'])
}

fn unnamed<'t>(call: &Invocation<'t>) -> impl Iterator<Item = Node<'t>> {
    let given = |given: &Given<'t>| given.value.filter(|_| given.name.is_none());
    call.arguments
        .iter()
        .filter_map(given)
        .collect::<Vec<_>>()
        .into_iter()
}

fn named<'t>(call: &Invocation<'t>, name: &str) -> Option<Node<'t>> {
    let same = |given: &&Given<'t>| given.name.as_deref() == Some(name);
    call.arguments.iter().find(same)?.value
}

/// The name of the option that the arguments of `add_argument("-d", "--delay")` declare.
pub fn dashed<'t>(call: &Invocation<'t>, text: &'t str) -> Option<String> {
    if let Some(name) = named(call, "dest") {
        return variable(literal(name, text), false);
    }
    let flags: Vec<&str> = unnamed(call).map(|node| literal(node, text)).collect();
    let long = flags.iter().find(|flag| flag.starts_with("--"));
    variable(long.or(flags.first())?, false)
}

/// `parser.add_argument("--delay", default=0.2)` of Python.
pub fn argparse<'t>(call: &Invocation<'t>, text: &'t str) -> Option<Binding<'t>> {
    if !matches!(call.name(), "add_argument" | "add_option") {
        return None;
    }
    let default = named(call, "default")?;
    Some(Binding::option(&dashed(call, text)?, default))
}

/// `.option("-d, --delay <ms>", "…", 200)` and `.option("delay", { default: 200 })` of
/// JavaScript.
pub fn commander<'t>(
    call: &Invocation<'t>,
    text: &'t str,
    shape: impl Fn(Node<'t>) -> Shape<'t>,
) -> Option<Binding<'t>> {
    if !matches!(call.name(), "option" | "requiredOption") {
        return None;
    }
    let mut given = unnamed(call);
    let name = variable(literal(given.next()?, text), true)?;
    let last = given.last()?;
    let default = match shape(last) {
        Shape::Pairs(pairs) => {
            let mut pairs = pairs.into_iter();
            pairs.find(|(key, _)| key == "default")?.1
        }
        // The description is no default.
        Shape::Number(_) => last,
        Shape::Text(_) if call.arguments.len() > 2 => last,
        _ => return None,
    };
    Some(Binding::option(&name, default))
}

#[cfg(test)]
mod tests {
    use super::variable;

    #[test]
    fn an_option_fills_a_variable_of_its_long_name() {
        assert_eq!(variable("--delay", false).as_deref(), Some("delay"));
        assert_eq!(
            variable("--per-minute", false).as_deref(),
            Some("per_minute")
        );
        assert_eq!(
            variable("-d, --delay-ms <n>", true).as_deref(),
            Some("delayMs")
        );
        assert_eq!(variable("delay", true).as_deref(), Some("delay"));
        assert_eq!(variable("-- what", true), None);
    }
}
