//! What the owner calls the features of a renamed product: “Contoso Directory tenant” is
//! not the new name with “tenant” behind it, where features bear the name of the family.

use std::sync::Arc;

use crate::pack::vocabulary::Feature;

/// The features of one renamed product.
#[derive(Clone, Debug, Default)]
pub(super) struct Features(Arc<[(String, String)]>);

impl Features {
    /// Of the data of a pack: the words of each feature, in lower case, longest first,
    /// beside its name.
    pub(super) fn new(features: &[Feature]) -> Self {
        let mut all: Vec<(String, String)> = features
            .iter()
            .flat_map(|feature| {
                let words = feature.words.iter();
                words.map(|words| (words.to_lowercase(), feature.new.clone()))
            })
            .collect();
        all.sort_by(|a, b| b.0.len().cmp(&a.0.len()).then_with(|| a.cmp(b)));
        Self(all.into())
    }

    /// Where the words of a feature end that follow an old name, and the whole name that is
    /// to be written.
    pub(super) fn after(&self, text: &str, end: usize) -> Option<(usize, String)> {
        let rest = text[end..].strip_prefix([' ', '-', '\u{a0}'])?;
        let from = text.len() - rest.len();
        self.0.iter().find_map(|(words, new)| {
            let written = rest.get(..words.len())?;
            let ends = |c: char| !c.is_alphanumeric() && c != '-';
            let whole = rest[words.len()..].chars().next().is_none_or(ends);
            (whole && written.to_lowercase() == *words).then(|| {
                let name = new.replace("{words}", written);
                (from + words.len(), name)
            })
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn features() -> Features {
        let feature = |words: &[&str], new: &str| Feature {
            words: words.iter().map(|&words| words.to_owned()).collect(),
            new: new.to_owned(),
        };
        Features::new(&[
            feature(&["tenant", "admin", "admin center"], "Fabrikam {words}"),
            feature(&["Guard"], "Fabrikam ID Guard"),
        ])
    }

    #[test]
    fn the_longest_words_count_as_they_are_written() {
        let text = "Contoso Admin center, Contoso guard; Contoso tenants";
        let after = |at: usize| features().after(text, at + "Contoso".len());
        assert_eq!(after(0), Some((20, "Fabrikam Admin center".to_owned())));
        assert_eq!(after(22), Some((35, "Fabrikam ID Guard".to_owned())));
        assert_eq!(after(37), None, "another word");
        assert_eq!(features().after("Contoso — tenant", 7), None);
    }
}
