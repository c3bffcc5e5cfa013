//! The domain of a newspaper: its words, its rules, its addresses. Pure; knows no IO.
