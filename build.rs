//! `glossary/*.toml` → the same in MessagePack, for the program to hold.
//!
//! In: the files of the glossary. Out: one `NAME.msgpack` each in `OUT_DIR`.
//! Why: reading TOML took a quarter of the time of a short document. What the files mean is read by
//! `src/glossary/load.rs`, from either form.
//! Refuses: a file that is no TOML; the build says where.

use std::error::Error;
use std::path::Path;
use std::{env, fs};

#[allow(clippy::disallowed_methods, reason = "a build script reads and writes files")]
fn main() -> Result<(), Box<dyn Error>> {
    println!("cargo::rerun-if-changed=glossary");
    let out = env::var("OUT_DIR")?;
    for entry in fs::read_dir("glossary")? {
        let path = entry?.path();
        if path.extension().is_none_or(|e| e != "toml") {
            continue;
        }
        let file: toml::Table = toml::from_str(&fs::read_to_string(&path)?)
            .map_err(|e| format!("found no TOML in {}: {e}", path.display()))?;
        let packed = rmp_serde::to_vec_named(&file)?;
        let name = path.with_extension("msgpack");
        fs::write(Path::new(&out).join(name.file_name().ok_or("a file without a name")?), packed)?;
    }
    Ok(())
}
