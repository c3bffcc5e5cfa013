//! `[mail]`: the server that takes the paper's letters.

use std::{
    path::{Path, PathBuf},
    time::Duration,
};

use anyhow::{Context as _, bail};
use mail::{Login, Mailer, Secret, Security, Sender, Server};

use super::{Fault, values::Text};

/// Bytes of a password or of certificates at the most.
const BYTES_MAX: u64 = 64 * 1024;
/// How long one letter may take: whoever invites a colleague waits for it.
const PATIENCE: Duration = Duration::from_secs(10);

/// The server. Without this section no letter is sent, and links are shown to
/// whoever makes them.
#[derive(Debug, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct MailSection {
    server: String,
    port: Option<u16>,
    security: Option<Text<Security>>,
    user: Option<String>,
    password_file: Option<PathBuf>,
    from: Text<Sender>,
    authorities: Option<PathBuf>,
}

impl MailSection {
    /// Paths that are not absolute start at `folder`.
    pub(super) fn start_at(&mut self, folder: &Path) {
        for path in [&mut self.password_file, &mut self.authorities]
            .into_iter()
            .flatten()
        {
            *path = folder.join(&*path);
        }
    }

    /// What can be seen without asking the server.
    pub(super) fn check(&self) -> Result<(), Fault> {
        let Err(error) = self.mailer() else {
            return Ok(());
        };
        let words = format!("{error:#}");
        let (key, words) = words.split_once(": ").unwrap_or(("mail", &words));
        Err(Fault::at(key, words))
    }

    /// What sends letters there; the server is not asked yet.
    ///
    /// # Errors
    /// One sentence that names the key.
    pub(crate) fn mailer(&self) -> anyhow::Result<Mailer> {
        let security = self.security.as_ref().map_or(Security::Tls, |text| text.0);
        let login = match (&self.user, &self.password_file) {
            (None, None) => None,
            (Some(user), Some(file)) => Some(Login {
                user: user.clone(),
                password: password(file)?,
            }),
            (Some(_), None) => bail!("mail.password_file: give the file of the user's password"),
            (None, Some(_)) => bail!("mail.user: give the user whose password it is"),
        };
        let authorities = match &self.authorities {
            Some(file) => read("authorities", file)?,
            None => String::new(),
        };
        let server = Server {
            host: self.server.clone(),
            port: self.port.unwrap_or(security.port()),
            security,
            login,
            sender: self.from.0.clone(),
            authorities: authorities.into_bytes(),
            patience: PATIENCE,
        };
        Mailer::new(server).context("mail")
    }
}

/// The password is the file's first line.
fn password(file: &Path) -> anyhow::Result<Secret> {
    let text = read("password_file", file)?;
    match text.lines().next() {
        Some(line) if !line.is_empty() => Ok(Secret::new(line.to_owned())),
        _ => bail!(
            "mail.password_file: {} has no password on its first line",
            file.display()
        ),
    }
}

fn read(key: &str, file: &Path) -> anyhow::Result<String> {
    let unread = || format!("mail.{key}: {} cannot be read", file.display());
    let bytes = std::fs::metadata(file).with_context(unread)?.len();
    if bytes > BYTES_MAX {
        bail!("mail.{key}: {} is too long", file.display());
    }
    std::fs::read_to_string(file).with_context(unread)
}
