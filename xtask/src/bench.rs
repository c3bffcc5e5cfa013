//! `cargo xtask bench`: an article page from Warraq and from nginx, the same
//! bytes and headers, a core each for server and client, in pairs.

use std::{
    fmt::Write as _,
    io::{BufRead as _, BufReader},
    net::TcpListener,
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
};

use anyhow::{Context as _, ensure};

use crate::{root, tools};

/// Pairs of runs; the median is told.
const PAIRS: usize = 5;
/// Seconds of one run.
const SECONDS: u32 = 5;
/// Connections kept open by the client.
const CONNECTIONS: u32 = 64;

/// What one run measured.
#[derive(Clone, Copy)]
struct Run {
    requests_per_second: f64,
    /// Microseconds of the server's processor time for each request.
    cpu_per_request: f64,
}

/// Runs the comparison and prints it.
pub(crate) fn run() -> anyhow::Result<bool> {
    tools::need(
        &["nginx", "wrk", "curl", "taskset"],
        &["nginx-light", "wrk", "curl"],
    )?;
    ensure!(
        tools::cargo(&["build", "--quiet", "--release", "--package", "warraq"])?.success(),
        "the program does not build"
    );
    let target =
        std::env::var_os("CARGO_TARGET_DIR").map_or_else(|| root().join("target"), PathBuf::from);
    let folder = std::env::temp_dir().join(format!("warraq-bench-{}", std::process::id()));
    std::fs::create_dir_all(&folder)?;
    let program = target.join("release/warraq");
    let data = folder.join("paper");
    tools::quietly(Command::new(&program).arg("demo").arg("--data").arg(&data))?;
    let mut own = Process(
        Command::new("taskset")
            .args(["-c", "0"])
            .arg(&program)
            .args(["serve", "--listen", "127.0.0.1:0", "--data"])
            .arg(&data)
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
    let page = article(&base)?;
    let (nginx, nginx_base) = start_nginx(&folder, &base, &page)?;
    let mut pairs = Vec::new();
    for _ in 0..PAIRS {
        pairs.push((
            measure(&own, &format!("{base}{page}"))?,
            measure(&nginx, &format!("{nginx_base}/page.html"))?,
        ));
    }
    drop((own, nginx));
    std::fs::remove_dir_all(&folder)?;
    println!(
        "an article page with ticker, gzip, {CONNECTIONS} connections, {PAIRS} pairs of {SECONDS} s; medians"
    );
    let median = |of: &dyn Fn(&(Run, Run)) -> f64| {
        let mut values: Vec<f64> = pairs.iter().map(of).collect();
        values.sort_by(f64::total_cmp);
        values[values.len() / 2]
    };
    println!("{:<24} {:>10} {:>10} {:>8}", "", "warraq", "nginx", "ratio");
    println!(
        "{:<24} {:>10.1} {:>10.1} {:>8.2}",
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
    Ok(true)
}

/// A process of ours, ended when dropped.
struct Process(Child);

impl Drop for Process {
    fn drop(&mut self) {
        // Our own child, by its handle.
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

fn curl(arguments: &[&str]) -> anyhow::Result<String> {
    tools::quietly(Command::new("curl").arg("-sS").args(arguments))
}

/// The article of 2017 with corrections and comments: the longest of the sample.
fn article(base: &str) -> anyhow::Result<String> {
    let map = curl(&[&format!("{base}/sitemap/1.xml")])?;
    let paths = map.split("<loc>").skip(1).filter_map(|rest| {
        let whole = rest.split("</loc>").next()?;
        whole.find("/a/").map(|at| whole[at..].to_owned())
    });
    // «السادسة», as it stands in an address.
    paths
        .into_iter()
        .find(|path| path.contains("%D8%A7%D9%84%D8%B3%D8%A7%D8%AF%D8%B3%D8%A9"))
        .context("the article of the sixth round is not in the sitemap")
}

/// nginx with the same bytes and headers: one worker, gzip_static, no log.
fn start_nginx(folder: &Path, base: &str, page: &str) -> anyhow::Result<(Process, String)> {
    let web = folder.join("web");
    std::fs::create_dir_all(&web)?;
    let (plain, packed, head) = (
        web.join("page.html"),
        web.join("page.html.gz"),
        folder.join("head"),
    );
    let url = format!("{base}{page}");
    curl(&[&url, "-o", &plain.to_string_lossy()])?;
    curl(&[
        "-H",
        "Accept-Encoding: gzip",
        &url,
        "-o",
        &packed.to_string_lossy(),
        "-D",
        &head.to_string_lossy(),
    ])?;
    let mut headers = String::new();
    for line in std::fs::read_to_string(&head)?.lines().skip(1) {
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
    let port = TcpListener::bind("127.0.0.1:0")?.local_addr()?.port();
    let folder_text = folder.display();
    let conf = format!(
        "daemon off; worker_processes 1; pid {folder_text}/pid; error_log {folder_text}/error.log;\n\
         events {{ worker_connections 1024; }}\n\
         http {{ access_log off; sendfile on; tcp_nopush on; keepalive_requests 1000000000; gzip_static on;\n\
         open_file_cache max=1000; types {{ text/html html; }} charset utf-8;\n\
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
        if let Ok(answer) = curl(&[
            "-H",
            "Accept-Encoding: gzip",
            "-o",
            "/dev/null",
            "-w",
            "%{size_download}",
            &format!("{base}/page.html"),
        ]) {
            let length = std::fs::metadata(&packed)?.len();
            ensure!(
                answer.trim() == length.to_string(),
                "nginx sends {answer} bytes, not {length}"
            );
            return Ok((process, base));
        }
        std::thread::sleep(std::time::Duration::from_millis(50));
    }
    anyhow::bail!("nginx does not start: see its log in {folder_text}")
}

fn measure(server: &Process, url: &str) -> anyhow::Result<Run> {
    let before = cpu_seconds(server.0.id())?;
    let client_before = client_seconds()?;
    let printed = tools::quietly(
        Command::new("taskset")
            .args(["-c", "1", "wrk", "-t1", "-H", "Accept-Encoding: gzip"])
            .args([
                format!("-c{CONNECTIONS}"),
                format!("-d{SECONDS}s"),
                url.to_owned(),
            ]),
    )?;
    let used = cpu_seconds(server.0.id())? - before;
    let client = client_seconds()? - client_before;
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
    // A client that had its core to itself and used it up is starved: the
    // figure would be the client's, not the server's.
    println!(
        "{url:.40} {per_second:.0} a second, {:.1} µs a request, client busy {:.0} %",
        used / requests * 1e6,
        client / f64::from(SECONDS) * 100.0
    );
    Ok(Run {
        requests_per_second: per_second,
        cpu_per_request: used / requests * 1e6,
    })
}

/// Seconds of processor time that a process has used itself.
fn cpu_seconds(process: u32) -> anyhow::Result<f64> {
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
