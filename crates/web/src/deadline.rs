//! A deadline that moves with each step of a connection and is cheap to move:
//! the timer is armed anew only when it rings, or when it would ring too late.

use std::{
    future::{Future, poll_fn},
    pin::{Pin, pin},
    task::Poll,
    time::Duration,
};

use tokio::time::{Instant, Sleep, sleep_until};

pub(crate) struct Deadline {
    at: Instant,
    timer: Pin<Box<Sleep>>,
}

impl Deadline {
    /// A deadline `after` from now.
    pub(crate) fn new(after: Duration) -> Self {
        let at = Instant::now() + after;
        Self {
            at,
            timer: Box::pin(sleep_until(at)),
        }
    }

    /// Moves it to `at`.
    pub(crate) fn set(&mut self, at: Instant) {
        self.at = at;
        if self.at < self.timer.deadline() {
            self.timer.as_mut().reset(self.at);
        }
    }

    /// What `future` comes to, or `None` where the deadline comes first.
    pub(crate) async fn meet<T>(&mut self, future: impl Future<Output = T>) -> Option<T> {
        let mut future = pin!(future);
        poll_fn(|context| {
            if let Poll::Ready(value) = future.as_mut().poll(context) {
                return Poll::Ready(Some(value));
            }
            while self.timer.as_mut().poll(context).is_ready() {
                if Instant::now() >= self.at {
                    return Poll::Ready(None);
                }
                self.timer.as_mut().reset(self.at);
            }
            Poll::Pending
        })
        .await
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::future::pending;

    #[tokio::test(start_paused = true)]
    async fn it_moves_both_ways() {
        let start = Instant::now();
        let mut deadline = Deadline::new(Duration::from_secs(10));
        deadline.set(start + Duration::from_secs(30));
        assert_eq!(deadline.meet(pending::<()>()).await, None);
        assert_eq!(start.elapsed().as_secs(), 30);
        deadline.set(Instant::now() + Duration::from_mins(1));
        deadline.set(Instant::now() + Duration::from_secs(5));
        assert_eq!(deadline.meet(pending::<()>()).await, None);
        assert_eq!(start.elapsed().as_secs(), 35);
        deadline.set(Instant::now() + Duration::from_secs(1));
        assert_eq!(deadline.meet(async { 7 }).await, Some(7));
    }
}
