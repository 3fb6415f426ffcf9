package import HealstreamCore

/// A world and its executor against the folds of the processor, without Kafka; the executor may be as late as on a slow machine.
package struct ClosedLoop {
  /// A record that came to be, on an input topic or an output's.
  package enum Event {
    case delivered(Delivery)
    case said(OutputTopic, at: Timestamp, value: ArraySlice<UInt8>)
    case reported(Executor.Report)
  }

  package private(set) var world: World
  private var executor = Executor()
  private var detectors: [Detector]
  private var governor: Governor
  private var intake = Intake(.actionOutcomes, partition: 0)
  private var commandIntake = Intake(.commands, partition: 0)
  private var offsets: [Int64]
  private var signalCount: Int64 = 0
  private var reportCount: Int64 = 0
  private var commandCount: Int64 = 0
  private var detected = Outputs()
  private var decided = Outputs()
  /// What has been said to the executor, and when it reads it.
  private var letters: [(due: Timestamp, content: Letter)] = []
  private let latencyMillis: Int64

  private enum Letter {
    case order(HealOrder)
    case control(JSONValue?)
  }

  /// Of simulated time.
  private static let stepMillis: Int64 = 2_000

  /// - Parameter latencyMillis: from a decision until the executor reads it.
  package init(
    _ world: World, governing settings: GovernorSettings = GovernorSettings(), partitions: Int = 2,
    latencyMillis: Int64
  ) throws(TriageSettingsError) {
    self.world = world
    self.latencyMillis = latencyMillis
    governor = Governor(settings: settings)
    var detection = DetectorSettings()
    detection.partitions = partitions
    let triage = try Triage()
    detectors = (0..<partitions).map { Detector(settings: detection, triage: triage, partition: Int32($0)) }
    offsets = Array(repeating: 0, count: partitions)
  }

  /// Lets time pass, and hands over every record in the order in which they come to be.
  ///
  /// - Parameter orders: what operators ask for now, as values of `commands`.
  package mutating func run(
    until end: Timestamp, orders: (Timestamp) -> [[UInt8]] = { _ in [] }, _ observe: (Event) -> Void
  ) {
    while world.now < end {
      for order in orders(world.now) { take(order: order, observe) }
      readLetters(observe)
      for report in executor.passTime(in: &world) { take(report, observe) }
      let now = world.now
      for delivery in world.advance(to: min(end, now + Self.stepMillis)) { take(delivery, observe) }
    }
  }

  private mutating func readLetters(_ observe: (Event) -> Void) {
    let now = world.now
    let due = letters.filter { $0.due <= now }
    letters.removeAll { $0.due <= now }
    for (_, letter) in due {
      switch letter {
      case .control(let value): executor.obey(value)
      case .order(let order): if let report = executor.take(order, in: &world) { take(report, observe) }
      }
    }
  }

  private mutating func take(_ delivery: Delivery, _ observe: (Event) -> Void) {
    observe(.delivered(delivery))
    let value = delivery.json
    let key = Array(delivery.tenantID.utf8)
    let partition = Int(delivery.tenantID.utf8.reduce(0) { $0 &+ UInt64($1) } % UInt64(detectors.count))
    let record = InputRecord(
      partition: Int32(partition), offset: offsets[partition], timestamp: delivery.at, key: key.span, value: value.span)
    offsets[partition] += 1
    let outcome = detectors[partition].fold(record, into: &detected)
    precondition(outcome == .folded, "the world makes deliveries that can be read")
    govern(observe)
  }

  private mutating func take(_ report: Executor.Report, _ observe: (Event) -> Void) {
    observe(.reported(report))
    let value = report.json
    let record = InputRecord(partition: 0, offset: reportCount, timestamp: report.at, key: nil, value: value.span)
    reportCount += 1
    let outcome = intake.fold(record, into: &detected)
    precondition(outcome == .folded, "the executor's reports can be read")
    govern(observe)
  }

  private mutating func take(order value: [UInt8], _ observe: (Event) -> Void) {
    let record = InputRecord(
      partition: 0, offset: commandCount, timestamp: world.now, key: nil, value: value.span)
    commandCount += 1
    let outcome = commandIntake.fold(record, into: &detected)
    precondition(outcome == .folded, "what operators ask for can be read, and ends nothing")
    govern(observe)
  }

  private mutating func govern(_ observe: (Event) -> Void) {
    for output in detected.records {
      let value = detected.value(of: output)
      guard output.topic == .signals else {
        observe(.said(output.topic, at: output.at, value: value))
        continue
      }
      let signal = InputRecord(
        partition: 0, offset: signalCount, timestamp: output.at, key: nil, value: value.span)
      signalCount += 1
      _ = governor.fold(signal, into: &decided)
    }
    detected.removeAll()
    for output in decided.records { note(output, observe) }
    decided.removeAll()
  }

  private mutating func note(_ output: Outputs.Record, _ observe: (Event) -> Void) {
    let value = decided.value(of: output)
    observe(.said(output.topic, at: output.at, value: value))
    let json = try? JSONValue(value.span)
    switch output.topic {
    case .control: letters.append((world.now + latencyMillis, .control(json)))
    case .healActions:
      guard let order = json.flatMap({ HealOrder($0) }) else { return }
      letters.append((world.now + latencyMillis, .order(order)))
    default: break
    }
  }
}
