//! Exit codes, nothing else.

use termscheck::cli::Cli;

fn main() -> std::process::ExitCode {
    termscheck::commands::run(Cli::from_env()).into()
}
