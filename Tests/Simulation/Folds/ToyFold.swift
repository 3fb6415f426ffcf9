import HealstreamCore
import HealstreamRuntime

/// A fold that costs next to nothing, and whose every output depends on every record, boundary and setting before it: one that
/// is left out, folded twice, out of order or under other settings shows in all that follows.
struct ToyFold: Fold {
  enum Kind { case detector, intake, governor, reporter }

  private let kind: Kind
  private let key: [UInt8]
  private let settings: ToySettings

  /// A digest of everything so far.
  private(set) var chain: UInt64 = 0
  private var count: Int64 = 0
  private var latest = Timestamp.range.lowerBound
  /// Duplicates are known for as long as this reaches.
  private var recent: [UInt8] = []
  private var saidMultiplier: UInt64 = 0
  private var healsFrom: Int64 = 0
  private var isAfterLoss = false

  static func kind(_ task: TaskID) -> Kind {
    switch task.role {
    case .detect: .detector
    case .govern: task.partition.topic == "signals" ? .governor : .intake
    case .report: .reporter
    }
  }

  init(_ kind: Kind, _ task: TaskID, _ settings: ToySettings) {
    self.kind = kind
    key = Array("\(task)".utf8)
    self.settings = settings
  }

  mutating func fold(_ record: borrowing InputRecord, into outputs: inout Outputs) -> Outcome {
    guard let value = record.value, !value.isEmpty, value[0] != ToyRecord.poison else {
      return .rejected(Rejection(.malformedJSON, "expected something else.", at: 0))
    }
    if kind == .detector, isDuplicate(value[1]) { return .folded }
    count += 1
    let isLate = record.timestamp < latest
    latest = max(latest, record.timestamp)
    chain = mix(chain &+ UInt64(bitPattern: record.offset) &+ settings.multiplier << 32)
    for index in value.indices { chain = (chain ^ UInt64(value[index])) &* 0x100_0000_01B3 }
    chain = mix(chain &+ UInt64(bitPattern: record.timestamp.millis) &+ (isLate ? 1 : 0))
    giveOut(record, into: &outputs)
    return .folded
  }

  private mutating func isDuplicate(_ id: UInt8) -> Bool {
    guard !recent.contains(id) else { return true }
    recent.append(id)
    if recent.count > 8 { recent.removeFirst() }
    return false
  }

  private func giveOut(_ record: borrowing InputRecord, into outputs: inout Outputs) {
    let at = record.timestamp
    switch kind {
    case .detector:
      if chain % 4 != 0 { append(chain &* settings.multiplier, to: .triage, at, &outputs) }
      if chain % 3 == 0 { append(mix(chain) &* settings.multiplier, to: .signals, at, &outputs) }
    case .intake: append(chain &* settings.multiplier, to: .signals, at, &outputs)
    case .governor:
      append(chain &* settings.multiplier, to: .incidents, at, &outputs)
      if record.offset >= healsFrom, !isAfterLoss { append(UInt64(record.offset), to: .healActions, at, &outputs) }
    case .reporter: if chain % 2 == 0 { append(chain &* settings.multiplier, to: .advice, at, &outputs) }
    }
  }

  /// A statement of this is a string, of anything else a number.
  func caughtUp(at wallTime: Timestamp, into outputs: inout Outputs) {
    guard kind == .detector || kind == .intake else { return }
    append("\(chain)", to: .signals, Timestamp(millis: 0), &outputs)
  }

  mutating func begin(_ terms: EpochTerms, into outputs: inout Outputs) {
    healsFrom = terms.healsFrom
    isAfterLoss = terms.isAfterLoss
    chain = mix(chain &+ UInt64(bitPattern: terms.offset) &* 31 &+ UInt64(bitPattern: terms.healsFrom) &+ 7)
    if saidMultiplier != settings.multiplier {
      saidMultiplier = settings.multiplier
      append(chain, to: .control, Timestamp(millis: 0), &outputs)
    }
    guard isAfterLoss else { return }
    // Nobody else can know what is left after a loss.
    var state = StateWriter()
    save(into: &state)
    append(state.bytes.map { "\($0)" }.joined(separator: " "), to: .audit, Timestamp(millis: 0), &outputs)
  }

  // MARK: Outputs

  private func append(_ number: UInt64, to topic: OutputTopic, _ at: Timestamp, _ outputs: inout Outputs) {
    outputs.append(
      to: topic, type: "toy.number.v1", id: id(topic), at: at, key: key, subject: []
    ) { $0.value(number) }
  }

  private func append(_ text: String, to topic: OutputTopic, _ at: Timestamp, _ outputs: inout Outputs) {
    outputs.append(to: topic, type: "toy.text.v1", id: id(topic), at: at, key: key, subject: []) { $0.value(text) }
  }

  private func id(_ topic: OutputTopic) -> DerivedID { DerivedID(high: chain, low: UInt64(topic.rawValue)) }

  // MARK: State

  func save(into state: inout StateWriter) {
    state.write(chain, count, latest, saidMultiplier, healsFrom, isAfterLoss)
    state.write(bulk: recent.span)
  }

  mutating func load(from state: inout StateReader) throws(StateError) {
    chain = try state.read()
    count = try state.read()
    latest = try state.read()
    saidMultiplier = try state.read()
    healsFrom = try state.read()
    isAfterLoss = try state.read()
    recent = try state.read(bulk: UInt8.self)
  }
}

/// What a toy fold's outputs depend on beside its records.
struct ToySettings: Equatable {
  let multiplier: UInt64

  init(multiplier: UInt64) { self.multiplier = multiplier }
  init?(_ epoch: Epoch) {
    guard let multiplier = UInt64(epoch.settings) else { return nil }
    self.multiplier = multiplier
  }

  var epoch: Epoch { Epoch(settings: "\(multiplier)") }
}

enum ToyRecord {
  static let plain: UInt8 = 1
  /// Is rejected.
  static let poison: UInt8 = 0xFF
}

/// SplitMix64's finaliser.
private func mix(_ value: UInt64) -> UInt64 {
  var mixed = value &+ 0x9E37_79B9_7F4A_7C15
  mixed = (mixed ^ mixed >> 30) &* 0xBF58_476D_1CE4_E5B9
  mixed = (mixed ^ mixed >> 27) &* 0x94D0_49BB_1331_11EB
  return mixed ^ mixed >> 31
}
