//! A thread of its own for work that waits for the disk or the processor: it can
//! let every other thread go first, and so do those that it starts.

use std::sync::mpsc::{self, Sender};

use tokio::sync::oneshot;

use super::IndexingError;

type Job = Box<dyn FnOnce() + Send>;

/// Does one piece of work after the other. Ends when it is dropped and the work
/// it has begun is done.
pub(super) struct Hand {
    jobs: Sender<Job>,
}

impl Hand {
    /// One that calls `stand_back` first.
    pub(super) fn start(stand_back: fn()) -> Self {
        let (jobs, given) = mpsc::channel::<Job>();
        std::thread::spawn(move || {
            stand_back();
            for job in given {
                job();
            }
        });
        Self { jobs }
    }

    /// What `work` comes to.
    pub(super) async fn work<T: Send + 'static>(
        &self,
        work: impl FnOnce() -> Result<T, IndexingError> + Send + 'static,
    ) -> Result<T, IndexingError> {
        let (answer, answered) = oneshot::channel();
        let job = Box::new(move || {
            // Whoever asked may be gone.
            let _ = answer.send(work());
        });
        self.jobs.send(job).map_err(|_| IndexingError::Ended)?;
        answered.await.unwrap_or(Err(IndexingError::Ended))
    }
}
