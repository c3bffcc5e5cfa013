//! Turns at writing one SQLite database, for all processes on it.
//!
//! SQLite queues nobody: whoever finds it being written sleeps and tries
//! again, and may lose for seconds against one that commits without a pause,
//! as an import does. So each writer takes a turn first, by two file locks:
//! it waits at the gate, which one holds at a time, for the turn of the one
//! before it. Whoever has written finds the next one at the gate already.
//!
//! A turn is courtesy alone: SQLite's own lock keeps the data whole. Where a
//! turn cannot be had, the writer goes on without.

use std::{
    fs::File,
    io,
    path::{Path, PathBuf},
    sync::Arc,
    time::Duration,
};

/// How long a writer waits; then it goes on and leaves the rest to SQLite.
const WAIT: Duration = Duration::from_secs(5);
const GATE: &str = "writing-gate.lock";
const TURN: &str = "writing-turn.lock";

/// Where turns are taken. Cheap to clone.
#[derive(Clone, Debug)]
pub(crate) struct Turns {
    folder: Arc<PathBuf>,
}

/// A turn at writing; it ends when this is dropped.
#[derive(Debug)]
pub(crate) struct Turn {
    _turn: File,
}

impl Turns {
    /// Turns at the database in `folder`.
    pub(crate) fn of(folder: &Path) -> Self {
        Self {
            folder: Arc::new(folder.to_owned()),
        }
    }

    /// Waits for a turn; none where it does not come in time.
    pub(crate) async fn take(&self) -> Option<Turn> {
        // Nobody else, nearly always: then no thread is needed to wait on.
        if let Ok(turn) = self.take_now() {
            return Some(turn);
        }
        let turns = self.clone();
        let waiting = tokio::task::spawn_blocking(move || turns.wait());
        // A turn that comes too late ends with the task that waited for it.
        match tokio::time::timeout(WAIT, waiting).await {
            Ok(Ok(Ok(turn))) => Some(turn),
            Ok(Ok(Err(error))) => {
                tracing::debug!(%error, "no turn at writing");
                None
            }
            Ok(Err(_)) | Err(_) => None,
        }
    }

    fn take_now(&self) -> io::Result<Turn> {
        let (gate, turn) = self.locks()?;
        gate.try_lock()?;
        turn.try_lock()?;
        Ok(Turn { _turn: turn })
    }

    fn wait(&self) -> io::Result<Turn> {
        let (gate, turn) = self.locks()?;
        gate.lock()?;
        turn.lock()?;
        Ok(Turn { _turn: turn })
    }

    fn locks(&self) -> io::Result<(File, File)> {
        let open = |name| File::create(self.folder.join(name));
        Ok((open(GATE)?, open(TURN)?))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::time::Instant;

    #[tokio::test(flavor = "multi_thread")]
    async fn whoever_waits_comes_before_whoever_had_a_turn() {
        let folder = std::env::temp_dir().join(format!("turns-{}", std::process::id()));
        std::fs::create_dir_all(&folder).expect("made");
        let turns = Turns::of(&folder);
        let busy = turns.clone();
        let (stop, stopped) = std::sync::mpsc::channel::<()>();
        // One that takes the next turn the moment its last one ends.
        let importing = tokio::spawn(async move {
            let mut taken = 0_u32;
            while stopped.try_recv().is_err() {
                let _turn = busy.take().await.expect("a turn");
                std::thread::sleep(Duration::from_millis(20));
                taken += 1;
            }
            taken
        });
        tokio::time::sleep(Duration::from_millis(30)).await;
        for _ in 0..20 {
            // It has its next turn by then.
            tokio::time::sleep(Duration::from_millis(5)).await;
            let asked = Instant::now();
            drop(turns.take().await.expect("a turn"));
            // The turn that runs and, at the worst, the one that waits at the gate.
            assert!(
                asked.elapsed() < Duration::from_millis(200),
                "{:?}",
                asked.elapsed()
            );
        }
        stop.send(()).expect("it runs");
        assert!(importing.await.expect("it ends") >= 5);
        std::fs::remove_dir_all(folder).expect("removed");
    }

    #[tokio::test]
    async fn without_the_folder_there_is_no_turn() {
        let turns = Turns::of(Path::new("/nowhere/at/all"));
        assert!(turns.take().await.is_none());
    }
}
