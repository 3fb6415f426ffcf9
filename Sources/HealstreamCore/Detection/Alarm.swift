/// An endpoint or a tenant about which something has been raised, until it is over.
struct Alarm: Sendable {
  enum Subject: Equatable, Sendable {
    case endpoint(Int)
    case tenant(Int)
  }
  typealias Level = LevelStatement.Level

  /// A baseline as it stood when the alarm was raised, by five minutes.
  struct Baseline: Sendable {
    var attempts = 0.0
    var failures = 0.0
    var failuresOfDay = 0.0
  }

  let subject: Subject
  let raisedAt: Timestamp
  private(set) var type: Condition
  var baseline: Baseline
  var level = Level.anomalous
  private(set) var failuresOn = false
  private(set) var trafficOn = false
  private(set) var involvesFailures = false
  private(set) var involvesTraffic = false
  /// Since when no raw condition holds.
  private(set) var offSince: Timestamp?
  /// Since a failure last brought the alarm about.
  var successes = 0
  var changes: LevelChanges
  /// The strongest evidence there was, −ln of a probability.
  var evidence = 0.0

  /// What was last said, and when; `nil` while it has not been said.
  private(set) var saidLevel: Level?
  private(set) var saidAt: Timestamp
  /// Something about it has happened since.
  var isDirty = true
  /// It had something to say for which there was no room.
  var isHeld = false
  /// Held back until then, in case a wider alarm explains it.
  var waitsUntil: Timestamp?

  init(_ subject: Subject, type: Condition, baseline: Baseline, at: Timestamp) {
    self.subject = subject
    self.type = type
    self.baseline = baseline
    raisedAt = at
    saidAt = at
    changes = LevelChanges(raisedAt: at)
  }

  static let vacant = Alarm(.endpoint(0), type: .failureStreak, baseline: Baseline(), at: Timestamp(millis: 0))

  var isOn: Bool { failuresOn || trafficOn }

  mutating func failuresHold() {
    failuresOn = true
    involvesFailures = true
    successes = 0
    hold(.failureStreak)
  }

  mutating func trafficHolds() {
    trafficOn = true
    involvesTraffic = true
    hold(.trafficSpike)
  }

  mutating func failuresCease(at: Timestamp) {
    failuresOn = false
    if !isOn, offSince == nil { offSince = at }
  }

  mutating func trafficCeases(at: Timestamp) {
    trafficOn = false
    if !isOn, offSince == nil { offSince = at }
  }

  mutating func strengthen(_ conditions: [Condition]) { type = conditions.max().map { max($0, type) } ?? type }

  mutating func say(at: Timestamp) {
    saidLevel = level
    saidAt = at
    isDirty = false
    isHeld = false
    waitsUntil = nil
  }

  private mutating func hold(_ condition: Condition) {
    offSince = nil
    isDirty = true
    type = max(type, condition)
  }
}

// MARK: State

extension Alarm {
  func write(to state: inout StateWriter) {
    switch subject {
    case .endpoint(let endpoint): state.write(0 as UInt8, endpoint)
    case .tenant(let tenant): state.write(1 as UInt8, tenant)
    }
    state.write(type, baseline.attempts, baseline.failures, baseline.failuresOfDay, raisedAt, level)
    state.write(failuresOn, trafficOn, involvesFailures, involvesTraffic, offSince, successes, changes, evidence)
    state.write(saidLevel, saidAt, isDirty, waitsUntil)
  }

  init(from state: inout StateReader, endpoints: KeyTable, tenants: KeyTable) throws(StateError) {
    let subject: Subject =
      try state.read(Bool.self) ? .tenant(try state.number(in: tenants)) : .endpoint(try state.number(in: endpoints))
    let type = try state.read(Condition.self)
    let baseline = Baseline(
      attempts: try state.real(upTo: 1e15), failures: try state.real(upTo: 1e15),
      failuresOfDay: try state.real(upTo: 1e15))
    self.init(subject, type: type, baseline: baseline, at: try state.moment())
    level = try state.read()
    failuresOn = try state.read()
    trafficOn = try state.read()
    involvesFailures = try state.read()
    involvesTraffic = try state.read()
    offSince = try state.momentIfAny()
    successes = try state.counter()
    changes = try state.read()
    evidence = try state.real(upTo: 1e15)
    saidLevel = try state.read()
    saidAt = try state.moment()
    isDirty = try state.read()
    waitsUntil = try state.momentIfAny()
  }
}
