//! Servers under load: ours and nginx on one core, wrk on the other.

use std::{
    fmt::Write as _,
    io::{BufRead as _, BufReader},
    net::TcpListener,
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
    time::{Duration, Instant},
};

use anyhow::{Context as _, ensure};

pub(super) use crate::built_release as program;
use crate::tools;

/// Pairs of runs; the median is told.
pub(super) const PAIRS: usize = 5;
/// Seconds of one run.
pub(super) const SECONDS: u32 = 5;
/// Connections kept open by the client.
pub(super) const CONNECTIONS: u32 = 64;
/// Above this share of its core a client is starved: what is measured then is
/// the client. Such a pair is thrown away, and another one is run.
const CLIENT_BUSY_MAX: f64 = 98.0;
/// Pairs tried at the most.
const TRIES: usize = 3 * PAIRS;

/// What one run measured.
#[derive(Clone, Copy)]
pub(super) struct Run {
    requests_per_second: f64,
    /// Microseconds of the server's processor time for each request.
    cpu_per_request: f64,
    /// How busy the client's core was, in per cent.
    client_busy: f64,
}

/// A process of ours, ended when dropped.
pub(super) struct Process(pub(super) Child);

impl Process {
    pub(super) fn id(&self) -> u32 {
        self.0.id()
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        // Our own child, by its handle.
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

/// A folder for one bench, gone when dropped.
pub(super) struct Folder(pub(super) PathBuf);

impl Folder {
    pub(super) fn new(name: &str) -> anyhow::Result<Self> {
        let path = std::env::temp_dir().join(format!("warraq-{name}-{}", std::process::id()));
        std::fs::create_dir_all(&path)?;
        Ok(Self(path))
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

/// Our server on the first core, its address, and how long it took to listen.
pub(super) fn serve(
    program: &Path,
    data: &Path,
    more: &[&str],
    core: Option<&str>,
) -> anyhow::Result<(Process, String, Duration)> {
    let begun = Instant::now();
    let mut command = match core {
        Some(core) => {
            let mut command = Command::new("taskset");
            command.args(["-c", core]).arg(program);
            command
        }
        None => Command::new(program),
    };
    let mut own = Process(
        command
            // Rendered pages hold the origin: a server started again on another
            // port would throw them away.
            .args(["serve", "--listen", "127.0.0.1:0"])
            .args(["--origin", "http://localhost", "--data"])
            .arg(data)
            .args(more)
            .stdout(Stdio::piped())
            .spawn()?,
    );
    let mut line = String::new();
    BufReader::new(own.0.stdout.take().context("no output")?).read_line(&mut line)?;
    let base = line
        .trim()
        .strip_prefix("listening on ")
        .context("the server does not listen")?
        .to_owned();
    Ok((own, base, begun.elapsed()))
}

pub(super) fn curl(arguments: &[&str]) -> anyhow::Result<String> {
    tools::quietly(Command::new("curl").arg("-sS").args(arguments))
}

/// The headers of our answer that nginx shall give too, as its configuration.
pub(super) fn headers_for_nginx(url: &str) -> anyhow::Result<String> {
    let head = curl(&["-H", "Accept-Encoding: gzip", "-I", url])?;
    let mut headers = String::new();
    for line in head.lines().skip(1) {
        let Some((name, value)) = line.split_once(": ") else {
            continue;
        };
        let given_by_nginx = [
            "content-length",
            "content-encoding",
            "content-type",
            "date",
            "etag",
            "connection",
        ];
        if !given_by_nginx.contains(&name.to_ascii_lowercase().as_str()) {
            writeln!(
                headers,
                "add_header {name} '{}';",
                value.trim().replace('\'', "\\'")
            )?;
        }
    }
    Ok(headers)
}

/// nginx over the files in `web`: one worker on the first core, gzip_static, no log.
pub(super) fn start_nginx(
    folder: &Path,
    web: &Path,
    headers: &str,
    open_files: u32,
    probe: &str,
    expect_bytes: u64,
) -> anyhow::Result<(Process, String)> {
    let port = TcpListener::bind("127.0.0.1:0")?.local_addr()?.port();
    let folder_text = folder.display();
    let conf = format!(
        "daemon off; worker_processes 1; pid {folder_text}/pid; error_log {folder_text}/error.log;\n\
         events {{ worker_connections 1024; }}\n\
         http {{ access_log off; sendfile on; tcp_nopush on; keepalive_requests 1000000000; gzip_static on;\n\
         open_file_cache max={open_files} inactive=1h; open_file_cache_valid 1h; types {{ text/html html; }} charset utf-8;\n\
         client_body_temp_path {folder_text}/t1; proxy_temp_path {folder_text}/t2; fastcgi_temp_path {folder_text}/t3;\n\
         uwsgi_temp_path {folder_text}/t4; scgi_temp_path {folder_text}/t5;\n\
         server {{ listen 127.0.0.1:{port}; root {}; {headers} }} }}\n",
        web.display()
    );
    let path = folder.join("nginx.conf");
    std::fs::write(&path, conf)?;
    // Without a master, the process we start is the one that works.
    let child = Command::new("taskset")
        .args(["-c", "0", "nginx", "-g", "master_process off;", "-c"])
        .arg(&path)
        .stderr(Stdio::null())
        .spawn()?;
    let process = Process(child);
    let base = format!("http://127.0.0.1:{port}");
    for _ in 0..100 {
        let asked = curl(&[
            "-H",
            "Accept-Encoding: gzip",
            "-o",
            "/dev/null",
            "-w",
            "%{size_download}",
            &format!("{base}{probe}"),
        ]);
        if let Ok(answer) = asked {
            ensure!(
                answer.trim() == expect_bytes.to_string(),
                "nginx sends {answer} bytes, not {expect_bytes}"
            );
            return Ok((process, base));
        }
        std::thread::sleep(Duration::from_millis(50));
    }
    anyhow::bail!("nginx does not start: see its log in {folder_text}")
}

/// A busy loop of low priority on the first core: it takes about a quarter of
/// it from either server, so that the client, which needs as much time for a
/// response as the server, is not what is measured.
fn ballast() -> anyhow::Result<Process> {
    Ok(Process(
        Command::new("taskset")
            .args([
                "-c",
                "0",
                "nice",
                "-n",
                "5",
                "sh",
                "-c",
                "while :; do :; done",
            ])
            .spawn()?,
    ))
}

/// One run of wrk on the second core, beside the ballast on the first; `server`
/// is the process that works.
pub(super) fn measure(server: u32, url: &str, script: &[&str]) -> anyhow::Result<Run> {
    let ballast = ballast()?;
    let before = cpu_seconds(server)?;
    let client_before = client_seconds()?;
    let printed = tools::quietly(
        Command::new("taskset")
            .args(["-c", "1", "wrk", "-t1", "-H", "Accept-Encoding: gzip"])
            .args([format!("-c{CONNECTIONS}"), format!("-d{SECONDS}s")])
            .args(script)
            .arg(url),
    )?;
    let used = cpu_seconds(server)? - before;
    let client = client_seconds()? - client_before;
    drop(ballast);
    ensure!(
        !printed.contains("Non-2xx"),
        "the server answered with errors:\n{printed}"
    );
    let number = |word: &str| -> anyhow::Result<f64> {
        let line = printed
            .lines()
            .find(|line| line.contains(word))
            .context("wrk printed no figure")?;
        let digits = line
            .split_whitespace()
            .find(|part| part.parse::<f64>().is_ok());
        digits
            .and_then(|digits| digits.parse().ok())
            .context("wrk printed no figure")
    };
    let (requests, per_second) = (number("requests in")?, number("Requests/sec")?);
    let run = Run {
        requests_per_second: per_second,
        cpu_per_request: used / requests * 1e6,
        client_busy: client / f64::from(SECONDS) * 100.0,
    };
    println!(
        "{url:.28} {per_second:.0} a second, {:.2} µs a request, client busy {:.0} %",
        run.cpu_per_request, run.client_busy
    );
    Ok(run)
}

/// Interleaved pairs of runs, ours first; pairs with a starved client apart.
pub(super) fn pairs(
    mut ours: impl FnMut() -> anyhow::Result<Run>,
    mut theirs: impl FnMut() -> anyhow::Result<Run>,
) -> anyhow::Result<Vec<(Run, Run)>> {
    let mut pairs = Vec::new();
    for _ in 0..TRIES {
        let pair = (ours()?, theirs()?);
        if pair.0.client_busy.max(pair.1.client_busy) > CLIENT_BUSY_MAX {
            println!("that pair is thrown away: its client was starved");
            continue;
        }
        pairs.push(pair);
        if pairs.len() == PAIRS {
            return Ok(pairs);
        }
    }
    anyhow::bail!(
        "only {} of {TRIES} pairs had a client with time to spare: try on a quieter machine",
        pairs.len()
    )
}

/// Prints the medians of `pairs` and their ratios.
pub(super) fn print(pairs: &[(Run, Run)], other: &str) {
    let median = |of: &dyn Fn(&(Run, Run)) -> f64| {
        let mut values: Vec<f64> = pairs.iter().map(of).collect();
        values.sort_by(f64::total_cmp);
        values[values.len() / 2]
    };
    println!("{:<24} {:>10} {other:>10} {:>8}", "", "warraq", "ratio");
    println!(
        "{:<24} {:>10.2} {:>10.2} {:>8.2}",
        "CPU µs a request",
        median(&|pair| pair.0.cpu_per_request),
        median(&|pair| pair.1.cpu_per_request),
        median(&|pair| pair.1.cpu_per_request / pair.0.cpu_per_request)
    );
    println!(
        "{:<24} {:>10.0} {:>10.0} {:>8.2}",
        "requests a second",
        median(&|pair| pair.0.requests_per_second),
        median(&|pair| pair.1.requests_per_second),
        median(&|pair| pair.0.requests_per_second / pair.1.requests_per_second)
    );
}

/// Seconds of processor time that a process has used itself.
pub(super) fn cpu_seconds(process: u32) -> anyhow::Result<f64> {
    processor_time(&process.to_string(), 11)
}

/// Seconds of processor time that ended children have used: the client's.
fn client_seconds() -> anyhow::Result<f64> {
    processor_time("self", 13)
}

/// User and system time from /proc/PID/stat, in seconds; `at` counts the
/// fields after the command's name, and a tick is a hundredth (proc(5)).
fn processor_time(process: &str, at: usize) -> anyhow::Result<f64> {
    let text = std::fs::read_to_string(format!("/proc/{process}/stat"))?;
    let after = text.rsplit(')').next().unwrap_or("");
    let fields = after.split_whitespace().skip(at).take(2);
    Ok(fields
        .filter_map(|field| field.parse::<f64>().ok())
        .sum::<f64>()
        / 100.0)
}

/// Megabytes of memory of the process's own: mapped files are not counted.
pub(super) fn own_megabytes(process: u32) -> anyhow::Result<f64> {
    let status = std::fs::read_to_string(format!("/proc/{process}/status"))?;
    let line = status
        .lines()
        .find_map(|line| line.strip_prefix("RssAnon:"))
        .context("the kernel does not tell the process's own memory")?;
    let kilobytes: f64 = line.trim().trim_end_matches(" kB").trim().parse()?;
    Ok(kilobytes / 1024.0)
}
