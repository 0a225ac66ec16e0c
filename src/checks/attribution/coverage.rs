//! Where an attribution of a file may stand: in the file, beside it, in a notice of
//! its folder or of one above, in REUSE metadata, in the templates of the site.

use std::collections::{BTreeMap, BTreeSet};

use super::derived::{Derived, asked};
use crate::checks::RepositoryContext;
use crate::facts::signals::{AttributionElement as Element, ProvenanceKind};
use crate::facts::{FileKind, FileRecord, Holder, HolderRole, ManifestKind, Zone};
use crate::licensing::Covers;
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

    /// The folder that a file speaks for: its own, or the one above a folder that is
    /// there to hold such files.
    fn holds_for<'p>(&self, path: &'p str) -> &'p str {
        let mut folder = folder(path);
        loop {
            let name = folder.rsplit('/').next().unwrap_or(folder);
            let mut holders = self.vocabulary.folders.iter();
            if folder.is_empty() || !holders.any(|own| own.eq_ignore_ascii_case(name)) {
                return folder;
            }
            folder = self::folder(folder);
        }
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
    hidden: &'a [(Element, Span)],
    /// It says in words where a text comes from.
    states: bool,
}

impl Carrier<'_> {
    /// A README beside each few pages that is about something else makes no folder of
    /// its own.
    fn says_anything(&self) -> bool {
        self.states || !self.elements.is_empty() || !self.hidden.is_empty()
    }
}

/// A REUSE file with the patterns of one declaration; a sidecar covers one file.
struct Declared<'a> {
    record: &'a FileRecord,
    elements: Vec<(Element, Span)>,
    /// Its copyright line names the owner.
    owner: Option<Span>,
    covers: Vec<Covers>,
    /// It declares the documentation's licence.
    ours: Option<Span>,
}

/// All that may attribute others, by the folder it holds for.
pub(super) struct Carriers<'a> {
    by_folder: BTreeMap<&'a str, Vec<Carrier<'a>>>,
    declared: Vec<Declared<'a>>,
    /// Folders above a `LICENSES/` that holds the licence's text under its name, and that
    /// text.
    texts: BTreeMap<&'a str, &'a FileRecord>,
    /// Paths of files that speak for a folder.
    speakers: BTreeSet<&'a str>,
    licences: &'a [String],
    owner: &'a str,
}

/// What attributes one file.
pub(super) struct Coverage<'a> {
    /// What is found of all that an attribution may hold, nearest first.
    pub(super) found: Vec<(Element, Span)>,
    /// Required elements that nothing gives.
    pub(super) lacks: Vec<Element>,
    /// Required elements that stand in comments only, with one such place.
    pub(super) hidden: Vec<(Element, Span)>,
    /// Not one of them was found, nor anything that names the source.
    pub(super) nothing: bool,
    /// Files that were looked in, nearest first, the file itself left out.
    pub(super) looked: Vec<&'a FileRecord>,
    /// The folder of the nearest of them that says anything.
    pub(super) scope: &'a str,
    /// Words in the file that point to a licence file which is not there.
    pub(super) dangling: Option<Span>,
    /// A place of a form that nobody filled in, in what attributes it.
    pub(super) unfilled: Option<Span>,
    /// A licence file that covers it with another licence: its title and name.
    pub(super) relicensed: Option<(Span, String)>,
}

impl<'a> Carriers<'a> {
    pub(super) fn new(places: &Places, context: &RepositoryContext<'a>) -> Self {
        let mut carriers = Self {
            by_folder: BTreeMap::new(),
            declared: Vec::new(),
            texts: BTreeMap::new(),
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
            let mut marks = signals.provenance.iter();
            let carrier = Carrier {
                record,
                elements: &signals.attribution,
                hidden: &signals.hidden,
                states: marks.any(|mark| mark.kind == ProvenanceKind::Statement),
            };
            if record.kind == FileKind::Manifest(ManifestKind::ReuseSidecar) {
                carriers.sidecar(record, &signals.attribution);
            } else if matches!(
                record.kind,
                FileKind::Manifest(ManifestKind::ReuseToml | ManifestKind::ReuseDep5)
            ) {
                carriers.declare(places, record, &signals.attribution);
            } else if places.is_layout(path) {
                if !signals.attribution.is_empty() {
                    carriers.by_folder.entry("").or_default().push(carrier);
                }
            } else if let Some(folder) = carriers.text(path) {
                carriers.texts.insert(folder, record);
            } else if record.kind == FileKind::Licence || places.is_carrier(path) {
                carriers.speakers.insert(path);
                let folder = places.holds_for(path);
                carriers.by_folder.entry(folder).or_default().push(carrier);
            }
        }
        carriers
    }

    /// `NAME.license`, which speaks of `NAME`, perhaps in plain words alone.
    fn sidecar(&mut self, record: &'a FileRecord, elements: &'a [(Element, Span)]) {
        let Some(of) = record.path.strip_suffix(".license") else {
            return;
        };
        self.declared.push(Declared {
            record,
            elements: elements.to_vec(),
            owner: (record.holders.iter())
                .find(|holder| self.is_owner(holder))
                .and_then(|holder| holder.span),
            covers: Covers::of_file(of).into_iter().collect(),
            ours: (record.licences.iter())
                .find(|declared| self.is_ours(declared.spdx.as_deref()))
                .map(|declared| declared.span),
        });
    }

    /// The folder that `LICENSES/ID.txt` holds the licence's text for, by the names of
    /// the REUSE specification.
    fn text(&self, path: &'a str) -> Option<&'a str> {
        let (folder, name) = path.rsplit_once('/')?;
        let above = folder.strip_suffix("LICENSES")?;
        let id = name.rsplit_once('.').map_or(name, |(id, _)| id);
        let known = self.licences.iter().any(|own| own == id);
        known.then(|| above.trim_end_matches('/'))
    }

    fn is_owner(&self, holder: &Holder) -> bool {
        holder.role == HolderRole::Copyright && holder.name.contains(self.owner)
    }

    fn is_ours(&self, spdx: Option<&str>) -> bool {
        spdx.is_some_and(|spdx| self.licences.iter().any(|own| spdx.contains(own.as_str())))
    }

    fn declare(
        &mut self,
        places: &Places,
        record: &'a FileRecord,
        elements: &'a [(Element, Span)],
    ) {
        for declaration in record.licences.iter().filter(|own| !own.covers.is_empty()) {
            let folder = places.holds_for(&record.path);
            let dep5 = record.path.ends_with("/dep5");
            let of = |pattern: &String| {
                if dep5 {
                    Covers::of_dep5(folder, pattern)
                } else {
                    Covers::of_reuse_toml(folder, pattern)
                }
            };
            let covers = declaration.covers.iter().filter_map(of).collect();
            // What stands in another annotation speaks of other files.
            let sections: Vec<Span> = (record.licences.iter())
                .filter_map(|own| own.section)
                .collect();
            let here = |span: Span| {
                declaration.section.is_some_and(|own| own.contains(span))
                    || !sections.iter().any(|other| other.contains(span))
            };
            let elements = elements.iter().filter(|(_, span)| here(*span));
            self.declared.push(Declared {
                record,
                elements: elements.copied().collect(),
                owner: (record.holders.iter())
                    .filter(|holder| holder.span.is_some_and(here))
                    .find(|holder| self.is_owner(holder))
                    .and_then(|holder| holder.span),
                covers,
                ours: self
                    .is_ours(declaration.spdx.as_deref())
                    .then_some(declaration.span),
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
        let mut found: Vec<(Element, Span)> = Vec::new();
        let mut looked: Vec<&'a FileRecord> = Vec::new();
        let own = &file.signals.attribution;
        found.extend(own);
        let mut hidden: Vec<(Element, Span)> = file.signals.hidden.clone();
        let unfilled_in = |elements: &[(Element, Span)]| {
            let mut elements = elements.iter();
            elements
                .find(|(element, _)| *element == Element::Placeholder)
                .map(|(_, span)| *span)
        };
        let mut unfilled = unfilled_in(own);
        let mut grant = false;
        let mut stated = false;
        for declared in &self.declared {
            if !declared.covers.iter().any(|own| own.is_match(path)) {
                continue;
            }
            looked.push(declared.record);
            found.extend(declared.ours.map(|span| (Element::LicenceNotice, span)));
            found.extend(&declared.elements);
            found.extend(declared.owner.map(|span| (Element::Creator, span)));
        }
        let mut scope = None;
        let mut relicensed = None;
        for folder in ancestors(path) {
            if let Some(record) = self.texts.get(folder) {
                let start = Span::new(record.id, 0..0);
                let title = record
                    .licence_text
                    .as_ref()
                    .map_or(start, |text| text.title);
                found.push((Element::LicenceLink, title));
            }
            for carrier in self.by_folder.get(folder).into_iter().flatten() {
                if carrier.record.id == file.record.id {
                    continue;
                }
                if !looked.iter().any(|known| known.id == carrier.record.id) {
                    looked.push(carrier.record);
                }
                // A licence with a sentence beside it that says where other files come from.
                let sourced =
                    (carrier.elements.iter()).any(|(element, _)| *element == Element::SourceLink);
                if !sourced && let Some(other) = self.other_licence(carrier.record) {
                    // Its copyright line speaks of what is under that licence.
                    scope.get_or_insert(folder);
                    relicensed.get_or_insert(other);
                    continue;
                }
                found.extend(carrier.elements);
                hidden.extend(carrier.hidden);
                unfilled = unfilled.or_else(|| unfilled_in(carrier.elements));
                stated |= carrier.states;
                if carrier.says_anything() {
                    scope.get_or_insert(folder);
                }
                grant |= carrier
                    .elements
                    .iter()
                    .any(|(element, _)| *element == Element::Grant);
            }
        }
        // A fork that keeps the licensor's licence and notices satisfies attribution; a
        // notice beside a licence that took the licensor's place is no longer true.
        let has = |wanted: Element| found.iter().any(|(element, _)| *element == wanted);
        let kept = grant && has(Element::LicenceLink) && relicensed.is_none();
        // Kept keys of a translation indicate that change; a verbatim copy has none.
        let changed = file
            .signals
            .origin
            .as_ref()
            .is_some_and(|origin| origin.foreign && !origin.translated);
        let asked = asked(self.licences.first().map_or("", String::as_str));
        let mut lacks: Vec<Element> = (asked.iter().copied())
            .filter(|element| !has(*element))
            .filter(|element| match element {
                Element::Changes => changed && !kept,
                // A verbatim copy stays under its licence by itself.
                Element::ShareAlike => changed && relicensed.is_some(),
                _ => !kept,
            })
            .collect();
        // Beside one that says what was changed it is the rest of a form.
        let unfilled = unfilled.filter(|_| !has(Element::Changes));
        if unfilled.is_some() {
            lacks.push(Element::Placeholder);
        }
        hidden.retain(|(element, _)| lacks.contains(element) && *element != Element::Changes);
        hidden.dedup_by_key(|(element, _)| *element);
        let nothing = hidden.is_empty()
            && !stated
            && !asked
                .iter()
                .any(|element| *element != Element::Changes && has(*element));
        let dangling = own
            .iter()
            .find(|(element, _)| *element == Element::LicencePointer)
            .filter(|_| lacks.contains(&Element::LicenceLink))
            .map(|(_, span)| *span);
        Coverage {
            found,
            lacks,
            hidden,
            nothing,
            looked,
            scope: scope.unwrap_or(""),
            dangling,
            unfilled,
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
        let folders = ["licenses", "config", "_default"].map(str::to_owned);
        let places = Places::new(&Attribution {
            folders: folders.to_vec(),
            ..Attribution::default()
        });
        assert_eq!(places.holds_for("docs/LICENSES/CC-BY-4.0.txt"), "docs");
        assert_eq!(places.holds_for("LICENSES/MIT.txt"), "");
        assert_eq!(places.holds_for("docs/NOTICE.md"), "docs");
        assert_eq!(places.holds_for("site/config/_default/hugo.toml"), "site");
    }
}
