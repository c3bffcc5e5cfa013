//! Several old sites in one paper, asked from outside: every address that they
//! had ends in a page or file, or in an honest 410, and `warraq import check`
//! says of each what the server answers.

mod exports;

use std::{
    collections::HashMap,
    io::{BufRead as _, BufReader, Read as _, Write as _},
    net::TcpStream,
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
};

use exports::{SITES, Site, addresses, export, named_in, write_uploads};
use serde_json::Value;

/// A name of the paper that no old site had.
const NEW: &str = "new.example";

/// A folder of the test's own, gone at its end.
struct Folder(PathBuf);

impl Folder {
    fn new(name: &str) -> Self {
        let folder = std::env::temp_dir().join(format!("addresses-{name}-{}", std::process::id()));
        std::fs::create_dir_all(&folder).expect("made");
        Self(folder)
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

fn warraq(data: &Path) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_warraq"));
    command.arg("--data").arg(data);
    command
}

/// A paper of all three sites; each has a picture of its own under one name.
fn fill(folder: &Folder, data: &Path, with_files: bool) {
    for (number, site) in (1..).zip(SITES) {
        let file = folder.0.join(format!("{number}.xml"));
        std::fs::write(&file, export(site)).expect("written");
        let mut import = warraq(data);
        import.args(["import", "wxr", "--json"]).arg(&file);
        if with_files {
            let uploads = folder.0.join(format!("uploads-{number}"));
            let picture = media::patterns::draw_jpeg(number, media::Rgb(40, 80, 120), 320, 180)
                .expect("drawn");
            write_uploads(&uploads, &picture);
            import.arg("--media").arg(&uploads);
        }
        let done = import.output().expect("the program starts");
        assert!(
            done.status.success(),
            "{}",
            String::from_utf8_lossy(&done.stderr)
        );
        let told: Value = serde_json::from_slice(&done.stdout).expect("one document");
        assert!(told["longest_transaction_ms"].as_u64() > Some(0), "{told}");
    }
}

/// A served paper, ended with the test.
struct Server {
    program: Child,
    address: String,
}

impl Server {
    fn start(data: &Path, proxy: &str) -> Self {
        let mut serve = warraq(data);
        serve.args(["serve", "--listen", "127.0.0.1:0", "--prepare", "off"]);
        serve.args(["--trusted-proxy", proxy, "--host", NEW]);
        for name in ["old.example", "other.example", "www.other.example"] {
            serve.args(["--host", name]);
        }
        let mut program = serve
            .stdout(Stdio::piped())
            .spawn()
            .expect("the program starts");
        let mut line = String::new();
        let told = program.stdout.take().expect("piped");
        BufReader::new(told).read_line(&mut line).expect("a line");
        let address = line
            .trim()
            .strip_prefix("listening on http://")
            .expect("where it listens")
            .to_owned();
        Self { program, address }
    }

    /// The head, in lower case but for values, and the body of an answer.
    fn get(
        &self,
        host: &str,
        target: &str,
        headers: &str,
    ) -> (u16, HashMap<String, String>, Vec<u8>) {
        let mut stream = TcpStream::connect(&self.address).expect("connected");
        let request =
            format!("GET {target} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n{headers}\r\n");
        stream.write_all(request.as_bytes()).expect("written");
        let mut answer = Vec::new();
        stream.read_to_end(&mut answer).expect("read");
        let end = answer
            .windows(4)
            .position(|window| window == b"\r\n\r\n")
            .expect("a head");
        let head = String::from_utf8(answer[..end].to_vec()).expect("plain");
        let mut lines = head.lines();
        let status = lines.next().and_then(|line| line.get(9..12)?.parse().ok());
        let headers = lines
            .filter_map(|line| line.split_once(": "))
            .map(|(name, value)| (name.to_lowercase(), value.to_owned()))
            .collect();
        (
            status.expect("a status"),
            headers,
            answer[end + 4..].to_vec(),
        )
    }

    /// Where an address leads, if it moved, and the answer at the end of it.
    fn follow(&self, host: &str, target: &str) -> End {
        let (status, headers, body) = self.get(host, target, "");
        if status != 301 {
            return End {
                to: None,
                status,
                headers,
                body,
            };
        }
        let to = headers["location"].clone();
        let (status, headers, body) = self.get(host, &to, "");
        End {
            to: Some(to),
            status,
            headers,
            body,
        }
    }
}

struct End {
    to: Option<String>,
    status: u16,
    headers: HashMap<String, String>,
    body: Vec<u8>,
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.program.kill();
        let _ = self.program.wait();
    }
}

/// What a browser sends of an address.
fn sent(address: &str) -> String {
    address
        .chars()
        .map(|c| {
            if c.is_ascii() {
                c.to_string()
            } else {
                editorial::urls::encode(c.encode_utf8(&mut [0; 4]))
            }
        })
        .collect()
}

/// What `warraq import check` says of addresses asked of a host.
fn checked(
    folder: &Folder,
    data: &Path,
    host: &str,
    list: &[String],
) -> Vec<(Option<String>, u16)> {
    let file = folder.0.join("list.txt");
    std::fs::write(&file, list.join("\n")).expect("written");
    let done = warraq(data)
        .args(["import", "check", "--json", "--host", host])
        .arg(&file)
        .output()
        .expect("the program starts");
    let text = String::from_utf8_lossy(&done.stdout).into_owned();
    assert!(done.status.success(), "{text}");
    let told: Value = serde_json::from_str(&text).expect("one document");
    let answers = told["answers"].as_array().expect("a list");
    let read = answers.iter().map(|answer| {
        let status = answer["status"].as_u64().expect("a number");
        let to = answer["leads_to"].as_str().map(str::to_owned);
        (to, u16::try_from(status).expect("a status"))
    });
    read.collect()
}

#[test]
fn every_old_address_ends_in_a_page_or_an_honest_410() {
    let folder = Folder::new("all");
    let data = folder.0.join("data");
    fill(&folder, &data, true);
    let server = Server::start(&data, "10.0.0.0/8");
    let mut asked = 0;
    for site in SITES {
        let Site {
            host,
            folder: within,
            word,
            ..
        } = site;
        let list: Vec<(String, u16)> = addresses()
            .into_iter()
            .map(|(address, expect)| (sent(&format!("{within}{address}")), expect))
            .collect();
        let targets: Vec<String> = list.iter().map(|(target, _)| target.clone()).collect();
        let told = checked(&folder, &data, host, &targets);
        assert_eq!(told.len(), list.len());
        for ((target, expect), told) in list.iter().zip(told) {
            let end = server.follow(host, target);
            assert_eq!(end.status, *expect, "{host}{target} {:?}", end.to);
            assert_eq!((end.to.clone(), end.status), told, "{host}{target}");
            asked += 1;
            // What an article's address leads to is that site's article.
            let is_number = target.ends_with("?p=10") || target.ends_with("?p=12");
            if is_number || target.contains("/2017/05/03/%d8") {
                let body = String::from_utf8_lossy(&end.body).into_owned();
                let is_feed = target.ends_with("/feed/");
                assert!(
                    is_feed || body.contains(&format!("الموقع {word} ")),
                    "{host}{target}"
                );
            }
        }
        // All that the export itself names, asked whole.
        let named = named_in(&export(site));
        for (address, (to, status)) in named.iter().zip(checked(&folder, &data, NEW, &named)) {
            assert!(matches!(status, 200 | 410), "{address} {to:?} {status}");
            asked += 1;
        }
    }
    assert!(asked > 400, "{asked}");
    // Where the host is none of theirs, the folder tells, or the first site answers.
    for (target, word) in [("/blog/?p=10", "الثاني"), ("/?p=10", "الأول")] {
        let end = server.follow(NEW, target);
        assert!(
            String::from_utf8_lossy(&end.body).contains(word),
            "{target}"
        );
    }
    // A host that a proxy names counts only where the proxy is one of ours.
    let forwarded = "X-Forwarded-Host: www.other.example\r\n";
    let location = |server: &Server, host: &str, headers: &str| {
        server.get(host, "/?p=10", headers).1["location"].clone()
    };
    let (first, third) = (
        location(&server, NEW, ""),
        location(&server, "other.example", ""),
    );
    assert_ne!(first, third);
    assert_eq!(location(&server, NEW, forwarded), first);
    drop(server);
    let behind = Server::start(&data, "127.0.0.1/32");
    assert_eq!(location(&behind, NEW, forwarded), third);
}

#[test]
fn files_are_downloaded_safely_and_pictures_are_shown() {
    let folder = Folder::new("files");
    let data = folder.0.join("data");
    fill(&folder, &data, true);
    let server = Server::start(&data, "10.0.0.0/8");
    for (file, media_type, bytes) in [
        ("report.pdf", "application/pdf", &b"%PDF-1.4 report"[..]),
        ("speech.mp3", "audio/mpeg", b"ID3 speech"),
        ("drawing.svg", "application/octet-stream", b"<svg"),
    ] {
        let target = format!("/wp-content/uploads/2017/05/{file}");
        let end = server.follow("old.example", &target);
        assert_eq!(end.status, 200, "{file}");
        assert!(end.body.starts_with(bytes), "{file}");
        for (name, value) in [
            ("content-type", media_type),
            ("x-content-type-options", "nosniff"),
            ("content-security-policy", "default-src 'none'; sandbox"),
            (
                "content-disposition",
                &format!("attachment; filename*=UTF-8''{file}"),
            ),
            ("content-length", &end.body.len().to_string()),
        ] {
            assert_eq!(end.headers[name], value, "{file} {name}");
        }
        let to = end.to.expect("moved");
        let again = format!("If-None-Match: {}\r\n", end.headers["etag"]);
        assert_eq!(server.get("old.example", &to, &again).0, 304, "{file}");
        // Another name of it leads to its own.
        let other = to.replace(file, "x.html");
        assert_eq!(server.follow("old.example", &other).to, Some(to));
    }
    let picture = "/wp-content/uploads/2017/05/map-300x200.jpg";
    let (mut seen, mut tags) = (Vec::new(), Vec::new());
    for host in ["old.example", "other.example"] {
        let end = server.follow(host, picture);
        assert_eq!(end.headers["content-type"], "image/jpeg");
        seen.push(end.body);
        tags.push(end.to);
    }
    assert!(
        seen[0] != seen[1] && tags[0] != tags[1],
        "each host has its own"
    );
    for nowhere in ["/file/1/x", "/file/99999/x.pdf", "/media/99999/720.jpg"] {
        assert_eq!(
            server.follow("old.example", nowhere).status,
            404,
            "{nowhere}"
        );
    }
}

#[test]
fn without_the_files_every_upload_says_that_it_did_not_come() {
    let folder = Folder::new("none");
    let data = folder.0.join("data");
    fill(&folder, &data, false);
    let server = Server::start(&data, "10.0.0.0/8");
    for (address, expect) in addresses() {
        let end = server.follow("old.example", &sent(&address));
        if address.contains("/uploads/") {
            assert_eq!((end.status, end.to), (410, None), "{address}");
            let page = String::from_utf8_lossy(&end.body).into_owned();
            assert!(page.contains("هذا الملف لم يُنقل"), "{address}");
            assert_eq!(end.headers["cache-control"], "public, no-cache");
        } else {
            let is_file = ["/turned/", "/drawing/"].contains(&address.as_str())
                || ["21", "23", "26"].iter().any(|number| {
                    address.ends_with(&format!("id={number}"))
                        || address.ends_with(&format!("p={number}"))
                });
            assert_eq!(end.status, if is_file { 410 } else { expect }, "{address}");
        }
    }
}
