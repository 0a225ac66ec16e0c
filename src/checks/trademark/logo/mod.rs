//! Logos of the owner as a project's own icon or emblem, and where else they are shown.

mod named;
mod places;

use std::collections::{BTreeMap, BTreeSet};

use serde::Deserialize;

use self::named::Namer;
pub(crate) use self::places::resolved;
use self::places::{ends_of, glyph_names, remote_logo};
use super::spoken::Spoken;
use crate::checks::{BuildError, Check, RepositoryContext, configure};
use crate::facts::picture::{PictureRole, PictureUse};
use crate::facts::{FileKind, FileRecord, RepositoryFacts};
use crate::finding::{Confidence, Finding, Permission, Related, Severity};
use crate::pack::Pack;
use crate::pack::schema::fill;
use crate::parse::kind;
use crate::source::{FileId, Span};

/// `with` of a rule that uses this check.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Config {
    /// What is told of a picture by its place; `{file}`, `{field}` and `{picture}` are
    /// filled in.
    places: BTreeMap<Place, String>,
    /// What tells that it is a logo, by the kind of evidence; `{mark}`.
    evidence: BTreeMap<Evidence, String>,
    /// Most pictures that stand above a README's second heading where one is its emblem:
    /// more of them are a list of what it works with.
    emblems: usize,
    /// What is said at the picture itself, where another file shows it.
    itself: String,
}

/// Where a logo is used.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
#[serde(rename_all = "kebab-case")]
enum Place {
    /// The icon of what is published.
    PublishedIcon,
    /// The icon of the project.
    Icon,
    /// The emblem of its README.
    Emblem,
    /// A document.
    Shown,
    /// A badge.
    Badge,
    /// A file that nothing points to.
    Shipped,
}

const PLACES: [Place; 6] = [
    Place::PublishedIcon,
    Place::Icon,
    Place::Emblem,
    Place::Shown,
    Place::Badge,
    Place::Shipped,
];

/// What tells that a picture is a logo, the surest first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
#[serde(rename_all = "kebab-case")]
enum Evidence {
    /// What is to be seen in it.
    Drawn,
    /// Its name or its alternative text calls it the logo.
    Called,
    /// Its name is that of the mark.
    Named,
    /// What is to be seen in it, the like of which others draw.
    Like,
}

struct LogoCheck {
    config: Config,
}

/// Builds the check.
pub fn build(with: &serde_yaml::Value, _: &Pack) -> Result<Box<dyn Check>, BuildError> {
    let config: Config = configure(with)?;
    for place in PLACES {
        if !config.places.contains_key(&place) {
            return Err(BuildError {
                key: "with.places".to_owned(),
                message: format!("{place:?} has no words").to_lowercase(),
            });
        }
    }
    for evidence in [
        Evidence::Drawn,
        Evidence::Called,
        Evidence::Named,
        Evidence::Like,
    ] {
        if !config.evidence.contains_key(&evidence) {
            return Err(BuildError {
                key: "with.evidence".to_owned(),
                message: format!("{evidence:?} has no words").to_lowercase(),
            });
        }
    }
    Ok(Box::new(LogoCheck { config }))
}

/// A logo that is used somewhere.
struct Found<'a> {
    place: Place,
    evidence: Evidence,
    mark: String,
    span: Span,
    file: &'a str,
    field: &'a str,
    picture: &'a str,
    /// The file of the picture, where it is one of the repository's.
    itself: Option<FileId>,
}

impl Check for LogoCheck {
    fn placeholders(&self) -> &'static [&'static str] {
        &["place", "evidence", "mark"]
    }

    fn looks_at_pictures(&self) -> bool {
        true
    }

    fn check_repository(&self, context: &RepositoryContext<'_>, out: &mut Vec<Finding>) {
        let looking = Looking::new(context);
        let mut found = Vec::new();
        let mut used = BTreeSet::new();
        for record in &context.facts.files {
            if record.pictures.is_empty() || !context.rule.zones.contains(&record.zone) {
                continue;
            }
            let emblems = self.emblems(record);
            for shown in &record.pictures {
                let target = (shown.role != PictureRole::Glyph)
                    .then(|| resolved(&record.path, &shown.target))
                    .flatten();
                let file = target.as_deref().and_then(|path| looking.file(path));
                used.extend(file);
                let place = place_of(shown, record, emblems);
                found.extend(looking.judge(record, shown, place, file));
            }
        }
        let unused = looking.unused(&used);
        found.extend(looking.beside(&unused, &used));
        found.extend(unused);
        out.extend(found.iter().map(|found| self.finding(context, found)));
    }
}

impl LogoCheck {
    /// Whether the pictures above a README's second heading are few enough for emblems.
    fn emblems(&self, record: &FileRecord) -> bool {
        let pictures = record.pictures.iter();
        let lead = pictures.filter(|one| one.role == PictureRole::Emblem && !is_badge(one));
        // The same picture for light and dark screens is one.
        let shown: BTreeSet<&str> = lead.map(|one| one.alt.as_str()).collect();
        (1..=self.config.emblems).contains(&shown.len())
    }

    fn finding(&self, context: &RepositoryContext<'_>, found: &Found<'_>) -> Finding {
        let values = [
            ("file", found.file),
            ("field", found.field),
            ("picture", found.picture),
            ("mark", found.mark.as_str()),
        ];
        let words = |text: Option<&String>| text.map_or(String::new(), |text| fill(text, &values));
        let place = words(self.config.places.get(&found.place));
        let evidence = words(self.config.evidence.get(&found.evidence));
        let message = context.rule.message(&[
            ("place", &place),
            ("evidence", &evidence),
            ("mark", &found.mark),
        ]);
        let (severity, confidence) = level(found.place, found.evidence);
        let mut finding = Finding::new(context.rule, Some(found.span), message)
            .at_most(severity)
            .confidence_at_most(confidence)
            .subject(found.mark.clone())
            .permission(Permission::Mark(found.mark.clone()));
        finding.rank = found.place as u8;
        if let Some(picture) = found.itself.filter(|picture| *picture != found.span.file) {
            finding.related.push(Related {
                span: Span::new(picture, 0..0),
                message: self.config.itself.clone(),
            });
        }
        finding
    }
}

/// How grave a use is, and how sure.
fn level(place: Place, evidence: Evidence) -> (Severity, Confidence) {
    match (place, evidence) {
        (Place::PublishedIcon, Evidence::Drawn | Evidence::Called) => {
            (Severity::Error, Confidence::High)
        }
        (Place::PublishedIcon, Evidence::Named) => (Severity::Warning, Confidence::Medium),
        (Place::Icon | Place::Emblem, Evidence::Drawn | Evidence::Called) => {
            (Severity::Warning, Confidence::Medium)
        }
        // A file called after the product may hold anything: a screenshot, one's own icon.
        (Place::Icon | Place::Emblem, Evidence::Named)
        | (Place::Shown | Place::Badge | Place::Shipped, _)
        // So may four panes in one colour be one's own.
        | (_, Evidence::Like) => (Severity::Note, Confidence::Low),
    }
}

/// Where a picture is used. The README of the repository, or of a package in it, speaks of
/// what is published; that of another folder may speak of the product.
fn place_of(shown: &PictureUse, record: &FileRecord, emblems: bool) -> Place {
    match shown.role {
        PictureRole::PublishedIcon => Place::PublishedIcon,
        PictureRole::Icon => Place::Icon,
        PictureRole::Emblem if emblems && is_front(&record.path) => Place::Emblem,
        PictureRole::Glyph => Place::Badge,
        PictureRole::Emblem | PictureRole::Shown => Place::Shown,
    }
}

fn is_front(path: &str) -> bool {
    let folder = path.rsplit_once('/').map_or("", |(folder, _)| folder);
    matches!(folder, "" | ".github" | "docs") && kind::is_readme(path)
}

/// Whether a picture is one of the labels that stand in a row under a title: services
/// that draw them say so in their addresses.
fn is_badge(shown: &PictureUse) -> bool {
    let target = shown.target.to_lowercase();
    target.contains("://")
        && ["badge", "shields", "/workflows/", "status", "/actions/"]
            .iter()
            .any(|word| target.contains(word))
}

struct Looking<'a> {
    facts: &'a RepositoryFacts,
    pack: &'a Pack,
    pack_index: usize,
    zones: &'a [crate::facts::Zone],
    namer: Namer<'a>,
}

impl<'a> Looking<'a> {
    fn new(context: &RepositoryContext<'a>) -> Self {
        Self {
            facts: context.facts,
            pack: context.pack,
            pack_index: context.pack_index,
            zones: &context.rule.zones,
            namer: Namer::new(
                context.pack,
                Spoken::new(context.facts, context.pack, context.pack_index),
            ),
        }
    }

    /// The file at a path of the tree.
    fn file(&self, path: &str) -> Option<FileId> {
        let paths = &self.facts.paths;
        let at = paths.binary_search_by(|known| (**known).cmp(path)).ok()?;
        Some(FileId(at as u32))
    }

    /// The mark that a file shows, and how sure that is.
    fn drawn(&self, file: FileId) -> Option<(Evidence, &'a str)> {
        let record = self.facts.record(file)?;
        let signals = record.signals.get(self.pack_index)?;
        let logo = signals.logo.as_ref()?;
        let evidence = match logo.common {
            false => Evidence::Drawn,
            true if self.namer.speaks_of(&logo.mark) => Evidence::Like,
            true => return None,
        };
        Some((evidence, logo.mark.as_str()))
    }

    /// Whether a picture was looked at and shows no mark. An address may lead to a file of
    /// the repository itself.
    fn is_plain(&self, record: &FileRecord, shown: &PictureUse) -> bool {
        let plain = &self.facts.plain_pictures;
        let known = |path: &str| plain.binary_search_by(|own| (**own).cmp(path)).is_ok();
        match resolved(&record.path, &shown.target) {
            Some(path) => known(&path),
            None => ends_of(&shown.target, self.facts.remote.as_ref()).any(known),
        }
    }

    fn judge<'b>(
        &self,
        record: &'b FileRecord,
        shown: &'b PictureUse,
        place: Place,
        file: Option<FileId>,
    ) -> Option<Found<'b>> {
        let found = |place, evidence, mark| Found {
            place,
            evidence,
            mark,
            span: shown.span,
            file: &record.path,
            field: &shown.field,
            picture: &shown.target,
            itself: file,
        };
        if shown.role == PictureRole::Glyph {
            let slugs = glyph_names(&self.pack.logos.icon_classes, &shown.target);
            let mut marks = slugs
                .into_iter()
                .filter_map(|(slug, brands)| self.namer.slug(slug, brands));
            let mark = marks.next()?;
            return Some(found(place, Evidence::Named, mark));
        }
        let data = shown.data.as_deref();
        let seen = data
            .and_then(|picture| self.pack.logos.find(picture))
            .map(|mark| (Evidence::Drawn, mark))
            .or_else(|| file.and_then(|file| self.drawn(file)));
        if let Some((evidence, mark)) = seen {
            return Some(found(place, evidence, mark.to_owned()));
        }
        if let Some(slug) = remote_logo(&self.pack.logos.badges, &shown.target) {
            let mark = self.namer.slug(&slug, false)?;
            return Some(found(Place::Badge, Evidence::Named, mark));
        }
        if is_badge(shown) || place == Place::Shown {
            return None;
        }
        // What was looked at and resembles no logo is one's own, whatever its file is called.
        let own = self.is_plain(record, shown);
        let (evidence, mark) = self.namer.of(&shown.alt, &shown.target, own)?;
        Some(found(place, evidence, mark))
    }

    /// Pictures of marks that nothing points to.
    fn unused(&self, used: &BTreeSet<FileId>) -> Vec<Found<'a>> {
        let pictures = self.facts.files.iter().filter(|record| {
            matches!(record.kind, FileKind::Picture | FileKind::Svg)
                && self.zones.contains(&record.zone)
                && !used.contains(&record.id)
        });
        let found = pictures.filter_map(|record| {
            let (evidence, mark) = self.drawn(record.id)?;
            let is_icon = self
                .pack
                .logos
                .icons
                .iter()
                .any(|place| place.is_match(&*record.path));
            Some(Found {
                place: if is_icon { Place::Icon } else { Place::Shipped },
                evidence,
                mark: mark.to_owned(),
                span: Span::new(record.id, 0..0),
                file: &record.path,
                field: &record.path,
                picture: &record.path,
                itself: None,
            })
        });
        found.collect()
    }

    /// Pictures that bear the name of a mark in a folder where another shows one: of a set
    /// of icons not each is known by its looks.
    fn beside(&self, shown: &[Found<'_>], used: &BTreeSet<FileId>) -> Vec<Found<'a>> {
        let folder = |path: &str| path.rsplit_once('/').map(|(folder, _)| folder.to_owned());
        let folders: BTreeSet<String> = shown.iter().filter_map(|one| folder(one.file)).collect();
        if folders.is_empty() {
            return Vec::new();
        }
        let paths = self.facts.paths.iter().enumerate();
        let found = paths.filter_map(|(at, path)| {
            let file = FileId(at as u32);
            let picture = matches!(kind::kind(path), FileKind::Picture | FileKind::Svg);
            let near = picture && folder(path).is_some_and(|folder| folders.contains(&folder));
            if !near || used.contains(&file) || self.drawn(file).is_some() {
                return None;
            }
            Some(Found {
                place: Place::Shipped,
                evidence: Evidence::Named,
                mark: self.namer.of_a_set(path)?,
                span: Span::new(file, 0..0),
                file: path,
                field: path,
                picture: path,
                itself: None,
            })
        });
        found.collect()
    }
}
