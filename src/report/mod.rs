//! How findings look. One file a format.
