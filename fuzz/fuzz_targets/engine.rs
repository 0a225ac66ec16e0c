#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| termscheck_fuzz::engine(bytes));
