/// A dictionary that is walked in the order of insertion only, so that hash order can reach nothing.
struct OrderedTable<Key: Hashable & Sendable, Value: Sendable>: Sendable {
  private struct Entry {
    let key: Key
    var value: Value
  }

  private var positions: [Key: Int] = [:]
  /// `nil` where an entry was removed; squeezed out when they are the majority.
  private var entries: [Entry?] = []
  /// Everything before this is `nil`.
  private var head = 0

  var count: Int { positions.count }
  var isEmpty: Bool { positions.isEmpty }
  var keys: [Key] { entries[head...].compactMap { $0?.key } }
  func keys(where isWanted: (Value) -> Bool) -> [Key] {
    entries[head...].compactMap { entry in entry.flatMap { isWanted($0.value) ? $0.key : nil } }
  }
  var values: [Value] { entries[head...].compactMap { $0?.value } }

  /// The longest held.
  var first: (key: Key, value: Value)? {
    guard head < entries.count, let entry = entries[head] else { return nil }
    return (entry.key, entry.value)
  }

  subscript(key: Key) -> Value? {
    get { positions[key].flatMap { entries[$0]?.value } }
    set {
      guard let newValue else { return remove(key) }
      if let position = positions[key] {
        entries[position]?.value = newValue
      } else {
        positions[key] = entries.count
        entries.append(Entry(key: key, value: newValue))
      }
    }
  }

  /// Changes the value in place; nothing happens where there is none.
  mutating func update(_ key: Key, _ change: (inout Value) -> Void) {
    guard let position = positions[key], entries[position] != nil else { return }
    change(&entries[position]!.value)
  }

  /// Changes the value in place, or the given one, which is then inserted.
  mutating func update(_ key: Key, default value: @autoclosure () -> Value, _ change: (inout Value) -> Void) {
    if positions[key] == nil { self[key] = value() }
    update(key, change)
  }

  mutating func remove(_ key: Key) {
    guard let position = positions.removeValue(forKey: key) else { return }
    entries[position] = nil
    while head < entries.count, entries[head] == nil { head += 1 }
    if entries.count > 2 * positions.count + 16 { squeeze() }
  }

  private mutating func squeeze() {
    entries.removeAll { $0 == nil }
    head = 0
    for (position, entry) in entries.enumerated() {
      if let entry { positions[entry.key] = position }
    }
  }
}

/// The entries in their order.
extension OrderedTable: StateValue where Key: StateValue, Value: StateValue {
  func write(to state: inout StateWriter) {
    state.write(count)
    for case .some(let entry) in entries[head...] { state.write(entry.key, entry.value) }
  }

  init(from state: inout StateReader) throws(StateError) {
    for _ in 0..<(try state.readCount()) {
      let at = state.position
      let key = try state.read(Key.self)
      guard positions[key] == nil else { throw StateError(expected: "a new key", found: "\(key) again", at: at) }
      self[key] = try state.read(Value.self)
    }
  }
}
