//! Can anything stand in a client's file?

#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| privaudit_fuzz::client(bytes));
