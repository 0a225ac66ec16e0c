//! Product names that are outdated, misspelt or translated.

mod around;
mod features;
mod forms;
mod past;
mod replace;
mod sibling;
mod titles;

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;
use std::sync::Arc;

use aho_corasick::AhoCorasick;
use serde::Deserialize;

use self::around::{dated_segment, is_option, joins, row, year_in};
use self::features::Features;
use self::forms::Words;
use self::replace::{Replacer, names_a_neighbour};
use crate::checks::passage::{self, Context};
use crate::checks::{
    BuildError, Check, FileContext, RepositoryContext, Trigger, TriggerScope, configure,
};
use crate::facts::{FileFacts, FileKind, Prose, ProseContext};
use crate::finding::{Confidence, Edit, Finding, Fix};
use crate::pack::vocabulary::phrases::{self, PhraseSet};
use crate::pack::vocabulary::{Altered, MarkFinder, Marks, Outdated, Translated};
use crate::pack::{Glob, Pack};
use crate::source::floor_boundary;

/// `with` of a rule that uses this check.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Config {
    /// Which list of `names.yaml`.
    list: List,
    /// Contexts in which a name counts.
    #[serde(default = "Context::documents")]
    contexts: Vec<Context>,
    /// Files whose words are legal texts or other people's.
    #[serde(default)]
    except_files: Vec<Glob>,
    /// Front-matter keys that date a page.
    #[serde(default)]
    dates: Vec<String>,
    /// Front-matter keys of pages that a generator writes from code.
    #[serde(default)]
    generated: Vec<String>,
    /// What the fix does, in a short imperative phrase; `{name}` is the canonical name.
    fix: String,
    /// Added to the message where other old names of the same product stand, `{forms}`.
    #[serde(default)]
    also: String,
    /// Added to the help where the English page beside one in another language has the
    /// name, `{page}` and `{name}`.
    #[serde(default)]
    beside: String,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
enum List {
    Outdated,
    Altered,
    Translated,
    Abbreviated,
    Bent,
}

/// What a phrase stands for.
#[derive(Clone, Debug)]
enum Phrase {
    /// A wrong form.
    Wrong(Entry),
    /// A longer name that holds a wrong form and is none itself.
    Kept,
    /// The canonical name, with or without the house mark.
    Canonical(String),
}

impl Phrase {
    /// Whether it is a wrong form of the name that another one is of.
    fn is_wrong_for(&self, entry: &Entry) -> bool {
        matches!(self, Self::Wrong(other) if other.name == entry.name)
    }
}

/// What a wrong form stands for.
#[expect(
    clippy::struct_excessive_bools,
    reason = "four independent traits of a form"
)]
#[derive(Clone, Debug)]
struct Entry {
    name: String,
    since: u16,
    safe: bool,
    half: bool,
    common: bool,
    /// Run together: it is a name of code as well.
    joined: bool,
    rivals: Arc<[String]>,
    /// Words of longer names in use that begin with it.
    longer: Arc<[String]>,
    /// What its features are called now.
    features: Features,
}

struct NamesCheck {
    words: Words,
    config: Config,
    phrases: PhraseSet<Phrase>,
    /// Words of which one stands in every wrong form.
    anchors: Vec<String>,
    /// Finds the anchors.
    gate: Option<AhoCorasick>,
    renaming: PhraseSet<()>,
    naming: PhraseSet<()>,
    asking: PhraseSet<()>,
    /// Words before the title of a source.
    citing: PhraseSet<()>,
    /// Words before the year in which something was: "in".
    dating: BTreeSet<String>,
    /// The names of today, of which an old one may hold the beginning.
    current: PhraseSet<()>,
    replacer: Replacer,
    /// Words between two names of one thing.
    joining: Vec<String>,
    marks: Arc<MarkFinder>,
}

/// Builds the check.
pub fn build(with: &serde_yaml::Value, pack: &Pack) -> Result<Box<dyn Check>, BuildError> {
    let config: Config = configure(with)?;
    let names = &pack.names;
    let house = pack.marks.house.clone();
    let entry = |name: &str| Entry {
        name: name.to_owned(),
        since: 0,
        safe: true,
        half: false,
        common: false,
        joined: false,
        rivals: Arc::default(),
        longer: Arc::default(),
        features: Features::default(),
    };
    let mut list: Vec<(String, Phrase)> = match config.list {
        List::Outdated => names
            .outdated
            .iter()
            .flat_map(|outdated| outdated_forms(outdated, entry(&outdated.new)))
            .collect(),
        List::Altered => names
            .altered
            .iter()
            .flat_map(|altered| altered_forms(altered, &pack.marks, entry(&altered.name)))
            .collect(),
        List::Translated => names
            .translated
            .iter()
            .flat_map(|translated| translated_forms(translated, entry(&translated.name)))
            .collect(),
        List::Abbreviated => names
            .abbreviated
            .iter()
            .flat_map(|short| forms::abbreviated(short, entry(&short.name)))
            .collect(),
        List::Bent => forms::bent(names, &pack.marks, &entry),
    };
    if list.is_empty() {
        return Err(BuildError {
            key: "with.list".to_owned(),
            message: "names.yaml has no such names".to_owned(),
        });
    }
    let wrong = |phrase: &Phrase| match phrase {
        Phrase::Wrong(entry) => Some(entry.name.clone()),
        _ => None,
    };
    let anchors = anchors(
        &house,
        list.iter()
            .filter(|(_, phrase)| wrong(phrase).is_some())
            .map(|(form, _)| form.as_str()),
    );
    let canonical: BTreeSet<String> = list
        .iter()
        .filter_map(|(_, phrase)| wrong(phrase))
        .collect();
    for name in canonical {
        // The name of the family stands for that of today: "now Acme Entra".
        let families = pack.marks.marks.iter().filter(|mark| mark.name != house);
        for family in
            families.filter(|mark| config.list == List::Outdated && begins(&name, &mark.name))
        {
            let short = family.short(&house).to_owned();
            for form in [family.name.clone(), short] {
                list.push((form, Phrase::Canonical(name.clone())));
            }
        }
        if let Some(short) = name.strip_prefix(&house) {
            list.push((short.to_owned(), Phrase::Canonical(name.clone())));
        }
        list.push((name.clone(), Phrase::Canonical(name)));
    }
    Ok(Box::new(NamesCheck {
        words: Words::new(names),
        phrases: if config.list == List::Translated {
            PhraseSet::ignoring_case(list)
        } else {
            PhraseSet::new(list)
        },
        gate: AhoCorasick::builder()
            .ascii_case_insensitive(config.list == List::Translated)
            .build(&anchors)
            .ok(),
        config,
        anchors,
        renaming: PhraseSet::ignoring_case(names.renaming.iter().map(|word| (word.clone(), ()))),
        asking: PhraseSet::ignoring_case(names.asking.iter().map(|word| (word.clone(), ()))),
        citing: PhraseSet::ignoring_case(names.citing.iter().map(|word| (word.clone(), ()))),
        dating: names
            .dating
            .iter()
            .map(|word| word.to_lowercase())
            .collect(),
        current: PhraseSet::new(names.outdated.iter().map(|old| (old.new.clone(), ()))),
        naming: PhraseSet::ignoring_case(names.naming.iter().map(|word| (word.clone(), ()))),
        replacer: Replacer::new(
            &names.replacing,
            pack.notices
                .owner_names
                .iter()
                .cloned()
                .chain([pack.owner.name.clone(), house.clone()]),
        ),
        joining: names.joining.clone(),
        marks: pack.marks.finder(),
    }))
}

/// Whether a name begins with another and goes on.
fn begins(name: &str, with: &str) -> bool {
    let rest = name.strip_prefix(with);
    rest.is_some_and(|rest| rest.starts_with(' '))
}

fn outdated_forms(outdated: &Outdated, entry: Entry) -> Vec<(String, Phrase)> {
    let entry = Entry {
        since: outdated.since,
        safe: outdated.exact,
        rivals: outdated.rivals.iter().cloned().collect(),
        longer: past::telling(&outdated.old, &outdated.keep).into(),
        features: Features::new(&outdated.features),
        ..entry
    };
    let joined = Entry {
        joined: true,
        ..entry.clone()
    };
    let old = outdated
        .old
        .iter()
        .map(|old| (old.clone(), Phrase::Wrong(entry.clone())))
        .chain(
            outdated
                .joined
                .iter()
                .map(|old| (old.clone(), Phrase::Wrong(joined.clone()))),
        );
    // What may stand before an old name may stand before a longer one that is in use:
    // "Contoso Azure AD B2C" as "Contoso Azure AD".
    let led = outdated.old.iter().flat_map(|longer| {
        outdated.old.iter().flat_map(|old| {
            let lead = longer.strip_suffix(old.as_str()).unwrap_or_default();
            let keep = outdated
                .keep
                .iter()
                .filter(|keep| keep.starts_with(old.as_str()));
            keep.filter(|_| !lead.is_empty())
                .map(move |keep| format!("{lead}{keep}"))
        })
    });
    old.chain(
        outdated
            .keep
            .iter()
            .cloned()
            .chain(led)
            .map(|keep| (keep, Phrase::Kept)),
    )
    .collect()
}

fn altered_forms(altered: &Altered, marks: &Marks, entry: Entry) -> Vec<(String, Phrase)> {
    let entry = Entry {
        common: altered.common,
        ..entry
    };
    let names = marks.marks.iter();
    let longer: BTreeSet<&str> = names
        .flat_map(|mark| mark.forms.iter().chain([&mark.name]))
        .filter_map(|name| name.strip_prefix(altered.name.as_str())?.strip_prefix(' '))
        .collect();
    let mut forms = Vec::new();
    for wrong in &altered.wrong {
        forms.push((wrong.clone(), Phrase::Wrong(entry.clone())));
        // The whole of a longer name is mended, however its end is written.
        for rest in &longer {
            let whole = Phrase::Wrong(Entry {
                name: format!("{} {rest}", altered.name),
                ..entry.clone()
            });
            for written in cases(rest) {
                forms.push((format!("{wrong} {written}"), whole.clone()));
            }
        }
    }
    forms
}

/// The ways in which the end of a name is written: as it is, small, each word large.
fn cases(words: &str) -> BTreeSet<String> {
    let large: Vec<String> = words
        .split(' ')
        .map(|word| {
            let mut chars = word.chars();
            let first = chars.next().into_iter().flat_map(char::to_uppercase);
            first.chain(chars).collect()
        })
        .collect();
    [words.to_owned(), words.to_lowercase(), large.join(" ")].into()
}

fn translated_forms(translated: &Translated, entry: Entry) -> Vec<(String, Phrase)> {
    let forms = translated.forms.values().flatten();
    let half = Entry {
        half: true,
        ..entry.clone()
    };
    forms
        .map(|form| (form.clone(), Phrase::Wrong(entry.clone())))
        .chain(
            translated
                .half
                .values()
                .flatten()
                .map(|form| (form.clone(), Phrase::Wrong(half.clone()))),
        )
        .collect()
}

/// Words of which one stands in every form, whatever the spaces between its words
/// are: the house mark, which is looked for anyway, and as few others as will do.
fn anchors<'a>(house: &str, forms: impl Iterator<Item = &'a str>) -> Vec<String> {
    let words = |form: &'a str| {
        form.split(|c: char| c.is_whitespace() || matches!(c, '\'' | '’'))
            // The s of a possessive stands in every text.
            .filter(|word| word.len() > 1)
    };
    let mut left: Vec<&str> = forms.collect();
    let mut anchors = Vec::new();
    let mut next = Some(house);
    while let Some(anchor) = next.filter(|_| !left.is_empty()) {
        let before = left.len();
        left.retain(|form| !words(form).any(|word| word == anchor));
        if left.len() < before {
            anchors.push(anchor.to_owned());
        }
        let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
        for word in left.iter().flat_map(|form| words(form)) {
            *counts.entry(word).or_default() += 1;
        }
        next = counts
            .into_iter()
            .max_by_key(|&(word, count)| (count, word.len()))
            .map(|(word, _)| word);
    }
    anchors
}

impl Check for NamesCheck {
    fn triggers(&self) -> Vec<Trigger> {
        self.anchors
            .iter()
            .map(|literal| Trigger {
                literal: literal.clone(),
                exact_case: self.config.list != List::Translated,
                scope: TriggerScope::Documents,
            })
            .collect()
    }

    fn placeholders(&self) -> &'static [&'static str] {
        &["found", "name", "since"]
    }

    fn check_file(&self, context: &FileContext<'_>, out: &mut Vec<Finding>) {
        let facts = context.facts;
        let except = &self.config.except_files;
        let written = |key: &String| self.config.generated.contains(key);
        if matches!(facts.kind, FileKind::Data(_))
            || facts.front_matter.iter().any(|entry| written(&entry.key))
            || except
                .iter()
                .any(|glob| glob.is_match(&*context.source.path))
        {
            return;
        }
        let mut of_owner = None;
        let mut in_code = BTreeMap::new();
        for (index, prose) in facts.prose.iter().enumerate() {
            if !self
                .config
                .contexts
                .contains(&Context::from(&prose.context))
            {
                continue;
            }
            if self
                .gate
                .as_ref()
                .is_some_and(|gate| !gate.is_match(&prose.text))
            {
                continue;
            }
            let mut end_of_last = 0;
            for hit in self.phrases.find(&prose.text) {
                let Phrase::Wrong(entry) = hit.value else {
                    continue;
                };
                if hit.range.start < end_of_last
                    || !passage::is_own(prose, &hit.range)
                    || phrases::is_technical(&prose.text, &hit.range)
                    || in_foreign_title(prose, facts, &hit.range)
                    || names_a_neighbour(
                        &prose.text[hit.range.end..],
                        &prose.text[hit.range.clone()],
                        &entry.name,
                    )
                    || self.is_explained(context, index, entry, &hit.range)
                    || self
                        .words
                        .excuse(self.config.list, entry, facts, prose, &hit.range)
                    || (self.config.list == List::Outdated
                        && self.is_told_to_an_api(context, index, &hit.range, &mut in_code))
                {
                    continue;
                }
                let old = hit.range.start..self.end_of_old(&prose.text, &hit.range, entry);
                end_of_last = old.end;
                let mut finding = self.finding(context, prose, entry, &hit.range, &old);
                if entry.half
                    || (entry.common
                        && !*of_owner.get_or_insert_with(|| self.speaks_of_owner(facts)))
                {
                    finding = finding.confidence_at_most(Confidence::Low);
                }
                out.push(finding);
            }
        }
    }

    /// An old name is told where the repository is under the page's terms or is about a
    /// product; elsewhere it is a nuisance, and shown with `--pedantic` only.
    fn check_repository(&self, context: &RepositoryContext<'_>, out: &mut Vec<Finding>) {
        if self.config.list == List::Translated {
            self.compare(context, out);
        }
        if self.config.list != List::Outdated {
            return;
        }
        let told = context.addressed.is_addressed() || context.addressed.is_subject;
        let mine = |finding: &&mut Finding| Arc::ptr_eq(&finding.rule, context.rule);
        let mut forms: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
        for finding in out.iter_mut().filter(mine) {
            if !told {
                finding.confidence = Confidence::Low;
            }
            if finding.suppressed.is_none()
                && let (Some(name), Some(found)) = (&finding.subject, found_in(finding))
            {
                let of_name = forms.entry(name.clone()).or_default();
                of_name.insert(found.to_owned());
            }
        }
        // Who mends one old name is not told the other one then.
        for finding in out.iter_mut().filter(mine) {
            let own = found_in(finding).map(str::to_owned);
            let all = finding.subject.as_ref().and_then(|name| forms.get(name));
            let others = all.into_iter().flatten();
            let others: Vec<String> = others
                .filter(|form| Some(*form) != own.as_ref())
                .map(|form| format!("“{form}”"))
                .collect();
            if let Some(many) = finding.many.as_mut().filter(|_| !others.is_empty()) {
                many.template.push_str(&self.config.also);
                many.values.push(("forms", others.join(", ")));
            }
        }
    }
}

/// The words that a finding of an old name is about.
fn found_in(finding: &Finding) -> Option<&str> {
    let values = &finding.many.as_ref()?.values;
    let found = values.iter().find(|(name, _)| *name == "found");
    found.map(|(_, found)| found.as_str())
}

impl NamesCheck {
    fn finding(
        &self,
        context: &FileContext<'_>,
        prose: &Prose,
        entry: &Entry,
        range: &Range<usize>,
        old: &Range<usize>,
    ) -> Finding {
        let source = context.source;
        let change = |found: &Range<usize>, new: &str| {
            self.replacer.change(&prose.text, found, new, |part| {
                let hits = self.phrases.find(part);
                hits.iter().any(|hit| hit.value.is_wrong_for(entry))
            })
        };
        let feature = entry.features.after(&prose.text, old.end);
        let (change, name) = match feature {
            Some((end, name)) => (change(&(old.start..end), &name), name),
            None => (change(old, &entry.name), entry.name.clone()),
        };
        // The whole name, where it stands in one piece.
        let exact = |range: &Range<usize>| {
            let span = prose.span(source.id, range.clone());
            (source.slice(span) == &prose.text[range.clone()]).then_some(span)
        };
        let whole = exact(&change.range);
        let shown = if whole.is_some() {
            &change.range
        } else {
            range
        };
        let since = entry.since.to_string();
        let values = [
            ("found", &prose.text[shown.clone()]),
            ("name", name.as_str()),
            ("since", since.as_str()),
        ];
        // Of many places the product is named, whatever feature the first one speaks of.
        let of_product = [
            ("found", &prose.text[shown.start..range.end]),
            ("name", entry.name.as_str()),
            ("since", since.as_str()),
        ];
        let span = prose.span(source.id, shown.clone());
        let message = context.rule.message(&values);
        let mut finding = Finding::new(context.rule, Some(span), message)
            .help(crate::pack::schema::fill(&context.rule.help, &values))
            .subject(entry.name.clone())
            .many(
                context.rule.message.clone(),
                if name == entry.name {
                    values
                } else {
                    of_product
                }
                .map(|(name, value)| (name, value.to_owned())),
            );
        let breaks = replace::breaks_markup(context, prose, &change.range);
        let Some(span) = whole.filter(|_| !breaks) else {
            return finding;
        };
        let mut edits = vec![Edit {
            span,
            replacement: name.clone(),
        }];
        let mut safe = change.safe
            && entry.safe
            && !entry.half
            && is_changeable(context, prose, &change.range, &name);
        if let Some((range, replacement)) = change.article {
            match exact(&range) {
                Some(span) => edits.insert(0, Edit { span, replacement }),
                None => safe = false,
            }
        }
        finding.fix = Some(Fix {
            more: false,
            title: crate::pack::schema::fill(&self.config.fix, &values),
            safe,
            edits,
        });
        finding
    }

    /// Where an old name ends with a short form of it in parentheses behind it: one new name
    /// is put for “Contoso Active Directory (Contoso AD)”.
    fn end_of_old(&self, text: &str, range: &Range<usize>, entry: &Entry) -> usize {
        /// Longest short form, in bytes; no old name that ships is as long.
        const SHORT: usize = 60;
        let Some(rest) = text[range.end..].strip_prefix(" (") else {
            return range.end;
        };
        let cut = floor_boundary(rest, SHORT);
        let Some(short) = rest[..cut].find(')').map(|end| &rest[..end]) else {
            return range.end;
        };
        let hits = self.phrases.find(short);
        let is_all = hits
            .first()
            .is_some_and(|hit| hit.range == (0..short.len()) && hit.value.is_wrong_for(entry));
        if is_all {
            range.end + short.len() + 3
        } else {
            range.end
        }
    }

    /// Whether the text itself says what became of the name, or is too old to know.
    fn is_explained(
        &self,
        context: &FileContext<'_>,
        index: usize,
        entry: &Entry,
        range: &Range<usize>,
    ) -> bool {
        let prose = &context.facts.prose[index];
        match self.config.list {
            List::Altered | List::Abbreviated | List::Bent => false,
            List::Translated => stands_in_alternate(context, prose, entry, range),
            List::Outdated => {
                let within = passage::sentence(&prose.text, range);
                let before = prose.text.get(within.start..range.start).unwrap_or("");
                let sentence = prose.text.get(within).unwrap_or(&prose.text);
                let named = |hit: &phrases::PhraseHit<'_, ()>| {
                    around::ends_in_a_name(&before[hit.range.end..])
                };
                self.naming.find(before).iter().any(named)
                    || self.cites(past::head_of_line(context, prose, range))
                    || titles::is_of_an_address(context, prose, range)
                    || self.goes_on(&prose.text, range)
                    || past::is_of_a_longer_name(context, prose, range, &entry.longer)
                    || self.is_dated(context, prose, range, entry)
                    || self.speaks_of_renaming(sentence, entry)
                    || entry.rivals.iter().any(|rival| sentence.contains(rival))
                    || is_option(context.source, prose.span(context.source.id, range.clone()))
                    || past::lead_of_list(context.facts, index)
                        .is_some_and(|lead| self.speaks_of_renaming(lead, entry))
                    || row(context, prose).is_some_and(|row| self.speaks_of_renaming(&row, entry))
                    || self.year(context).is_some_and(|year| year <= entry.since)
            }
        }
    }

    /// Whether the words before a name begin a line and say that a source follows:
    /// "Source: ".
    fn cites(&self, before: &str) -> bool {
        let cites = self.citing.find(before);
        cites.iter().any(|hit| {
            let letters = |part: &str| part.chars().any(char::is_alphanumeric);
            let after = before[hit.range.end..].trim_start();
            !letters(&before[..hit.range.start]) && after.starts_with([':', '：'])
        })
    }

    /// Whether an old name runs on into a name of today: "Old Quay Watch", where "Quay
    /// Watch" is one.
    fn goes_on(&self, text: &str, range: &Range<usize>) -> bool {
        /// Longest rest of a name, in bytes.
        const REST: usize = 80;
        let end = floor_boundary(text, range.end + REST);
        let inside = text[range.clone()].char_indices();
        let mut words = inside.filter(|(_, c)| c.is_whitespace());
        words.any(|(at, c)| {
            let from = range.start + at + c.len_utf8();
            let hits = self.current.find(&text[from..end]);
            let first = hits.first();
            first.is_some_and(|hit| hit.range.start == 0 && from + hit.range.end > range.end)
        })
    }

    fn is_dated(
        &self,
        context: &FileContext<'_>,
        prose: &Prose,
        range: &Range<usize>,
        entry: &Entry,
    ) -> bool {
        let dating = |word: &str| self.dating.contains(&word.to_lowercase());
        let named = |head: &str| {
            let hits = self.marks.in_prose(head);
            hits.last().is_some_and(|hit| hit.range.end == head.len())
        };
        past::is_dated(context, prose, range, entry.since, dating, named)
    }

    /// Whether an API is told the name: as what permissions are asked of, or as a value
    /// that the page has in code, too.
    fn is_told_to_an_api(
        &self,
        context: &FileContext<'_>,
        index: usize,
        range: &Range<usize>,
        in_code: &mut BTreeMap<String, bool>,
    ) -> bool {
        let name = &context.facts.prose[index].text[range.clone()];
        let known = in_code.get(name).copied();
        let value = known.unwrap_or_else(|| {
            let value = context.source.text.contains(&format!("`{name}`"));
            in_code.insert(name.to_owned(), value);
            value
        });
        let asking = |text: &str| !self.asking.find(text).is_empty();
        value || around::is_told_to_an_api(context, index, range, asking)
    }

    /// Whether words of a renaming stand there, or the new name joined to the old one:
    /// "Microsoft Entra ID (Azure AD)", "Azure AD / Entra ID". Elsewhere in the sentence
    /// the new name excuses nothing (names/new-name-on-the-line).
    fn speaks_of_renaming(&self, text: &str, entry: &Entry) -> bool {
        if !self.renaming.find(text).is_empty() {
            return true;
        }
        let hits = self.phrases.find(text);
        let is_new = |hit: &phrases::PhraseHit<'_, Phrase>| matches!(hit.value, Phrase::Canonical(name) if *name == entry.name);
        let is_old = |hit: &phrases::PhraseHit<'_, Phrase>| hit.value.is_wrong_for(entry);
        hits.windows(2).any(|pair| {
            let [first, second] = pair else { return false };
            let between = text.get(first.range.end..second.range.start);
            ((is_new(first) && is_old(second)) || (is_old(first) && is_new(second)))
                && between.is_some_and(|between| joins(between, &self.joining))
        })
    }

    /// Whether the house mark stands in the file, or a wrong form that nobody writes
    /// who does not speak of the owner.
    fn speaks_of_owner(&self, facts: &FileFacts) -> bool {
        facts.prose.iter().any(|prose| {
            self.marks.in_prose(&prose.text).iter().any(|hit| hit.house)
                || self
                    .phrases
                    .find(&prose.text)
                    .iter()
                    .any(|hit| matches!(hit.value, Phrase::Wrong(entry) if !entry.common))
        })
    }

    /// The latest year that the page's front matter, or else its path, dates it to.
    fn year(&self, context: &FileContext<'_>) -> Option<u16> {
        let dated = context
            .facts
            .front_matter
            .iter()
            .filter(|entry| self.config.dates.contains(&entry.key))
            .filter_map(|entry| year_in(&entry.value));
        dated.max().or_else(|| {
            context
                .source
                .path
                .split('/')
                .filter_map(dated_segment)
                .max()
        })
    }
}

/// Whether the place allows a change unseen: running text of a document, or a heading
/// whose anchor stays the same, and no link that is found by its words.
fn is_changeable(
    context: &FileContext<'_>,
    prose: &Prose,
    range: &Range<usize>,
    new: &str,
) -> bool {
    let allowed = match prose.context {
        ProseContext::Heading(_) => slug(&prose.text[range.clone()]) == slug(new),
        ProseContext::Paragraph | ProseContext::ListItem | ProseContext::TableCell => true,
        _ => false,
    };
    let linked = prose.link_at(range.start).or(prose.link_at(range.end - 1));
    let by_address = |link: usize| {
        let link = context.facts.links.get(link);
        let text = link.map_or("", |link| context.source.slice(link.span));
        text.contains("](") || text.starts_with("<a")
    };
    allowed && linked.is_none_or(by_address)
}

/// The anchor that sites make of a heading.
fn slug(heading: &str) -> String {
    heading.to_lowercase().replace(' ', "-")
}

/// Whether the words stand in the longer text of a link that leaves the site: the
/// title of somebody else's page.
fn in_foreign_title(prose: &Prose, facts: &FileFacts, range: &Range<usize>) -> bool {
    let Some((text, link)) = prose
        .links
        .iter()
        .find(|(text, _)| text.contains(&range.start))
    else {
        return false;
    };
    text.len() > range.len()
        && facts
            .links
            .get(*link)
            .is_some_and(|link| link.url.contains("://") || link.url.starts_with("//"))
}

/// Whether the canonical name stands on the same line in the hidden half of a
/// bilingual page.
fn stands_in_alternate(
    context: &FileContext<'_>,
    prose: &Prose,
    entry: &Entry,
    range: &Range<usize>,
) -> bool {
    let source = context.source;
    let line = |offset: u32| source.position(offset).line;
    let here = line(prose.span(source.id, range.clone()).start);
    context.facts.prose.iter().any(|other| {
        other.alternate
            && other.text.contains(&entry.name)
            && line(other.whole(source.id).start) == here
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn anchors_stand_in_every_form() {
        let forms = [
            "Acme Old",
            "Old Acme Thing",
            "Cloud AD",
            "Cloud Directory",
            "Solo",
        ];
        let found = anchors("Acme", forms.into_iter());
        assert_eq!(found, ["Acme", "Cloud", "Solo"]);
        assert!(anchors("Acme", std::iter::empty()).is_empty());
    }
}
