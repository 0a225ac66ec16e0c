//! JSON Schemas of the files that people and programs write and read, made from the
//! types that read and write them.

use schemars::generate::SchemaSettings;
use schemars::{JsonSchema, Schema};

use crate::cli::SchemaKind;
use crate::pack::page::PageFacts;
use crate::pack::{Limits, Logos, Marks, Names, Notices, Provenance};
use crate::report::json::model::{Document, Line};

/// The schema of a kind, as a JSON text.
pub fn text(kind: SchemaKind) -> String {
    let schema = match kind {
        SchemaKind::Config => of::<crate::config::Settings>(),
        SchemaKind::Pack => crate::pack::manifest_schema(),
        SchemaKind::Rules => crate::pack::rules_schema(),
        SchemaKind::Limits => of::<Limits>(),
        SchemaKind::Marks => of::<Marks>(),
        SchemaKind::Names => of::<Names>(),
        SchemaKind::Logos => of::<Logos>(),
        SchemaKind::Provenance => of::<Provenance>(),
        SchemaKind::Notices => of::<Notices>(),
        SchemaKind::Page => of::<PageFacts>(),
        SchemaKind::Report => written::<Document<'_>>(),
        SchemaKind::ReportLine => written::<Line<'_>>(),
    };
    let mut text = serde_json::to_string_pretty(&schema).unwrap_or_default();
    text.push('\n');
    text
}

/// The schema of a type that is read.
pub fn of<T: JsonSchema>() -> Schema {
    SchemaSettings::draft2020_12()
        .into_generator()
        .into_root_schema_for::<T>()
}

/// The schema of a type that is written: every key is there.
fn written<T: JsonSchema>() -> Schema {
    SchemaSettings::draft2020_12()
        .for_serialize()
        .into_generator()
        .into_root_schema_for::<T>()
}
