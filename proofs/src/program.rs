//! The program under proof: commands, servers, exports to import.

use std::{
    fmt::Write as _,
    io::{BufRead as _, BufReader},
    path::{Path, PathBuf},
    process::{Child, ChildStdout, Command, Stdio},
};

use anyhow::{Context as _, bail};
use serde_json::Value;

/// The address of the site that the exports come from.
pub(crate) const OLD_SITE: &str = "https://old.example";

/// A program, and what is set for each of its runs.
#[derive(Clone)]
pub(crate) struct Program {
    path: PathBuf,
    variables: Vec<(String, PathBuf)>,
}

impl Program {
    pub(crate) const fn new(path: PathBuf) -> Self {
        Self {
            path,
            variables: Vec::new(),
        }
    }

    pub(crate) fn path(&self) -> &Path {
        &self.path
    }

    pub(crate) fn with(mut self, name: &str, value: &Path) -> Self {
        self.variables.push((name.to_owned(), value.to_owned()));
        self
    }

    /// A command of the program on the paper in `data`.
    pub(crate) fn command(&self, data: &Path, words: &[&str]) -> Command {
        let mut command = Command::new(&self.path);
        command
            .args(words)
            .arg("--data")
            .arg(data)
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped());
        for (name, value) in &self.variables {
            command.env(name, value);
        }
        command
    }

    /// Runs a command that must succeed; what it says to machines.
    pub(crate) fn run(&self, data: &Path, words: &[&str]) -> anyhow::Result<Value> {
        let mut words = words.to_vec();
        words.push("--json");
        let done = self.command(data, &words).output()?;
        let text = String::from_utf8_lossy(&done.stdout);
        if !done.status.success() {
            let errors = String::from_utf8_lossy(&done.stderr);
            bail!("warraq {} failed: {text}{errors}", words.join(" "));
        }
        serde_json::from_str(&text).with_context(|| format!("{} said no document", words.join(" ")))
    }

    /// Pushes a headline; the number it was acknowledged with.
    pub(crate) fn push(&self, data: &Path, words: &[&str]) -> anyhow::Result<i64> {
        let done = self.run(data, &[&["ticker", "push"], words].concat())?;
        number(&done["id"]).context("a pushed headline has a number")
    }

    pub(crate) fn serve(&self, data: &Path, words: &[&str]) -> anyhow::Result<Server> {
        Ok(self.started(data, words)?.0)
    }

    /// A server, and where it tells what it counts.
    pub(crate) fn serve_watched(
        &self,
        data: &Path,
        words: &[&str],
    ) -> anyhow::Result<(Server, String)> {
        let words = [&["--metrics", "127.0.0.1:0"], words].concat();
        watched(self.started(data, &words)?)
    }

    /// The same with all that it logs in a file.
    pub(crate) fn serve_logged(
        &self,
        data: &Path,
        words: &[&str],
        log: &Path,
    ) -> anyhow::Result<(Server, String)> {
        let words = [&["--metrics", "127.0.0.1:0"], words].concat();
        let log = std::fs::File::create(log)?;
        let started = self.started_with(data, &words, Stdio::from(log))?;
        watched(started)
    }

    fn started(
        &self,
        data: &Path,
        words: &[&str],
    ) -> anyhow::Result<(Server, BufReader<ChildStdout>)> {
        self.started_with(data, words, Stdio::inherit())
    }

    fn started_with(
        &self,
        data: &Path,
        words: &[&str],
        errors: Stdio,
    ) -> anyhow::Result<(Server, BufReader<ChildStdout>)> {
        let words = [&["serve", "--listen", "127.0.0.1:0"], words].concat();
        let mut process = self.command(data, &words).stderr(errors).spawn()?;
        let output = process.stdout.take().context("the output is piped")?;
        let mut output = BufReader::new(output);
        let mut server = Server {
            process,
            address: String::new(),
        };
        let mut line = String::new();
        output.read_line(&mut line)?;
        line.trim()
            .strip_prefix("listening on http://")
            .with_context(|| format!("the server does not listen: {line}"))?
            .clone_into(&mut server.address);
        Ok((server, output))
    }
}

/// The server, and where it tells what it counts.
fn watched(started: (Server, BufReader<ChildStdout>)) -> anyhow::Result<(Server, String)> {
    let (server, mut output) = started;
    let mut line = String::new();
    output.read_line(&mut line)?;
    let address = line
        .trim()
        .strip_prefix("metrics at http://")
        .and_then(|rest| rest.strip_suffix("/metrics"))
        .with_context(|| format!("the server tells no counters: {line}"))?;
    Ok((server, address.to_owned()))
}

/// An id as the program says it, as a number or as text.
pub(crate) fn number(value: &Value) -> Option<i64> {
    value
        .as_i64()
        .or_else(|| value.as_str().and_then(|text| text.parse().ok()))
}

/// A server, ended with `kill -9` when it is dropped.
pub(crate) struct Server {
    process: Child,
    pub(crate) address: String,
}

impl Server {
    /// Ends it as it is.
    pub(crate) fn kill(mut self) -> anyhow::Result<()> {
        self.process.kill()?;
        self.process.wait()?;
        Ok(())
    }

    /// The same for one that others still write to.
    pub(crate) fn end(&self) -> anyhow::Result<()> {
        use rustix::process::{Pid, Signal, kill_process};
        let id = Pid::from_child(&self.process);
        Ok(kill_process(id, Signal::KILL)?)
    }

    /// Its number in the system.
    pub(crate) fn id(&self) -> u32 {
        self.process.id()
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        // It may be gone already.
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

/// A folder in the system's place for such, removed when dropped.
pub(crate) struct Folder(PathBuf);

impl Folder {
    pub(crate) fn new(name: &str) -> anyhow::Result<Self> {
        static NUMBER: std::sync::atomic::AtomicU32 = std::sync::atomic::AtomicU32::new(0);
        let number = NUMBER.fetch_add(1, std::sync::atomic::Ordering::Relaxed);
        let folder =
            std::env::temp_dir().join(format!("warraq-{name}-{}-{number}", std::process::id()));
        std::fs::create_dir(&folder).with_context(|| folder.display().to_string())?;
        // As the system names it, whatever links lead there.
        Ok(Self(std::fs::canonicalize(folder)?))
    }

    pub(crate) fn at(&self, name: &str) -> PathBuf {
        self.0.join(name)
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        // A folder that stays is a nuisance, not a fault.
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

/// A path as the word of a command.
pub(crate) fn word(path: &Path) -> &str {
    path.to_str().unwrap_or("a folder whose name is not UTF-8")
}

/// What an export holds.
pub(crate) struct Export {
    /// The number of its first article.
    pub(crate) first: u32,
    /// How many articles follow each other.
    pub(crate) articles: u32,
    /// `publish` or `draft`.
    pub(crate) status: &'static str,
    /// Each of the first so many has a picture of its own.
    pub(crate) pictures: u32,
    /// The words of each article.
    pub(crate) words: usize,
}

impl Export {
    /// Writes the export, and the pictures into `uploads`.
    pub(crate) fn write(&self, file: &Path, uploads: &Path) -> anyhow::Result<()> {
        let mut text = format!("<rss><channel><title>اختبار</title><link>{OLD_SITE}</link>\n");
        std::fs::create_dir_all(uploads)?;
        for number in self.first..self.first + self.pictures {
            let attachment = 1_000_000 + number;
            let name = format!("p{number}.jpg");
            let colour = media::Rgb::parse("#7a1f2b").context("a colour")?;
            let picture = media::patterns::draw_jpeg(number.into(), colour, 320, 180)?;
            std::fs::write(uploads.join(&name), picture)?;
            writeln!(
                text,
                "<item><title>صورة</title><wp:post_id>{attachment}</wp:post_id><wp:post_type>attachment</wp:post_type><wp:status>inherit</wp:status><wp:attachment_url>{OLD_SITE}/wp-content/uploads/{name}</wp:attachment_url></item>"
            )?;
        }
        for number in self.first..self.first + self.articles {
            let body = "فقرة قصيرة من النص. ".repeat(self.words / 4);
            let (day, status) = (number % 28 + 1, self.status);
            let lead = if number < self.first + self.pictures {
                format!(
                    "<wp:postmeta><wp:meta_key>_thumbnail_id</wp:meta_key><wp:meta_value>{}</wp:meta_value></wp:postmeta>",
                    1_000_000 + number
                )
            } else {
                String::new()
            };
            writeln!(
                text,
                "<item><title>خبر رقم {number}</title><link>{OLD_SITE}/s{number}/</link><content:encoded><![CDATA[{body}]]></content:encoded>\
                 <wp:post_id>{number}</wp:post_id><wp:post_date_gmt>2019-05-{day:02} 07:08:09</wp:post_date_gmt><wp:status>{status}</wp:status><wp:post_type>post</wp:post_type>{lead}\
                 <wp:comment><wp:comment_id>{number}</wp:comment_id><wp:comment_author>قارئ</wp:comment_author><wp:comment_author_email>reader{number}@example.com</wp:comment_author_email><wp:comment_date_gmt>2019-06-01 12:30:00</wp:comment_date_gmt><wp:comment_content>تعليق</wp:comment_content><wp:comment_approved>1</wp:comment_approved><wp:comment_parent>0</wp:comment_parent></wp:comment></item>"
            )?;
        }
        text.push_str("</channel></rss>");
        std::fs::write(file, text)?;
        Ok(())
    }
}
