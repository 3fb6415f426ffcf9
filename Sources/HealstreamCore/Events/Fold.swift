/// A fold over one partition: `(state, record) → (state, outputs)`, and nothing but the record decides.
package protocol Fold {
  mutating func fold(_ record: borrowing InputRecord, into outputs: inout Outputs) -> Outcome

  /// Looks at a record whose turn is near; changes nothing that decides or is saved. What was read ahead may be folded or not.
  mutating func readAhead(_ record: borrowing InputRecord)

  /// What there is to say where the log has been read to its end and nothing comes; leaves the state as it is.
  /// - Parameter wallTime: tells one such statement from the next; no fold is judged by it.
  func caughtUp(at wallTime: Timestamp, into outputs: inout Outputs)

  /// From the next record on other terms govern. It comes once for each boundary, after `load` where the settings changed.
  mutating func begin(_ terms: EpochTerms, into outputs: inout Outputs)

  /// Writes everything that a later output can depend on, and nothing else: no settings, which may differ when it is loaded.
  func save(into state: inout StateWriter)

  /// Takes the place of a fold of the same kind, which may have had other settings. After an error the fold is of no use.
  mutating func load(from state: inout StateReader) throws(StateError)

  /// What there is to watch about the state, in a fixed order.
  var figures: [Figure] { get }
}

extension Fold {
  /// Makes `fresh`, of the same kind and under other settings, go on from here.
  package func handOver(to fresh: inout any Fold) throws(StateError) {
    var state = StateWriter()
    save(into: &state)
    var reader = StateReader(state.bytes)
    try fresh.load(from: &reader)
  }

  package mutating func readAhead(_ record: borrowing InputRecord) {}
  package func caughtUp(at wallTime: Timestamp, into outputs: inout Outputs) {}
  package mutating func begin(_ terms: EpochTerms, into outputs: inout Outputs) {}
  package var figures: [Figure] { [] }
}

/// What governs a stretch of a partition beside the settings; written down with the offsets, so that a later fold of the same
/// stretch gives the same.
package struct EpochTerms: Equatable, Sendable {
  /// The first record under these terms.
  package var offset: Int64
  /// Nothing is healed on records before this offset: they were there when the process came up, and are old news.
  package var healsFrom: Int64
  /// Records or state were lost, and the operator told it to go on: nothing is healed until a command switches healing on.
  package var isAfterLoss: Bool
  /// An order to switch healing off has been read; nothing is healed until it has been folded.
  package var awaits: CommandPlace?

  package init(offset: Int64, healsFrom: Int64 = 0, isAfterLoss: Bool = false, awaits: CommandPlace? = nil) {
    self.offset = offset
    self.healsFrom = healsFrom
    self.isAfterLoss = isAfterLoss
    self.awaits = awaits
  }
}

/// A number about a fold's state, for metrics.
package struct Figure: Equatable, Sendable {
  package enum Kind: Equatable, Sendable {
    /// Goes up and down.
    case gauge
    /// Only ever rises while the state lives.
    case counter
    /// A counter of what had no room under a bound: operators are told when it begins to rise.
    case overflow
  }

  /// In snake case, with its unit, as Prometheus has it: `endpoints`, `evicted_endpoints_total`.
  package let name: StaticString
  package let kind: Kind
  package let value: Int
  /// A sentence for people.
  package let meaning: StaticString

  package init(_ name: StaticString, _ kind: Kind, _ value: Int, _ meaning: StaticString) {
    self.name = name
    self.kind = kind
    self.value = value
    self.meaning = meaning
  }

  package static func == (left: Self, right: Self) -> Bool {
    "\(left.name)" == "\(right.name)" && left.kind == right.kind && left.value == right.value
  }
}
