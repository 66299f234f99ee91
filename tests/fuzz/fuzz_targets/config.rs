//! The target `config` for libFuzzer; see `bindery_fuzz::targets`.

#![cfg_attr(fuzzing, no_main)]

#[cfg(fuzzing)]
bindery_fuzz::libfuzzer!(bindery_fuzz::targets::CONFIG);

#[cfg(not(fuzzing))]
fn main() {
    eprintln!("{}", bindery_fuzz::HOW_TO_RUN);
}
