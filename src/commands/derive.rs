//! `termscheck derive`.

use std::io::{self, Read, Write};
use std::path::Path;

use super::{CommandError, Exit, terminal};
use crate::cli::DeriveArgs;
use crate::derive::write::{self, Wanted};
use crate::derive::{self, Known, drift, edition};
use crate::pack::page::PageFacts;
use crate::pack::{self, Pack};
use crate::report::derived as report;

/// Largest page that is read, in bytes.
const MAX_PAGE: u64 = 16 * 1024 * 1024;

/// Reads pages and writes what they say.
pub(crate) fn run(args: &DeriveArgs) -> miette::Result<Exit> {
    judge(args)?;
    let packs = pack::load_embedded()?;
    let mut known = Known::of(&packs);
    known.given.owner.clone_from(&args.owner);
    known.given.product.clone_from(&args.product);
    let mut pages = Vec::new();
    for (index, path) in args.pages.iter().enumerate() {
        let (name, bytes) = read(path)?;
        known.given.url = args.url.get(index).cloned();
        pages.push(derive::derive(&name, bytes, &known));
    }
    let facts = edition::merge(pages);
    if let Some(against) = &args.check {
        return check(against, &facts);
    }
    if args.vendor.is_none() {
        edition_of(args, &facts, &packs)?;
    }
    if let Some(folder) = &args.output {
        return write_pack(args, folder, &facts);
    }
    let text = write::page_yaml(&facts).map_err(CommandError::new)?;
    print(|out| out.write_all(text.as_bytes()))?;
    Ok(Exit::Clean)
}

/// Refuses what no pack could be made with, before anything is read or written.
fn judge(args: &DeriveArgs) -> Result<(), CommandError> {
    if let Some(id) = &args.vendor
        && !pack::is_kebab(id)
    {
        let message = format!("--vendor {id}: no id of a pack");
        let hint = "an id is made of lower-case words and hyphens, such as acme-gears";
        return Err(CommandError::new(message).help(hint));
    }
    for (option, url) in std::iter::repeat("--url")
        .zip(&args.url)
        .chain(std::iter::repeat("--docs-url").zip(&args.docs_url))
    {
        if !url.starts_with("https://") || url.contains(char::is_whitespace) {
            let message = format!("{option} {url}: no https:// address");
            return Err(CommandError::new(message));
        }
    }
    if args.url.len() > args.pages.len() {
        let message = "more addresses than pages: --url is given once for each page";
        return Err(CommandError::new(message));
    }
    for host in &args.hosts {
        if pack::vocabulary::is_host(host) {
            continue;
        }
        let error = CommandError::new(format!("--hosts {host}: no host name"));
        let inner = url::Url::parse(host).ok();
        let inner = inner.as_ref().and_then(|url| url.host_str());
        return Err(match inner {
            Some(inner) => error.help(format!("of an address, give the host alone: {inner}")),
            None => error.help("a host is a name such as api.example.com"),
        });
    }
    if let Some(folder) = &args.output
        && folder.exists()
        && !folder.is_dir()
    {
        let message = format!("{}: a file, and a pack is a folder", folder.display());
        return Err(CommandError::new(message).help("give -o a folder; it need not be there"));
    }
    Ok(())
}

/// An edition of a page that ships is compared with its pack; a second pack would say
/// everything twice. With `--vendor` its author wants one.
fn edition_of(args: &DeriveArgs, facts: &PageFacts, packs: &[Pack]) -> Result<(), CommandError> {
    let Some(pack) = edition::shipped(facts, packs) else {
        return Ok(());
    };
    let message = format!("{}: an edition of the page of {}", facts.page.file, pack.id);
    if args.output.is_some() {
        let page = args
            .pages
            .first()
            .map_or("-".into(), |page| page.display().to_string());
        let hint = format!(
            "compare them with `termscheck derive --check {} {page}`; --vendor ID makes a pack \
             of your own all the same",
            pack.id
        );
        return Err(CommandError::new(message).help(hint));
    }
    let _ = writeln!(
        anstream::stderr(),
        "note: {}; --check {} compares them",
        crate::report::visible(&message),
        pack.id
    );
    Ok(())
}

fn write_pack(args: &DeriveArgs, folder: &Path, facts: &PageFacts) -> miette::Result<Exit> {
    let wanted = Wanted {
        vendor: args.vendor.clone(),
        hosts: args.hosts.clone(),
        docs_urls: args.docs_url.clone(),
    };
    let written = write::pack(facts, &wanted).map_err(|message| {
        let hint = if facts.page.url.is_none() {
            "give the address with --url, and the owner's name with --owner where the page has none"
        } else {
            "without -o, what was found and what was not is printed"
        };
        CommandError::new(message).help(hint)
    })?;
    let failed =
        |path: &Path, error: &io::Error| CommandError::new(format!("{}: {error}", path.display()));
    let mut kept = Vec::new();
    for file in &written.files {
        let path = folder.join(file.path);
        if !file.derived && path.exists() {
            kept.push(file.path);
            continue;
        }
        if let Some(parent) = path.parent() {
            std::fs::create_dir_all(parent).map_err(|error| failed(parent, &error))?;
        }
        std::fs::write(&path, &file.text).map_err(|error| failed(&path, &error))?;
    }
    // What was written has to be a pack.
    let packs = pack::load_directory(folder)?;
    print(|out| {
        writeln!(out, "{}", folder.display())?;
        report::write_summary(facts, out)?;
        report::write_files(&written, &kept, out)?;
        for pack in &packs {
            writeln!(
                out,
                "{} rules; use them with `termscheck --rules {}`",
                pack.rules.len(),
                folder.display()
            )?;
        }
        Ok(())
    })?;
    super::warn(&packs);
    Ok(Exit::Clean)
}

/// Holds a page against a pack.
fn check(against: &Path, facts: &PageFacts) -> miette::Result<Exit> {
    let pack = super::named_pack(against)?;
    let Some(before) = &pack.page else {
        let message = format!(
            "{}: the pack has no page.yaml to compare with",
            against.display()
        );
        return Err(CommandError::new(message).into());
    };
    let found = drift::differences(before, facts);
    let shown = format!("{}/page.yaml", pack.id);
    let unread = drift::unread(before, facts);
    print(|out| {
        report::write_drift(&shown, &before.page.file, &facts.page.file, &found, out)?;
        report::write_unread(&facts.page.file, &unread, out)
    })?;
    Ok(if found.is_empty() && unread.is_empty() {
        Exit::Clean
    } else {
        Exit::Findings
    })
}

/// Writes to standard output.
pub(super) fn print(
    write: impl FnOnce(&mut dyn Write) -> io::Result<()>,
) -> Result<(), CommandError> {
    let mut out = io::BufWriter::new(terminal::stdout());
    match write(&mut out).and_then(|()| out.flush()) {
        // Whoever reads has seen enough.
        Err(error) if error.kind() != io::ErrorKind::BrokenPipe => {
            Err(CommandError::new(format!("standard output: {error}")))
        }
        _ => Ok(()),
    }
}

/// The name and the bytes of a page.
pub(super) fn read(path: &Path) -> Result<(String, Vec<u8>), CommandError> {
    let failed =
        |error: &dyn std::fmt::Display| CommandError::new(format!("{}: {error}", path.display()));
    let mut bytes = Vec::new();
    let mut take = |reader: &mut dyn Read| reader.take(MAX_PAGE + 1).read_to_end(&mut bytes);
    let name = if path.as_os_str() == "-" {
        take(&mut io::stdin().lock()).map_err(|error| failed(&error))?;
        "stdin".to_owned()
    } else {
        if path.is_dir() {
            let hint = "a page is one file, Markdown or HTML; `-` is standard input";
            return Err(failed(&"a folder, no page").help(hint));
        }
        let mut file = std::fs::File::open(path).map_err(|error| failed(&error))?;
        take(&mut file).map_err(|error| failed(&error))?;
        path.file_name()
            .unwrap_or(path.as_os_str())
            .to_string_lossy()
            .into_owned()
    };
    if bytes.len() as u64 > MAX_PAGE {
        return Err(failed(&format_args!(
            "larger than {MAX_PAGE} bytes, the most for a page"
        )));
    }
    Ok((name, bytes))
}
