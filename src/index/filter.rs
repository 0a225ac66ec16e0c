//! Tells of most hashes that an index does not hold that it does not: a Bloom filter, all
//! bits of one hash in one block of 512.

use super::words::finish;

/// Bytes of a block.
pub(super) const BLOCK: usize = 64;
/// Bits for each hash, and how many of them are set: one hash in forty that is not there
/// passes.
const BITS: u64 = 8;
const PROBES: u32 = 5;

/// Blocks for so many hashes.
pub(super) fn blocks(hashes: u64) -> u64 {
    (hashes * BITS).div_ceil(BLOCK as u64 * 8).max(1)
}

/// The block of a hash, and its bits there.
pub(super) fn place(hash: u64, blocks: u64) -> (u64, impl Iterator<Item = usize>) {
    let spread = finish(hash.wrapping_add(0x5851_f42d_4c95_7f2d));
    let block = ((u128::from(spread) * u128::from(blocks)) >> 64) as u64;
    let bits = finish(spread);
    (
        block,
        (0..PROBES).map(move |probe| (bits >> (9 * probe)) as usize & 511),
    )
}

/// Sets the bits of a hash in a whole filter.
pub(super) fn set(filter: &mut [u8], hash: u64, blocks: u64) {
    let (block, bits) = place(hash, blocks);
    let start = block as usize * BLOCK;
    for bit in bits {
        filter[start + bit / 8] |= 1 << (bit % 8);
    }
}
