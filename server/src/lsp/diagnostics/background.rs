//! Threads that read in the background, while others work for a person who waits.

/// How much less of a processor they get on Linux.
#[cfg(target_os = "linux")]
const NICE: i32 = 10;

/// Starts one. On Linux it has a low priority, and so has every thread that it starts: one that a person waits for
/// gets the processor at once. Other systems know no such thing for a single thread, or not without unsafe code.
pub fn start(name: &str, work: impl FnOnce() + Send + 'static) -> std::io::Result<()> {
    let thread = std::thread::Builder::new().name(name.to_owned());
    let thread = thread.spawn(move || {
        #[cfg(target_os = "linux")]
        if let Err(error) = rustix::process::setpriority_process(None, NICE) {
            tracing::debug!("a background thread keeps its priority: {error}");
        }
        work();
    });
    thread.map(drop)
}
