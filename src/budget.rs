//! Work, counted. Everything that is scanned may be made to cost as much as can be, so
//! that whoever spends from a budget has so many units and no more. What is left undone
//! for want of them is told. Units do not depend on the machine; a clock is looked at as
//! they are spent. A unit is one look at one thing: a node, a line, an entry, a finding,
//! or so many bytes of text.

use std::sync::OnceLock;
use std::sync::atomic::{AtomicU64, Ordering};
use std::thread::{self, ThreadId};
use std::time::Duration;

use crate::clock::{worked, worked_by_all};

/// So often the clock is looked at, in units. Looking costs about as much as a unit.
const LOOK: u64 = 1 << 14;

/// Bytes of text that are read for a unit.
const BYTES: usize = 64;

/// Work that may be done, and what was done of it.
#[derive(Debug)]
pub struct Budget {
    limit: u64,
    spent: AtomicU64,
    /// Bytes that may be held, and those that are.
    room: u64,
    held: AtomicU64,
    ended: OnceLock<&'static str>,
    clock: Option<Clock>,
}

/// How long may be worked.
#[derive(Clone, Copy, Debug)]
struct Clock {
    /// The thread whose time is looked at; none: that of all.
    thread: Option<ThreadId>,
    started: Duration,
    time: Duration,
}

impl Clock {
    fn is_over(self) -> bool {
        let now = match self.thread {
            None => worked_by_all(),
            Some(own) if own == thread::current().id() => worked(),
            Some(_) => return false,
        };
        now.saturating_sub(self.started) >= self.time
    }
}

impl Default for Budget {
    fn default() -> Self {
        Self::without_end()
    }
}

impl Budget {
    /// So many units.
    pub fn new(limit: u64) -> Self {
        Self {
            limit,
            spent: AtomicU64::new(0),
            room: u64::MAX,
            held: AtomicU64::new(0),
            ended: OnceLock::new(),
            clock: None,
        }
    }

    /// As many units as are asked for: for text that the program brings along.
    pub fn without_end() -> Self {
        Self::new(u64::MAX)
    }

    /// The same, with a clock that ends it, too: that of this thread's own work.
    #[must_use]
    pub fn within(mut self, time: Duration) -> Self {
        self.clock = Some(Clock {
            thread: Some(thread::current().id()),
            started: worked(),
            time,
        });
        self
    }

    /// The same of the work of all threads.
    #[must_use]
    pub fn within_by_all(mut self, time: Duration) -> Self {
        self.clock = Some(Clock {
            thread: None,
            started: worked_by_all(),
            time,
        });
        self
    }

    /// The same, and no more than so many bytes are held of what is read.
    #[must_use]
    pub fn holding(mut self, bytes: u64) -> Self {
        self.room = bytes;
        self
    }

    /// Takes room for what is kept until the file is done; whether there was some left.
    pub fn hold(&self, bytes: usize) -> bool {
        let before = self.held.fetch_add(bytes as u64, Ordering::Relaxed);
        if before.saturating_add(bytes as u64) > self.room {
            self.end("it takes more memory than is given to one");
        }
        !self.is_spent()
    }

    /// Takes units; whether there were some left.
    pub fn spend(&self, units: u64) -> bool {
        let before = self.spent.fetch_add(units, Ordering::Relaxed);
        let after = before.saturating_add(units);
        if after > self.limit {
            self.end("it takes more work than is done for one");
        } else if before / LOOK != after / LOOK && self.clock.is_some_and(Clock::is_over) {
            self.end("it takes longer than is waited for one");
        }
        !self.is_spent()
    }

    /// Takes units for so many bytes of text; whether there were some left.
    pub fn read(&self, bytes: usize) -> bool {
        self.spend(1 + (bytes / BYTES) as u64)
    }

    /// Units that are left.
    pub fn left(&self) -> u64 {
        if self.is_spent() {
            0
        } else {
            self.limit.saturating_sub(self.spent())
        }
    }

    /// Whether there was too little.
    pub fn is_spent(&self) -> bool {
        self.ended.get().is_some()
    }

    /// Why something was left undone, when it was.
    pub fn ended(&self) -> Option<&'static str> {
        self.ended.get().copied()
    }

    /// Ends it, for a reason that follows "not checked beyond a part:". The first counts.
    pub fn end(&self, why: &'static str) {
        let _ = self.ended.set(why);
    }

    /// Units that were asked for.
    pub fn spent(&self) -> u64 {
        self.spent.load(Ordering::Relaxed)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_spent_is_spent() {
        let budget = Budget::new(10);
        assert!(budget.spend(10));
        assert!(!budget.is_spent());
        assert!(!budget.spend(1));
        assert!(budget.is_spent());
        assert_eq!(budget.spent(), 11);
        assert!(!budget.spend(0), "what is spent stays spent");
        assert_eq!(budget.left(), 0);
        let text = Budget::new(3);
        assert!(text.read(BYTES - 1) && text.read(BYTES));
        assert_eq!(text.left(), 0);
        assert!(!text.read(0));
    }

    #[test]
    fn what_is_held_is_counted() {
        let budget = Budget::without_end().holding(10);
        assert!(budget.hold(10));
        assert!(!budget.hold(1));
        assert!(budget.ended().is_some_and(|why| why.contains("memory")));
    }

    #[test]
    fn a_clock_ends_it() {
        let budget = Budget::without_end().within(Duration::ZERO);
        assert!(budget.spend(LOOK - 1), "it is looked at now and then");
        std::thread::sleep(Duration::from_millis(2));
        assert!(!budget.spend(1));
    }
}
