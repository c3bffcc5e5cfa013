//! The threads on which all is done that is not a page for everybody: what
//! readers send, the staff's screens. They stand back behind those that answer
//! pages, so that a flood of the one does not keep readers of the other waiting.

use std::pin::pin;

use tokio::{
    runtime::{Builder, Runtime},
    task::AbortHandle,
};

/// How far the threads stand back, as `nice` counts.
const STAND_BACK: i32 = 10;

/// These threads; they end when this is dropped.
pub(crate) struct Back(Option<Runtime>);

/// The work was broken off: it went wrong, or the program ends.
#[derive(Debug)]
pub(crate) struct BrokenOff;

impl Back {
    /// As many threads as there are cores.
    ///
    /// # Errors
    /// Where the system gives no threads.
    pub(crate) fn start() -> std::io::Result<Self> {
        let runtime = Builder::new_multi_thread()
            .thread_name("back")
            .on_thread_start(|| stand_back(STAND_BACK))
            .enable_all()
            .build()?;
        Ok(Self(Some(runtime)))
    }

    /// Does `work` there. Who no longer waits for it ends it, so there is never
    /// more of it than there are connections.
    pub(crate) async fn run<T: Send + 'static>(
        &self,
        work: impl Future<Output = T> + Send + 'static,
    ) -> Result<T, BrokenOff> {
        let Some(runtime) = &self.0 else {
            return Err(BrokenOff);
        };
        let task = runtime.spawn(work);
        let _left = EndsWhenLeft(task.abort_handle());
        pin!(task).await.map_err(|_| BrokenOff)
    }
}

impl Drop for Back {
    fn drop(&mut self) {
        if let Some(runtime) = self.0.take() {
            // A site is dropped by a task, which may not wait for threads.
            runtime.shutdown_background();
        }
    }
}

struct EndsWhenLeft(AbortHandle);

impl Drop for EndsWhenLeft {
    fn drop(&mut self) {
        self.0.abort();
    }
}

/// Lets other threads go before this one and those it starts. Linux counts by
/// thread.
pub(crate) fn stand_back(by: i32) {
    // Where it may not, it runs beside the others.
    let _ = rustix::process::setpriority_process(None, by);
}

#[cfg(test)]
mod tests {
    use std::{sync::Arc, time::Duration};

    use super::*;

    #[tokio::test]
    async fn work_is_done_behind_and_ends_with_who_waits() {
        let back = Back::start().expect("threads");
        let behind = back.run(async { rustix::process::getpriority_process(None) });
        let behind = behind.await.expect("done").expect("told");
        let here = rustix::process::getpriority_process(None).expect("told");
        assert!(behind > here, "{behind} {here}");
        assert!(back.run(async { panic!("on purpose") }).await.is_err());
        let held = Arc::new(());
        let endless = {
            let held = Arc::clone(&held);
            async move {
                std::future::pending::<()>().await;
                drop(held);
            }
        };
        let left = tokio::time::timeout(Duration::from_millis(20), back.run(endless)).await;
        assert!(left.is_err());
        while Arc::strong_count(&held) > 1 {
            tokio::time::sleep(Duration::from_millis(1)).await;
        }
    }
}
