import Foundation
import HealstreamCore
import Kafka

/// Folds what a group has committed once more, from where the state began, under what governed it then: what it gives out must
/// stand on the topics, record for record.
///
/// It has nothing to do with how lanes come by their state, so that the one can be held against the other.
package struct Refold {
  private let role: Role
  private let topics: TopicSettings
  private let folds: RoleFolds
  private let epochs: any EpochStore
  private let positions: RolePositions
  private let consumer: Consumer
  /// By the partition's description; where there is none, the group's own is taken.
  private var histories: [String: EpochHistory] = [:]

  package init(_ role: Role, _ configuration: Configuration, brokers: String) throws {
    self.role = role
    topics = configuration.topics
    folds = try RoleFolds(role, configuration)
    positions = try RolePositions(role, configuration, brokers: brokers)
    let client = ClientSettings(brokers: brokers, configuration)
    epochs = TopicEpochs(client, configuration.topics)
    consumer = try Consumer(client, group: topics.group(role))
  }

  /// Offsets carry the latest boundaries only; whoever has collected all of them may hand them over.
  /// - Parameter path: a file of lines as `healstream epochs` prints them, of which role, partition and history matter.
  package mutating func readHistories(path: String) throws {
    for line in try Data(contentsOf: URL(fileURLWithPath: path)).split(separator: 0x0A) {
      let reader = try ObjectReader(Array(line).span)
      guard try reader.string("role") == role.rawValue, let text = try reader.optional("history", reader.string) else {
        continue
      }
      let partition = try reader.string("partition")
      guard let history = EpochHistory(text) else {
        throw RefoldFailure("\(path): \(partition): expected a history of epochs, found \"\(text)\"")
      }
      histories[partition] = history
    }
  }

  /// Every partition of the role's inputs for which the group has committed something.
  /// - Parameter write: takes each output as a line of JSON, those of one partition in their order.
  package func run(_ write: ([UInt8]) throws -> Void) throws {
    defer { consumer.close() }
    for entry in positions.entries { try run(entry, write) }
  }

  private func run(_ entry: RolePositions.Entry, _ write: ([UInt8]) throws -> Void) throws {
    let partition = entry.partition
    guard let committed = entry.committed else { return }
    let until = committed.offset
    guard let history = histories["\(partition)"] ?? EpochHistory(committed.metadata), let origin = history.origin
    else {
      throw RefoldFailure("\(partition): it is not known any more where the state began")
    }
    var pass = Pass(partition, history)
    try pass.begin(upTo: origin, self, write)
    try read(partition, origin..<until) { record throws in try pass.fold(record, self, write) }
    try pass.begin(upTo: until, self, write)
  }

  private func read(
    _ partition: Partition, _ range: Range<Int64>, _ body: (borrowing InputRecord) throws -> Void
  ) throws {
    guard !range.isEmpty else { return }
    try consumer.assign([(TopicPartition(partition), .at(range.lowerBound))])
    var failure: (any Error)?
    var next = range.lowerBound
    while next < range.upperBound {
      let events = consumer.poll(maxMessages: 1000, timeoutMillis: 200) { message in
        guard failure == nil, message.offset < range.upperBound else { return next = range.upperBound }
        next = message.offset + 1
        let record = InputRecord(
          partition: message.partition, offset: message.offset, timestamp: Timestamp(millis: message.timestampMillis),
          key: message.key, value: message.value)
        do { try body(record) } catch { failure = error }
      }
      for event in events {
        if case .endOfPartition(_, let end) = event { next = max(next, end) }
        if case .failed(let error) = event, error.severity != .retriable { throw error }
      }
      if let failure { throw failure }
    }
  }

  /// One partition's fold, as far as it has come.
  private struct Pass {
    private let partition: Partition
    private var ahead: ArraySlice<EpochHistory.Boundary>
    private let skips: Set<Int64>
    private var fold: (any Fold)?
    private var epoch: EpochID?
    private var outputs = Outputs()

    init(_ partition: Partition, _ history: EpochHistory) {
      self.partition = partition
      ahead = history.boundaries[...]
      skips = Set(history.skips)
    }

    mutating func fold(_ record: borrowing InputRecord, _ refold: Refold, _ write: ([UInt8]) throws -> Void) throws {
      try begin(upTo: record.offset, refold, write)
      guard !skips.contains(record.offset) else {
        return try refold.write(.killedTheProcess(times: 3), record.offset, partition, write)
      }
      guard case .rejected(let rejection)? = fold?.fold(record, into: &outputs) else {
        return try refold.write(&outputs, of: partition, write)
      }
      try refold.write(rejection, record.offset, partition, write)
    }

    mutating func begin(upTo offset: Int64, _ refold: Refold, _ write: ([UInt8]) throws -> Void) throws {
      while let boundary = ahead.first, boundary.terms.offset <= offset {
        ahead.removeFirst()
        if boundary.epoch != epoch { try change(to: boundary.epoch, refold) }
        fold?.begin(boundary.terms, into: &outputs)
        try refold.write(&outputs, of: partition, write)
      }
    }

    private mutating func change(to id: EpochID, _ refold: Refold) throws {
      guard let found = id == refold.folds.epoch.id ? refold.folds.epoch : try refold.epochs.read(id) else {
        throw RefoldFailure("\(partition): the settings of epoch \(id) are not stored")
      }
      var fresh = try refold.folds.makeFold(partition, under: found)
      try fold?.handOver(to: &fresh)
      fold = fresh
      epoch = id
    }
  }

  // MARK: Writing

  private func write(_ outputs: inout Outputs, of partition: Partition, _ write: ([UInt8]) throws -> Void) throws {
    for output in outputs.records {
      var json = JSONWriter()
      json.object { json in
        json.member("input", "\(partition)")
        json.member("topic", topics.name(output.topic))
        json.member("key", Array(outputs.key(of: output)))
        json.member("id", output.id.hex)
        json.member("value", Array(outputs.value(of: output)))
      }
      try write(json.bytes)
    }
    outputs.removeAll()
  }

  private func write(
    _ rejection: Rejection, _ offset: Int64, _ partition: Partition, _ write: ([UInt8]) throws -> Void
  ) throws {
    var json = JSONWriter()
    json.object { json in
      json.member("input", "\(partition)")
      json.member("topic", topics.name(Topic.deadLetters))
      json.member("offset", offset)
      json.member("code", rejection.code.rawValue)
    }
    try write(json.bytes)
  }
}

struct RefoldFailure: Error, CustomStringConvertible {
  let description: String
  init(_ description: String) { self.description = description }
}
