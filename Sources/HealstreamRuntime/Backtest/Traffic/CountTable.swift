/// Attempts and failures by the hash of a name: 24 bytes a name, and no more names than a bound.
struct CountTable: Sendable {
  struct Counts: Equatable, Sendable {
    var attempts: UInt32 = 0
    var failures: UInt32 = 0
  }

  static let maxNames = 600_000

  /// 0 is free; open addressing, at most 5/8 of the slots in use.
  private var hashes = [UInt64](repeating: 0, count: 64)
  private var counts = [Counts](repeating: Counts(), count: 64)
  private(set) var nameCount = 0
  /// Attempts of names that found no room.
  private(set) var uncounted = 0

  mutating func add(_ hash: UInt64, failed: Bool) {
    let key = max(hash, 1)
    var slot = place(of: key)
    if hashes[slot] == 0 {
      guard nameCount < Self.maxNames else { return uncounted += 1 }
      if (nameCount + 1) * 8 > hashes.count * 5 {
        grow()
        slot = place(of: key)
      }
      hashes[slot] = key
      nameCount += 1
    }
    counts[slot].attempts &+= 1
    if failed { counts[slot].failures &+= 1 }
  }

  subscript(hash: UInt64) -> Counts { counts[place(of: max(hash, 1))] }

  /// The key's slot, or the free one where it belongs.
  private func place(of key: UInt64) -> Int {
    var slot = Int(truncatingIfNeeded: key) & (hashes.count - 1)
    while hashes[slot] != 0, hashes[slot] != key { slot = (slot + 1) & (hashes.count - 1) }
    return slot
  }

  private mutating func grow() {
    let (oldHashes, oldCounts) = (hashes, counts)
    hashes = [UInt64](repeating: 0, count: oldHashes.count * 2)
    counts = [Counts](repeating: Counts(), count: hashes.count)
    for (index, key) in oldHashes.enumerated() where key != 0 {
      let slot = place(of: key)
      hashes[slot] = key
      counts[slot] = oldCounts[index]
    }
  }
}
