/// Byte strings with an owner, numbered from 0 in the order of first sight; open addressing over one arena.
///
/// The order and the hash depend on nothing but the bytes, so that the same records give the same numbers on every machine.
struct KeyTable: Sendable {
  /// Where key i begins in the arena, and the arena's end: count + 1 entries.
  private var starts: [Int] = [0]
  private var owners: [UInt32] = []
  private var arena: [UInt8] = []
  /// Hash in the upper half, index + 1 in the lower; 0 is free. The count is a power of two, at most 5/8 of it used.
  private var slots: [UInt64] = [UInt64](repeating: 0, count: 64)

  var count: Int { owners.count }

  /// The number of this key, new where it has not been seen.
  mutating func intern(_ bytes: Span<UInt8>, owner: UInt32 = 0) -> (index: Int, isNew: Bool) {
    let hash = Self.hash(bytes, owner: owner) >> 32
    var slot = place(of: hash)
    while slots[slot] != 0 {
      if let index = match(slot, hash, bytes, owner) { return (index, false) }
      slot = (slot + 1) & (slots.count - 1)
    }
    let index = count
    for position in bytes.indices { arena.append(bytes[position]) }
    starts.append(arena.count)
    owners.append(owner)
    slots[slot] = hash << 32 | UInt64(index + 1)
    if count * 8 > slots.count * 5 { grow() }
    return (index, true)
  }

  func bytes(of index: Int) -> ArraySlice<UInt8> { arena[starts[index]..<starts[index + 1]] }
  func text(of index: Int) -> String { String(decoding: bytes(of: index), as: UTF8.self) }

  /// All memory in use by the table, for the figure of bytes per key.
  var byteCount: Int { arena.capacity + starts.capacity * 8 + owners.capacity * 4 + slots.capacity * 8 }

  private func match(_ slot: Int, _ hash: UInt64, _ bytes: Span<UInt8>, _ owner: UInt32) -> Int? {
    guard slots[slot] >> 32 == hash else { return nil }
    let index = Int(slots[slot] & 0xFFFF_FFFF) - 1
    let start = starts[index]
    guard owners[index] == owner, starts[index + 1] - start == bytes.count else { return nil }
    for position in bytes.indices where arena[start + position] != bytes[position] { return nil }
    return index
  }

  private func place(of hash: UInt64) -> Int { Int(truncatingIfNeeded: hash) & (slots.count - 1) }

  private mutating func grow() {
    let entries = slots
    slots = [UInt64](repeating: 0, count: entries.count * 2)
    for entry in entries where entry != 0 {
      var slot = place(of: entry >> 32)
      while slots[slot] != 0 { slot = (slot + 1) & (slots.count - 1) }
      slots[slot] = entry
    }
  }

  /// 64 well mixed bits: eight bytes at a time, folded by the two halves of a 128-bit product.
  static func hash(_ bytes: Span<UInt8>, owner: UInt32 = 0) -> UInt64 {
    var state = (UInt64(owner) << 32 | UInt64(truncatingIfNeeded: bytes.count)) ^ 0x9E37_79B9_7F4A_7C15
    var position = 0
    while position < bytes.count {
      var word: UInt64 = 0
      let end = min(position + 8, bytes.count)
      while position < end {
        word = word << 8 | UInt64(bytes[position])
        position += 1
      }
      let product = (state ^ word).multipliedFullWidth(by: 0xA076_1D64_78BD_642F)
      state = product.high ^ product.low
    }
    let last = state.multipliedFullWidth(by: 0xE703_7ED1_A0B4_28DB)
    return last.high ^ last.low
  }
}
