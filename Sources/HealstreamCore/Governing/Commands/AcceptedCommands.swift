/// The ids of the latest commands that were obeyed, so that none acts twice.
///
/// Of more than `capacity` the oldest are forgotten: a command that comes again after so many others acts again, unless it has
/// expired.
struct AcceptedCommands: Sendable {
  static let capacity = 10_000

  /// Oldest first.
  private var order: [String] = []
  private var known: Set<String> = []  // looked up, never walked

  var count: Int { order.count }

  func contains(_ id: String) -> Bool { known.contains(id) }

  mutating func insert(_ id: String) {
    guard known.insert(id).inserted else { return }
    order.append(id)
    if order.count > Self.capacity { known.remove(order.removeFirst()) }
  }
}

extension AcceptedCommands: StateValue {
  func write(to state: inout StateWriter) { state.write(order) }

  init(from state: inout StateReader) throws(StateError) {
    order = try state.read()
    known = Set(order)
    guard known.count == order.count, order.count <= Self.capacity else {
      throw state.error(
        "at most \(Self.capacity) ids, each once", found: "\(order.count), \(known.count) of them apart")
    }
  }
}
