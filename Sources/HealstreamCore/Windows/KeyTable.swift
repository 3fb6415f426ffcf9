/// Byte strings with an owner, numbered from 0 in the order of first sight; open addressing over one arena.
///
/// The order and the hash depend on nothing but the bytes, so that the same records give the same numbers on every machine. A key is
/// kept as words of eight bytes, the first one lowest, the last filled up with zeros.
struct KeyTable: Sendable {
  private struct Entry: BitwiseCopyable {
    /// In words.
    var start: UInt32
    var owner: UInt32
    var byteCount: UInt32
  }

  private var entries: [Entry] = []
  private var arena: [UInt64] = []
  /// Hash in the upper half, index + 1 in the lower; 0 is free. The count is a power of two, at most 5/8 of it used.
  private var slots: [UInt64] = [UInt64](repeating: 0, count: 64)

  var count: Int { entries.count }

  /// The number of this key, new where it has not been seen.
  mutating func intern(_ bytes: Span<UInt8>, owner: UInt32 = 0) -> (index: Int, isNew: Bool) {
    let hash = Self.hash(bytes, owner: owner) >> 32
    var slot = place(of: hash)
    while slots[slot] != 0 {
      if slots[slot] >> 32 == hash {
        let index = Int(slots[slot] & 0xFFFF_FFFF) - 1
        if matches(entries[index], bytes, owner) { return (index, false) }
      }
      slot = (slot + 1) & (slots.count - 1)
    }
    slots[slot] = hash << 32 | UInt64(count + 1)
    append(bytes, owner)
    if count * 8 > slots.count * 5 { grow() }
    return (count - 1, true)
  }

  func text(of index: Int) -> String {
    let entry = entries[index]
    var bytes: [UInt8] = []
    bytes.reserveCapacity(Int(entry.byteCount))
    for position in 0..<Int(entry.byteCount) {
      bytes.append(UInt8(truncatingIfNeeded: arena[Int(entry.start) + position / 8] >> UInt64(position % 8 * 8)))
    }
    return String(decoding: bytes, as: UTF8.self)
  }

  /// Memory in use for the keys, without what the arrays keep in reserve.
  var byteCount: Int { arena.count * 8 + entries.count * MemoryLayout<Entry>.stride + slots.count * 8 }

  private func matches(_ entry: Entry, _ bytes: Span<UInt8>, _ owner: UInt32) -> Bool {
    guard entry.owner == owner, entry.byteCount == bytes.count else { return false }
    let window = ByteWindow(bytes)
    var word = Int(entry.start)
    for position in stride(from: 0, to: bytes.count, by: 8) {
      guard arena[word] == window.word(at: position) else { return false }
      word += 1
    }
    return true
  }

  private mutating func append(_ bytes: Span<UInt8>, _ owner: UInt32) {
    entries.append(Entry(start: UInt32(arena.count), owner: owner, byteCount: UInt32(bytes.count)))
    let window = ByteWindow(bytes)
    for position in stride(from: 0, to: bytes.count, by: 8) { arena.append(window.word(at: position)) }
  }

  private func place(of hash: UInt64) -> Int { Int(truncatingIfNeeded: hash) & (slots.count - 1) }

  private mutating func grow() {
    let taken = slots
    slots = [UInt64](repeating: 0, count: taken.count * 2)
    for entry in taken where entry != 0 {
      var slot = place(of: entry >> 32)
      while slots[slot] != 0 { slot = (slot + 1) & (slots.count - 1) }
      slots[slot] = entry
    }
  }

  /// 64 well mixed bits: eight bytes at a time, folded by the two halves of a 128-bit product.
  static func hash(_ bytes: Span<UInt8>, owner: UInt32 = 0) -> UInt64 {
    let window = ByteWindow(bytes)
    var state = (UInt64(owner) << 32 | UInt64(truncatingIfNeeded: bytes.count)) ^ 0x9E37_79B9_7F4A_7C15
    for position in stride(from: 0, to: bytes.count, by: 8) {
      let product = (state ^ window.word(at: position)).multipliedFullWidth(by: 0xA076_1D64_78BD_642F)
      state = product.high ^ product.low
    }
    let last = state.multipliedFullWidth(by: 0xE703_7ED1_A0B4_28DB)
    return last.high ^ last.low
  }
}
