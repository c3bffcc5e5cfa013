//! What tells screens that something is new: server-sent events.

use std::{
    convert::Infallible,
    sync::{Arc, Weak},
    time::Duration,
};

use bytes::Bytes;
use editorial::{
    ChangeKey,
    accounts::{Permission, SessionStanding, TokenHash, UserState},
};
use futures_util::StreamExt as _;
use http_body_util::{BodyExt as _, StreamBody};
use hyper::{StatusCode, body::Frame};
use tokio::{sync::watch, time::Instant};

use super::comments::counted;
use crate::{
    metrics::Event,
    newsroom::{Asked, Visitor, reply::Reply},
    site::Site,
    streams::StreamPlace,
};

/// A line is sent after so much silence, and it is asked whether whoever looks
/// may still do so.
const SILENCE_MAX: Duration = Duration::from_secs(20);
/// However much comes in, an event comes no sooner after another.
const PAUSE: Duration = Duration::from_secs(1);

/// What a screen is told of.
#[derive(Clone, Copy)]
pub(super) struct Watched {
    /// The name of its event.
    event: &'static str,
    /// What changed then.
    keys: &'static [ChangeKey],
    /// What somebody needs who looks.
    needs: Permission,
}

/// The queue of comments; each event says how many wait.
pub(super) const QUEUE: Watched = Watched {
    event: "comments",
    keys: &[ChangeKey::MODERATION],
    needs: Permission::Moderate,
};
/// The board of the ticker.
pub(super) const TICKER: Watched = Watched {
    event: "changed",
    keys: &[ChangeKey::TICKER, ChangeKey::SETTINGS],
    needs: Permission::PushHeadlines,
};

/// The front page.
pub(super) const FRONT: Watched = Watched {
    event: "changed",
    keys: &[ChangeKey::FRONT, ChangeKey::SCHEDULE],
    needs: Permission::Publish,
};

impl Asked<'_> {
    /// The stream, from the position of the change log that the screen is from.
    pub(super) fn live(&self, visitor: &Visitor, watched: Watched) -> Reply {
        let site = self.site;
        let Some(place) = site.streams.take(self.from) else {
            site.metrics.count(Event::StreamRefused);
            return Reply::bare(StatusCode::SERVICE_UNAVAILABLE).retry();
        };
        let headers = &self.parts.headers;
        let seen = headers.get("last-event-id");
        let seen = seen.and_then(|value| value.to_str().ok()?.parse().ok());
        let since = seen.or_else(|| self.fields().one("since").parse().ok());
        let state = Stream {
            watched,
            site: Arc::downgrade(site),
            followed: site.followed.subscribe(),
            session: visitor.token.hash(),
            seen: since.unwrap_or_else(|| site.changes.position()),
            free_at: Instant::now(),
            _place: place,
        };
        let data = |event| Ok::<_, Infallible>(Frame::data(Bytes::from(event)));
        let events = futures_util::stream::unfold(state, move |mut state| async move {
            let event = state.next().await?;
            Some((data(event), state))
        });
        // The browser learns at once that the stream is open.
        let open = data("retry: 3000\n\n".to_owned());
        let events = futures_util::stream::once(std::future::ready(open)).chain(events);
        Reply::events(StreamBody::new(events).boxed_unsync())
    }
}

struct Stream {
    watched: Watched,
    site: Weak<Site>,
    followed: watch::Receiver<i64>,
    session: TokenHash,
    /// The position that the screen knows of.
    seen: i64,
    /// When the next event may be sent.
    free_at: Instant,
    _place: StreamPlace,
}

impl Stream {
    /// The next event, or a comment that keeps the stream open; `None` where the
    /// site ends, or whoever looks may no longer.
    async fn next(&mut self) -> Option<String> {
        let silent_until = Instant::now() + SILENCE_MAX;
        loop {
            self.followed.borrow_and_update();
            let site = self.site.upgrade()?;
            if site.streams.ended() {
                return None;
            }
            let position = site.changes.position();
            let is_news = !site.changes.fresh(self.seen, self.watched.keys);
            let is_silent = Instant::now() >= silent_until;
            if is_silent && !is_news {
                return self.may_look(&site).await.then(|| ": \n\n".to_owned());
            }
            if is_news && Instant::now() >= self.free_at {
                if !self.may_look(&site).await {
                    return None;
                }
                self.seen = self.seen.max(position);
                self.free_at = Instant::now() + PAUSE;
                let (event, told) = (self.watched.event, self.told(&site).await);
                return Some(format!(
                    "id: {position}\nevent: {event}\ndata: {{{told}}}\n\n"
                ));
            }
            drop(site);
            if is_news {
                tokio::time::sleep_until(self.free_at).await;
            } else if let Ok(Err(_)) =
                tokio::time::timeout_at(silent_until, self.followed.changed()).await
            {
                return None;
            }
        }
    }

    /// What an event says beside that there is something new.
    async fn told(&self, site: &Site) -> String {
        if self.watched.needs != Permission::Moderate {
            return String::new();
        }
        // The database is away: the screen comes and asks itself.
        let waiting = site.store.comments_waiting().await.ok();
        let waiting = waiting.map_or_else(String::new, counted);
        format!("\"waiting\":\"{waiting}\"")
    }

    /// Whether the session is open and its user may look. Looking on is no
    /// use of a session: one that nobody acts in ends as any other.
    async fn may_look(&self, site: &Site) -> bool {
        match site.store.session(self.session).await {
            Ok(Some((session, user))) => {
                session.standing(site.now()) == SessionStanding::Open
                    && user.state == UserState::Active
                    && user.roles.allow(self.watched.needs)
            }
            // Where it cannot be asked, nobody looks.
            Ok(None) | Err(_) => false,
        }
    }
}
