//! What code scanning at GitHub takes: beyond it an upload is refused, or cut where
//! nobody chose.

use std::collections::BTreeMap;
use std::io::{self, Write};

use flate2::Compression;
use flate2::write::GzEncoder;

use super::model as sarif;
use crate::finding::Severity;
use crate::report::safe_json;

/// The greatest report that is written.
#[derive(Clone, Copy, Debug)]
pub struct Limits {
    /// Results of a run.
    pub results: usize,
    /// Places of a result, and steps of the way to a request.
    pub locations: usize,
    /// Bytes of the file when it is compressed with gzip.
    pub gzip: u64,
}

impl Default for Limits {
    /// Those of GitHub's documentation.
    fn default() -> Self {
        Self {
            results: 25_000,
            locations: 1_000,
            gzip: 10 * 1024 * 1024,
        }
    }
}

/// Results with their severity, of which the gravest stay where not all can.
pub struct Results<'a> {
    kept: Vec<(Severity, sarif::RunResult<'a>)>,
    left: BTreeMap<Severity, usize>,
}

impl<'a> Results<'a> {
    /// All of them, as far as their number allows.
    pub fn new(all: Vec<(Severity, sarif::RunResult<'a>)>, most: usize) -> Self {
        let mut results = Self {
            kept: all,
            left: BTreeMap::new(),
        };
        results.keep(most);
        results
    }

    /// Leaves the gravest; among equals the first.
    pub fn keep(&mut self, most: usize) {
        if self.kept.len() <= most {
            return;
        }
        self.kept
            .sort_by_key(|(severity, _)| std::cmp::Reverse(*severity));
        for (severity, _) in self.kept.drain(most..) {
            *self.left.entry(severity).or_default() += 1;
        }
    }

    /// What is left out, in words.
    pub fn left_out(&self) -> Option<String> {
        let total: usize = self.left.values().sum();
        let levels: Vec<String> = (self.left.iter().rev())
            .map(|(severity, count)| format!("{count} {}", severity.as_str()))
            .collect();
        (total > 0).then(|| {
            format!(
                "{total} results are left out, for code scanning takes no larger report: {}; the \
                 gravest are here, and --format json has all",
                levels.join(", ")
            )
        })
    }

    /// The results for a log.
    pub fn take(&mut self) -> Vec<sarif::RunResult<'a>> {
        let kept = self.kept.iter_mut();
        kept.map(|(_, result)| std::mem::take(result)).collect()
    }

    /// Takes back what [`Results::take`] gave.
    pub fn put_back(&mut self, results: Vec<sarif::RunResult<'a>>) {
        for ((_, place), result) in self.kept.iter_mut().zip(results) {
            *place = result;
        }
    }
}

/// How many of its results a log may keep to fit, where it does not. Results are of
/// different sizes: somewhat fewer than would fit on average, and always fewer.
pub fn fewer(log: &sarif::Log<'_>, limits: Limits) -> io::Result<Option<usize>> {
    let mut plain = Count(0);
    safe_json::write(log, &mut plain)?;
    // Nothing grows much by compression.
    if plain.0 < limits.gzip {
        return Ok(None);
    }
    let mut gzip = GzEncoder::new(Count(0), Compression::default());
    safe_json::write(log, &mut gzip)?;
    let size = gzip.finish()?.0;
    let results = log.runs[0].results.len() as u64;
    Ok((size > limits.gzip).then(|| {
        let fits = results.saturating_mul(limits.gzip) / size.max(1);
        let fits = (fits * 95 / 100) as usize;
        fits.min(log.runs[0].results.len().saturating_sub(1))
    }))
}

/// Counts what is written, and keeps nothing.
struct Count(u64);

impl Write for Count {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0 += bytes.len() as u64;
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}
