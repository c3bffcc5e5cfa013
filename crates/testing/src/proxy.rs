//! A proxy on loopback in front of a database, which fails as asked.

use std::{net::SocketAddr, time::Duration};

use tokio::{
    io::{AsyncReadExt as _, AsyncWriteExt as _},
    net::{
        TcpListener, TcpStream,
        tcp::{OwnedReadHalf, OwnedWriteHalf},
    },
    sync::watch,
    task::{JoinHandle, JoinSet},
};

/// What becomes of what comes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Way {
    /// It is passed on.
    Open,
    /// Connections are dropped, and new ones refused.
    Cut,
    /// Connections are accepted and stay, and nothing passes, either way.
    Silent,
}

/// A proxy; gone when dropped.
pub struct Proxy {
    address: SocketAddr,
    way: watch::Sender<(Way, u64)>,
    serving: JoinHandle<()>,
}

impl Proxy {
    /// A proxy to `target`, open.
    ///
    /// # Panics
    /// Where no port can be had.
    pub async fn before(target: SocketAddr) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
        let address = listener.local_addr().expect("known");
        let (way, told) = watch::channel((Way::Open, 0));
        let serving = tokio::spawn(serve(listener, address, target, told));
        Self {
            address,
            way,
            serving,
        }
    }

    /// Where it listens.
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// From now on this way.
    pub fn turn(&self, way: Way) {
        self.way.send_modify(|(now, _)| *now = way);
    }

    /// Open for new connections; those there are stay silent for good, as when
    /// a machine is gone and another has taken its place.
    pub fn forget(&self) {
        self.way
            .send_modify(|(now, age)| (*now, *age) = (Way::Open, *age + 1));
    }
}

impl Drop for Proxy {
    fn drop(&mut self) {
        self.serving.abort();
    }
}

async fn serve(
    listener: TcpListener,
    address: SocketAddr,
    target: SocketAddr,
    mut told: watch::Receiver<(Way, u64)>,
) {
    let mut listener = Some(listener);
    let mut connections = JoinSet::new();
    loop {
        let way = *told.borrow_and_update();
        if way.0 == Way::Cut {
            listener = None;
            connections.shutdown().await;
            if told.changed().await.is_err() {
                return;
            }
            continue;
        }
        let open = match listener.take() {
            Some(open) => Ok(open),
            None => TcpListener::bind(address).await,
        };
        let Ok(open) = open else {
            // The port is ours, and free again in a moment.
            tokio::time::sleep(Duration::from_millis(5)).await;
            continue;
        };
        tokio::select! {
            changed = told.changed() => {
                if changed.is_err() {
                    return;
                }
            }
            accepted = open.accept() => {
                if let Ok((stream, _)) = accepted {
                    connections.spawn(connection(stream, target, told.clone(), way.1));
                }
            }
        }
        listener = Some(open);
    }
}

async fn connection(
    client: TcpStream,
    target: SocketAddr,
    told: watch::Receiver<(Way, u64)>,
    age: u64,
) {
    let Ok(server) = TcpStream::connect(target).await else {
        return;
    };
    let _ = (client.set_nodelay(true), server.set_nodelay(true));
    let (client_read, client_write) = client.into_split();
    let (server_read, server_write) = server.into_split();
    tokio::select! {
        () = pass(client_read, server_write, told.clone(), age) => {}
        () = pass(server_read, client_write, told, age) => {}
    }
}

/// Passes one direction on, while the proxy is open for connections of this age.
async fn pass(
    mut from: OwnedReadHalf,
    mut to: OwnedWriteHalf,
    mut told: watch::Receiver<(Way, u64)>,
    age: u64,
) {
    let mut bytes = vec![0; 16 * 1024];
    loop {
        let Ok(count @ 1..) = from.read(&mut bytes).await else {
            return;
        };
        let passes = |now: &(Way, u64)| *now == (Way::Open, age);
        if told.wait_for(passes).await.is_err() || to.write_all(&bytes[..count]).await.is_err() {
            return;
        }
    }
}
