import HealstreamCore

/// Whether an audit is whole: the governor numbers it, so that what is missing, doubled or out of order shows.
///
/// A topic with several partitions has an order only within each. Memory: 16 bytes a record.
struct AuditVerification {
  struct Gap: Equatable {
    let first: Int64
    let last: Int64
  }

  /// A number that did not rise.
  struct Disorder: Equatable {
    let place: String
    let sequence: Int64
    let previous: Int64
  }

  private struct Entry {
    let sequence: Int64
    /// Of `audit_id`: tells a record that stands there twice from two records under one number.
    let id: UInt64
  }

  /// Findings of one kind that are named; of more only the count is told.
  static let maxNamed = 100

  private var entries: [Entry] = []
  private var latest: [Int32: Int64] = [:]  // looked up, never walked
  private(set) var disorder: [Disorder] = []
  private(set) var disorderCount = 0
  /// Records that are none of an audit.
  private(set) var unreadable: [String] = []
  private(set) var unreadableCount = 0

  var recordCount: Int { entries.count }

  /// - Parameter place: for people, such as `audit[0]@17` or `line 3`.
  mutating func add(_ json: JSONValue?, partition: Int32, at place: String) {
    guard let sequence = json?["meta"]?["sequence"]?.integer, sequence >= 0, let id = json?["audit_id"]?.string,
      let number = UInt64(id.prefix(16), radix: 16)
    else {
      unreadableCount += 1
      if unreadable.count < Self.maxNamed { unreadable.append(place) }
      return
    }
    if let previous = latest[partition], sequence <= previous {
      disorderCount += 1
      if disorder.count < Self.maxNamed {
        disorder.append(Disorder(place: place, sequence: sequence, previous: previous))
      }
    }
    latest[partition] = sequence
    entries.append(Entry(sequence: sequence, id: number))
  }

  /// What the numbers of all records together say.
  func conclude() -> AuditReport {
    let sorted = entries.sorted { ($0.sequence, $0.id) < ($1.sequence, $1.id) }
    var report = AuditReport(self, first: sorted.first?.sequence, last: sorted.last?.sequence)
    for (left, right) in zip(sorted, sorted.dropFirst()) {
      if right.sequence > left.sequence + 1 {
        report.add(Gap(first: left.sequence + 1, last: right.sequence - 1))
      } else if right.sequence == left.sequence {
        report.add(repeated: right.sequence, isSameRecord: left.id == right.id)
      }
    }
    return report
  }
}
