import HealstreamCore

/// What is wrong with an audit, if anything.
struct AuditReport {
  private(set) var recordCount: Int
  /// Older ones may have left the topic by its retention.
  let first: Int64?
  let last: Int64?
  private(set) var gaps: [AuditVerification.Gap] = []
  private(set) var gapCount = 0
  private(set) var repeated: [Int64] = []
  private(set) var repeatedCount = 0
  /// Of the repeated: two records under one number.
  private(set) var conflictCount = 0
  private let verification: AuditVerification

  init(_ verification: AuditVerification, first: Int64?, last: Int64?) {
    self.verification = verification
    recordCount = verification.recordCount
    (self.first, self.last) = (first, last)
  }

  mutating func add(_ gap: AuditVerification.Gap) {
    gapCount += 1
    if gaps.count < AuditVerification.maxNamed { gaps.append(gap) }
  }

  mutating func add(repeated sequence: Int64, isSameRecord: Bool) {
    repeatedCount += 1
    if !isSameRecord { conflictCount += 1 }
    if repeated.count < AuditVerification.maxNamed { repeated.append(sequence) }
  }

  var isWhole: Bool {
    gapCount == 0 && repeatedCount == 0 && verification.disorderCount == 0 && verification.unreadableCount == 0
  }

  /// For people.
  var lines: [String] {
    guard let first, let last else { return unreadableLines + ["no record"] }
    let range = "\(recordCount) records, \(first) to \(last)"
    if isWhole { return ["\(range): no gap, no repetition, in order"] }
    let gapLines = gaps.map { $0.first == $0.last ? "gap: \($0.first)" : "gap: \($0.first) to \($0.last)" }
    let disorderLines = verification.disorder.map { "out of order: \($0.sequence) after \($0.previous) at \($0.place)" }
    let counts =
      "\(gapCount) gaps, \(repeatedCount) repetitions (\(conflictCount) of them of another record), "
      + "\(verification.disorderCount) out of order, \(verification.unreadableCount) unreadable"
    return gapLines + repeated.map { "repeated: \($0)" } + disorderLines + unreadableLines + ["\(range): \(counts)"]
  }

  private var unreadableLines: [String] { verification.unreadable.map { "no audit record: \($0)" } }

  var json: String {
    JSONWriter.text { json in
      json.object { json in
        json.member("whole", isWhole)
        json.member("records", recordCount)
        json.member("first", first.map(Double.init), decimals: 0)
        json.member("last", last.map(Double.init), decimals: 0)
        json.member("gap_count", gapCount)
        json.array("gaps") { json in for gap in gaps { write(gap, to: &json) } }
        json.member("repeated_count", repeatedCount)
        json.member("conflict_count", conflictCount)
        json.array("repeated") { json in for sequence in repeated { json.value(sequence) } }
        json.member("disorder_count", verification.disorderCount)
        json.array("disorder") { json in for disorder in verification.disorder { write(disorder, to: &json) } }
        json.member("unreadable_count", verification.unreadableCount)
        json.array("unreadable") { json in for place in verification.unreadable { json.value(place) } }
      }
    }
  }

  private func write(_ gap: AuditVerification.Gap, to json: inout JSONWriter) {
    json.object { json in
      json.member("first", gap.first)
      json.member("last", gap.last)
    }
  }

  private func write(_ disorder: AuditVerification.Disorder, to json: inout JSONWriter) {
    json.object { json in
      json.member("at", disorder.place)
      json.member("sequence", disorder.sequence)
      json.member("previous", disorder.previous)
    }
  }
}
