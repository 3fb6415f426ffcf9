/// Byte strings with an owner under stable numbers, the last one freed first to be used again; open addressing over one arena.
///
/// Numbers and the hash depend on nothing but the calls and the bytes, so that the same records give the same numbers on every machine.
/// A key is kept as words of eight bytes, the first one lowest, the last filled up with zeros.
struct KeyTable: StateValue, Sendable {
  private struct Entry: BitwiseCopyable {
    /// In words.
    var start: UInt32
    var owner: UInt32
    /// `free` where the number is not in use.
    var byteCount: UInt32
    /// As in the key's slot.
    var hash: UInt32

    static let free = UInt32.max
    var wordCount: Int { (Int(byteCount) + 7) / 8 }
  }

  private var entries: [Entry] = []
  private var freed: [Int32] = []
  private var arena: [UInt64] = []
  /// Words of the arena that belong to no key any more.
  private var deadWords = 0
  /// Hash in the upper half, index + 1 in the lower; 0 is free. The count is a power of two, at most 5/8 of it used.
  private var slots: [UInt64] = [UInt64](repeating: 0, count: 64)

  init() {}

  /// In use.
  var count: Int { entries.count - freed.count }
  /// All numbers ever given, in use or not.
  var indices: Range<Int> { entries.indices }
  func owner(of index: Int) -> Int { Int(entries[index].owner) }
  func contains(_ index: Int) -> Bool { entries[index].byteCount != Entry.free }

  /// - Parameter hash: of the bytes, with whatever else tells the owners apart.
  func index(of bytes: Span<UInt8>, hash: UInt64, owner: UInt32 = 0) -> Int? {
    firstIndex(tag: Self.tag(of: hash)) { matches(entries[$0], bytes, owner) }
  }

  /// - Precondition: the key is not there yet.
  mutating func insert(_ bytes: Span<UInt8>, hash: UInt64, owner: UInt32 = 0) -> Int {
    let tag = Self.tag(of: hash)
    let entry = Entry(start: UInt32(arena.count), owner: owner, byteCount: UInt32(bytes.count), hash: tag)
    let window = ByteWindow(bytes)
    for position in stride(from: 0, to: bytes.count, by: 8) { arena.append(window.word(at: position)) }
    let index: Int
    if let number = freed.popLast() {
      index = Int(number)
      entries[index] = entry
    } else {
      index = entries.count
      entries.append(entry)
    }
    take(tag, for: index)
    if count * 8 > slots.count * 5 { grow() }
    return index
  }

  /// Frees a number that is in use.
  mutating func remove(at index: Int) {
    precondition(contains(index), "a number is freed once")
    var slot = place(of: UInt64(entries[index].hash))
    while self.index(at: slot) != index { slot = (slot + 1) & (slots.count - 1) }
    vacate(slot)
    deadWords += entries[index].wordCount
    entries[index] = Entry(start: 0, owner: 0, byteCount: Entry.free, hash: 0)
    freed.append(Int32(index))
    if deadWords > 1024, deadWords * 2 > arena.count { squeeze() }
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

  // MARK: Memory

  /// The number of the first key with these bits of the hash, nearly always the one that is sought; `nil` where there is none. Loads
  /// its slot.
  @inline(__always)
  func likelyIndex(hash: UInt64) -> Int? { firstIndex(tag: Self.tag(of: hash)) { _ in true } }

  /// Loads the start and the end of a key's text: most stand in two lines of the processor's cache.
  @inline(__always)
  func touch(_ index: Int) -> UInt64 {
    let start = Int(entries[index].start)
    let last = start &+ entries[index].wordCount &- 1
    return start <= last && last < arena.count ? arena[start] | arena[last] : 0
  }

  /// Memory that the keys take, without what the arrays keep in reserve.
  var byteCount: Int { arena.count * 8 + entries.count * MemoryLayout<Entry>.stride + slots.count * 8 }

  // MARK: Texts

  private func matches(_ entry: Entry, _ bytes: Span<UInt8>, _ owner: UInt32) -> Bool {
    guard entry.owner == owner, entry.byteCount == bytes.count else { return false }
    let window = ByteWindow(bytes)
    var word = Int(entry.start)
    var position = 0
    while position < bytes.count {
      guard arena[word] == window.word(at: position) else { return false }
      word &+= 1
      position &+= 8
    }
    return true
  }

  /// The texts of the keys in use, one behind the other in the order of their numbers.
  private mutating func squeeze() {
    var kept: [UInt64] = []
    kept.reserveCapacity(arena.count - deadWords)
    for index in entries.indices where contains(index) {
      let start = Int(entries[index].start)
      entries[index].start = UInt32(kept.count)
      kept.append(contentsOf: arena[start..<start + entries[index].wordCount])
    }
    arena = kept
    deadWords = 0
  }

  // MARK: Slots

  private func place(of hash: UInt64) -> Int { Int(truncatingIfNeeded: hash) & (slots.count - 1) }
  private func index(at slot: Int) -> Int { Int(slots[slot] & 0xFFFF_FFFF) - 1 }

  /// The number of the first key with these bits of the hash of which `isSought` holds.
  @inline(__always)
  private func firstIndex(tag: UInt32, where isSought: (_ index: Int) -> Bool) -> Int? {
    let tag = UInt64(tag)
    var slot = place(of: tag)
    while slots[slot] != 0 {
      if slots[slot] >> 32 == tag, isSought(index(at: slot)) { return index(at: slot) }
      slot = (slot + 1) & (slots.count - 1)
    }
    return nil
  }

  private mutating func take(_ tag: UInt32, for index: Int) {
    var slot = place(of: UInt64(tag))
    while slots[slot] != 0 { slot = (slot + 1) & (slots.count - 1) }
    slots[slot] = UInt64(tag) << 32 | UInt64(index + 1)
  }

  /// Closes the gap, so that no search ends before its key (Knuth, The Art of Computer Programming 3, 6.4, algorithm R).
  private mutating func vacate(_ slot: Int) {
    let mask = slots.count - 1
    var gap = slot
    var next = (slot + 1) & mask
    while slots[next] != 0 {
      let distance = (next - place(of: slots[next] >> 32)) & mask
      if distance >= (next - gap) & mask {
        slots[gap] = slots[next]
        gap = next
      }
      next = (next + 1) & mask
    }
    slots[gap] = 0
  }

  private mutating func grow() {
    let taken = slots
    slots = [UInt64](repeating: 0, count: taken.count * 2)
    for entry in taken where entry != 0 {
      take(UInt32(truncatingIfNeeded: entry >> 32), for: Int(entry & 0xFFFF_FFFF) - 1)
    }
  }

  // MARK: State

  /// In a form that only keys and numbers decide, however arena and slots have come about:
  ///
  /// ```
  /// owners, byteCounts: by number; all bits set where it is free
  /// words:              of the keys in use, one behind the other
  /// freed:              in the order of freeing
  /// ```
  func write(to state: inout StateWriter) {
    var words: [UInt64] = []
    words.reserveCapacity(arena.count - deadWords)
    for entry in entries where entry.byteCount != Entry.free {
      words.append(contentsOf: arena[Int(entry.start)..<Int(entry.start) + entry.wordCount])
    }
    let owners = entries.map(\.owner)
    let byteCounts = entries.map(\.byteCount)
    state.write(bulk: owners.span)
    state.append(byteCounts.span)
    state.write(bulk: words.span)
    state.write(bulk: freed.span)
  }

  init(from state: inout StateReader) throws(StateError) {
    self.init()
    try load(from: &state) { _ in 0 }
  }

  /// - Parameter ownerTag: what an owner's number adds to the hash of its keys; `nil`: there is no such owner.
  init(from state: inout StateReader, ownerTag: (Int) -> UInt32?) throws(StateError) {
    self.init()
    try load(from: &state, ownerTag)
  }

  private mutating func load(from state: inout StateReader, _ ownerTag: (Int) -> UInt32?) throws(StateError) {
    let owners = try state.read(bulk: UInt32.self)
    let byteCounts = try state.read(owners.count, of: UInt32.self)
    arena = try state.read(bulk: UInt64.self)
    entries = Self.entries(owners, byteCounts)
    let wordCount = entries.reduce(0) { $0 + ($1.byteCount == Entry.free ? 0 : $1.wordCount) }
    guard wordCount == arena.count, wordCount <= UInt32.max else {
      throw state.error("\(wordCount) words of keys", found: "\(arena.count)")
    }
    freed = try state.freedNumbers(below: entries.count) { byteCounts[$0] == Entry.free }
    var slotCount = slots.count
    while count * 8 > slotCount * 5 { slotCount *= 2 }
    slots = [UInt64](repeating: 0, count: slotCount)
    for index in entries.indices where contains(index) {
      guard let tag = ownerTag(Int(entries[index].owner)) else {
        throw state.error("an owner of each key", found: "\(entries[index].owner)")
      }
      entries[index].hash = hash(of: entries[index], ownerTag: tag)
      guard isNew(entries[index]) else { throw state.error("each key once", found: "number \(index) again") }
      take(entries[index].hash, for: index)
    }
  }

  private static func entries(_ owners: [UInt32], _ byteCounts: [UInt32]) -> [Entry] {
    var start = 0
    return zip(owners, byteCounts).map { owner, byteCount in
      guard byteCount != Entry.free else {
        return Entry(start: 0, owner: 0, byteCount: byteCount, hash: 0)
      }
      let entry = Entry(start: UInt32(truncatingIfNeeded: start), owner: owner, byteCount: byteCount, hash: 0)
      start += entry.wordCount
      return entry
    }
  }

  /// Whether no key has the same owner and words, and nothing stands behind its end.
  private func isNew(_ entry: Entry) -> Bool {
    let words = arena[Int(entry.start)..<Int(entry.start) + entry.wordCount]
    if let last = words.last, entry.byteCount % 8 != 0, last >> UInt64(entry.byteCount % 8 * 8) != 0 { return false }
    let same = firstIndex(tag: entry.hash) { index in
      let other = entries[index]
      return other.owner == entry.owner && other.byteCount == entry.byteCount
        && words.elementsEqual(arena[Int(other.start)..<Int(other.start) + other.wordCount])
    }
    return same == nil
  }

  // MARK: Hash

  /// 64 well mixed bits: eight bytes at a time, folded by the two halves of a 128-bit product.
  /// - Parameter owner: the tag of whatever owns the key, so that its number need not be known.
  static func hash(_ bytes: Span<UInt8>, owner: UInt32 = 0) -> UInt64 {
    let window = ByteWindow(bytes)
    var state = seed(byteCount: bytes.count, owner: owner)
    var position = 0
    while position < bytes.count {
      mix(window.word(at: position), into: &state)
      position &+= 8
    }
    return finish(state)
  }

  private func hash(of entry: Entry, ownerTag: UInt32) -> UInt32 {
    var state = Self.seed(byteCount: Int(entry.byteCount), owner: ownerTag)
    let start = Int(entry.start)
    for word in start..<start + entry.wordCount { Self.mix(arena[word], into: &state) }
    return Self.tag(of: Self.finish(state))
  }

  /// What of a hash stands in a slot, and stands for an owner in the hashes of its keys.
  static func tag(of hash: UInt64) -> UInt32 { UInt32(truncatingIfNeeded: hash >> 32) }
  func tag(of index: Int) -> UInt32 { entries[index].hash }

  private static func seed(byteCount: Int, owner: UInt32) -> UInt64 {
    (UInt64(owner) << 32 | UInt64(truncatingIfNeeded: byteCount)) ^ 0x9E37_79B9_7F4A_7C15
  }

  private static func mix(_ word: UInt64, into state: inout UInt64) {
    let product = (state ^ word).multipliedFullWidth(by: 0xA076_1D64_78BD_642F)
    state = product.high ^ product.low
  }

  private static func finish(_ state: UInt64) -> UInt64 {
    let last = state.multipliedFullWidth(by: 0xE703_7ED1_A0B4_28DB)
    return last.high ^ last.low
  }
}
