/// Attempts and failures by the hash of a name, and no more names than a bound.
struct CountTable: Sendable {
  struct Counts: Equatable, Sendable, BitwiseCopyable {
    var attempts: UInt32 = 0
    var failures: UInt32 = 0
  }

  static let maxNames = 600_000

  private struct Slot: Sendable, BitwiseCopyable {
    /// 0 is free.
    var key: UInt64 = 0
    var counts = Counts()
  }

  /// Open addressing, at most 5/8 of the slots in use.
  private var slots = [Slot](repeating: Slot(), count: 64)
  private(set) var nameCount = 0
  /// Attempts of names that found no room.
  private(set) var uncounted = 0

  mutating func add(_ hash: UInt64, failed: Bool) {
    let key = max(hash, 1)
    var slot = place(of: key)
    if slots[slot].key == 0 {
      guard nameCount < Self.maxNames else { return uncounted += 1 }
      if (nameCount + 1) * 8 > slots.count * 5 {
        grow()
        slot = place(of: key)
      }
      slots[slot].key = key
      nameCount += 1
    }
    slots[slot].counts.attempts &+= 1
    if failed { slots[slot].counts.failures &+= 1 }
  }

  subscript(hash: UInt64) -> Counts { slots[place(of: max(hash, 1))].counts }

  /// The key's slot, or the free one where it belongs.
  private func place(of key: UInt64) -> Int {
    var slot = Int(truncatingIfNeeded: key) & (slots.count - 1)
    while slots[slot].key != 0, slots[slot].key != key { slot = (slot + 1) & (slots.count - 1) }
    return slot
  }

  private mutating func grow() {
    let taken = slots
    slots = [Slot](repeating: Slot(), count: taken.count * 2)
    for slot in taken where slot.key != 0 { slots[place(of: slot.key)] = slot }
  }
}
