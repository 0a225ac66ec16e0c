//! What entries tell of a manifest as a whole: whether it is one, whether it is published.

use super::flat::Flat;
use crate::facts::ManifestKind;

/// Whether the file is what its name promises: other tools name their files the same.
pub(super) fn is_meant(kind: ManifestKind, flat: &Flat) -> bool {
    let any = |keys: &[&str]| keys.iter().any(|key| flat.get(key).is_some());
    match kind {
        ManifestKind::AppManifest => any(&[
            "manifest_version",
            "manifestVersion",
            "$schema",
            "start_url",
            "display",
            "background_color",
            "theme_color",
            "icons.0.src",
            "display_information.name",
        ]),
        ManifestKind::OpenApi => any(&["openapi", "swagger"]),
        ManifestKind::PowerShellData => any(&["ModuleVersion", "GUID", "RootModule"]),
        _ => true,
    }
}

/// Whether a description is written in elements.
pub(super) fn is_xml(file_name: &str) -> bool {
    let lower = file_name.to_ascii_lowercase();
    let name = lower.strip_suffix(".in").unwrap_or(&lower);
    let ending = name.rsplit_once('.').map(|(_, ending)| ending);
    matches!(ending, Some("xml" | "appxmanifest"))
}

/// Marked as not for publication.
pub(super) fn is_private(kind: ManifestKind, flat: &Flat) -> bool {
    let is = |key: &str, value: &str| flat.value(key).eq_ignore_ascii_case(value);
    match kind {
        ManifestKind::Cargo => is("package.publish", "false"),
        // npm refuses it; an editor's gallery does not ask.
        ManifestKind::PackageJson => is("private", "true") && flat.get("engines.vscode").is_none(),
        ManifestKind::MsBuild => is("Project.PropertyGroup.IsPackable", "false"),
        // Of a package for pub.dev.
        ManifestKind::Described => is("publish_to", "none"),
        ManifestKind::PyProject | ManifestKind::SetupCfg | ManifestKind::SetupPy => flat
            .entries
            .iter()
            .any(|entry| entry.key.contains("classifier") && entry.value.starts_with("Private ::")),
        _ => false,
    }
}

/// A value that is no variable of a build or template, and no key of a text kept elsewhere.
pub(super) fn is_literal(value: &str) -> bool {
    let variable = ["$(", "${", "{{", "__MSG_", "<%", "{%"]
        .iter()
        .any(|mark| value.contains(mark));
    // `$LICENCE` of a build, `$id$` of a template.
    let token = value.len() > 1 && value.starts_with('$');
    // A text of an Android app that stands elsewhere.
    let elsewhere = value.starts_with("@string/");
    !variable && !token && !elsewhere && !value.trim().is_empty()
}
