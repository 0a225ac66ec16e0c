//! Whether the repository says under which licence it is, and says it once.

pub mod missing;
pub mod text_mismatch;

/// The folder of a path; empty for the top.
fn folder(path: &str) -> &str {
    path.rsplit_once('/').map_or("", |(folder, _)| folder)
}

/// How many folders deep a path lies.
fn depth(path: &str) -> usize {
    path.matches('/').count()
}
