import Foundation
import HealstreamCore

/// Reading a delivery's members out of its bytes, against Foundation's decoder.
enum ScanBench: Bench {
  static let name = "scan"
  static let summary = "reading deliveries, against JSONDecoder"

  private static let defaultEvents = 100_000
  private static let defaultKeys = 10_000
  /// The decoder takes a good part of a second for so many.
  private static let maxDecoded = 20_000

  static func run(_ options: BenchOptions, _ say: (String) -> Void) throws -> [[BenchFigure]] {
    let batch = try records(options)
    let copies = batch.copies(maxDecoded)
    guard batch.count > 0 else { throw Failure(description: "there is nothing to read") }
    say("reading \(batch.count) deliveries, \(options.rounds) times")
    var wall: [Double] = []
    let rounds = try Rounds(
      options.rounds,
      [
        {
          let start = ContinuousClock.now
          let cost = try scan(batch)
          wall.append((ContinuousClock.now - start).nanoseconds / Double(batch.count))
          return cost
        },
        { try decode(copies) },
      ])
    let cost = rounds.cost(of: 0)
    return [
      [
        BenchFigure("events", Double(batch.count), "deliveries"),
        BenchFigure("bytes_per_event", batch.bytesPerRecord, "bytes"),
      ] + .cost(cost)
        + [
          BenchFigure("wall_ns_per_event", Spread(wall).median, "ns on the clock"),
          BenchFigure("gigabytes_per_s", batch.bytesPerRecord / cost.median, "GB/s"),
        ] + .speed(rounds.ratio(of: 1, to: 0), baseline: rounds.cost(of: 1), "JSONDecoder")
    ]
  }

  /// What is read: the lines of a file, or generated.
  static func records(_ options: BenchOptions) throws -> RecordBatch {
    if let input = options.input {
      let batch = try RecordBatch(path: input)
      try check(batch, from: input)
      return batch
    }
    var traffic = DeliveryTraffic(keys: options.keys ?? defaultKeys)
    var batch = RecordBatch()
    batch.append(options.events ?? defaultEvents, of: &traffic)
    return batch
  }

  /// The decoder would refuse, in its own words, what is no delivery.
  private static func check(_ batch: RecordBatch, from path: String) throws(Failure) {
    var fields = DeliveryFields()
    var line = 0
    do throws(Rejection) {
      try batch.forEach { value throws(Rejection) in
        line += 1
        try DeliveryReader.read(value, into: &fields)
      }
    } catch {
      throw Failure(description: "\(path), delivery \(line): \(error.message)")
    }
  }

  private static func scan(_ batch: RecordBatch) throws -> Double {
    var fields = DeliveryFields()
    var sum = 0
    let time = try Duration.processorTime {
      try batch.forEach { value throws(Rejection) in
        try DeliveryReader.read(value, into: &fields)
        sum &+= Int(fields.attempt)
      }
    }
    precondition(sum > 0, "attempts count from 1")
    return time.nanoseconds / Double(batch.count)
  }

  private static func decode(_ records: [Data]) throws -> Double {
    let decoder = JSONDecoder()
    var sum = 0
    let time = try Duration.processorTime {
      for record in records { sum &+= try Int(decoder.decode(DecodedDelivery.self, from: record).attempt ?? 1) }
    }
    precondition(sum > 0, "attempts count from 1")
    return time.nanoseconds / Double(records.count)
  }
}
