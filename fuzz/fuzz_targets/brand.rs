//! Can anything stand in `brand.ron`?

#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| privaudit_fuzz::brand(bytes));
