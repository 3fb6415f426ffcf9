/// The names with the most failures, each with its attempts; however many names there are, only those that fail are kept, and of
/// these the worst.
struct FailureRanking: Sendable {
  struct Entry: Equatable, Sendable {
    let tenantID: String
    /// `nil`: a whole tenant.
    let endpoint: String?
    let attempts: Int
    let failures: Int
  }

  private struct Name {
    let tenantID: String
    let endpoint: String?
  }

  /// From so many names on those that fail least are forgotten; where they go on failing they are named again.
  static let maxNames = 20_000

  private(set) var table = CountTable()
  private var names: [UInt64: Name] = [:]

  mutating func add(_ hash: UInt64, failed: Bool) { table.add(hash, failed: failed) }

  func isNamed(_ hash: UInt64) -> Bool { names[hash] != nil }

  mutating func name(_ hash: UInt64, tenantID: String, endpoint: String?) {
    if names.count == Self.maxNames { forgetTheLeast() }
    names[hash] = Name(tenantID: tenantID, endpoint: endpoint)
  }

  /// The worst, in falling order of failures; of equal ones in the order of names.
  func top(_ count: Int) -> [Entry] { Array(ranked.prefix(count).map(\.entry)) }

  private var ranked: [(hash: UInt64, entry: Entry)] {
    names.map { hash, name in
      let counts = table[hash]
      return (
        hash,
        Entry(
          tenantID: name.tenantID, endpoint: name.endpoint, attempts: Int(counts.attempts),
          failures: Int(counts.failures))
      )
    }
    .sorted { left, right in
      (right.entry.failures, left.entry.tenantID, left.entry.endpoint ?? "")
        < (left.entry.failures, right.entry.tenantID, right.entry.endpoint ?? "")
    }
  }

  private mutating func forgetTheLeast() {
    for (hash, _) in ranked.dropFirst(Self.maxNames / 2) { names[hash] = nil }
  }
}
