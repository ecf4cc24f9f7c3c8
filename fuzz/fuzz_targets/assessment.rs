//! Can anything stand in a visit's file?

#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| privaudit_fuzz::assessment(bytes));
