//! Where an attribution of a file may stand: in the file, beside it, in a notice of
//! its folder or of one above, in REUSE metadata, in the templates of the site.

use std::collections::{BTreeMap, BTreeSet};

use globset::{Glob, GlobMatcher};

use super::derived::{Derived, REQUIRED};
use crate::checks::RepositoryContext;
use crate::facts::signals::AttributionElement as Element;
use crate::facts::{FileKind, FileRecord, HolderRole, ManifestKind, Zone};
use crate::pack::vocabulary::Attribution;
use crate::source::Span;

/// Where attributions stand, by path.
pub(super) struct Places {
    vocabulary: Attribution,
}

impl Places {
    pub(super) fn new(vocabulary: &Attribution) -> Self {
        Self {
            vocabulary: vocabulary.clone(),
        }
    }

    fn is_carrier(&self, path: &str) -> bool {
        self.vocabulary
            .carriers
            .iter()
            .any(|glob| glob.is_match(path))
    }

    fn is_layout(&self, path: &str) -> bool {
        self.vocabulary
            .layouts
            .iter()
            .any(|glob| glob.is_match(path))
    }
}

/// A file that may attribute others.
struct Carrier<'a> {
    record: &'a FileRecord,
    elements: &'a [(Element, Span)],
}

/// A REUSE file with the globs of one declaration.
struct Declared<'a> {
    record: &'a FileRecord,
    elements: &'a [(Element, Span)],
    globs: Vec<GlobMatcher>,
    ours: bool,
}

/// All that may attribute others, by the folder it holds for.
pub(super) struct Carriers<'a> {
    by_folder: BTreeMap<&'a str, Vec<Carrier<'a>>>,
    sidecars: BTreeMap<&'a str, Carrier<'a>>,
    declared: Vec<Declared<'a>>,
    /// Paths of files that speak for a folder.
    speakers: BTreeSet<&'a str>,
    licences: &'a [String],
    owner: &'a str,
}

/// What attributes one file.
pub(super) struct Coverage<'a> {
    /// Required elements that nothing gives.
    pub(super) lacks: Vec<Element>,
    /// Not one of them was found.
    pub(super) nothing: bool,
    /// Files that were looked in, nearest first, the file itself left out.
    pub(super) looked: Vec<&'a FileRecord>,
    /// The folder of the nearest of them.
    pub(super) scope: &'a str,
    /// Words in the file that point to a licence file which is not there.
    pub(super) dangling: Option<Span>,
    /// A licence file that covers it with another licence: its title and name.
    pub(super) relicensed: Option<(Span, String)>,
}

impl<'a> Carriers<'a> {
    pub(super) fn new(places: &Places, context: &RepositoryContext<'a>) -> Self {
        let mut carriers = Self {
            by_folder: BTreeMap::new(),
            sidecars: BTreeMap::new(),
            declared: Vec::new(),
            speakers: BTreeSet::new(),
            licences: &context.pack.notices.attribution.licences,
            owner: &context.pack.owner.name,
        };
        for record in &context.facts.files {
            let Some(signals) = record.signals.get(context.pack_index) else {
                continue;
            };
            if record.zone == Zone::Test {
                continue;
            }
            let path: &str = &record.path;
            let carrier = Carrier {
                record,
                elements: &signals.attribution,
            };
            if record.kind == FileKind::Manifest(ManifestKind::ReuseSidecar) {
                if let Some(of) = path.strip_suffix(".license") {
                    carriers.sidecars.insert(of, carrier);
                }
                continue;
            }
            if matches!(
                record.kind,
                FileKind::Manifest(ManifestKind::ReuseToml | ManifestKind::ReuseDep5)
            ) {
                carriers.declare(record, &signals.attribution);
            } else if places.is_layout(path) {
                if !signals.attribution.is_empty() {
                    carriers.by_folder.entry("").or_default().push(carrier);
                }
            } else if record.kind == FileKind::Licence || places.is_carrier(path) {
                carriers.speakers.insert(path);
                let folder = holds_for(path);
                carriers.by_folder.entry(folder).or_default().push(carrier);
            }
        }
        carriers
    }

    fn declare(&mut self, record: &'a FileRecord, elements: &'a [(Element, Span)]) {
        for declaration in record.licences.iter().filter(|own| !own.covers.is_empty()) {
            let folder = holds_for(&record.path);
            let globs = declaration
                .covers
                .iter()
                .filter_map(|pattern| {
                    let pattern = pattern.trim_start_matches("./");
                    let whole = if folder.is_empty() {
                        pattern.to_owned()
                    } else {
                        format!("{folder}/{pattern}")
                    };
                    Glob::new(&whole).ok().map(|glob| glob.compile_matcher())
                })
                .collect();
            self.declared.push(Declared {
                record,
                elements,
                globs,
                ours: declaration.spdx.as_deref().is_some_and(|spdx| {
                    self.licences.iter().any(|own| spdx.contains(own.as_str()))
                }),
            });
        }
    }

    /// Whether a file speaks for a folder rather than for itself.
    pub(super) fn speaks(&self, record: &FileRecord) -> bool {
        self.speakers.contains(&*record.path)
    }

    /// What attributes a derived file.
    pub(super) fn cover(&self, file: &Derived<'a>) -> Coverage<'a> {
        let path: &'a str = &file.record.path;
        let mut found: BTreeSet<Element> = BTreeSet::new();
        let mut looked: Vec<&'a FileRecord> = Vec::new();
        let own = &file.signals.attribution;
        found.extend(own.iter().map(|(element, _)| *element));
        let mut grant = false;
        if let Some(carrier) = self.sidecars.get(path) {
            looked.push(carrier.record);
            found.extend(carrier.elements.iter().map(|(element, _)| *element));
        }
        for declared in &self.declared {
            if !declared.globs.iter().any(|glob| glob.is_match(path)) {
                continue;
            }
            looked.push(declared.record);
            if declared.ours {
                found.insert(Element::LicenceNotice);
            }
            let said = declared.elements.iter().map(|(element, _)| *element);
            found
                .extend(said.filter(|said| matches!(said, Element::SourceLink | Element::Changes)));
            let owner = declared.record.holders.iter().any(|holder| {
                holder.role == HolderRole::Copyright && holder.name.contains(self.owner)
            });
            if owner {
                found.insert(Element::Creator);
            }
        }
        let mut scope = None;
        let mut relicensed = None;
        for folder in ancestors(path) {
            for carrier in self.by_folder.get(folder).into_iter().flatten() {
                if carrier.record.id == file.record.id {
                    continue;
                }
                scope.get_or_insert(folder);
                if !looked.iter().any(|known| known.id == carrier.record.id) {
                    looked.push(carrier.record);
                }
                if let Some(other) = self.other_licence(carrier.record) {
                    // Its copyright line speaks of what is under that licence.
                    relicensed.get_or_insert(other);
                    continue;
                }
                found.extend(carrier.elements.iter().map(|(element, _)| *element));
                grant |= carrier
                    .elements
                    .iter()
                    .any(|(element, _)| *element == Element::Grant);
            }
        }
        // A fork that keeps the licensor's licence and notices satisfies attribution; a
        // notice beside a licence that took the licensor's place is no longer true.
        let kept = grant && found.contains(&Element::LicenceLink) && relicensed.is_none();
        // Kept keys of a translation indicate that change; a verbatim copy has none.
        let changed = file
            .signals
            .origin
            .as_ref()
            .is_some_and(|origin| origin.foreign && !origin.translated);
        let lacks: Vec<Element> = REQUIRED
            .into_iter()
            .filter(|element| !found.contains(element))
            .filter(|element| match element {
                Element::Changes => changed && !kept,
                _ => !kept,
            })
            .collect();
        let nothing = !REQUIRED
            .iter()
            .any(|element| *element != Element::Changes && found.contains(element));
        let dangling = own
            .iter()
            .find(|(element, _)| *element == Element::LicencePointer)
            .filter(|_| lacks.contains(&Element::LicenceLink))
            .map(|(_, span)| *span);
        Coverage {
            lacks,
            nothing,
            looked,
            scope: scope.unwrap_or(""),
            dangling,
            relicensed,
        }
    }

    /// The licence a file is the text of, when it is not one of the documentation's.
    fn other_licence(&self, record: &FileRecord) -> Option<(Span, String)> {
        let text = record.licence_text.as_ref()?;
        let (id, _) = text.detected.as_ref()?;
        let other = !self.licences.contains(id)
            && !self.licences.iter().any(|own| text.parts.contains(own));
        other.then(|| (text.title, id.clone()))
    }
}

/// The folder that a file speaks for: its own, or the one above a folder that is
/// there to hold such files.
fn holds_for(path: &str) -> &str {
    let folder = folder(path);
    let name = folder.rsplit('/').next().unwrap_or(folder);
    if matches!(
        name,
        "LICENSES" | "licenses" | ".reuse" | ".github" | "legal"
    ) {
        self::folder(folder)
    } else {
        folder
    }
}

fn folder(path: &str) -> &str {
    path.rfind('/').map_or("", |at| &path[..at])
}

/// The folders above a file, nearest first, the root last.
fn ancestors(path: &str) -> impl Iterator<Item = &str> {
    let mut next = Some(folder(path));
    std::iter::from_fn(move || {
        let now = next?;
        next = (!now.is_empty()).then(|| folder(now));
        Some(now)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn folders_are_walked_upwards() {
        let up = |path| ancestors(path).collect::<Vec<_>>();
        assert_eq!(up("a/b/c.md"), ["a/b", "a", ""]);
        assert_eq!(up("c.md"), [""]);
        assert_eq!(holds_for("docs/LICENSES/CC-BY-4.0.txt"), "docs");
        assert_eq!(holds_for("LICENSES/MIT.txt"), "");
        assert_eq!(holds_for("docs/NOTICE.md"), "docs");
    }
}
