//! The program: commands, configuration and wiring.
fn main() {}
