//! Can the rules of a gate hold anything?

#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| privaudit_fuzz::gate(bytes));
