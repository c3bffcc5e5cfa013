//! Pages joined at request time from segments that were compressed once.
