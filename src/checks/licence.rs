//! Whether the repository says under which licence it is, and says it once.
