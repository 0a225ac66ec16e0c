//! Numbers of so many bits each, one after the other.

/// Writes numbers.
#[derive(Debug, Default)]
pub(super) struct Writer {
    bytes: Vec<u8>,
    pending: u128,
    filled: u32,
}

impl Writer {
    pub fn put(&mut self, value: u64, width: u32) {
        debug_assert!(width == 64 || value < 1 << width);
        self.pending |= u128::from(value) << self.filled;
        self.filled += width;
        while self.filled >= 8 {
            self.bytes.push(self.pending as u8);
            self.pending >>= 8;
            self.filled -= 8;
        }
    }

    pub fn finish(mut self) -> Vec<u8> {
        if self.filled > 0 {
            self.bytes.push(self.pending as u8);
        }
        self.bytes
    }
}

/// Reads them back.
#[derive(Debug)]
pub(super) struct Reader<'a> {
    bytes: &'a [u8],
    pending: u128,
    filled: u32,
}

impl<'a> Reader<'a> {
    pub fn new(bytes: &'a [u8]) -> Self {
        Self {
            bytes,
            pending: 0,
            filled: 0,
        }
    }

    /// The next number; nothing after the end.
    pub fn take(&mut self, width: u32) -> Option<u64> {
        while self.filled < width {
            let (first, rest) = self.bytes.split_first()?;
            self.pending |= u128::from(*first) << self.filled;
            self.filled += 8;
            self.bytes = rest;
        }
        let value = (self.pending & ((1_u128 << width) - 1)) as u64;
        self.pending >>= width;
        self.filled -= width;
        Some(value)
    }
}

/// Bits that a number takes.
pub(super) fn width(value: u64) -> u32 {
    u64::BITS - value.leading_zeros()
}

/// Appends a number of any size, small ones in few bytes.
pub(super) fn put_number(out: &mut Vec<u8>, mut value: u64) {
    while value >= 0x80 {
        out.push(value as u8 | 0x80);
        value >>= 7;
    }
    out.push(value as u8);
}

/// Reads such a number.
pub(super) fn take_number(bytes: &mut &[u8]) -> Option<u64> {
    let mut value = 0_u64;
    for shift in (0..63).step_by(7) {
        let (first, rest) = bytes.split_first()?;
        *bytes = rest;
        value |= u64::from(first & 0x7f) << shift;
        if first & 0x80 == 0 {
            return Some(value);
        }
    }
    None
}
