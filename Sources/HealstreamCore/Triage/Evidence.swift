/// What was found in one attempt's texts. Its buffers are reused from attempt to attempt.
struct Evidence: Sendable {
  enum Source: UInt8, Sendable { case error, body, header }

  /// Where a clause's first phrase was seen.
  struct Sighting: Sendable {
    var phrase: UInt16 = 0
    var source = Source.error
    /// Of the attempt's headers, where it was seen in one.
    var header: UInt8 = 0
    /// Bytes from the start of the raw text.
    var start: UInt16 = 0
    var last: UInt16 = 0
  }

  static let maxErrorBytes = 8192
  static let maxHeaderBytes = 512

  private var text = FoldedText()
  private var headerText: [UInt8] = []
  private var clauses: [UInt64]
  /// Per clause; means something only where its bit is set.
  private(set) var sightings: [Sighting]
  private(set) var statusInError = StatedStatus()
  private(set) var statusInBody = StatedStatus()
  private(set) var bodyIsProse = false

  init(clauseCount: Int) {
    clauses = [UInt64](repeating: 0, count: (clauseCount + 63) / 64)
    sightings = [Sighting](repeating: Sighting(), count: clauseCount)
  }

  mutating func collect(from attempt: FailedAttempt, by table: RuleTable) {
    for index in clauses.indices { clauses[index] = 0 }
    statusInError = StatedStatus()
    statusInBody = StatedStatus()
    bodyIsProse = false
    collect(attempt.error, maxBytes: Self.maxErrorBytes, .error, by: table)
    collect(attempt.body, maxBytes: FailedAttempt.maxBodyBytes, .body, by: table)
    for (index, header) in attempt.headers.enumerated() where header.tellsCause {
      header.write(to: &headerText)
      collect(headerText, maxBytes: Self.maxHeaderBytes, .header, header: UInt8(truncatingIfNeeded: index), by: table)
    }
  }

  func holds(clause: Int) -> Bool { clauses[clause >> 6] & (1 << UInt64(clause & 63)) != 0 }

  private mutating func collect(
    _ raw: [UInt8], maxBytes: Int, _ source: Source, header: UInt8 = 0, by table: RuleTable
  ) {
    guard !raw.isEmpty else { return }
    text.fold(raw, maxBytes: maxBytes)
    let text = text
    if source == .error { statusInError.noteAlone(text) }
    if source == .body { bodyIsProse = text.isProse }
    table.automaton.scan(text) { phrase, first, last in
      for clause in table.clausesOfPhrase[phrase] where !holds(clause: Int(clause)) {
        clauses[Int(clause) >> 6] |= 1 << UInt64(clause & 63)
        sightings[Int(clause)] = Sighting(
          phrase: UInt16(phrase), source: source, header: header, start: text.marks[first].origin,
          last: text.marks[last].origin)
      }
      guard let cue = table.statedStatuses[phrase] else { return }
      if source == .error {
        statusInError.note(cue, in: text, after: last)
      } else {
        statusInBody.note(cue, in: text, after: last)
      }
    }
  }
}

extension FailedAttempt.Header {
  /// Whether what it says is read as words: `x-vercel-error: DEPLOYMENT_PAUSED`, `grpc-status: 14`.
  var tellsCause: Bool {
    Self.tellingWords.contains { name.containsIgnoringCase($0) } && !name.containsIgnoringCase("ratelimit")
  }

  private static let tellingWords = ["error", "reason", "grpc-", "mitigated", "routing", "x-cache"]

  /// As it stands on the wire.
  func write(to text: inout [UInt8]) {
    text.removeAll(keepingCapacity: true)
    text += name
    text.append(UInt8(ascii: ":"))
    text.append(0x20)
    text += value
  }
}
