//! Exit codes, nothing else.

use clap::Parser;
use termscheck::cli::Cli;

fn main() -> std::process::ExitCode {
    termscheck::commands::run(Cli::parse()).into()
}
