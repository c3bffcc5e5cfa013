//! Folders that are on disk once they are made.
//!
//! A file that was synced is still lost with the power if the folder that names
//! it was not: the name is the folder's content. So whoever makes a file or a
//! folder here syncs the one above it as well.

use std::{fs, io, os::unix::fs::DirBuilderExt as _, path::Path};

/// Makes a folder, open to its owner alone, with those above it that are
/// missing; when it returns they are on disk. A folder that is there is left
/// as it is.
///
/// # Errors
/// Where one cannot be made or synced.
pub fn make_folder(folder: &Path) -> io::Result<()> {
    if folder.as_os_str().is_empty() || folder.is_dir() {
        return Ok(());
    }
    let above = above(folder);
    make_folder(above)?;
    match fs::DirBuilder::new().mode(0o700).create(folder) {
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists && folder.is_dir() => {}
        done => done?,
    }
    sync_folder(above)
}

/// Brings the names in a folder to disk.
///
/// # Errors
/// Where it cannot be opened or synced.
pub fn sync_folder(folder: &Path) -> io::Result<()> {
    fs::File::open(folder)?.sync_all()
}

/// The folder that names `path`.
pub fn above(path: &Path) -> &Path {
    match path.parent() {
        Some(above) if !above.as_os_str().is_empty() => above,
        _ => Path::new("."),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::os::unix::fs::PermissionsExt as _;

    #[test]
    fn every_missing_folder_is_made_for_its_owner_alone() {
        let base = std::env::temp_dir().join(format!("files-{}", std::process::id()));
        let inner = base.join("a/b");
        make_folder(&inner).expect("made");
        make_folder(&inner).expect("there already");
        for folder in [&base, &base.join("a"), &inner] {
            let mode = fs::metadata(folder).expect("there").permissions().mode();
            assert_eq!(mode & 0o777, 0o700, "{}", folder.display());
        }
        assert_eq!(above(Path::new("paper")), Path::new("."));
        fs::remove_dir_all(base).expect("removed");
    }
}
