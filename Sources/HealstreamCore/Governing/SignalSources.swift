/// A partition whose folds make statements.
struct SourceID: Hashable, Sendable {
  let topic: String
  let partition: Int32

  init(_ source: SignalSource) {
    topic = source.topic
    partition = source.partition
  }
}

/// How far each source has come: what it said last, its stream time, and how fresh that was.
struct SignalSources: Sendable {
  struct Source: Sendable {
    fileprivate(set) var offset: Int64
    fileprivate(set) var index: Int32
    /// `nil` where it only told of conduct: what executors and operators say has no stream time.
    fileprivate(set) var streamTime: Timestamp?
    /// Append time of its last statement.
    fileprivate(set) var heardAt: Timestamp
    /// Append time less stream time, when it was last heard; 0 where it said that it had read to the end.
    fileprivate(set) var lagMillis: Int64
    fileprivate(set) var progress: Progress?
  }

  /// More partitions than that make no statements; what comes from others is refused.
  static let maxSources = 10_000

  private var table = OrderedTable<SourceID, Source>()

  var count: Int { table.count }
  subscript(id: SourceID) -> Source? { table[id] }
  var all: [Source] { table.values }

  /// Notes a statement, or refuses one that does not advance its source, or whose source finds no room.
  mutating func advance(_ signal: Signal, heardAt: Timestamp) -> Bool {
    let id = SourceID(signal.source)
    let known = table[id]
    if let known, (signal.source.offset, signal.source.index) <= (known.offset, known.index) { return false }
    guard known != nil || table.count < Self.maxSources else { return false }
    var streamTime = signal.statement.isEvidence ? max(signal.at, known?.streamTime ?? signal.at) : known?.streamTime
    var progress = known?.progress
    var isCaughtUp = false
    if case .progress(let statement) = signal.statement {
      streamTime = max(signal.at, known?.streamTime ?? signal.at, statement.streamTime)
      progress = statement.heldInBounds()
      isCaughtUp = statement.isCaughtUp
    }
    table[id] = Source(
      offset: signal.source.offset, index: signal.source.index, streamTime: streamTime, heardAt: heardAt,
      lagMillis: isCaughtUp ? 0 : heardAt - signal.at, progress: progress)
    return true
  }

  /// Whether what a command says has been heard, or one behind it.
  func hasHeard(_ order: CommandPlace) -> Bool {
    let signal = SignalSource(
      topic: Intake.Source.commands.rawValue, partition: order.partition, offset: order.offset, index: 0)
    return table[SourceID(signal)].map { $0.offset >= order.offset } ?? false
  }

  /// Whether a source's word can be acted on: it was heard lately, and was not behind then.
  func isFresh(_ id: SourceID, at now: Timestamp, maxAgeMillis: Int64) -> Bool {
    guard let source = table[id] else { return false }
    return now - source.heardAt <= maxAgeMillis && source.lagMillis <= maxAgeMillis
  }

  /// Up to which moment all that concerns an alarm has been heard of a source.
  ///
  /// - Parameter evaluationMillis: within how much the detectors state what has changed about an alarm.
  func heardUntil(_ id: SourceID, evaluationMillis: Int64) -> Timestamp? {
    table[id].map { $0.heardAt - $0.lagMillis - evaluationMillis }
  }

  func streamTime(of id: SourceID) -> Timestamp? { table[id]?.streamTime }

  /// The furthest of all.
  var streamTime: Timestamp? { table.values.compactMap(\.streamTime).max() }
}

extension Signal.Statement {
  /// Whether it says how deliveries fare, and not what somebody did about it.
  fileprivate var isEvidence: Bool {
    switch self {
    case .level, .failures, .replayOutcome, .progress: true
    case .actionOutcome, .command: false
    }
  }
}

extension SourceID: StateValue {
  package func write(to state: inout StateWriter) { state.write(topic, partition) }

  package init(from state: inout StateReader) throws(StateError) {
    topic = try state.read()
    partition = try state.read()
  }
}

extension SignalSources.Source: StateValue {
  package func write(to state: inout StateWriter) {
    state.write(offset, index, streamTime, heardAt, lagMillis, progress)
  }

  package init(from state: inout StateReader) throws(StateError) {
    offset = try state.read()
    index = try state.read()
    streamTime = try state.momentIfAny()
    heardAt = try state.moment()
    lagMillis = try state.millis()
    progress = try state.read()
  }
}

extension SignalSources: StateValue {
  package func write(to state: inout StateWriter) { state.write(table) }
  package init(from state: inout StateReader) throws(StateError) {
    table = try state.read()
    guard table.count <= Self.maxSources else {
      throw state.error("at most \(Self.maxSources) sources", found: "\(table.count)")
    }
  }
}
