//! What configuration forwards to or calls: one file a kind, each told by its shape
//! from the tree of its syntax.

mod api_management;
mod embedded;
mod envoy;
mod jmeter;
mod kong;
mod kong_resources;
mod kubernetes;
mod logic_apps;
mod nginx;
mod open_api;
mod postman;
mod resources;
mod schedule;
mod traefik;
mod values;

use crate::facts::{ConfigSyntax, FileFacts, FrontMatterEntry};
use crate::parse::directive;
use crate::parse::tree::{self, Node, Tree};
use crate::source::Source;

/// Reads the routes of data that was read as entries, one list a document.
pub fn of_entries(source: &Source, documents: &[&[FrontMatterEntry]], facts: &mut FileFacts) {
    let mut trees: Vec<Tree> = Vec::new();
    for entries in documents {
        let tree = tree::entries(entries, source.id).within(source.budget.left());
        of_data(source, tree.root(), facts);
        if !source.budget.spend(tree.taken()) {
            break;
        }
        trees.push(tree.within(u64::MAX));
    }
    kubernetes::read(source, &trees, &mut facts.routes);
    keep(source, facts);
}

/// Most routes that are kept of a file: each may stand for a pair of what it leads from and
/// to. Chosen, not measured.
const MAX_ROUTES: usize = 2000;

/// Leaves out the routes that are too many, and tells so.
fn keep(source: &Source, facts: &mut FileFacts) {
    if facts.routes.len() > MAX_ROUTES {
        facts.routes.truncate(MAX_ROUTES);
        let why = "it forwards to more addresses than are kept of one";
        source.budget.end(why);
    }
}

/// Reads a file of configuration.
pub fn parse(source: &Source, syntax: ConfigSyntax, facts: &mut FileFacts) {
    facts.directives = directive::from_lines(source);
    let (text, id) = (source.text.as_str(), source.id);
    let tree = match syntax {
        ConfigSyntax::Xml => tree::xml(text, 0, id),
        ConfigSyntax::Nginx => tree::nginx(text, 0, id),
        ConfigSyntax::Hcl => tree::hcl(text, 0, id),
        ConfigSyntax::Bicep => tree::bicep(text, 0, id),
        ConfigSyntax::Crontab => {
            schedule::crontab(source, facts);
            return;
        }
        // Its settings are read where it is parsed.
        ConfigSyntax::Lines => return,
    };
    let tree = tree.within(source.budget.left());
    match syntax {
        ConfigSyntax::Xml => of_xml(tree.root(), facts),
        ConfigSyntax::Nginx => nginx::read(tree.root(), &mut facts.routes),
        _ => of_data(source, tree.root(), facts),
    }
    source.budget.spend(tree.taken());
    keep(source, facts);
}

fn of_data(source: &Source, root: Node<'_>, facts: &mut FileFacts) {
    let routes = &mut facts.routes;
    logic_apps::read(root, routes);
    resources::read(source, root, routes);
    envoy::read(root, routes);
    kong::read(root, routes);
    traefik::read(root, routes);
    open_api::read(root, routes);
    postman::read(source, root, routes);
    schedule::read(source, root, facts);
}

fn of_xml(root: Node<'_>, facts: &mut FileFacts) {
    api_management::read(root, None, &mut facts.routes);
    jmeter::read(root, &mut facts.routes);
}

/// What the tests of every kind share.
#[cfg(test)]
mod testing;
