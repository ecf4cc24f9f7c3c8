//! Can a HAR or an `inspection.json` hold anything?

#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| privaudit_fuzz::capture(bytes));
