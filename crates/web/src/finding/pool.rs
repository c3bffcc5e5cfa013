//! The threads on which the index is asked: few, with a short queue, and below
//! those that answer pages.

use std::sync::{
    Arc, Mutex, PoisonError,
    mpsc::{Receiver, SyncSender, sync_channel},
};

use tokio::sync::oneshot;

use crate::back::stand_back;

/// Questions that wait for a thread; one more is told to come back.
const WAITING_MAX: usize = 64;
/// How far the threads stand back, as `nice` counts.
const STAND_BACK: i32 = 3;

type Job = Box<dyn FnOnce() + Send>;

pub(super) struct Pool {
    jobs: SyncSender<Job>,
}

/// No thread is free, and too many questions wait for one.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Busy;

impl Pool {
    /// As many threads as there are cores; they end when this is dropped.
    pub(super) fn start() -> Self {
        let (jobs, given) = sync_channel(WAITING_MAX);
        let given = Arc::new(Mutex::new(given));
        let threads = std::thread::available_parallelism().map_or(1, std::num::NonZero::get);
        for _ in 0..threads {
            let given = Arc::clone(&given);
            std::thread::spawn(move || {
                stand_back(STAND_BACK);
                work(&given);
            });
        }
        Self { jobs }
    }

    /// What `question` comes to.
    pub(super) async fn ask<T: Send + 'static>(
        &self,
        question: impl FnOnce() -> T + Send + 'static,
    ) -> Result<T, Busy> {
        let (answer, answered) = oneshot::channel();
        let job = Box::new(move || {
            // Whoever asked may have left while it waited.
            if !answer.is_closed() {
                let _ = answer.send(question());
            }
        });
        self.jobs.try_send(job).map_err(|_| Busy)?;
        answered.await.map_err(|_| Busy)
    }
}

fn work(given: &Mutex<Receiver<Job>>) {
    loop {
        let next = given.lock().unwrap_or_else(PoisonError::into_inner).recv();
        let Ok(job) = next else { return };
        // One question that goes wrong takes no thread with it.
        let _ = std::panic::catch_unwind(std::panic::AssertUnwindSafe(job));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test(flavor = "multi_thread")]
    async fn a_full_pool_says_so_and_a_broken_question_harms_no_other() {
        let pool = Arc::new(Pool::start());
        assert_eq!(pool.ask(|| 7).await, Ok(7));
        assert_eq!(pool.ask(|| -> u8 { panic!("on purpose") }).await, Err(Busy));
        let (end, ended) = std::sync::mpsc::channel::<()>();
        let ended = Arc::new(Mutex::new(ended));
        let held: Vec<_> = (0..WAITING_MAX + 200)
            .map(|_| {
                let (pool, ended) = (Arc::clone(&pool), Arc::clone(&ended));
                tokio::spawn(async move {
                    let wait = move || {
                        let ended = ended.lock().unwrap_or_else(PoisonError::into_inner);
                        let _ = ended.recv();
                    };
                    pool.ask(wait).await
                })
            })
            .collect();
        tokio::time::sleep(std::time::Duration::from_millis(200)).await;
        drop(end);
        let mut refused = 0;
        for held in held {
            refused += usize::from(held.await.expect("ended") == Err(Busy));
        }
        assert!(refused > 100, "{refused}");
        assert_eq!(pool.ask(|| 8).await, Ok(8));
    }
}
