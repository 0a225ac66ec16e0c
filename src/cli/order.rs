//! Options may stand before the command: `termscheck --color never rules`.

use std::ffi::OsString;

use clap::{ArgAction, Command, CommandFactory};

use super::Cli;

/// The command line with the command first, where options stand before it. What follows
/// `--` is no command.
pub fn command_first(mut words: Vec<OsString>) -> Vec<OsString> {
    let command = Cli::command();
    if let Some(at) = first_positional(&command, &words)
        && at > 1
        && words[at]
            .to_str()
            .is_some_and(|word| command.find_subcommand(word).is_some())
    {
        let name = words.remove(at);
        words.insert(1, name);
    }
    words
}

/// The command that was probably meant by a word that is none.
pub fn meant(word: &str) -> Option<String> {
    let command = Cli::command();
    let names: Vec<&str> = command.get_subcommands().map(Command::get_name).collect();
    crate::selection::nearest(word, names).map(str::to_owned)
}

/// The first word that is neither an option nor the value of one.
fn first_positional(command: &Command, words: &[OsString]) -> Option<usize> {
    let mut at = 1;
    while let Some(word) = words.get(at) {
        // A word that is no text is a path.
        let word = word.to_str()?;
        match word.strip_prefix('-') {
            None | Some("") => return Some(at),
            Some("-") => return None,
            Some(option) => at += 1 + usize::from(takes_next(command, option)),
        }
    }
    None
}

/// Whether the word after an option is its value.
fn takes_next(command: &Command, option: &str) -> bool {
    let takes = |found: Option<&clap::Arg>| {
        let action = found.map(clap::Arg::get_action);
        matches!(action, Some(ArgAction::Set | ArgAction::Append))
    };
    let mut arguments = command.get_arguments();
    if let Some(long) = option.strip_prefix('-') {
        return !long.contains('=') && takes(arguments.find(|one| one.get_long() == Some(long)));
    }
    // `-qo FILE`: only the last of several letters can take the next word.
    let mut letters = option.chars().rev();
    let Some(last) = letters.next() else {
        return false;
    };
    let by_letter = |letter| {
        command
            .get_arguments()
            .find(move |one| one.get_short() == Some(letter))
    };
    takes(by_letter(last)) && !letters.any(|letter| takes(by_letter(letter)))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ordered(line: &str) -> String {
        let words = line.split(' ').map(OsString::from).collect();
        let ordered: Vec<_> = command_first(words)
            .into_iter()
            .map(|word| word.to_string_lossy().into_owned())
            .collect();
        ordered.join(" ")
    }

    #[test]
    fn a_command_behind_options_comes_first() {
        for (line, wanted) in [
            ("t --color never rules", "t rules --color never"),
            ("t -q check .", "t check -q ."),
            ("t --color=never rules x", "t rules --color=never x"),
            ("t -o rules rules", "t rules -o rules"),
            ("t -qorules rules", "t rules -qorules"),
            ("t rules --color never", "t rules --color never"),
            // A path, a value, and what stands behind `--`.
            ("t docs rules", "t docs rules"),
            ("t -o rules", "t -o rules"),
            ("t -- rules", "t -- rules"),
            ("t -", "t -"),
        ] {
            assert_eq!(ordered(line), wanted);
        }
    }
}
