//! How the name of a project uses a mark: whether it is one, begins with one, hides
//! one, or refers to one.

mod words;

use std::collections::btree_map::Entry;
use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

pub use self::words::told;
use self::words::{Word, is_version, own_and_other, words};
use super::Marks;
use super::phrases::is_unspaced;

/// How a name uses a mark.
#[expect(
    clippy::struct_excessive_bools,
    reason = "independent traits of a name"
)]
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NameUse {
    /// Canonical form of the mark.
    pub mark: String,
    /// What the name says, as the owner writes it: "Windows 95".
    pub form: String,
    /// Bytes of the name that are the mark.
    pub range: Range<usize>,
    /// How the rest of the name stands to it.
    pub shape: NameShape,
    /// How the mark is written.
    pub spelling: Spelling,
    /// The words could mean something else, so that the repository has to speak of
    /// the mark before it counts.
    pub ambiguous: bool,
    /// Then it is enough that it speaks of the owner's products.
    pub near: bool,
    /// Names of add-ons conventionally begin with it.
    pub technology: bool,
    /// The words are ordinary, but hardly at the head of a display name.
    pub distinct: bool,
    /// It is the name of a text about something: notes, documentation.
    pub writing: bool,
    /// Nothing but the mark is named, and what follows says that it is the subject of a text:
    /// "Harbour: notes from the field", "Harbour vs. Quay".
    pub subject: bool,
    /// Nothing but the mark is named, and something else is said of it: "Harbour: a client".
    pub described: bool,
    /// A way of working with it is named: "Harbour as Code".
    pub practice: bool,
    /// A technology stands first, as names of its add-ons have it: "vscode-harbour".
    pub add_on: bool,
    /// What stands before the mark.
    pub lead: Lead,
}

/// What stands before a mark in a name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Lead {
    /// Nothing, and it is the house mark and no product of the owner, as if the owner
    /// had named a product: "Microsoft Backup Helper".
    House,
    /// Nothing.
    Nothing,
    /// Words, or another mark.
    Something,
}

/// How a mark is written in a name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Spelling {
    /// Shortened: "win11", "mslearn".
    Abbreviated,
    /// Without the house mark: "OneDrive".
    Plain,
    /// With the house mark: "Microsoft Defender".
    House,
}

/// How the rest of a name stands to the mark in it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum NameShape {
    /// After a connector: "Harbour for Teams".
    Referential,
    /// After a name of one's own, as a word of its own: "harbour-azure-tools".
    Inside,
    /// A list of links: "awesome-azure".
    List,
    /// After words that are no name of one's own: "simple-onedrive".
    Generic,
    /// Fused with a word: "AzureZilla" inside, "harbourOneDrive".
    Fused,
    /// First: "OneDrive Client for Linux".
    Led,
    /// Nothing else.
    Exact,
}

// Four independent facts of a form.
#[allow(clippy::struct_excessive_bools)]
#[derive(Clone, Debug)]
struct Form {
    mark: String,
    /// As the owner writes it.
    written: String,
    /// Byte offsets of the flat form at which a separator may stand.
    breaks: BTreeSet<usize>,
    spelling: Spelling,
    ambiguous: bool,
    near: bool,
    technology: bool,
    distinct: bool,
}

/// Reads names; compiled once.
#[derive(Clone, Debug)]
pub(super) struct NameReader {
    house: String,
    /// By flat form: lower case, letters and digits only.
    forms: BTreeMap<String, Form>,
    /// Flat forms, long and coined, that are found inside other words.
    coined: Vec<String>,
    connectors: BTreeSet<String>,
    generic: BTreeSet<String>,
    lists: BTreeSet<String>,
    writings: BTreeSet<String>,
    telling: BTreeSet<String>,
    comparing: BTreeSet<String>,
    editions: BTreeSet<String>,
    endings: BTreeSet<String>,
    practices: Vec<Vec<String>>,
    subjects: BTreeSet<String>,
    exams: BTreeSet<String>,
    credentials: BTreeSet<String>,
    levels: BTreeSet<String>,
}

/// Shortest coined mark that is looked for inside words.
const COINED: usize = 8;
/// Names longer than this many words are sentences.
const MAX_WORDS: usize = 24;

impl NameReader {
    pub(super) fn new(marks: &Marks) -> Self {
        let mut reader = Self {
            house: marks.house.clone(),
            forms: BTreeMap::new(),
            coined: Vec::new(),
            connectors: lower(&marks.connectors),
            generic: lower(&marks.generic),
            lists: lower(&marks.lists),
            writings: lower(&marks.writings),
            telling: lower(&marks.telling),
            comparing: lower(&marks.comparing),
            editions: lower(&marks.editions),
            endings: lower(&marks.endings),
            practices: marks
                .practices
                .iter()
                .map(|words| lower_words(words))
                .collect(),
            subjects: lower(&marks.subjects),
            exams: lower(&marks.exams),
            credentials: lower(&marks.credentials.words),
            levels: lower(&marks.credentials.levels),
        };
        let house = &marks.house;
        if house.is_empty() {
            return reader;
        }
        let house_form = Form {
            mark: house.clone(),
            written: house.clone(),
            breaks: BTreeSet::new(),
            spelling: Spelling::House,
            ambiguous: false,
            near: false,
            technology: false,
            distinct: false,
        };
        reader.add(house, house_form.clone());
        for mark in marks.marks.iter().filter(|mark| mark.name != *house) {
            let short = mark.short(house);
            let product = Form {
                mark: mark.name.clone(),
                written: mark.name.clone(),
                spelling: Spelling::Plain,
                near: mark.near,
                technology: mark.technology,
                distinct: mark.distinct,
                ..house_form.clone()
            };
            // A form that is a short one in names, too ("M365"), is none here.
            let short_form = |form: &&String| {
                let mut abbreviations = mark.abbreviations.iter();
                abbreviations.any(|own| own.eq_ignore_ascii_case(form))
            };
            let forms = mark.forms.iter().filter(|form| !short_form(form));
            let forms = mark.versions.iter().chain(forms);
            for form in forms.map(String::as_str).chain([short]) {
                let bare = form.strip_prefix(house.as_str()).unwrap_or(form).trim();
                let ambiguous = mark.word && bare == short;
                let product = Form {
                    written: if bare == short { &mark.name } else { form }.to_owned(),
                    ..product.clone()
                };
                reader.add(
                    &format!("{house} {bare}"),
                    Form {
                        written: format!("{house} {bare}"),
                        spelling: Spelling::House,
                        technology: false,
                        ..product.clone()
                    },
                );
                for abbreviation in &marks.house_abbreviations {
                    reader.add(
                        &format!("{abbreviation} {bare}"),
                        Form {
                            spelling: Spelling::Abbreviated,
                            // "ms" is a millisecond and a spectrometer, too.
                            ambiguous: (mark.word || mark.house_only) && bare == short,
                            ..product.clone()
                        },
                    );
                }
                if mark.house_only && bare == short {
                    continue;
                }
                reader.add(
                    bare,
                    Form {
                        ambiguous,
                        technology: mark.technology
                            || (mark.platform
                                && (bare == short || mark.versions.iter().any(|own| own == form))),
                        ..product.clone()
                    },
                );
            }
            for (list, ambiguous) in [(&mark.abbreviations, false), (&mark.ambiguous, true)] {
                for abbreviation in list {
                    reader.add(
                        abbreviation,
                        Form {
                            spelling: Spelling::Abbreviated,
                            ambiguous,
                            technology: mark.technology || mark.platform,
                            ..product.clone()
                        },
                    );
                }
            }
        }
        reader.coined = reader
            .forms
            .iter()
            .filter(|(flat, form)| {
                flat.len() >= COINED
                    && form.breaks.is_empty()
                    && !form.ambiguous
                    && !form.technology
                    && form.spelling != Spelling::Abbreviated
            })
            .map(|(flat, _)| flat.clone())
            .collect();
        reader
    }

    fn add(&mut self, written: &str, form: Form) {
        let (flat, breaks) = flattened(written);
        if flat.is_empty() {
            return;
        }
        // The first meaning stays; what another entry is sure of is sure.
        match self.forms.entry(flat) {
            Entry::Vacant(entry) => {
                entry.insert(Form { breaks, ..form });
            }
            Entry::Occupied(mut entry) if entry.get().mark == form.mark => {
                let known = entry.get_mut();
                known.ambiguous &= form.ambiguous;
                // "Power BI" is how its owner writes "PowerBI"; a short form is no way to
                // write the mark.
                if form.written == form.mark
                    && form.written.contains(' ')
                    && flattened(&form.written).0 == flattened(written).0
                {
                    known.written.clone_from(&form.written);
                }
                known.breaks.extend(breaks);
            }
            Entry::Occupied(_) => {}
        }
    }

    pub(super) fn read(&self, name: &str) -> Option<NameUse> {
        // The number of an exam may stand after its name, in brackets.
        if self.is_of_exam(name) {
            return None;
        }
        let (words, other) = own_and_other(name);
        if words.is_empty() || words.len() > MAX_WORDS {
            return None;
        }
        let writing = self.is_writing(&words);
        let mut uses: Vec<NameUse> = Vec::new();
        let mut own: Vec<&str> = Vec::new();
        let mut at = 0;
        while let Some(place) = self.first_mark(&words, at) {
            let Place {
                first,
                end,
                form,
                head,
                tail,
            } = place;
            // The number after a mark is its version.
            let after_mark = !uses.is_empty();
            own.extend(
                words[at..first]
                    .iter()
                    .map(|word| word.lower.as_str())
                    .filter(|word| !(after_mark && is_version(word))),
            );
            own.extend(Some(head).filter(|head| !head.is_empty()));
            uses.push(NameUse {
                mark: form.mark.clone(),
                form: form.written.clone(),
                range: words[first].range.start..words[end - 1].range.end,
                shape: self.shape(
                    &own,
                    words[first].glued || !head.is_empty(),
                    !tail.is_empty() || words[end..].iter().any(|word| !is_version(&word.lower)),
                ),
                spelling: form.spelling,
                // "clonedrive" may be a drive of clones.
                ambiguous: form.ambiguous || !(head.is_empty() || self.is_known(head)),
                near: form.near,
                technology: form.technology,
                distinct: form.distinct,
                // Or about the company itself: its shares, an interview there.
                writing: writing
                    || (form.mark == self.house
                        && words[end..]
                            .iter()
                            .any(|word| self.subjects.contains(&word.lower))),
                practice: self.is_practice(&words[end..]),
                subject: first == 0
                    && if end == words.len() {
                        other.iter().any(|word| self.speaks_of_a_subject(word))
                    } else {
                        self.comparing.contains(&words[end].lower)
                    },
                described: end == words.len() && !other.is_empty(),
                add_on: first > 0
                    && form.spelling != Spelling::House
                    && uses
                        .first()
                        .is_some_and(|lead| lead.technology && lead.lead == Lead::Nothing),
                lead: match first {
                    0 if !head.is_empty() => Lead::Something,
                    0 if form.mark == self.house => Lead::House,
                    0 => Lead::Nothing,
                    _ => Lead::Something,
                },
            });
            at = end;
        }
        // The first that means nothing but the mark speaks for the name.
        let plain = uses
            .iter()
            .position(|found| !found.ambiguous && !found.technology)
            .or_else(|| uses.iter().position(|found| !found.technology))
            .unwrap_or(0);
        (plain < uses.len()).then(|| uses.swap_remove(plain))
    }

    /// Whether a name holds the number of an exam or course or is that of a certificate.
    pub(super) fn is_of_exam(&self, name: &str) -> bool {
        let name = told(name);
        let words = words(name);
        self.names_an_exam(&words) || self.names_a_credential(name, &words)
    }

    /// Whether a name is that of a certificate: "Acme Certified: Cloud Fundamentals".
    fn names_a_credential(&self, name: &str, words: &[Word]) -> bool {
        let certified = |word: &Word| self.credentials.contains(&word.lower);
        let Some(at) = words.iter().position(certified).filter(|at| *at > 0) else {
            return false;
        };
        if self.first_mark(&words[..at], 0).is_none() {
            return false;
        }
        let rest = name[words[at].range.end..].trim_start();
        let mut after = words[at + 1..].iter();
        rest.is_empty()
            || rest.starts_with([':', '：'])
            || after.any(|word| self.levels.contains(&word.lower))
    }

    /// Whether the number of an exam or course stands in the name: who learns for it
    /// has to call it so ("AZ-900 Notes", "AZ-900T00", "Exam 70-533").
    fn names_an_exam(&self, words: &[Word]) -> bool {
        words.windows(2).any(|pair| {
            self.exams.contains(&pair[0].lower)
                && pair[1].lower.len() == 3
                && pair[1].lower.bytes().all(|byte| byte.is_ascii_digit())
        })
    }

    /// Whether the last word, a version or an edition aside, is one for a text.
    fn is_writing(&self, words: &[Word]) -> bool {
        let mut words = words;
        // "Second Edition".
        if let [rest @ .., _, last] = words
            && self.editions.contains(&last.lower)
        {
            words = rest;
        }
        let last = words.iter().rev().find(|word| !is_version(&word.lower));
        last.is_some_and(|word| {
            self.writings.contains(&word.lower)
                || self
                    .writings
                    .iter()
                    .any(|text| !text.is_ascii() && word.lower.ends_with(text.as_str()))
        })
    }

    /// Whether a word after a mark says that a text is about it.
    fn speaks_of_a_subject(&self, word: &Word) -> bool {
        // “Erfahrungsbericht” ends with “bericht”; what is shorter than five letters ends other
        // words by chance (“however”, “somewhat”).
        let compound =
            |text: &String| text.chars().count() > 4 && word.lower.ends_with(text.as_str());
        self.writings.contains(&word.lower)
            || self.telling.contains(&word.lower)
            || self.comparing.contains(&word.lower)
            || self.telling.iter().any(compound)
    }

    /// Whether words after a mark make it a way of working: "as code".
    fn is_practice(&self, after: &[Word]) -> bool {
        self.practices.iter().any(|practice| {
            let mut words = practice.iter().zip(after);
            after.len() >= practice.len() && words.all(|(own, word)| *own == word.lower)
        })
    }

    /// Whether a word is one that names of projects are made with.
    fn is_known(&self, word: &str) -> bool {
        [&self.generic, &self.lists, &self.writings, &self.connectors]
            .into_iter()
            .any(|words| words.contains(word))
    }

    /// Whether letters after a mark are a word of their own. A few letters, or an ending,
    /// make another word of it: "onedriver".
    fn is_word_of_its_own(&self, tail: &str) -> bool {
        /// Letters of the shortest word that is told from an ending.
        const SHORTEST: usize = 3;
        if tail.is_empty() || tail.chars().all(is_unspaced) {
            return true;
        }
        !self.endings.contains(tail) && (self.is_known(tail) || tail.chars().count() >= SHORTEST)
    }

    /// The first mark in the words from `from` on, the longest at its place.
    fn first_mark<'a>(&'a self, words: &'a [Word], from: usize) -> Option<Place<'a>> {
        for first in from..words.len() {
            let mut flat = String::new();
            let mut separators = Vec::new();
            let mut best = None;
            for (end, word) in words.iter().enumerate().skip(first) {
                if end > first && !word.glued {
                    separators.push(flat.len());
                }
                flat.push_str(&word.lower);
                if let Some(form) = self.forms.get(&flat)
                    && separators.iter().all(|at| form.breaks.contains(at))
                {
                    best = Some(Place {
                        first,
                        end: end + 1,
                        form,
                        head: "",
                        tail: "",
                    });
                }
            }
            let found = best.or_else(|| self.within(&words[first].lower, first));
            if found.is_some() {
                return found;
            }
        }
        None
    }

    /// The longest coined mark within a word whose other letters are words, too.
    fn within<'a>(&'a self, word: &'a str, first: usize) -> Option<Place<'a>> {
        let found = self.coined.iter().filter_map(|coined| {
            let (head, tail) = word.split_once(coined.as_str())?;
            self.is_word_of_its_own(tail)
                .then_some((coined, head, tail))
        });
        let (coined, head, tail) = found.max_by_key(|(coined, ..)| coined.len())?;
        Some(Place {
            first,
            end: first + 1,
            form: self.forms.get(coined)?,
            head,
            tail,
        })
    }

    /// `before`: the words before the mark; `glued`: the last of them is written together
    /// with it; `goes_on`: other words follow than a version.
    fn shape(&self, before: &[&str], glued: bool, goes_on: bool) -> NameShape {
        if before.is_empty() {
            return if goes_on {
                NameShape::Led
            } else {
                NameShape::Exact
            };
        }
        if before.iter().any(|word| self.connectors.contains(*word)) {
            NameShape::Referential
        } else if self.lists.contains(before[0]) {
            NameShape::List
        } else if before
            .iter()
            .all(|word| self.generic.contains(*word) || word.chars().all(char::is_numeric))
        {
            NameShape::Generic
        } else if glued {
            NameShape::Fused
        } else {
            NameShape::Inside
        }
    }
}

/// A mark among the words of a name.
struct Place<'a> {
    /// Its first word.
    first: usize,
    /// The word after it.
    end: usize,
    form: &'a Form,
    /// Letters before and after it in a word that holds it: "my" of "myharbour".
    head: &'a str,
    tail: &'a str,
}

/// A name in lower case without spaces and signs, and the offsets at which they stood.
fn flattened(written: &str) -> (String, BTreeSet<usize>) {
    let mut flat = String::new();
    let mut breaks = BTreeSet::new();
    for part in written.split(|c: char| !c.is_alphanumeric()) {
        if !flat.is_empty() && !part.is_empty() {
            breaks.insert(flat.len());
        }
        flat.push_str(&part.to_lowercase());
    }
    (flat, breaks)
}

fn lower_words(words: &str) -> Vec<String> {
    words.split_whitespace().map(str::to_lowercase).collect()
}

fn lower(words: &[String]) -> BTreeSet<String> {
    words.iter().map(|word| word.to_lowercase()).collect()
}

#[cfg(test)]
mod tests;
