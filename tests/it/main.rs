//! The library and the binary from outside, one module a subject.

mod aliases;
mod apart;
mod baseline;
mod budget;
mod cli;
mod config;
mod configuration;
mod derive;
mod derive_pages;
mod docs;
mod extends;
#[cfg(unix)]
mod faults;
mod fingerprints;
mod fix;
mod fixes;
mod formats;
mod gate;
mod grants;
#[cfg(unix)]
mod hostile;
mod idioms;
mod index;
mod languages;
mod libraries;
mod logos;
mod manual;
mod origin;
mod pack_commands;
mod pack_keys;
mod packs;
mod pages;
mod placed;
mod remedy;
mod report;
mod robustness;
mod rules;
mod sarif;
mod schemas;
mod security;
mod seed;
mod selection;
mod sentences;
mod support;
mod suppression;
