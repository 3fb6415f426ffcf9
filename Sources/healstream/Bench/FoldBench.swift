import HealstreamCore

/// A delivery from its bytes to what is said of it, by the number of endpoints and the share of failures; every endpoint is known
/// before the measuring starts.
enum FoldBench: Bench {
  static let name = "fold"
  static let summary = "whole records through a partition's detector, by endpoints and failures"

  private static let defaultEvents = 100_000
  private static let failurePercents = [0, 2, 20]

  static func run(_ options: BenchOptions, _ say: (String) -> Void) throws -> [[BenchFigure]] {
    let keys = options.keys.map { [$0] } ?? WindowsBench.defaultKeys
    let triage = try Triage()
    return try failurePercents.flatMap { percent in
      say("folding, \(percent) % failed")
      let foldings = keys.map { Folding(keys: $0, failurePercent: percent, triage) }
      let rounds = try Rounds(
        options.rounds, foldings.map { folding in { folding.round(options.events ?? defaultEvents) } })
      return keys.indices.map { index in
        // Whoever comes later finds memory that others gave back.
        let held = percent == failurePercents[0] ? foldings[index].residentBytes : nil
        return figures(foldings[index], rounds.cost(of: index), rounds.ratio(of: index, to: 0), residentBytes: held)
      }
    }
  }

  private static func figures(
    _ folding: Folding, _ cost: Spread, _ ratio: Spread, residentBytes: Int?
  ) -> [BenchFigure] {
    var figures = [
      BenchFigure("keys", Double(folding.keys), "endpoints"),
      BenchFigure("failed_percent", Double(folding.failurePercent), "% of the attempts"),
    ]
    figures += .cost(cost)
    figures += [
      BenchFigure("ns_per_event_mean", cost.mean, "ns, what time alone causes included"),
      BenchFigure("times_the_cost", ratio.median, "times the cost with the fewest endpoints"),
      BenchFigure("times_the_cost_min", ratio.min, ""),
      BenchFigure("times_the_cost_max", ratio.max, ""),
      BenchFigure("output_bytes_per_event", folding.outputBytesPerEvent, "bytes"),
    ]
    if let allocations = folding.allocationsPerEvent {
      figures.append(BenchFigure("allocations_per_event", allocations, "calls of malloc and its like"))
    }
    if let residentBytes {
      figures.append(
        BenchFigure("resident_bytes_per_key", Double(residentBytes) / Double(folding.keys), "bytes of memory"))
    }
    return figures
  }
}

/// One detector and the traffic that it folds.
private final class Folding {
  let keys: Int
  let failurePercent: Int
  /// What the detector has come to hold with its endpoints.
  private(set) var residentBytes = 0
  private var detector: Detector
  private var traffic: DeliveryTraffic
  private var outputs = Outputs()
  private var batch = RecordBatch()
  private var offset: Int64 = 0
  private var folded = 0
  private var outputBytes = 0
  private var allocations = 0
  /// A round has passed, in which buffers have grown.
  private var isWarm = false

  /// As many as a lane takes at once.
  private static let burst = 1000
  private static let batchSize = 10_000

  init(keys: Int, failurePercent: Int, _ triage: Triage) {
    self.keys = keys
    self.failurePercent = failurePercent
    detector = Detector(settings: .roomy(keys: keys), triage: triage, partition: 0)
    traffic = DeliveryTraffic(keys: keys, failureShare: Double(failurePercent) / 100)
    batch.append(Self.batchSize, of: &traffic)
    traffic = DeliveryTraffic(keys: keys, failureShare: Double(failurePercent) / 100)
    let before = Memory.resident
    for first in stride(from: 0, to: keys, by: Self.batchSize) {
      batch.removeAll()
      for key in first..<min(first + Self.batchSize, keys) { batch.append { traffic.append(ofKey: key, to: &$0) } }
      _ = foldBatch()
    }
    residentBytes = Memory.resident - before
  }

  /// - Returns: nanoseconds of the processor's for one record.
  func round(_ events: Int) -> Double {
    var time = Duration.zero
    for _ in 0..<max(1, events / Self.batchSize) {
      batch.removeAll()
      batch.append(min(events, Self.batchSize), of: &traffic)
      let before = Allocations.count
      time += foldBatch()
      guard isWarm else { continue }
      if let before, let after = Allocations.count { allocations += after - before }
      folded += batch.count
    }
    isWarm = true
    return time.nanoseconds / Double(max(1, events / Self.batchSize) * min(events, Self.batchSize))
  }

  var outputBytesPerEvent: Double { Double(outputBytes) / Double(max(1, offset)) }
  /// `nil` where nobody counts.
  var allocationsPerEvent: Double? { Allocations.count == nil ? nil : Double(allocations) / Double(max(1, folded)) }

  private func foldBatch() -> Duration {
    let now = traffic.now
    return .processorTime {
      batch.forEach { value in
        let record = InputRecord(partition: 0, offset: offset, timestamp: now, key: nil, value: value)
        guard case .folded = detector.fold(record, into: &outputs) else {
          preconditionFailure("a bench's own delivery is one")
        }
        offset += 1
        guard offset % Int64(Self.burst) == 0 else { return }
        outputBytes += outputs.byteCount
        outputs.removeAll()
      }
    }
  }
}
