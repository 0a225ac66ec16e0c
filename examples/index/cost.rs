//! What an index costs: its making beside CommonMark's parser alone, a scan with it beside
//! one without.

use std::path::Path;
use std::process::{Command, Stdio};
use std::time::Duration;

use wait4::Wait4 as _;

use super::{Failure, text};

/// Processor time and peak memory of a run.
fn run(command: &mut Command) -> Result<(Duration, u64), Failure> {
    let mut child = command
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()?;
    let used = child.wait4()?;
    Ok((used.rusage.utime + used.rusage.stime, used.rusage.maxrss))
}

pub fn measure(program: &Path, pages: u64) -> Result<(), Failure> {
    let folder = tempfile::tempdir()?;
    let docs = folder.path().join("docs");
    for seed in 0..pages {
        let to = docs.join(format!("{:03}", seed / 500));
        std::fs::create_dir_all(&to)?;
        std::fs::write(to.join(format!("{seed:06}.md")), text::page(seed))?;
    }
    let index = folder.path().join("docs.idx");
    let own = std::env::current_exe()?;
    // Once for the disk.
    run(Command::new(&own).arg("parse").arg(&docs))?;
    let (parse, _) = run(Command::new(&own).arg("parse").arg(&docs))?;
    let mut indexing = Command::new(program);
    indexing.arg("index").arg(&docs).arg("-o").arg(&index);
    indexing.args(["--base-url", "https://learn.microsoft.com/en-us/made-up/"]);
    let (made, memory) = run(&mut indexing)?;
    println!("{pages} pages, index of {} bytes", index.metadata()?.len());
    println!("pulldown-cmark alone: {:.2} s", parse.as_secs_f64());
    println!(
        "termscheck index: {:.2} s, {:.2} times that, {} MB at most",
        made.as_secs_f64(),
        made.as_secs_f64() / parse.as_secs_f64(),
        memory / 1_000_000
    );
    Ok(())
}

/// A scan of a folder with an index beside one without, the better of three each.
pub fn scan(program: &Path, index: &Path, folder: &Path) -> Result<(), Failure> {
    let best = |with: bool| -> Result<Duration, Failure> {
        let mut least = Duration::MAX;
        for _ in 0..3 {
            let mut scan = Command::new(program);
            scan.arg(folder)
                .args(["--format", "json", "--fail-on", "never"]);
            if with {
                scan.arg("--index").arg(index);
            }
            least = least.min(run(&mut scan)?.0);
        }
        Ok(least)
    };
    best(true)?;
    let (without, with) = (best(false)?, best(true)?);
    println!(
        "{}: {:.2} s without, {:.2} s with: {:.2} times that",
        folder.display(),
        without.as_secs_f64(),
        with.as_secs_f64(),
        with.as_secs_f64() / without.as_secs_f64()
    );
    Ok(())
}

/// CommonMark's parser over every page.
pub fn parse(folder: &Path) -> Result<(), Failure> {
    let mut events = 0;
    for entry in walkdir::WalkDir::new(folder) {
        let entry = entry?;
        if entry.file_type().is_file() {
            let text = std::fs::read_to_string(entry.path())?;
            let options =
                pulldown_cmark::Options::ENABLE_TABLES | pulldown_cmark::Options::ENABLE_GFM;
            events += pulldown_cmark::Parser::new_ext(&text, options).count();
        }
    }
    println!("{events} events");
    Ok(())
}
