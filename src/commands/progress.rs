//! A progress bar on standard error, for people who wait.

use std::io::IsTerminal as _;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread::{self, JoinHandle};
use std::time::Duration;

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

use crate::scan::Progress;

/// Who waits no longer than this wants no bar.
const PATIENCE: Duration = Duration::from_millis(500);
/// Time between two looks at the numbers.
const TICK: Duration = Duration::from_millis(100);

/// A bar that appears when a scan takes its time; it goes when this is dropped.
pub(crate) struct Bar {
    done: Arc<AtomicBool>,
    thread: Option<JoinHandle<()>>,
}

impl Bar {
    /// Watches a scan; `None` where nobody would see the bar.
    pub(crate) fn watch(progress: &Arc<Progress>, quiet: bool) -> Option<Self> {
        let dumb = super::terminal::is_plain(true);
        if quiet || dumb || !std::io::stderr().is_terminal() {
            return None;
        }
        let done = Arc::new(AtomicBool::new(false));
        let (progress, ended) = (Arc::clone(progress), Arc::clone(&done));
        let thread = thread::spawn(move || show(&progress, &ended));
        Some(Self {
            done,
            thread: Some(thread),
        })
    }
}

impl Drop for Bar {
    fn drop(&mut self) {
        self.done.store(true, Ordering::Relaxed);
        if let Some(thread) = self.thread.take() {
            thread.thread().unpark();
            // A bar that failed is no reason to stop.
            let _ = thread.join();
        }
    }
}

fn show(progress: &Progress, done: &AtomicBool) {
    thread::park_timeout(PATIENCE);
    if done.load(Ordering::Relaxed) {
        return;
    }
    let bar = ProgressBar::with_draw_target(Some(0), ProgressDrawTarget::stderr());
    if let Ok(style) =
        ProgressStyle::with_template("{bar:30} {human_pos}/{human_len} files, {eta} left")
    {
        bar.set_style(style);
    }
    while !done.load(Ordering::Relaxed) {
        bar.set_length(progress.total.load(Ordering::Relaxed));
        bar.set_position(progress.done.load(Ordering::Relaxed));
        thread::park_timeout(TICK);
    }
    bar.finish_and_clear();
}
