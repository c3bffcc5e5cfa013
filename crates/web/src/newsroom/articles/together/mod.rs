//! Writing together over a WebSocket: what somebody types comes to everybody who
//! writes in the same text, and is acknowledged once it is on disk.
//!
//! A message is a kind, one byte, and what belongs to it.
//!
//! | kind | from | then |
//! |---|---|---|
//! | 0 | both | what the sender has of the document (a state vector): send what is missing |
//! | 1 | server | an update of somebody else |
//! | 2 | browser | a number of four bytes, the lowest first, and an update |
//! | 3 | server | that number: the update is on disk |
//! | 4 | server | that number, and why it is not: [`Why`] |
//! | 5 | both | who is where, relayed and never kept |
//! | 6 | server | an update: what the browser lacked, as it asked by 0 |
//!
//! The first message of the server is a text: the number of the document and the
//! name of who writes. A document that is at its end is told as the text `ended`,
//! or `anew` where the article is written on in another one.

mod room;

use std::{
    sync::{
        Arc, Weak,
        atomic::{AtomicU64, Ordering},
    },
    time::Duration,
};

use actions::open_copy;
use bytes::{BufMut as _, Bytes, BytesMut};
use editorial::{
    Id,
    accounts::{SessionStanding, TokenHash, UserState},
    audit::Actor,
};
use futures_util::{SinkExt as _, StreamExt as _};
use hyper::{
    Request, StatusCode,
    header::{self, HeaderName},
    upgrade::Upgraded,
};
use hyper_util::rt::TokioIo;
use manuscript::{UPDATE_BYTES_MAX, UpdateFault};
use serde_json::json;
use tokio::{sync::broadcast::error::RecvError, time::Instant};
use tokio_tungstenite::{
    WebSocketStream,
    tungstenite::{
        Message, handshake::derive_accept_key, protocol::Role, protocol::WebSocketConfig,
    },
};

pub(crate) use self::room::Rooms;
use self::room::{NotKept, Room, Said};
use super::Opened;
use crate::{
    metrics::Event,
    newsroom::{Asked, reply::Reply},
    site::Site,
    streams::StreamPlace,
};

/// The longest message from a browser, in bytes.
const MESSAGE_BYTES_MAX: usize = UPDATE_BYTES_MAX + 1_024;
/// The longest message on who is where.
const PRESENCE_BYTES_MAX: usize = 4_096;
/// Bytes that may wait to be taken by a browser.
const WAITING_BYTES_MAX: usize = 32 << 20;
/// Messages of one browser in a second; more of them wait.
const MESSAGES_A_SECOND: u32 = 40;
/// How often it is asked whether whoever writes may still do so, and whether
/// anybody is there.
const ASKED_EVERY: Duration = Duration::from_secs(15);
/// A browser that says nothing for so long is gone.
const SILENCE_MAX: Duration = Duration::from_secs(50);

const STATE: u8 = 0;
const UPDATE: u8 = 1;
const WRITTEN: u8 = 2;
const KEPT: u8 = 3;
const REFUSED: u8 = 4;
const PRESENT: u8 = 5;
const MISSING: u8 = 6;

/// Why an update is not kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u8)]
enum Why {
    /// It may be sent again.
    Passing = 0,
    /// The text has no room for it.
    Full = 1,
    /// It cannot be read.
    Damaged = 2,
}

/// One browser in a room.
struct Socket {
    site: Weak<Site>,
    room: Arc<Room>,
    stream: WebSocketStream<TokioIo<Upgraded>>,
    /// Another number for each socket of this server, from 1.
    number: u64,
    article: Id,
    user: Id,
    name: String,
    session: TokenHash,
    /// The document that the browser writes in.
    stem: Option<Id>,
    heard: Instant,
    /// Messages since the second began.
    messages: (Instant, u32),
    _place: StreamPlace,
}

/// The conversation is over.
struct Over;

impl Asked<'_> {
    /// Opens the conversation.
    pub(super) fn write_together(&self, opened: &Opened<'_>) -> Reply {
        let headers = &self.parts.headers;
        let says = |name: HeaderName, word: &str| {
            let value = headers.get(name).and_then(|value| value.to_str().ok());
            value.is_some_and(|value| {
                let mut words = value.split(',').map(str::trim);
                words.any(|one| one.eq_ignore_ascii_case(word))
            })
        };
        let key = headers.get(header::SEC_WEBSOCKET_KEY);
        let is_asked = says(header::UPGRADE, "websocket")
            && says(header::CONNECTION, "upgrade")
            && says(header::SEC_WEBSOCKET_VERSION, "13");
        let Some(key) = key.filter(|_| is_asked) else {
            return Reply::bare(StatusCode::UPGRADE_REQUIRED)
                .with(header::UPGRADE, "websocket")
                .with(header::SEC_WEBSOCKET_VERSION, "13");
        };
        if !self.is_from_here() {
            return Reply::bare(StatusCode::FORBIDDEN);
        }
        let site = self.site;
        let room = site.rooms.enter(opened.article.id);
        let place = site.streams.take(self.from).filter(|_| !room.is_full());
        let Some(place) = place else {
            site.metrics.count(Event::StreamRefused);
            return Reply::bare(StatusCode::SERVICE_UNAVAILABLE).retry();
        };
        let answer = Reply::switching("websocket").with(
            header::SEC_WEBSOCKET_ACCEPT,
            &derive_accept_key(key.as_bytes()),
        );
        let visitor = opened.visitor;
        let (user, name) = (visitor.user.id, visitor.user.name.clone());
        let (article, session) = (opened.article.id, visitor.token.hash());
        let weak = Arc::downgrade(site);
        let upgrade = hyper::upgrade::on(Request::from_parts(self.parts.clone(), ()));
        tokio::spawn(async move {
            let Ok(upgraded) = upgrade.await else {
                return;
            };
            let config = WebSocketConfig::default()
                .max_message_size(Some(MESSAGE_BYTES_MAX))
                .max_frame_size(Some(MESSAGE_BYTES_MAX))
                .max_write_buffer_size(WAITING_BYTES_MAX);
            let io = TokioIo::new(upgraded);
            let stream = WebSocketStream::from_raw_socket(io, Role::Server, Some(config)).await;
            let mut socket = Socket {
                site: weak,
                room,
                stream,
                number: number(),
                article,
                user,
                name,
                session,
                stem: None,
                heard: Instant::now(),
                messages: (Instant::now(), 0),
                _place: place,
            };
            let Over = socket.talk().await;
            let _ = socket.stream.close(None).await;
        });
        answer
    }
}

/// The number of the next socket.
fn number() -> u64 {
    static NEXT: AtomicU64 = AtomicU64::new(1);
    NEXT.fetch_add(1, Ordering::Relaxed)
}

fn message(kind: u8, content: &[u8]) -> Message {
    let mut out = BytesMut::with_capacity(content.len() + 1);
    out.put_u8(kind);
    out.put_slice(content);
    Message::Binary(out.freeze())
}

impl Socket {
    fn site(&self) -> Result<Arc<Site>, Over> {
        let site = self.site.upgrade().ok_or(Over)?;
        if site.streams.ended() {
            return Err(Over);
        }
        Ok(site)
    }

    async fn send(&mut self, message: Message) -> Result<(), Over> {
        self.stream.send(message).await.map_err(|_| Over)
    }

    async fn talk(&mut self) -> Over {
        match self.conversation().await {
            Ok(over) | Err(over) => over,
        }
    }

    async fn conversation(&mut self) -> Result<Over, Over> {
        let mut said = self.room.listen();
        let site = self.site()?;
        let mut followed = site.followed.subscribe();
        let hello = self.room.state(&site).await;
        let (stem, state) = hello.map_err(|error| not_read(&error))?;
        drop(site);
        self.stem = Some(stem);
        let hello = json!({ "document": stem.get().to_string(), "name": self.name });
        self.send(Message::Text(hello.to_string().into())).await?;
        self.send(message(STATE, &state)).await?;
        let mut asked = tokio::time::interval(ASKED_EVERY);
        asked.reset();
        loop {
            tokio::select! {
                came = self.stream.next() => match came {
                    Some(Ok(message)) => self.hears(message).await?,
                    Some(Err(_)) | None => return Ok(Over),
                },
                heard = said.recv() => match heard {
                    Ok(said) => self.passes_on(said).await?,
                    Err(RecvError::Lagged(_)) => self.passes_on(Said::Anew).await?,
                    Err(RecvError::Closed) => return Ok(Over),
                },
                changed = followed.changed() => {
                    changed.map_err(|_| Over)?;
                    let site = self.site()?;
                    if let Err(error) = self.room.follow(&site).await {
                        return Err(not_read(&error));
                    }
                }
                _ = asked.tick() => {
                    if self.heard.elapsed() > SILENCE_MAX || !self.may_write().await? {
                        return Ok(Over);
                    }
                    self.send(Message::Ping(Bytes::new())).await?;
                }
            }
        }
    }

    /// Hears a message of the browser.
    async fn hears(&mut self, came: Message) -> Result<(), Over> {
        self.heard = Instant::now();
        let Message::Binary(bytes) = came else {
            return match came {
                Message::Close(_) => Err(Over),
                _ => Ok(()),
            };
        };
        self.waits_its_turn().await;
        let Some((kind, content)) = bytes.split_first() else {
            return Ok(());
        };
        let stem = self.stem.ok_or(Over)?;
        match *kind {
            STATE => {
                let site = self.site()?;
                let missing = self.room.missing_from(&site, stem, content).await;
                let missing = missing.map_err(|error| not_read(&error))?;
                self.send(message(MISSING, &missing)).await
            }
            WRITTEN if content.len() > 4 => {
                let (number, update) = content.split_at(4);
                let site = self.site()?;
                if !self.may_write().await? {
                    return Err(Over);
                }
                let actor = Actor::User(self.user);
                let update = bytes.slice_ref(update);
                match self
                    .room
                    .write(&site, self.number, stem, update, actor)
                    .await
                {
                    Ok(()) => self.send(message(KEPT, number)).await,
                    Err(NotKept::Ended) => self.passes_on(Said::Ended(true)).await,
                    Err(error) => {
                        tracing::debug!(%error, article = %self.article, "what was written is not kept");
                        let why = [number, &[why(&error) as u8]].concat();
                        self.send(message(REFUSED, &why)).await
                    }
                }
            }
            PRESENT if content.len() <= PRESENCE_BYTES_MAX => {
                self.room.tell(self.number, bytes.slice_ref(content));
                Ok(())
            }
            _ => Err(Over),
        }
    }

    /// Passes on what was said in the room.
    async fn passes_on(&mut self, said: Said) -> Result<(), Over> {
        match said {
            Said::Written(from, bytes) if from != self.number => {
                self.send(message(UPDATE, &bytes)).await
            }
            Said::Present(from, bytes) if from != self.number => {
                self.send(message(PRESENT, &bytes)).await
            }
            Said::Written(..) | Said::Present(..) => Ok(()),
            Said::Anew => {
                let site = self.site()?;
                let state = self.room.state(&site).await;
                let (stem, state) = state.map_err(|error| not_read(&error))?;
                if self.stem != Some(stem) {
                    return Box::pin(self.passes_on(Said::Ended(true))).await;
                }
                self.send(message(STATE, &state)).await
            }
            Said::Ended(goes_on) => {
                let word = if goes_on { "anew" } else { "ended" };
                self.send(Message::Text(word.into())).await?;
                Err(Over)
            }
        }
    }

    /// A browser that says very much is heard more slowly.
    async fn waits_its_turn(&mut self) {
        let (since, count) = &mut self.messages;
        if since.elapsed() >= Duration::from_secs(1) {
            (*since, *count) = (Instant::now(), 0);
        }
        *count += 1;
        if *count > MESSAGES_A_SECOND {
            tokio::time::sleep_until(*since + Duration::from_secs(1)).await;
        }
    }

    /// Whether the session is open and its user may write this article.
    async fn may_write(&mut self) -> Result<bool, Over> {
        let site = self.site()?;
        let Ok(Some((session, user))) = site.store.session(self.session).await else {
            // Where it cannot be asked, nobody writes.
            return Ok(false);
        };
        let now = site.now();
        let is_in = session.standing(now) == SessionStanding::Open
            && user.state == UserState::Active
            && user.id == self.user;
        if !is_in {
            return Ok(false);
        }
        let opened = open_copy(&site.store, self.article, Actor::System, now).await;
        let Ok((_, copy)) = opened else {
            return Ok(false);
        };
        let team = site.store.team(self.article, copy.content.section).await;
        Ok(team.is_ok_and(|team| copy.is_open_to(user.id, user.roles, &team)))
    }
}

fn not_read(error: &NotKept) -> Over {
    tracing::debug!(%error, "a text that is written together cannot be read");
    Over
}

fn why(error: &NotKept) -> Why {
    match error {
        _ if error.is_passing() => Why::Passing,
        NotKept::Fault(UpdateFault::Full | UpdateFault::TooLong) => Why::Full,
        _ => Why::Damaged,
    }
}
