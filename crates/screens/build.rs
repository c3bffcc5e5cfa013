//! Takes the editor's script in, where it was built: `cargo xtask` does that. Without
//! it there is the plain form alone.

use std::{env, fs, io, path::Path};

fn main() -> io::Result<()> {
    let built = Path::new("../../editor/dist");
    println!("cargo::rerun-if-changed={}", built.display());
    let script = fs::read(built.join("editor.js")).unwrap_or_default();
    let out = env::var_os("OUT_DIR").unwrap_or_default();
    fs::write(Path::new(&out).join("editor.js"), script)
}
