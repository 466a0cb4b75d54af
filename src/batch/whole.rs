//! Files that are whole or not there: written beside, then renamed.

use std::fs;
use std::io::{self, BufWriter, Write};
use std::path::Path;

use tempfile::{Builder, NamedTempFile};

/// What unfinished files are called; a kill may leave some.
const UNFINISHED: &str = ".unfinished-";

/// A file in this folder without a name of its own yet.
pub(super) fn start(folder: &Path) -> io::Result<NamedTempFile> {
    let mut builder = Builder::new();
    builder.prefix(UNFINISHED);
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        // As any new file: the umask of the user decides.
        builder.permissions(fs::Permissions::from_mode(0o666));
    }
    builder.tempfile_in(folder)
}

/// Gives the file its name, in place of any other.
pub(super) fn finish(file: NamedTempFile, path: &Path) -> io::Result<()> {
    file.persist(path).map_err(|e| e.error)?;
    Ok(())
}

/// Writes a whole file.
pub(super) fn write(path: &Path, f: impl FnOnce(&mut dyn Write) -> io::Result<()>) -> io::Result<()> {
    let folder = path.parent().filter(|f| !f.as_os_str().is_empty());
    let file = start(folder.unwrap_or(Path::new(".")))?;
    let mut out = BufWriter::with_capacity(64 << 10, file);
    f(&mut out)?;
    finish(out.into_inner().map_err(io::IntoInnerError::into_error)?, path)
}

/// Removes what a killed run left.
pub(super) fn sweep(folder: &Path) -> io::Result<()> {
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        if entry.file_name().to_string_lossy().starts_with(UNFINISHED) {
            fs::remove_file(entry.path())?;
        }
    }
    Ok(())
}
