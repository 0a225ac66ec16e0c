//! Where reports go: standard output and files, several of them at once.

use std::io::{self, Write};
use std::path::{Path, PathBuf};

use super::{CommandError, terminal};
use crate::cli::OutputArgs;
use crate::report::{Format, Output, View};

/// The reports that are asked for: on the command line, else by the configuration.
pub(crate) fn wanted(
    asked: &[Output],
    configured: Option<Vec<String>>,
    file: Option<&Path>,
) -> Result<Vec<Output>, CommandError> {
    let mut outputs = asked.to_vec();
    if outputs.is_empty() {
        // Judged when the configuration was read; it never names a file.
        let names = configured.unwrap_or_default();
        let formats = names.iter().filter_map(|name| Format::named(name).ok());
        outputs.extend(formats.map(|format| Output { format, file: None }));
    }
    if outputs.is_empty() {
        outputs.push(Output::default());
    }
    let mut homeless = outputs.iter_mut().filter(|output| output.file.is_none());
    if let Some(file) = file {
        let Some(first) = homeless.next() else {
            let message = "every --format has a file of its own: -o has nothing to write";
            return Err(CommandError::new(message));
        };
        first.file = Some(file.to_owned());
        if homeless.next().is_some() {
            return Err(
                CommandError::new("-o takes one report, and there are several").help(
                    "name a file for each: `--format sarif=out.sarif --format json=out.json`",
                ),
            );
        }
    } else if homeless.count() > 1 {
        return Err(
            CommandError::new("two reports can't both go to standard output")
                .help("name a file for one: `--format sarif=out.sarif --format concise`"),
        );
    }
    let files: Vec<&PathBuf> = outputs
        .iter()
        .filter_map(|output| output.file.as_ref())
        .collect();
    // One file by two names: `out`, `./out`.
    let place = |file: &Path| {
        let folder = folder_of(file).canonicalize().ok();
        let name = file.file_name().unwrap_or_default();
        folder.map_or_else(|| file.to_owned(), |folder| folder.join(name))
    };
    let places: Vec<PathBuf> = files.iter().map(|file| place(file)).collect();
    for (index, file) in files.iter().enumerate() {
        if places[..index].contains(&places[index]) {
            let message = format!("two reports can't both go to {}", file.display());
            return Err(CommandError::new(message));
        }
    }
    Ok(outputs)
}

/// Writes every report.
pub(crate) fn write(
    outputs: &[Output],
    view: &View<'_>,
    args: &OutputArgs,
) -> Result<(), CommandError> {
    for output in outputs {
        let format = output.format;
        let written = if let Some(path) = &output.file {
            let style = terminal::file_style(args);
            let mut text = Vec::new();
            format
                .write(view, &style, &mut text)
                .and_then(|()| replace(path, &text))
                .map_err(|error| (path.display().to_string(), error))
        } else {
            let style = terminal::stdout_style(args, view.root);
            let mut out = io::BufWriter::new(terminal::stdout());
            format
                .write(view, &style, &mut out)
                .and_then(|()| out.flush())
                .map_err(|error| ("standard output".to_owned(), error))
        };
        match written {
            // Whoever reads has seen enough.
            Err((_, error)) if error.kind() == io::ErrorKind::BrokenPipe => {}
            Err((place, error)) => {
                let error = match error.kind() {
                    io::ErrorKind::NotFound => "no such folder".to_owned(),
                    _ => error.to_string(),
                };
                return Err(CommandError::new(format!("{place}: {error}")));
            }
            Ok(()) => {}
        }
    }
    Ok(())
}

/// Puts a file in place of what stands there, whole or not at all. A link to a file is
/// replaced itself: what it points to stays as it is. A pipe or a device is written to, and
/// what stands for an open file, such as `/dev/stdout`.
pub(crate) fn replace(path: &Path, content: &[u8]) -> io::Result<()> {
    if !is_replaced(path) {
        let mut file = std::fs::OpenOptions::new().append(true).open(path)?;
        return file.write_all(content);
    }
    replace_by(path, |file| file.write_all(content))
}

/// Whether a file takes the place of what stands there: a regular file, a link, nothing.
/// Links are followed where the system keeps its own: `/dev/stdout`, `/dev/fd/63`. Elsewhere
/// whoever made the tree may have made the link.
fn is_replaced(path: &Path) -> bool {
    if ["/dev", "/proc"]
        .iter()
        .any(|folder| path.starts_with(folder))
    {
        return path.metadata().is_err();
    }
    let before = path.symlink_metadata();
    before.map_or(true, |before| before.is_file() || before.is_symlink())
}

/// The same for a regular file, whose content is written by `write`.
pub(crate) fn replace_by(
    path: &Path,
    write: impl FnOnce(&mut std::fs::File) -> io::Result<()>,
) -> io::Result<()> {
    let before = path.symlink_metadata().ok();
    if before
        .as_ref()
        .is_some_and(|before| !before.is_file() && !before.is_symlink())
    {
        return Err(io::Error::new(
            io::ErrorKind::InvalidInput,
            "not a regular file",
        ));
    }
    let folder = folder_of(path);
    let mut builder = tempfile::Builder::new();
    builder.prefix(".termscheck-");
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt as _;
        // As any new file: the process's mask takes its part.
        builder.permissions(std::fs::Permissions::from_mode(0o666));
    }
    // The name of the temporary file tells nobody anything.
    let mut file = builder
        .tempfile_in(folder)
        .map_err(|error| io::Error::from(error.kind()))?;
    write(file.as_file_mut())?;
    if let Some(before) = before.filter(std::fs::Metadata::is_file) {
        file.as_file().set_permissions(before.permissions())?;
    }
    file.as_file().sync_all()?;
    file.persist(path).map_err(|error| error.error)?;
    Ok(())
}

/// The folder that a file is written into.
fn folder_of(path: &Path) -> &Path {
    match path.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => folder,
        _ => Path::new("."),
    }
}
