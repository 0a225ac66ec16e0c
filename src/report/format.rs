//! The forms of a report, by name.

use std::io::{self, Write};
use std::path::PathBuf;
use std::str::FromStr;

use clap::ValueEnum;

use super::{
    HumanStyle, View, concise, github, gitlab, html, human, json, jsonl, junit, markdown, sarif,
};
use crate::selection::nearest;

/// A form of the report.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub enum Format {
    /// For people
    #[default]
    Human,
    /// One line a finding, for editors and pipes
    Concise,
    /// One JSON document, described in docs/json.md
    Json,
    /// One JSON object a line: findings, notices, the summary
    Jsonl,
    /// SARIF 2.1.0, for code scanning
    Sarif,
    /// Workflow commands: notes beside the lines of a pull request on GitHub
    Github,
    /// Code Quality of GitLab
    Gitlab,
    /// JUnit XML, for whatever shows test results
    Junit,
    /// A summary in Markdown, for the page of a job
    Markdown,
    /// A page for the browser: totals, terms, folders, every finding; one file
    Html,
}

impl Format {
    /// As it is typed.
    pub fn name(self) -> String {
        self.to_possible_value()
            .map_or_else(String::new, |value| value.get_name().to_owned())
    }

    /// The form with a name.
    pub fn named(name: &str) -> Result<Self, String> {
        if let Ok(format) = <Self as ValueEnum>::from_str(name, false) {
            return Ok(format);
        }
        let names: Vec<String> = Self::value_variants()
            .iter()
            .map(|one| one.name())
            .collect();
        let meant = nearest(name, names.iter().map(String::as_str))
            .map_or_else(String::new, |name| format!("; did you mean `{name}`?"));
        Err(format!(
            "no form `{name}`; there are: {}{meant}",
            names.join(", ")
        ))
    }

    /// Writes the report in this form.
    pub fn write(self, view: &View<'_>, style: &HumanStyle, out: &mut dyn Write) -> io::Result<()> {
        match self {
            Self::Human => human::write(view, style, out),
            Self::Concise => concise::write(view, style, out),
            Self::Json => json::write(view, out),
            Self::Jsonl => jsonl::write(view, out),
            Self::Sarif => sarif::write(view, out),
            Self::Github => github::write(view, out),
            Self::Gitlab => gitlab::write(view, out),
            Self::Junit => junit::write(view, out),
            Self::Markdown => markdown::write(view, out),
            Self::Html => html::write(view, out),
        }
    }
}

/// `FORM` or `FORM=FILE`: a form and where it goes.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Output {
    /// The form.
    pub format: Format,
    /// The file; `None` for standard output.
    pub file: Option<PathBuf>,
}

impl FromStr for Output {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let (name, file) = match text.split_once('=') {
            Some((_, "")) => return Err("no file after `=`".to_owned()),
            Some((name, file)) => (name, Some(PathBuf::from(file))),
            None => (text, None),
        };
        let format = Format::named(name)?;
        Ok(Self { format, file })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_form_may_have_a_file() {
        let read = |text: &str| text.parse::<Output>();
        let sarif = read("sarif=a=b.sarif").expect("a form with a file");
        assert_eq!(sarif.file, Some(PathBuf::from("a=b.sarif")));
        assert_eq!(read("concise").expect("a form").file, None);
        assert!(read("sarif=").is_err());
        assert!(read("sarfi").is_err_and(|said| said.ends_with("did you mean `sarif`?")));
    }
}
