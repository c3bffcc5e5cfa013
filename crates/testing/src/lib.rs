//! Test sites and builders for the tests of the other crates.
