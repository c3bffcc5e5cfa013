//! Words whose forms no rule can find, or that a rule would break.
