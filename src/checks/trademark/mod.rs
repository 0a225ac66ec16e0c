//! How the owner's names may be used.
