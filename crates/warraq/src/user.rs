//! `warraq user add | list | disable | enable | reset`: the accounts of the staff.

use std::{
    io::{BufRead as _, IsTerminal as _, Write as _},
    sync::Arc,
};

use actions::accounts::{AccountError, Accounts, NewUser};
use anyhow::{Context as _, bail};
use clap::{Subcommand, builder::PossibleValuesParser};
use credentials::{Hashing, Password};
use editorial::{
    Id,
    accounts::{Role, UserState},
    audit::Actor,
};
use rustix::termios::{LocalModes, OptionalActions, tcgetattr, tcsetattr};
use store::{Store, seal::EmailSealer};

use crate::{
    import::random,
    output::Output,
    paper::{Paper, local, now},
};

/// The longest line that is read for a password, in bytes.
const LINE_MAX: u64 = 4_096;

#[derive(Subcommand)]
pub(crate) enum UserCommand {
    /// Make an account; its password is read from standard input.
    Add {
        /// The e-mail address that signs in.
        email: String,
        /// The name by which colleagues know the user.
        #[arg(long)]
        name: String,
        /// What the user is; may be given more than once.
        #[arg(long = "role", required = true, value_name = "ROLE", value_parser = roles())]
        roles: Vec<String>,
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
    /// Give an account another password, read from standard input; its sessions end.
    Reset {
        /// Its number, or its e-mail address.
        who: String,
        /// Take its second factor away as well.
        #[arg(long)]
        second_factor: bool,
    },
}

fn roles() -> PossibleValuesParser {
    PossibleValuesParser::new(Role::ALL.map(Role::name))
}

impl UserCommand {
    pub(crate) async fn run(self, paper: &Paper, out: Output) -> anyhow::Result<()> {
        let store = paper.open().await?;
        let sealer = EmailSealer::open(&paper.folder()?.join("keys"), random)?;
        let hashing = Hashing::start(1, random(), || {});
        let accounts = Accounts::new(store.clone(), Arc::new(sealer), hashing, random);
        let done = self.run_on(&store, &accounts, out).await;
        store.close().await;
        done
    }

    async fn run_on(self, store: &Store, accounts: &Accounts, out: Output) -> anyhow::Result<()> {
        let actor = Actor::CommandLine;
        let (id, done) = match self {
            Self::List => return list(store, out).await,
            Self::Add { email, name, roles } => {
                let new = NewUser {
                    address: email,
                    name,
                    roles: roles.iter().filter_map(|role| Role::parse(role)).collect(),
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
            Self::Reset { who, second_factor } => {
                let id = found(accounts, &who).await?;
                let password = read_password(out)?;
                accounts
                    .set_password(id, password, None, actor, now())
                    .await?;
                if second_factor {
                    accounts.remove_second_factor(id, actor, now()).await?;
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
