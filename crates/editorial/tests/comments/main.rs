//! The rules measured on a thousand evasions and a thousand clean comments; what
//! they hold and leave alone, what they cost, and the laws they keep.

#![expect(clippy::print_stdout, reason = "the figures are for whoever runs this")]

mod examples;
mod figures;
mod laws;
mod likeness;
mod speed;
