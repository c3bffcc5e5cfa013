//! What the tests need from the machine, installed where that is possible.

use std::{
    path::{Path, PathBuf},
    process::{Command, ExitStatus, Stdio},
};

use anyhow::{Context as _, bail};

use crate::root;

/// Runs cargo in the workspace, its output shown.
pub(crate) fn cargo(arguments: &[&str]) -> anyhow::Result<ExitStatus> {
    Command::new(env!("CARGO"))
        .args(arguments)
        .current_dir(root())
        .status()
        .context("cargo does not start")
}

/// Runs a program quietly; what it printed becomes the error.
pub(crate) fn quietly(command: &mut Command) -> anyhow::Result<String> {
    let name = command.get_program().to_string_lossy().into_owned();
    let done = command
        .stdin(Stdio::null())
        .output()
        .with_context(|| format!("{name} does not start"))?;
    if !done.status.success() {
        bail!(
            "{name} failed: {}{}",
            String::from_utf8_lossy(&done.stdout),
            String::from_utf8_lossy(&done.stderr)
        );
    }
    Ok(String::from_utf8_lossy(&done.stdout).into_owned())
}

/// Whether the process runs as root.
pub(crate) fn is_root() -> bool {
    quietly(Command::new("id").arg("-u")).is_ok_and(|id| id.trim() == "0")
}

/// Chromium's path, installed if it is missing.
pub(crate) fn chromium() -> anyhow::Result<PathBuf> {
    let path = Path::new("/usr/bin/chromium");
    if !path.exists() {
        install(&["chromium", "fonts-noto-core"])?;
    }
    Ok(path.to_owned())
}

/// The folder of PostgreSQL's programs, installed if they are missing.
pub(crate) fn postgres() -> anyhow::Result<PathBuf> {
    if let Some(folder) = postgres_folder() {
        return Ok(folder);
    }
    install(&["postgresql"])?;
    postgres_folder()
        .context("PostgreSQL was installed, but its programs are not in /usr/lib/postgresql")
}

fn postgres_folder() -> Option<PathBuf> {
    let versions = std::fs::read_dir("/usr/lib/postgresql").ok()?;
    let folders = versions.filter_map(|version| Some(version.ok()?.path().join("bin")));
    folders
        .filter(|folder| folder.join("initdb").exists())
        .max()
}

/// A Java runtime for the Nu checker, installed if it is missing.
pub(crate) fn java() -> anyhow::Result<()> {
    if Command::new("java").arg("-version").output().is_err() {
        install(&["default-jre-headless"])?;
    }
    Ok(())
}

/// Builds the editor's script, where what it is made of is newer than it.
pub(crate) fn editor() -> anyhow::Result<()> {
    let folder = root().join("editor");
    npm_packages(&folder)?;
    let time = |path: &Path| path.metadata().and_then(|data| data.modified()).ok();
    let mut sources = vec![folder.join("schema.json"), folder.join("package-lock.json")];
    for entry in std::fs::read_dir(folder.join("src"))? {
        sources.push(entry?.path());
    }
    let newest = sources.iter().filter_map(|path| time(path)).max();
    if time(&folder.join("dist/editor.js")) >= newest {
        return Ok(());
    }
    let mut npm = Command::new("npm");
    npm.args(["run", "--silent", "build"]).current_dir(folder);
    quietly(&mut npm).context("the editor's script is not built")?;
    Ok(())
}

/// The npm packages of a folder.
pub(crate) fn npm_packages(folder: &Path) -> anyhow::Result<()> {
    let lock = folder.join("package-lock.json");
    let mark = folder.join("node_modules/.package-lock.json");
    let time = |path: &Path| path.metadata().and_then(|data| data.modified()).ok();
    if mark.exists() && time(&mark) >= time(&lock) {
        return Ok(());
    }
    let mut npm = Command::new("npm");
    npm.args(["ci", "--no-audit", "--no-fund", "--ignore-scripts"])
        .current_dir(folder);
    quietly(npm.env("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1"))
        .context("the editor and the browser tests need Node 20 and npm")?;
    Ok(())
}

/// Programs on the path, installed by these packages where one is missing.
pub(crate) fn need(programs: &[&str], packages: &[&str]) -> anyhow::Result<()> {
    if programs.iter().all(|program| is_here(program)) {
        Ok(())
    } else {
        install(packages)
    }
}

/// Whether a program is installed.
pub(crate) fn is_here(program: &str) -> bool {
    let folders = ["/usr/bin", "/usr/sbin", "/usr/local/bin", "/bin", "/sbin"];
    folders
        .iter()
        .any(|folder| Path::new(folder).join(program).exists())
}

fn install(packages: &[&str]) -> anyhow::Result<()> {
    let names = packages.join(" ");
    if !is_root() {
        bail!("install what the tests need: sudo apt-get install {names}");
    }
    println!("installing {names}");
    let apt = |arguments: &[&str]| {
        quietly(
            Command::new("apt-get")
                .args(arguments)
                .env("DEBIAN_FRONTEND", "noninteractive"),
        )
    };
    let mut wanted = vec!["install", "-y", "--no-install-recommends"];
    wanted.extend(packages);
    if apt(&wanted).is_err() {
        apt(&["update"])?;
        apt(&wanted)
            .with_context(|| format!("install what the tests need: apt-get install {names}"))?;
    }
    Ok(())
}
