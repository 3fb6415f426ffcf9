import Testing

@testable import EmbeddedBroker

/// A broker without sockets whose clock the test turns.
struct BrokerUnderTest {
  var broker: Broker
  var now: Int64 = 1_000_000

  init(broker: Broker = Broker(EmbeddedBroker.Settings())) { self.broker = broker }

  init(in directory: String) throws(BrokerError) {
    broker = try Broker(EmbeddedBroker.Settings(), recovering: DataDirectory(directory))
  }

  static func header(_ api: API, version: Int16? = nil, connection: Int = 1) -> RequestHeader {
    RequestHeader(
      connection: connection, api: api, version: version ?? api.version, correlationID: 7, clientID: "test")
  }

  /// A request without its length, as ``Broker`` takes it.
  static func frame<each Value: WireValue>(
    _ api: API, version: Int16? = nil, _ values: repeat each Value
  ) -> ArraySlice<UInt8> {
    let header = header(api, version: version)
    var head = WireWriter()
    head.write(api.rawValue, header.version, header.correlationID, header.clientID)
    var writer = WireWriter(isFlexible: header.isFlexible)
    writer.noTags()
    writer.write(repeat each values)
    writer.noTags()
    return (head.bytes + writer.bytes)[...]
  }

  /// A reader at the body of a response.
  static func body(_ response: [UInt8], _ api: API, version: Int16? = nil) throws -> WireReader {
    var reader = WireReader(response[...])
    #expect(Int(try Int32(from: &reader)) == response.count - 4)
    #expect(try Int32(from: &reader) == 7)
    reader.isFlexible = header(api, version: version).isFlexible
    if api != .apiVersions { try reader.skipTags() }
    return reader
  }

  mutating func send(_ frame: ArraySlice<UInt8>, connection: Int = 1) throws -> Broker.Outcome {
    try broker.handle(frame, from: connection, now: now)
  }

  /// - Returns: a reader at the body of the answer, which must come at once.
  mutating func ask<each Value: WireValue>(
    _ api: API, version: Int16? = nil, _ values: repeat each Value
  ) throws -> WireReader {
    guard case .respond(let response) = try send(Self.frame(api, version: version, repeat each values)) else {
      throw UnexpectedOutcome()
    }
    return try Self.body(response, api, version: version)
  }

  struct UnexpectedOutcome: Error {}

  // MARK: Requests that many tests need

  mutating func createTopic(_ name: String, partitions: Int32 = 1, configuration: [String: String] = [:]) throws
    -> Int16
  {
    let settings = configuration.sorted { $0.key < $1.key }.map { Fields($0.key, $0.value) }
    let topic = Fields(name, partitions, Int16(1), [Int32](), settings)
    var reader = try ask(.createTopics, [topic], Int32(1000), false)
    let (_, results) = try reader.read(Int32.self, [Fields<String, Int16, String?>].self)
    return results[0].values.1
  }

  /// - Returns: the error and the offset of the first record.
  mutating func produce(
    _ records: ArraySlice<UInt8>, to topic: String = "t", transactionalID: String? = nil
  ) throws -> (error: Int16, offset: Int64) {
    let topics = [Fields(topic, [Fields(Int32(0), records)])]
    var reader = try ask(.produce, transactionalID, Int16(-1), Int32(1000), topics)
    let results = try ByTopic<Fields<Int32, Int16, Int64, Int64, Int64>>(from: &reader)
    let (_, error, offset, _, _) = results[0].values.1[0].values
    return (error, offset)
  }

  static func fetch(
    from offset: Int64, topic: String = "t", committed: Bool = false, minBytes: Int32 = 1, maxWaitMillis: Int32 = 500,
    maxBytes: Int32 = 1 << 20
  ) -> ArraySlice<UInt8> {
    let topics = [Fields(topic, [Fields(Int32(0), Int32(-1), offset, Int64(-1), maxBytes)])]
    return frame(
      .fetch, Int32(-1), maxWaitMillis, minBytes, maxBytes, committed, Int32(0), Int32(-1), topics, [Int32](), "")
  }

  struct Fetched: Equatable {
    var error: Int16
    var endOffset: Int64
    var lastStableOffset: Int64
    var aborted: [Int64]
    var bytes: Int
  }

  static func fetched(_ response: [UInt8]) throws -> Fetched {
    var reader = try body(response, .fetch)
    _ = try reader.read(Int32.self, Int16.self, Int32.self)
    let topics = try ByTopic<
      Fields<Int32, Int16, Int64, Int64, Int64, [Fields<Int64, Int64>], Int32, ArraySlice<UInt8>>
    >(from: &reader)
    let (_, error, endOffset, lastStableOffset, _, aborted, _, records) = topics[0].values.1[0].values
    return Fetched(
      error: error, endOffset: endOffset, lastStableOffset: lastStableOffset, aborted: aborted.map(\.values.1),
      bytes: records.count)
  }

  mutating func fetchNow(from offset: Int64, committed: Bool, maxWaitMillis: Int32 = 0) throws -> Fetched {
    let fetch = Self.fetch(from: offset, committed: committed, maxWaitMillis: maxWaitMillis)
    guard case .respond(let response) = try send(fetch) else {
      throw UnexpectedOutcome()
    }
    return try Self.fetched(response)
  }
}
