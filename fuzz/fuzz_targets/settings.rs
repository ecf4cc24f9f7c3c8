//! Can the settings hold anything?

#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| privaudit_fuzz::settings(bytes));
