//! What an HTTP library would never do: steps that are played on the connection itself.

use std::io;
use std::net::SocketAddr;
use std::time::Duration;

use tokio::io::{AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt};
use tokio::net::TcpStream;

/// One step. After the last the connection is closed without further ceremony.
#[derive(Debug, Clone)]
pub(crate) enum Step {
    Write(Vec<u8>),
    /// One byte at a time, with this pause after each.
    Drip(Vec<u8>, Duration),
    /// The same bytes again and again, until the client goes away.
    Endless(Vec<u8>),
    /// Ends our half of the connection; the client may still send.
    FinishWriting,
    /// Says nothing more, until the client goes away.
    HoldUntilClientCloses,
    /// Ends the connection with RST instead of FIN.
    Reset,
    /// Connects to this address and passes everything on in both directions.
    Tunnel(SocketAddr),
}

/// A connection whose TCP socket can be reached below any TLS.
pub(crate) trait Connection: AsyncRead + AsyncWrite + Unpin + Send + 'static {
    fn tcp(&self) -> &TcpStream;
}

impl Connection for TcpStream {
    fn tcp(&self) -> &TcpStream {
        self
    }
}

impl Connection for tokio_rustls::server::TlsStream<TcpStream> {
    fn tcp(&self) -> &TcpStream {
        self.get_ref().0
    }
}

/// Plays the steps. `already_read` is what the client sent after its request.
///
/// # Errors
/// The connection broke, which is what most scripts are for: nobody needs to care.
pub(crate) async fn play<C: Connection>(
    mut connection: C,
    already_read: &[u8],
    steps: Vec<Step>,
) -> io::Result<()> {
    for step in steps {
        match step {
            Step::Write(bytes) => {
                connection.write_all(&bytes).await?;
                connection.flush().await?;
            }
            Step::Drip(bytes, pause) => drip(&mut connection, &bytes, pause).await?,
            Step::Endless(bytes) => loop {
                connection.write_all(&bytes).await?;
            },
            Step::FinishWriting => connection.shutdown().await?,
            Step::HoldUntilClientCloses => read_to_end(&mut connection).await?,
            Step::Reset => return connection.tcp().set_zero_linger(),
            Step::Tunnel(address) => {
                let mut target = TcpStream::connect(address).await?;
                target.write_all(already_read).await?;
                tokio::io::copy_bidirectional(&mut connection, &mut target).await?;
            }
        }
    }
    Ok(())
}

/// Ends early when the client goes away, which a pause alone would not notice.
async fn drip<C: Connection>(connection: &mut C, bytes: &[u8], pause: Duration) -> io::Result<()> {
    for byte in bytes {
        connection.write_all(&[*byte]).await?;
        connection.flush().await?;
        if let Ok(end) = tokio::time::timeout(pause, read_to_end(connection)).await {
            return end;
        }
    }
    Ok(())
}

async fn read_to_end<C: Connection>(connection: &mut C) -> io::Result<()> {
    let mut ignored = [0; 1024];
    while connection.read(&mut ignored).await? > 0 {}
    Ok(())
}
