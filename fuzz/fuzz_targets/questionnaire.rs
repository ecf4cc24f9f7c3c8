//! Does a questionnaire with any file of its own load, or say what is wrong with it?

#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| privaudit_fuzz::questionnaire(bytes));
