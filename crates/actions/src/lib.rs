//! One file for each editorial verb; every door that writes comes through here.
