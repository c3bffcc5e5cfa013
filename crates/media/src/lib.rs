//! Pictures: where they are kept, their renditions, and pictures drawn by code.
