//! Whether derived material carries what CC BY 4.0 §3(a) asks for.
