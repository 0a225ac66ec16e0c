//! Tables of idioms, one a language. The words are the libraries' own; the numbers are
//! read from the code.

pub mod bash;
pub mod csharp;
pub mod dart;
pub mod go;
pub mod java;
pub mod javascript;
mod jvm;
pub mod kotlin;
pub mod lua;
pub mod php;
pub mod powershell;
pub mod python;
pub mod r;
pub mod ruby;
pub mod rust;
