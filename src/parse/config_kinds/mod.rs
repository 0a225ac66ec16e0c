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
    let trees: Vec<Tree> = documents
        .iter()
        .map(|entries| tree::entries(entries, source.id))
        .collect();
    for tree in &trees {
        of_data(source, tree.root(), facts);
    }
    kubernetes::read(&trees, &mut facts.routes);
}

/// Reads a file of configuration.
pub fn parse(source: &Source, syntax: ConfigSyntax, facts: &mut FileFacts) {
    facts.directives = directive::from_lines(source);
    let (text, id) = (source.text.as_str(), source.id);
    match syntax {
        ConfigSyntax::Xml => of_xml(tree::xml(text, 0, id).root(), facts),
        ConfigSyntax::Nginx => nginx::read(tree::nginx(text, 0, id).root(), &mut facts.routes),
        ConfigSyntax::Hcl => of_data(source, tree::hcl(text, 0, id).root(), facts),
        ConfigSyntax::Bicep => of_data(source, tree::bicep(text, 0, id).root(), facts),
        ConfigSyntax::Crontab => schedule::crontab(source, facts),
    }
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
