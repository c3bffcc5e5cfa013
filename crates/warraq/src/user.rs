//! `warraq user add | list | disable | enable | reset`: the accounts of the staff.

use std::{
    io::{BufRead as _, IsTerminal as _, Write as _},
    path::PathBuf,
    sync::Arc,
};

use actions::accounts::{AccountError, Accounts, Errand, Handed, NewUser};
use anyhow::{Context as _, bail};
use clap::{Args, Subcommand, builder::PossibleValuesParser};
use credentials::{Hashing, Password};
use editorial::{
    Id,
    accounts::{LinkPurpose, Role, UserState},
    audit::Actor,
};
use rustix::termios::{LocalModes, OptionalActions, tcgetattr, tcsetattr};
use screens::Language;
use store::{Store, seal::EmailSealer};

use crate::{
    config::ConfigFile,
    encryption,
    import::random,
    output::Output,
    paper::{Paper, local, now},
    serve,
};

/// The longest line that is read for a password, in bytes.
const LINE_MAX: u64 = 4_096;

#[derive(Args)]
pub(crate) struct User {
    /// The configuration file of `warraq serve`: where it has a section [mail],
    /// links are mailed; without one they are printed.
    #[arg(long, global = true, value_name = "FILE", env = "WARRAQ_CONFIG")]
    config: Option<PathBuf>,
    #[command(subcommand)]
    command: UserCommand,
}

#[derive(Subcommand)]
enum UserCommand {
    /// Make an account, its password read from standard input; or invite to one.
    Add {
        /// The e-mail address that signs in.
        email: String,
        /// The name by which colleagues know the user.
        #[arg(long, required_unless_present = "invite")]
        name: Option<String>,
        /// What the user is; may be given more than once.
        #[arg(long = "role", required = true, value_name = "ROLE", value_parser = roles())]
        roles: Vec<String>,
        /// Make no account yet, but a link by which its user makes it, with a
        /// name and a password of his own; it works for seven days.
        #[arg(long, conflicts_with = "name")]
        invite: bool,
        /// The language of the letter.
        #[arg(long, default_value = "ar", value_parser = languages())]
        language: String,
    },
    /// List the accounts; their addresses are shown to nobody.
    List,
    /// Let nobody sign in with an account, and end its sessions.
    Disable {
        /// Its number, or its e-mail address.
        who: String,
    },
    /// Let a disabled account be used again.
    Enable {
        /// Its number, or its e-mail address.
        who: String,
    },
    /// Make a link by which the account's user sets another password, within a
    /// day; its sessions end then.
    Reset {
        /// Its number, or its e-mail address.
        who: String,
        /// Set a password instead, read from standard input.
        #[arg(long)]
        password: bool,
        /// The language of the letter.
        #[arg(long, default_value = "ar", value_parser = languages())]
        language: String,
        /// Take its second factor away as well.
        #[arg(long)]
        second_factor: bool,
    },
}

fn roles() -> PossibleValuesParser {
    PossibleValuesParser::new(Role::ALL.map(Role::name))
}

fn languages() -> PossibleValuesParser {
    PossibleValuesParser::new(Language::ALL.map(|(_, code, _)| code))
}

/// What a command works on.
struct Desk {
    store: Store,
    accounts: Accounts,
    /// The paper's own address.
    origin: String,
    out: Output,
}

impl User {
    pub(crate) async fn run(self, paper: &Paper, out: Output) -> anyhow::Result<()> {
        let file = match &self.config {
            Some(path) => ConfigFile::read(path)?,
            None => ConfigFile::default(),
        };
        let mailer = file.mail.map(|mail| mail.mailer()).transpose()?;
        let (listen, tls) = (file.listen.map_or(serve::LISTEN, |at| at.0.0), file.tls);
        let encrypted = tls.as_ref().map(encryption::listens);
        let names = tls.and_then(|tls| tls.acme).map(|acme| acme.names);
        let hosts = file.hosts.into_iter().chain(names.unwrap_or_default());
        let hosts: Vec<String> = hosts.map(|host| host.0.0).collect();
        let origin = serve::origin(file.origin.map(|text| text.0.0), &hosts, listen, encrypted);
        let store = paper.open().await?;
        let sealer = EmailSealer::open(&paper.folder()?.join("keys"), random)?;
        let hashing = Hashing::start(1, random(), || {});
        let mut accounts = Accounts::new(store.clone(), Arc::new(sealer), hashing, random);
        if let Some(mailer) = mailer {
            // Nobody asks at the door here: what would wait there is dropped.
            (accounts, _) = accounts.with_letters(mailer, origin.clone());
        }
        let set = store.settings().await?.origin;
        let desk = Desk {
            store: store.clone(),
            accounts,
            origin: if set.is_empty() { origin } else { set },
            out,
        };
        let done = self.command.run_on(&desk).await;
        store.close().await;
        done
    }
}

impl Desk {
    /// Mails a link, or prints it.
    async fn hand(&self, errand: Errand) -> anyhow::Result<()> {
        let user = errand.purpose.user();
        let handed = self.accounts.hand_link(errand, Actor::CommandLine, now());
        let whose = user.map_or(String::new(), |user| format!("{user} "));
        let (words, document) = match handed.await? {
            Handed::Mailed => (
                format!("{whose}mailed: a link that works once"),
                serde_json::json!({ "id": user, "done": "mailed" }),
            ),
            Handed::Shown { token, why } => {
                let link = format!("{}/newsroom/link/{}", self.origin, token.to_text());
                if let Some(why) = why {
                    self.out.note(&format!("no letter was sent: {why}"));
                }
                (
                    format!(
                        "{whose}not mailed: give this link, which works once, to its user alone\n{link}"
                    ),
                    serde_json::json!({
                        "id": user, "done": "link", "link": link,
                        "not_mailed": why.map(|why| why.to_string()),
                    }),
                )
            }
        };
        self.out.result(&words, &document);
        Ok(())
    }
}

impl UserCommand {
    async fn run_on(self, desk: &Desk) -> anyhow::Result<()> {
        let actor = Actor::CommandLine;
        let (accounts, out) = (&desk.accounts, desk.out);
        let (id, done) = match self {
            Self::List => return list(&desk.store, out).await,
            Self::Add {
                email,
                name,
                roles,
                invite,
                language,
            } => {
                let roles = roles.iter().filter_map(|role| Role::parse(role)).collect();
                if invite {
                    let errand = Errand {
                        purpose: LinkPurpose::Invitation(roles),
                        address: email,
                        language: Language::of(&language).unwrap_or_default(),
                    };
                    return desk.hand(errand).await;
                }
                let new = NewUser {
                    address: email,
                    name: name.unwrap_or_default(),
                    roles,
                    password: read_password(out)?,
                };
                (accounts.add_user(new, actor, now()).await?, "added")
            }
            Self::Disable { who } => {
                let id = found(accounts, &who).await?;
                let state = UserState::Disabled;
                accounts.set_user_state(id, state, actor, now()).await?;
                (id, "disabled")
            }
            Self::Enable { who } => {
                let id = found(accounts, &who).await?;
                let state = UserState::Active;
                accounts.set_user_state(id, state, actor, now()).await?;
                (id, "enabled")
            }
            Self::Reset {
                who,
                password,
                language,
                second_factor,
            } => {
                let id = found(accounts, &who).await?;
                if password {
                    let password = read_password(out)?;
                    accounts
                        .set_password(id, password, None, actor, now())
                        .await?;
                }
                if second_factor {
                    accounts.remove_second_factor(id, actor, now()).await?;
                }
                if !password {
                    let errand = Errand {
                        purpose: LinkPurpose::NewPassword(id),
                        address: String::new(),
                        language: Language::of(&language).unwrap_or_default(),
                    };
                    return desk.hand(errand).await;
                }
                (id, "reset")
            }
        };
        let document = serde_json::json!({ "id": id, "done": done });
        out.result(&format!("{id} {done}"), &document);
        Ok(())
    }
}

async fn found(accounts: &Accounts, who: &str) -> anyhow::Result<Id> {
    if let Some(id) = Id::parse(who) {
        return Ok(id);
    }
    let user = accounts.find(who).await.map_err(|error| match error {
        AccountError::NoAddress => {
            anyhow::anyhow!(
                "{who} is no number of an account and no e-mail address: see `warraq user list`"
            )
        }
        other => other.into(),
    })?;
    let user =
        user.context("nobody has this e-mail address: `warraq user list` shows the accounts")?;
    Ok(user.id)
}

async fn list(store: &Store, out: Output) -> anyhow::Result<()> {
    let settings = store.settings().await?;
    let users = store.users().await?;
    let names = |user: &editorial::accounts::User| -> Vec<&str> {
        user.roles.each().map(Role::name).collect()
    };
    let state = |user: &editorial::accounts::User| match user.state {
        UserState::Active => "active",
        UserState::Disabled => "disabled",
    };
    let lines: Vec<String> = users
        .iter()
        .map(|user| {
            format!(
                "{}\t{}\t{}\t{}\t{}",
                user.id,
                state(user),
                names(user).join(","),
                local(user.made_at, &settings),
                user.name
            )
        })
        .collect();
    let document: Vec<_> = users
        .iter()
        .map(|user| {
            serde_json::json!({
                "id": user.id, "name": user.name, "roles": names(user), "state": state(user),
                "made_at": user.made_at.rfc3339(),
            })
        })
        .collect();
    let document = serde_json::json!({ "users": document });
    out.result(&lines.join("\n"), &document);
    Ok(())
}

/// Reads one line of standard input; at a terminal it is asked for, and not shown.
fn read_password(out: Output) -> anyhow::Result<Password> {
    let input = std::io::stdin();
    let shown = if input.is_terminal() {
        let shown = tcgetattr(&input).context("the terminal cannot be read")?;
        let mut hidden = shown.clone();
        hidden.local_modes.remove(LocalModes::ECHO);
        out.note("Type the password, then Enter. It is not shown.");
        let _ = std::io::stderr().flush();
        tcsetattr(&input, OptionalActions::Flush, &hidden)
            .context("the terminal cannot be told not to show what is typed")?;
        Some(shown)
    } else {
        None
    };
    let mut line = String::new();
    let read = std::io::Read::take(input.lock(), LINE_MAX).read_line(&mut line);
    if let Some(shown) = shown {
        tcsetattr(&input, OptionalActions::Flush, &shown)
            .context("the terminal cannot be told to show again what is typed")?;
    }
    read.context("the password cannot be read: give it as one line of UTF-8 text")?;
    let password = line.trim_end_matches(['\r', '\n']);
    if password.is_empty() {
        bail!("no password came: give it as one line on standard input");
    }
    Ok(Password::new(password))
}
