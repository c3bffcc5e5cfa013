//! A throw-away PostgreSQL cluster for the tests, on loopback.

use std::{
    net::TcpListener,
    path::{Path, PathBuf},
    process::Command,
};

use anyhow::Context as _;

use crate::tools;

/// A running cluster; stopped and removed when dropped.
pub(crate) struct Cluster {
    folder: PathBuf,
    programs: PathBuf,
    /// Its address.
    pub(crate) url: String,
}

impl Cluster {
    /// Starts one on a free port.
    pub(crate) fn start() -> anyhow::Result<Self> {
        let programs = tools::postgres()?;
        let folder = std::env::temp_dir().join(format!("warraq-postgres-{}", std::process::id()));
        std::fs::create_dir_all(&folder)?;
        if tools::is_root() {
            tools::quietly(Command::new("chown").arg("postgres:postgres").arg(&folder))?;
        }
        let port = TcpListener::bind("127.0.0.1:0")?.local_addr()?.port();
        let url = format!("postgres://postgres@127.0.0.1:{port}/postgres");
        let cluster = Self {
            folder,
            programs,
            url,
        };
        let data = cluster.folder.join("data");
        let options = format!(
            "-p {port} -c listen_addresses=127.0.0.1 -k {}",
            cluster.folder.display()
        );
        tools::quietly(
            cluster
                .command("initdb")
                .arg("-D")
                .arg(&data)
                .args(["-U", "postgres", "-A", "trust", "-E", "UTF8"])
                .args(["--locale", "C"]),
        )
        .context("the PostgreSQL cluster for the tests cannot be made")?;
        let mut start = cluster.command("pg_ctl");
        start
            .arg("-D")
            .arg(&data)
            .arg("-o")
            .arg(options)
            .arg("-l")
            .arg(cluster.folder.join("log"))
            .args(["-w", "start"]);
        // pg_ctl's child keeps its output open: it must not be waited for.
        let started = start
            .stdout(std::process::Stdio::null())
            .stderr(std::process::Stdio::null())
            .status()?;
        anyhow::ensure!(
            started.success(),
            "the PostgreSQL cluster for the tests does not start"
        );
        Ok(cluster)
    }

    /// One of PostgreSQL's programs, run as an ordinary user.
    fn command(&self, name: &str) -> Command {
        let program = self.programs.join(name);
        let mut command = if tools::is_root() {
            let mut command = Command::new("setpriv");
            command
                .args(["--reuid=postgres", "--regid=postgres", "--clear-groups"])
                .arg(program);
            command
        } else {
            Command::new(program)
        };
        command.current_dir(Path::new("/"));
        command
    }
}

impl Drop for Cluster {
    fn drop(&mut self) {
        let stopped = self
            .command("pg_ctl")
            .arg("-D")
            .arg(self.folder.join("data"))
            .args(["-m", "immediate", "stop"])
            .output();
        if stopped.is_ok() {
            // A folder in /tmp that stays is a nuisance, not a fault.
            let _ = std::fs::remove_dir_all(&self.folder);
        }
    }
}
