/// What operators have put into maintenance, each with its end.
struct MaintenanceBook: Sendable {
  struct Entry: Equatable, Sendable {
    let subject: HealSubject
    let until: Timestamp
    let operatorID: String

    var maintenance: Maintenance {
      Maintenance(tenantID: subject.tenantID, endpoint: subject.endpoint, until: until)
    }
  }

  static let maxEntries = 1000
  /// An end further ahead is a slip of the pen.
  static let maxMillis: Int64 = 90 * 86_400_000

  private var entries = OrderedTable<HealSubject, Entry>()

  var count: Int { entries.count }
  var isFull: Bool { entries.count >= Self.maxEntries }
  var all: [Entry] { entries.values }
  subscript(subject: HealSubject) -> Entry? { entries[subject] }

  /// In the place of an older entry for the same, if there is one.
  mutating func insert(_ entry: Entry) {
    precondition(!isFull || entries[entry.subject] != nil, "who inserts has looked for room")
    entries[entry.subject] = entry
  }

  mutating func remove(_ subject: HealSubject) { entries[subject] = nil }

  func over(at now: Timestamp) -> [Entry] { entries.isEmpty ? [] : entries.values.filter { now >= $0.until } }
}

// MARK: State

extension MaintenanceBook.Entry: StateValue {
  func write(to state: inout StateWriter) { state.write(subject, until, operatorID) }

  init(from state: inout StateReader) throws(StateError) {
    subject = try state.read()
    until = try state.moment()
    operatorID = try state.read()
  }
}

extension MaintenanceBook: StateValue {
  func write(to state: inout StateWriter) { state.write(entries.values) }

  init(from state: inout StateReader) throws(StateError) {
    for entry in try state.read([Entry].self) {
      guard entries[entry.subject] == nil, !isFull else {
        throw state.error("at most \(Self.maxEntries) entries, one for each", found: "\(entry.subject)")
      }
      insert(entry)
    }
  }
}
