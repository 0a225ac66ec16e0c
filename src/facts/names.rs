//! Names, licences and people that a repository declares.

use crate::facts::ManifestKind;
use crate::source::Span;

/// Which kind of name it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum NameRole {
    /// Package identity in a registry: `package.json#name`, `[package] name`.
    Package,
    /// A display name: `displayName`, `productName`, `<Title>`, `<Product>`.
    Display,
    /// The title of a README, the first level-1 heading.
    Title,
    /// A documentation site's name.
    Site,
    /// The repository's own name, from the git remote.
    Repository,
    /// A domain the project is published at: `CNAME`, `homepage`.
    Domain,
    /// What a program calls itself in its requests: the product of a `User-Agent`.
    Agent,
}

/// A name that a file gives to the project itself (never to a dependency).
#[derive(Clone, Debug)]
pub struct DeclaredName {
    /// Which kind.
    pub role: NameRole,
    /// The field it stands in, for messages: `package.json "name"`.
    pub field: String,
    /// The name.
    pub value: String,
    /// Its bytes, quotes left out. `None` for a name that stands in no scanned
    /// file: the repository's.
    pub span: Option<Span>,
    /// The package is marked private or not for publication.
    pub private: bool,
}

impl DeclaredName {
    /// Whether people know the project by it: not an address that it gives, which may be
    /// that of what it is for, and not what it tells a server.
    pub fn is_spoken(&self) -> bool {
        match self.role {
            NameRole::Domain => !self.value.contains("://"),
            NameRole::Agent => false,
            _ => true,
        }
    }
}

/// How a licence was declared.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum LicenceSource {
    /// A field of a manifest.
    Manifest(ManifestKind),
    /// An `SPDX-License-Identifier` tag.
    SpdxTag,
    /// A sentence or badge of a document.
    Prose,
    /// Words that keep all rights: they say that nothing is permitted, and stand as a habit
    /// beside licences that permit much.
    Reserved,
    /// `info.license` of an OpenAPI document or front matter.
    Metadata,
}

/// A statement that something is under a licence.
#[derive(Clone, Debug)]
pub struct LicenceDeclaration {
    /// How it was declared.
    pub source: LicenceSource,
    /// As written.
    pub written: String,
    /// The SPDX expression it means, when it could be told.
    pub spdx: Option<String>,
    /// Its bytes.
    pub span: Span,
    /// Glob patterns it covers (REUSE); empty: the file, or the folder for a manifest.
    pub covers: Vec<String>,
    /// Bytes of the annotation (REUSE) that it stands in, whose other words speak of the
    /// same files.
    pub section: Option<Span>,
    /// Whether it counts before or after what a covered file says itself (REUSE).
    pub precedence: Precedence,
}

/// `precedence` of an annotation of the REUSE specification.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Precedence {
    /// Counts where the file itself says nothing.
    #[default]
    Closest,
    /// Counts beside what the file says.
    Aggregate,
    /// Counts in place of what the file says.
    Override,
}

/// Kind words that permit something and are no licence: "feel free to fork".
#[derive(Clone, Debug)]
pub struct InformalGrant {
    /// The words.
    pub written: String,
    /// Their bytes.
    pub span: Span,
}

/// What a licence file's text is.
#[derive(Clone, Debug)]
pub struct LicenceText {
    /// The best SPDX identifier and its score between 0 and 1, when over the
    /// detection threshold.
    pub detected: Option<(String, f32)>,
    /// SPDX identifiers of the licences whose texts are parts of it, when it is none
    /// as a whole.
    pub parts: Vec<String>,
    /// Terms added to it that restrict what it permits.
    pub added: Option<Span>,
    /// Its first line that says something.
    pub title: Span,
}

/// A text in a `LICENSES/` folder that is not the licence it is named for.
#[derive(Clone, Debug)]
pub struct Misnamed {
    /// The identifier that is its name.
    pub named: String,
    /// The licence that it holds, and its score between 0 and 1.
    pub held: (String, f32),
    /// Its title.
    pub title: Span,
}

/// What makes somebody a holder.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum HolderRole {
    /// A copyright line.
    Copyright,
    /// A manifest's author.
    Author,
    /// A manifest's publisher, company or organisation.
    Publisher,
    /// The owner of the git remote.
    Remote,
}

/// A person or organisation named as owner of something here.
#[derive(Clone, Debug)]
pub struct Holder {
    /// What makes them one.
    pub role: HolderRole,
    /// The name.
    pub name: String,
    /// Where; `None` for the git remote.
    pub span: Option<Span>,
}
