//! `extends`: lists of words that packs share, from `rules/common/`.

use serde::de::DeserializeOwned;
use serde_yaml::Value;

use super::compile::unknown;
use super::error::{PackError, PackFile};
use super::load::SHIPPED;
use super::vocabulary;
use crate::checks::{BuildError, configure_at};

const KEY: &str = "extends";

/// Folder of the lists that vocabularies extend, one for each kind of file.
const VOCABULARIES: &str = "common";

/// Folder of the lists that a rule's `with` extends.
const CHECKS: &str = "common/checks";

/// Reads a vocabulary with what it extends. An error points at the key in the
/// author's own file.
pub(super) fn read<T: DeserializeOwned>(file: &PackFile) -> Result<T, PackError> {
    if !file.text.contains(KEY) {
        return file.read();
    }
    let mut value: Value = file.read()?;
    let at = |error: BuildError| file.at(&error.key, error.message);
    if !apply(&mut value, VOCABULARIES, "").map_err(at)? {
        return file.read();
    }
    configure_at(value, "").map_err(at)
}

/// Fills a rule's `with` by what it extends; whether it extends anything.
pub(super) fn with(value: &mut Value) -> Result<bool, BuildError> {
    apply(value, CHECKS, "with.")
}

fn apply(value: &mut Value, folder: &'static str, base: &str) -> Result<bool, BuildError> {
    let Some(wanted) = value
        .as_mapping_mut()
        .and_then(|mapping| mapping.shift_remove(KEY))
    else {
        return Ok(false);
    };
    let fault = |key: &str, message: String| BuildError {
        key: format!("{base}{KEY}{key}"),
        message,
    };
    let (names, single) = match wanted {
        Value::Sequence(names) => (names, false),
        name => (vec![name], true),
    };
    for (index, name) in names.iter().enumerate() {
        let key = if single {
            String::new()
        } else {
            format!(".{index}")
        };
        let Some(name) = name.as_str() else {
            return Err(fault(&key, "expected the name of a shared list".to_owned()));
        };
        let text = shared(folder)
            .find(|(known, _)| *known == name)
            .map(|(_, text)| text)
            .ok_or_else(|| {
                let known = shared(folder).map(|(known, _)| known);
                fault(&key, unknown("shared list", name, known))
            })?;
        let common = serde_yaml::from_str(text).map_err(|error| fault(&key, error.to_string()))?;
        merge(value, common);
    }
    Ok(true)
}

/// The shared lists of a folder: name and text.
fn shared(folder: &'static str) -> impl Iterator<Item = (&'static str, &'static str)> {
    SHIPPED
        .get_dir(folder)
        .into_iter()
        .flat_map(include_dir::Dir::files)
        .filter_map(move |file| {
            let path = file.path();
            let name = path.file_name()?.to_str()?;
            let counts = folder != VOCABULARIES || vocabulary::FILES.contains(&name);
            let text = file.contents_utf8().filter(|_| counts)?;
            Some((path.file_stem()?.to_str()?, text))
        })
}

/// Mappings are merged, lists are joined with one's own first, so that the place of an
/// error stays what the author counts, and every other value of one's own stays.
pub(super) fn merge(own: &mut Value, common: Value) {
    match (own, common) {
        (Value::Mapping(own), Value::Mapping(common)) => {
            for (key, value) in common {
                match own.get_mut(&key) {
                    Some(mine) => merge(mine, value),
                    None => {
                        own.insert(key, value);
                    }
                }
            }
        }
        (Value::Sequence(own), Value::Sequence(common)) => own.extend(common),
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn yaml(text: &str) -> Value {
        serde_yaml::from_str(text).expect("YAML")
    }

    #[test]
    fn ones_own_comes_first_and_wins() {
        let mut own = yaml("{a: [1], b: {c: 1}, d: mine}");
        merge(&mut own, yaml("{a: [2], b: {c: 2, e: 3}, d: [x], f: 4}"));
        assert_eq!(own, yaml("{a: [1, 2], b: {c: 1, e: 3}, d: mine, f: 4}"));
    }

    #[test]
    fn names_are_those_of_the_kind() {
        for (folder, name) in [(VOCABULARIES, "notices"), (CHECKS, "documented-limits")] {
            assert!(shared(folder).any(|(known, _)| known == name), "{name}");
        }
        assert!(shared(VOCABULARIES).all(|(known, _)| known != "rate-words"));
    }
}
