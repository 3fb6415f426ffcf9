import Testing

@testable import EmbeddedBroker

/// A broker without sockets whose clock the test turns.
struct BrokerUnderTest {
  var broker = Broker(EmbeddedBroker.Settings())
  var now: Int64 = 1_000_000

  static func header(_ key: Int16, _ version: Int16, connection: Int = 1) -> RequestHeader {
    let flexibleFrom = API.all.first { $0.key == key }?.flexibleFrom ?? .max
    return RequestHeader(
      connection: connection, apiKey: key, version: version, correlationID: 7, clientID: "test",
      isFlexible: version >= flexibleFrom)
  }

  /// A request without its length, as ``Broker`` takes it.
  static func frame(_ key: Int16, _ version: Int16, _ body: (inout WireWriter) -> Void = { _ in }) -> ArraySlice<UInt8>
  {
    var head = WireWriter()
    head.int16(key)
    head.int16(version)
    head.int32(7)
    head.string("test")
    var writer = WireWriter(isFlexible: header(key, version).isFlexible)
    writer.noTags()
    body(&writer)
    writer.noTags()
    return (head.bytes + writer.bytes)[...]
  }

  /// A reader at the body of a response.
  static func body(_ response: [UInt8], _ key: Int16, _ version: Int16) throws -> WireReader {
    var reader = WireReader(response[...])
    #expect(Int(try reader.int32()) == response.count - 4)
    #expect(try reader.int32() == 7)
    reader.isFlexible = header(key, version).isFlexible
    if key != API.versionsKey { try reader.skipTags() }
    return reader
  }

  mutating func send(_ frame: ArraySlice<UInt8>, connection: Int = 1) throws -> Broker.Outcome {
    try broker.handle(frame, from: connection, now: now)
  }

  /// - Returns: a reader at the body of the answer, which must come at once.
  mutating func ask(_ key: Int16, _ version: Int16, _ body: (inout WireWriter) -> Void = { _ in }) throws -> WireReader
  {
    guard case .respond(let response) = try send(Self.frame(key, version, body)) else {
      throw UnexpectedOutcome()
    }
    return try Self.body(response, key, version)
  }

  struct UnexpectedOutcome: Error {}

  // MARK: Requests that many tests need

  mutating func createTopic(_ name: String, partitions: Int32 = 1, configuration: [String: String] = [:]) throws
    -> Int16
  {
    var reader = try ask(19, 4) { writer in
      writer.array([name]) { writer, name in
        writer.string(name)
        writer.int32(partitions)
        writer.int16(1)
        writer.array([Int32]()) { $0.int32($1) }
        writer.array(configuration.sorted { $0.key < $1.key }) { writer, entry in
          writer.string(entry.key)
          writer.string(entry.value)
        }
      }
      writer.int32(1000)
      writer.bool(false)
    }
    _ = try reader.int32()
    return try reader.array { reader throws(WireFailure) in
      _ = try reader.string()
      let error = try reader.int16()
      _ = try reader.nullableString()
      return error
    }[0]
  }

  /// - Returns: the error and the offset of the first record.
  mutating func produce(
    _ records: ArraySlice<UInt8>, to topic: String = "t", transactionalID: String? = nil
  ) throws -> (error: Int16, offset: Int64) {
    var reader = try ask(0, 7) { writer in
      writer.string(transactionalID)
      writer.int16(-1)
      writer.int32(1000)
      writer.topics([PartitionsByTopic(topic: topic, partitions: [records])]) { writer, records in
        writer.int32(0)
        writer.bytes(Array(records))
      }
    }
    return try reader.topics { reader throws(WireFailure) in
      _ = try reader.int32()
      let result = (error: try reader.int16(), offset: try reader.int64())
      _ = (try reader.int64(), try reader.int64())
      return result
    }[0].partitions[0]
  }

  static func fetch(
    from offset: Int64, topic: String = "t", committed: Bool = false, minBytes: Int32 = 1, maxWaitMillis: Int32 = 500,
    maxBytes: Int32 = 1 << 20
  ) -> ArraySlice<UInt8> {
    frame(1, 11) { writer in
      writer.int32(-1)
      writer.int32(maxWaitMillis)
      writer.int32(minBytes)
      writer.int32(maxBytes)
      writer.int8(committed ? 1 : 0)
      writer.int32(0)
      writer.int32(-1)
      writer.topics([PartitionsByTopic(topic: topic, partitions: [offset])]) { writer, offset in
        writer.int32(0)
        writer.int32(-1)
        writer.int64(offset)
        writer.int64(-1)
        writer.int32(maxBytes)
      }
      writer.array([Int32]()) { $0.int32($1) }
      writer.string("")
    }
  }

  struct Fetched: Equatable {
    var error: Int16
    var endOffset: Int64
    var lastStableOffset: Int64
    var aborted: [Int64]
    var bytes: Int
  }

  static func fetched(_ response: [UInt8]) throws -> Fetched {
    var reader = try body(response, 1, 11)
    _ = (try reader.int32(), try reader.int16(), try reader.int32())
    return try reader.topics { reader throws(WireFailure) in
      _ = try reader.int32()
      var fetched = Fetched(
        error: try reader.int16(), endOffset: try reader.int64(), lastStableOffset: try reader.int64(), aborted: [],
        bytes: 0)
      _ = try reader.int64()
      fetched.aborted = try reader.array { reader throws(WireFailure) in
        _ = try reader.int64()
        return try reader.int64()
      }
      _ = try reader.int32()
      fetched.bytes = try reader.nullableBytes()?.count ?? 0
      return fetched
    }[0].partitions[0]
  }

  mutating func fetchNow(from offset: Int64, committed: Bool) throws -> Fetched {
    guard case .respond(let response) = try send(Self.fetch(from: offset, committed: committed, maxWaitMillis: 0))
    else {
      throw UnexpectedOutcome()
    }
    return try Self.fetched(response)
  }
}

extension WireWriter {
  /// Only requests have null arrays.
  mutating func nullArray() { if isFlexible { unsignedVarint(0) } else { int32(-1) } }
}
