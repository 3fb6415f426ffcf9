import HealstreamCore
import HealstreamRuntime

@testable import healstream

/// The demo's world and executor against the folds of the processor, without Kafka, and as late as on a slow machine.
struct ClosedLoop {
  let script: Script
  private(set) var ledger = Ledger()
  /// Of the actions that were issued.
  private(set) var strategies: Set<String> = []

  private var world: World
  private var executor = Executor()
  private var detectors: [Detector]
  private var governor = Governor(settings: GovernorSettings())
  private var intake = Intake(.actionOutcomes, partition: 0)
  private var offsets: [Int64]
  private var signalCount: Int64 = 0
  private var reportCount: Int64 = 0
  private var detected = Outputs()
  private var decided = Outputs()
  /// What has been decided, and when the executor reads it.
  private var orders: [(due: Timestamp, order: HealOrder)] = []
  private let latencyMillis: Int64

  init(seed: UInt64, rounds: Int = 1, partitions: Int = 2, latencyMillis: Int64) throws {
    script = Script(seed: seed, rounds: rounds, endingAt: Timestamp(millis: 1_790_000_000_000))
    world = World(script: script, seed: seed)
    var settings = DetectorSettings()
    settings.partitions = partitions
    detectors = try (0..<partitions).map { index in
      Detector(settings: settings, triage: try Triage(), partition: Int32(index))
    }
    offsets = Array(repeating: 0, count: partitions)
    self.latencyMillis = latencyMillis
  }

  mutating func run() {
    while world.now < script.end {
      for report in executor.takeWaiting(in: &world) { take(report) }
      let now = world.now
      let due = orders.filter { $0.due <= now }
      orders.removeAll { $0.due <= now }
      for (_, order) in due {
        if let report = executor.take(order, in: &world) { take(report) }
      }
      for delivery in world.advance(to: world.now + 2_000) { take(delivery) }
    }
  }

  private mutating func take(_ delivery: Delivery) {
    let value = delivery.json
    let key = Array(delivery.tenantID.utf8)
    let partition = Int(delivery.tenantID.utf8.reduce(0) { $0 &+ UInt64($1) } % UInt64(detectors.count))
    ledger.note(ReadRecord(topic: .deliveries, at: delivery.at, value: value))
    let record = InputRecord(
      partition: Int32(partition), offset: offsets[partition], timestamp: delivery.at, key: key.span, value: value.span)
    offsets[partition] += 1
    _ = detectors[partition].fold(record, into: &detected)
    govern()
  }

  private mutating func take(_ report: Executor.Report) {
    let value = report.json
    let record = InputRecord(
      partition: 0, offset: reportCount, timestamp: report.at, key: nil, value: value.span)
    reportCount += 1
    _ = intake.fold(record, into: &detected)
    govern()
  }

  private mutating func govern() {
    for output in detected.records {
      let value = detected.value(of: output)
      guard output.topic == .signals else {
        note(output, value)
        continue
      }
      let signal = InputRecord(
        partition: 0, offset: signalCount, timestamp: output.at, key: nil, value: value.span)
      signalCount += 1
      _ = governor.fold(signal, into: &decided)
    }
    detected.removeAll()
    for output in decided.records { note(output, decided.value(of: output)) }
    decided.removeAll()
  }

  private mutating func note(_ output: Outputs.Record, _ value: ArraySlice<UInt8>) {
    let record = ReadRecord(topic: Topic(output.topic), at: output.at, value: Array(value))
    ledger.note(record)
    guard record.topic == .healActions, let order = record.json.flatMap({ HealOrder($0) }) else { return }
    if order.isCall { strategies.insert(order.strategy) }
    orders.append((world.now + latencyMillis, order))
  }
}
