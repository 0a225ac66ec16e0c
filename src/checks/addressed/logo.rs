//! Files that are named as logos of a mark. What their pictures show is another matter.

use crate::pack::Marks;
use crate::pack::vocabulary::{MarkFinder, NameShape};

/// The mark that a picture is a logo of by its name: `assets/onedrive-logo.svg`,
/// `logos/onedrive.png`. `spoken` tells whether the project speaks of a mark, which one
/// needs whose words mean something else as well: `teams-logo.png`.
pub(super) fn mark(
    path: &str,
    marks: &Marks,
    finder: &MarkFinder,
    spoken: impl Fn(&str) -> bool,
) -> Option<String> {
    let (folders, file) = path.rsplit_once('/').unwrap_or(("", path));
    let (stem, extension) = file.rsplit_once('.')?;
    let logos = &marks.logos;
    let is_picture = logos
        .extensions
        .iter()
        .any(|known| known.eq_ignore_ascii_case(extension));
    if !is_picture {
        return None;
    }
    let is_logo_word = |word: &str| {
        let mut words = logos.words.iter();
        words.any(|known| known.eq_ignore_ascii_case(word))
    };
    let separates = |c: char| !c.is_alphanumeric();
    let folder = folders.rsplit('/').next().unwrap_or_default();
    let in_folder = folder.split(separates).any(is_logo_word);
    let (said, rest): (Vec<&str>, Vec<&str>) = stem
        .split(separates)
        .filter(|word| !word.is_empty())
        .partition(|word| is_logo_word(word));
    if said.is_empty() && !in_folder {
        return None;
    }
    // Nothing but the mark: a picture of somebody's tool for it is that tool's.
    let found = finder.in_name(&rest.join(" "))?;
    let telling = found.shape == NameShape::Exact
        && !found.technology
        && (!found.ambiguous || spoken(&found.mark));
    telling.then_some(found.mark)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::pack::load_embedded;

    fn mark_of(path: &str, speaks: bool) -> Option<String> {
        let packs = load_embedded().expect("the shipped packs");
        let marks = &packs
            .iter()
            .find(|pack| pack.marks.house == "Microsoft")
            .expect("a pack with a house mark")
            .marks;
        mark(path, marks, &marks.finder(), |_| speaks)
    }

    #[test]
    fn logos_are_known_by_name_and_folder() {
        for path in [
            "assets/onedrive-logo.svg",
            "img/logos/onedrive.png",
            "logo_OneDrive.PNG",
        ] {
            assert_eq!(mark_of(path, false).as_deref(), Some("OneDrive"), "{path}");
        }
    }

    #[test]
    fn words_technologies_and_other_pictures_are_none() {
        for path in [
            "assets/logo.svg",
            "assets/github-logo.svg",
            "assets/windows-logo.svg",
            "assets/teams-logo.svg",
            "assets/harbour-for-onedrive-logo.svg",
            "assets/onedrive.svg",
            "assets/onedrive-logo.md",
            "onedrive-logo",
        ] {
            assert_eq!(mark_of(path, false), None, "{path}");
        }
        assert!(mark_of("assets/teams-logo.svg", true).is_some());
    }
}
