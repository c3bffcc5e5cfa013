//! The configuration file of `warraq serve`, and `warraq config check`.
//!
//! The options of `warraq serve` stand at the top; what has no option has a
//! section, one struct each, in a file of its own. A key that nobody knows is
//! refused. What is given on the command line or in the environment wins.

pub(crate) mod comments;
pub(crate) mod mail;
pub(crate) mod tls;
pub(crate) mod values;

use std::path::{Path, PathBuf};

use anyhow::{Context as _, bail};
use clap::Subcommand;
use serde::Deserialize as _;
use toml::de::{DeTable, DeValue};

use crate::{output::Output, paper::Paper};

use self::{comments::CommentsSection, mail::MailSection};
use values::{Address, Host, Megabytes, Network, Origin, Prepare, Text};

/// Bytes of a configuration file at the most.
const BYTES_MAX: u64 = 1024 * 1024;

/// Memory for pages, in megabytes.
pub(crate) type CacheMegabytes = Megabytes<1, 65_536>;
/// Disk for pages, in megabytes.
pub(crate) type SegmentMegabytes = Megabytes<0, 67_108_864>;

/// What stands in a configuration file, every value checked by itself.
#[derive(Debug, Default, serde::Deserialize)]
#[serde(default, deny_unknown_fields)]
pub(crate) struct ConfigFile {
    pub(crate) listen: Option<Text<Address>>,
    pub(crate) metrics: Option<Text<Address>>,
    pub(crate) hosts: Vec<Text<Host>>,
    pub(crate) origin: Option<Text<Origin>>,
    pub(crate) templates: Option<PathBuf>,
    pub(crate) trusted_proxies: Vec<Text<Network>>,
    pub(crate) cache: Option<CacheMegabytes>,
    pub(crate) segments: Option<SegmentMegabytes>,
    pub(crate) prepare: Option<Text<Prepare>>,
    pub(crate) comments: CommentsSection,
    pub(crate) mail: Option<MailSection>,
    pub(crate) tls: Option<tls::TlsKeys>,
}

/// What is wrong with a key that can be read by itself.
#[derive(Debug)]
pub(crate) struct Fault {
    key: String,
    words: String,
}

impl Fault {
    pub(crate) fn at(key: &str, words: &str) -> Self {
        Self {
            key: key.to_owned(),
            words: words.to_owned(),
        }
    }
}

impl std::fmt::Display for Fault {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(out, "{}: {}", self.key, self.words)
    }
}

impl ConfigFile {
    /// Reads and checks a file. Paths in it that are not absolute start at its
    /// own folder.
    ///
    /// # Errors
    /// One sentence that names the file, the line and the key.
    pub(crate) fn read(path: &Path) -> anyhow::Result<Self> {
        let name = path.display();
        let length = std::fs::metadata(path)
            .with_context(|| format!("the configuration {name} cannot be read"))?
            .len();
        if length > BYTES_MAX {
            bail!("the configuration {name} is longer than a megabyte: give another file");
        }
        let text = std::fs::read_to_string(path)
            .with_context(|| format!("the configuration {name} cannot be read"))?;
        let mut file = Self::of(&text).map_err(|fault| anyhow::anyhow!("{name}, {fault}"))?;
        let folder = path.parent().unwrap_or(Path::new(""));
        if let Some(templates) = &mut file.templates {
            *templates = folder.join(&*templates);
        }
        if let Some(mail) = &mut file.mail {
            mail.start_at(folder);
        }
        if let Some(tls) = &mut file.tls {
            tls.start_at(folder);
        }
        file.check().map_err(|fault| {
            let line = line_of(&text, &fault.key);
            anyhow::anyhow!("{name}, line {line}, {fault}")
        })?;
        Ok(file)
    }

    fn of(text: &str) -> Result<Self, String> {
        toml::Deserializer::parse(text)
            .and_then(Self::deserialize)
            .map_err(|error| sentence(text, &error))
    }

    /// What can be seen without serving: whether what it names is there.
    fn check(&self) -> Result<(), Fault> {
        if let Some(folder) = self.templates.as_ref().filter(|folder| !folder.is_dir()) {
            let words = format!("there is no folder {}", folder.display());
            return Err(Fault::at("templates", &words));
        }
        if let Some(tls) = &self.tls {
            tls.check(&self.hosts)?;
        }
        if let Some(mail) = &self.mail {
            mail.check()?;
        }
        Ok(())
    }
}

/// «line 3, cahce: there is no such key here; …».
fn sentence(text: &str, error: &toml::de::Error) -> String {
    let at = error.span().map_or(0, |span| span.start);
    let line = line_at(text, at);
    let key = DeTable::parse(text)
        .ok()
        .and_then(|table| key_at(table.get_ref(), at, ""))
        .map_or_else(String::new, |key| format!(", {key}"));
    let message = error.message().trim().replace('\n', " ");
    let message = match message.strip_prefix("unknown field ") {
        Some(rest) => {
            let known = rest.split_once("expected ").map_or("", |(_, known)| known);
            let known = known.trim_start_matches("one of ").replace('`', "");
            format!("there is no such key here; the keys are {known}")
        }
        None => message,
    };
    format!("line {line}{key}: {message}")
}

/// The line of byte `at`, from 1.
fn line_at(text: &str, at: usize) -> usize {
    text.bytes().take(at).filter(|byte| *byte == b'\n').count() + 1
}

/// The line where a key stands that has this dotted name, or the section it is
/// missing from.
fn line_of(text: &str, key: &str) -> usize {
    let Ok(whole) = DeTable::parse(text) else {
        return 1;
    };
    let (mut table, mut line) = (whole.get_ref(), 1);
    for part in key.split('.') {
        let Some((key, value)) = table.get_key_value(part) else {
            break;
        };
        line = line_at(text, key.span().start);
        match value.get_ref() {
            DeValue::Table(inner) => table = inner,
            _ => break,
        }
    }
    line
}

/// The dotted name of the key that stands at byte `at`, or whose value does.
fn key_at(table: &DeTable<'_>, at: usize, above: &str) -> Option<String> {
    let mut found = None;
    for (key, value) in table {
        let name = format!("{above}{}", key.get_ref());
        let inside = match value.get_ref() {
            DeValue::Table(table) => key_at(table, at, &format!("{name}.")),
            _ => None,
        };
        if inside.is_some() {
            return inside;
        }
        if key.span().contains(&at) || value.span().contains(&at) {
            found = Some(name);
        }
    }
    found
}

#[derive(Subcommand)]
pub(crate) enum Config {
    /// Say whether a configuration file is fine, and the spellings.tsv in the data
    /// folder where there is one; nothing is started.
    Check {
        /// The file, as it is given to `warraq serve --config`.
        file: PathBuf,
    },
}

impl Config {
    pub(crate) fn run(&self, paper: &Paper, out: Output) -> anyhow::Result<()> {
        let Self::Check { file } = self;
        let read = ConfigFile::read(file)?;
        let files = read.tls.as_ref().and_then(tls::TlsKeys::files);
        if let Some(files) = files {
            let ended = files.load()?.validity.not_after;
            if ended < crate::encryption::seconds() {
                bail!(
                    "{}: the certificate in {} ended on {}: put a new one in its place",
                    file.display(),
                    files.certificate.display(),
                    certificates::date(ended)
                );
            }
        }
        actions::read_spellings(paper.place())?;
        actions::comments::read_words(paper.place())?;
        out.result(
            &format!("{} is fine", file.display()),
            &serde_json::json!({ "file": file, "fine": true }),
        );
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const EXAMPLE: &str = include_str!("../../../../docs/warraq.toml");

    /// The example with each of its keys set.
    fn example() -> String {
        let mut text = String::new();
        for line in EXAMPLE.lines() {
            // A key that is not set stands after `#` at once; prose after a blank.
            let key = line.strip_prefix('#').filter(|rest| {
                rest.starts_with('[') || rest.starts_with(|first: char| first.is_ascii_lowercase())
            });
            text.push_str(key.unwrap_or(line));
            text.push('\n');
        }
        text
    }

    /// The keys that may stand in a section, as its refusal of another lists them.
    fn keys_of(section: &str) -> Vec<String> {
        let fault = ConfigFile::of(&format!("{section}\nno-such-key = 1\n")).expect_err("no key");
        let (_, keys) = fault.split_once("the keys are ").expect(&fault);
        keys.split(", ").map(str::to_owned).collect()
    }

    #[test]
    fn the_example_is_fine_and_tells_every_key() {
        ConfigFile::of(EXAMPLE).expect("as it stands");
        let example = example();
        ConfigFile::of(&example).expect("with every key");
        for section in ["", "tls", "tls.hsts", "tls.acme", "mail"] {
            let header = if section.is_empty() {
                String::new()
            } else {
                format!("[{section}]\n")
            };
            let (_, own) = example.split_once(&header).expect(section);
            let own: Vec<&str> = own
                .lines()
                .take_while(|line| !line.starts_with('['))
                .collect();
            for key in keys_of(&header) {
                let inner = format!("[{section}.{key}]");
                let inner = inner.replace("[.", "[");
                let told = own
                    .iter()
                    .any(|line| line.starts_with(&format!("{key} = ")))
                    || example.lines().any(|line| line == inner);
                assert!(told, "{section} {key} is not in docs/warraq.toml");
            }
        }
    }

    #[test]
    fn keys_that_do_not_go_together_are_refused() {
        const ACME: &str = "[tls.acme]\ndirectory = \"https://ca.example/directory\"\n";
        for (text, expect) in [
            ("[tls]\n", "tls: give certificate and key, or an authority"),
            ("[tls]\nkey = \"k\"\n", "tls: give the certificate beside"),
            (
                "[tls]\ncertificate = \"/nowhere/c\"\nkey = \"k\"\n",
                "tls.certificate: /nowhere/c cannot be read: it is not there",
            ),
            (ACME, "tls.acme: read the terms"),
            (
                &format!("[tls]\nkey = \"k\"\n{ACME}"),
                "tls.acme: give either files or an authority",
            ),
            (
                &format!("hosts = [\"127.0.0.1\"]\n{ACME}accept_terms = true\n"),
                "tls.acme: give at most 100 names",
            ),
            (
                &format!("{ACME}accept_terms = true\nroot = \"/nowhere/ca\"\n"),
                "tls.acme.root: there is no file",
            ),
            (
                &format!("{ACME}accept_terms = true\n[tls.hsts]\npreload = true\n"),
                "tls.hsts.preload: the list of browsers",
            ),
            (
                &format!("{ACME}accept_terms = true\n[tls.hsts]\ndays = 4000\n"),
                "tls.hsts.days: give at most",
            ),
        ] {
            let file = ConfigFile::of(text).expect(text);
            let fault = file.check().expect_err(text).to_string();
            assert!(fault.starts_with(expect), "{text:?}: {fault}");
        }
        let fine = format!("hosts = [\"news.example\"]\n{ACME}accept_terms = true\n");
        let file = ConfigFile::of(&fine).expect("read");
        file.check().expect("fine");
        assert_eq!(line_of(&fine, "tls.acme.directory"), 3);
        assert_eq!(line_of(&fine, "tls.acme.root"), 2);
    }

    #[test]
    fn a_fault_names_its_line_and_key() {
        for (text, expect) in [
            (
                "cahce = 3",
                "line 1, cahce: there is no such key here; the keys are listen, ",
            ),
            (
                "# the paper\n\nlisten = \"nowhere\"\n",
                "line 3, listen: give an address and a port",
            ),
            ("\ncache = 0", "line 2, cache: give 1 to 65536 megabytes"),
            ("cache = \"128\"", "line 1, cache: invalid type: string"),
            (
                "prepare = \"quick\"",
                "line 1, prepare: give off, gentle or fast",
            ),
            (
                "hosts = [\n \"news.example\",\n \"https://x\",\n]",
                "line 1, hosts: \"https://x\" is no name",
            ),
            ("origin = \"news.example\"", "line 1, origin: "),
            (
                "trusted_proxies = [\"10.0.0.0/99\"]",
                "line 1, trusted_proxies: ",
            ),
            (
                "[mail]\nfrom = \"news\"\nserver = \"localhost\"",
                "line 2, mail.from: the sender is no e-mail address",
            ),
            (
                "[mail]\nfrom = \"n@paper.example\"\nserver = \"x\"\nsecurity = \"ssl\"",
                "line 4, mail.security: give tls, starttls or none",
            ),
            (
                "[mail]\nfrom = \"n@paper.example\"",
                "line 1, mail: missing field `server`",
            ),
            (
                "[tls]\nport = 443",
                "line 2, tls.port: there is no such key here; the keys are listen, certificate",
            ),
            (
                "[tls.acme]\ndirectory = \"http://x\"",
                "line 2, tls.acme.directory: give the https:// address",
            ),
            (
                "[tls.acme]\n",
                "line 1, tls.acme: missing field `directory`",
            ),
            (
                "[tls.acme]\ncontact = \"desk\"",
                "line 2, tls.acme.contact: give an address such as mailto:",
            ),
            ("[tls.hsts]\ndays = -1", "line 2, tls.hsts.days: "),
            ("listen = ", "line 1"),
            ("listen 3", "line 1"),
            ("cache = 1\ncache = 2", "line 2: duplicate key"),
        ] {
            let fault = ConfigFile::of(text).expect_err(text);
            assert!(fault.starts_with(expect), "{text:?}: {fault}");
            assert!(!fault.contains('\n'), "{fault}");
        }
    }
}
