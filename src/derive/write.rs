//! A pack from what a page says: `page.yaml`, and the rules of the families that what
//! was found can configure, from the templates in `rules/common/templates/`.

use serde::Deserialize;
use serde_yaml::{Mapping, Value};

use super::guess;
use super::words::PageWords;
use crate::pack::page::PageFacts;
use crate::pack::{fill, kebab, shipped_text, sorted};

/// First line of the files that are their author's.
const OWN: &str = "# Written by `termscheck derive` where it was not there; yours to edit.\n";

/// First lines of `page.yaml`.
const HEAD: &str = "# What the licence page says. Written by `termscheck derive`, which writes it anew: put what\n# you add into the files beside it.\n";

/// A file of a pack.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PackText {
    /// Path in the pack.
    pub path: &'static str,
    /// Its YAML.
    pub text: String,
    /// Written over what is there; the others are their author's.
    pub derived: bool,
}

/// What a pack is made with beside the page.
#[derive(Clone, Debug, Default)]
pub struct Wanted {
    /// The pack's id.
    pub vendor: Option<String>,
    /// Hosts of the API.
    pub hosts: Vec<String>,
    /// Where the documentation is published, when not where the page is.
    pub docs_urls: Vec<String>,
}

/// A licence whose attribution is checked.
#[derive(Debug, Deserialize)]
struct Licence {
    spdx: String,
    source: Value,
    notice: Value,
    link: Value,
    literals: Value,
}

/// The pack, and what could not be put into it and why.
#[derive(Debug, Default)]
pub struct Written {
    /// Its files.
    pub files: Vec<PackText>,
    /// Families of rules that are left out.
    pub left_out: Vec<String>,
    /// The owner's name, where the page does not tell it, and what it was guessed by.
    pub guessed: Option<(String, &'static str)>,
}

/// `page.yaml` of a page.
pub fn page_yaml(facts: &PageFacts) -> Result<String, String> {
    let mut text = serde_yaml::to_string(facts).map_err(|error| error.to_string())?;
    // Nothing of the page may act on a terminal.
    text.retain(|c| c == '\n' || !crate::report::is_unsafe(c));
    Ok(format!("{HEAD}{text}"))
}

/// Makes the files of a pack. `Err` tells what a pack cannot be without.
pub fn pack(facts: &PageFacts, wanted: &Wanted) -> Result<Written, String> {
    if facts.page.url.is_none() {
        return Err(
            "the page does not say where it is published, and a clause needs an address".to_owned(),
        );
    }
    let words = PageWords::shipped().ok_or("no word list")?;
    let told = facts.owner.as_ref().map(|fact| fact.value.clone());
    let guess = match told {
        Some(_) => None,
        None => guess::owner(words, facts),
    };
    let owner = told
        .or_else(|| guess.as_ref().map(|guess| guess.name.clone()))
        .ok_or("neither the page nor its address tells who owns the API")?;
    let vendor = wanted
        .vendor
        .clone()
        .unwrap_or_else(|| kebab(&owner).unwrap_or_else(|| "vendor".to_owned()));
    let product = facts
        .product
        .as_ref()
        .map_or_else(|| owner.clone(), |fact| fact.value.clone());
    let licences: Vec<Licence> = read("licences")?;
    let licence = facts
        .licence
        .as_ref()
        .and_then(|fact| licences.into_iter().find(|known| known.spdx == fact.value));
    let limit = facts.default_limit();
    let mut values: Vec<(&'static str, String)> = vec![
        ("$vendor", vendor.clone()),
        ("$owner", owner.clone()),
        ("$product", product.clone()),
    ];
    values.extend(
        licence
            .iter()
            .map(|licence| ("$licence", licence.spdx.clone())),
    );
    let values = sorted(values);
    let filled = |name: &str| -> Result<Value, String> {
        let mut value: Value = read(name)?;
        value.apply_merge().map_err(|error| error.to_string())?;
        fill(&mut value, &values);
        Ok(value)
    };

    let mut out = Written {
        guessed: guess.map(|guess| (guess.name, guess.by)),
        ..Written::default()
    };
    out.files.push(PackText {
        path: "page.yaml",
        text: page_yaml(facts)?,
        derived: true,
    });
    let clauses = if licence.is_some() {
        filled("clauses")?
    } else {
        Value::Sequence(Vec::new())
    };
    out.add(
        "pack.yaml",
        manifest(facts, &vendor, &owner, licence.as_ref(), clauses),
    )?;
    if limit.is_some() {
        let mut limits = filled("limits")?;
        let names: Vec<String> = std::iter::once(product.clone())
            .chain(facts.aliases.iter().map(|fact| fact.value.clone()))
            .collect();
        if let Some(family) = limits
            .get_mut("families")
            .and_then(|families| families.get_mut(0))
        {
            set(family, "names", strings(&names));
        }
        if wanted.hosts.is_empty() {
            let why = "throttling of code and configuration: no host is given (--hosts)";
            out.left_out.push(why.to_owned());
        } else {
            let mut group = Mapping::new();
            group.insert("id".into(), "api".into());
            group.insert("families".into(), strings(std::slice::from_ref(&vendor)));
            group.insert("hosts".into(), strings(&wanted.hosts));
            let groups = Value::Sequence(vec![Value::Mapping(group)]);
            set(&mut limits, "hosts", groups);
            out.add("rules/throttling.yaml", filled("throttling-code")?)?;
        }
        out.add("limits.yaml", limits)?;
        let mut docs = filled("throttling-docs")?;
        let triggers: Vec<String> = names.iter().chain(&wanted.hosts).cloned().collect();
        if let Some(with) = docs.get_mut(0).and_then(|rule| rule.get_mut("with")) {
            set(with, "triggers", strings(&triggers));
        }
        out.add("rules/throttling-docs.yaml", docs)?;
    } else {
        out.left_out
            .push("throttling: no limit was found".to_owned());
    }
    if facts.marks.is_empty() || facts.reservation.is_none() {
        out.left_out
            .push("trademark: no reservation was found".to_owned());
    } else {
        out.add("marks.yaml", filled("marks")?)?;
        out.add("rules/trademark.yaml", filled("trademark")?)?;
    }
    let mut notices = filled("notices")?;
    if let Some(licence) = &licence {
        if let Some(attribution) = notices.get_mut("attribution") {
            set(attribution, "notice", licence.notice.clone());
            set(attribution, "link", licence.link.clone());
        }
        set(&mut notices, "literals", licence.literals.clone());
        let mut provenance = filled("provenance")?;
        set(
            &mut provenance,
            "hosts",
            strings(&places(words, facts, wanted)),
        );
        out.add("provenance.yaml", provenance)?;
        out.add("rules/attribution.yaml", filled("attribution")?)?;
    } else {
        if let Some(notices) = notices.as_mapping_mut() {
            notices.shift_remove("attribution");
        }
        out.left_out.push(match &facts.licence {
            Some(fact) => format!("attribution: what {} asks for is not known", fact.value),
            None => "attribution: no licence was found".to_owned(),
        });
    }
    out.add("notices.yaml", notices)?;
    if !out.files.iter().any(|file| file.path.starts_with("rules/")) {
        return Err(
            "the page gives no rule: no limit, no reservation and no licence was found".to_owned(),
        );
    }
    Ok(out)
}

impl Written {
    fn add(&mut self, path: &'static str, value: Value) -> Result<(), String> {
        let text = serde_yaml::to_string(&value).map_err(|error| error.to_string())?;
        self.files.push(PackText {
            path,
            text: format!("{OWN}{text}"),
            derived: false,
        });
        Ok(())
    }
}

fn manifest(
    facts: &PageFacts,
    vendor: &str,
    owner: &str,
    licence: Option<&Licence>,
    clauses: Value,
) -> Value {
    let mut whose = Mapping::new();
    whose.insert("name".into(), owner.into());
    whose.insert("organisations".into(), strings(&[]));
    whose.insert("holders".into(), strings(&[owner.to_owned()]));
    let mut sources = Mapping::new();
    if let Some(licence) = licence {
        sources.insert("licence".into(), licence.source.clone());
    }
    let mut out = Mapping::new();
    out.insert("schema".into(), 1.into());
    out.insert("id".into(), vendor.into());
    out.insert("title".into(), facts.document().0.into());
    out.insert("owner".into(), Value::Mapping(whose));
    out.insert("sources".into(), Value::Mapping(sources));
    out.insert("clauses".into(), clauses);
    Value::Mapping(out)
}

/// A template, by its name.
fn read<T: serde::de::DeserializeOwned>(name: &str) -> Result<T, String> {
    let text = shipped_text(&format!("common/templates/{name}.yaml")).unwrap_or_default();
    serde_yaml::from_str(text).map_err(|error| format!("{name}: {error}"))
}

fn set(value: &mut Value, key: &str, to: Value) {
    if let Some(mapping) = value.as_mapping_mut() {
        mapping.insert(key.into(), to);
    }
}

fn strings(texts: &[String]) -> Value {
    Value::Sequence(texts.iter().map(|text| text.as_str().into()).collect())
}

/// Where the documentation is published: as given, else where its licence stands.
fn places(words: &PageWords, facts: &PageFacts, wanted: &Wanted) -> Vec<String> {
    let mut places: Vec<String> = if wanted.docs_urls.is_empty() {
        let licence = facts.licence.as_ref();
        let url = licence.map(|fact| facts.document_of(&fact.evidence).1);
        url.iter()
            .filter_map(|url| guess::place(words, url))
            .collect()
    } else {
        let given = wanted.docs_urls.iter();
        given.filter_map(|url| guess::folder(url)).collect()
    };
    places.dedup();
    places
}
