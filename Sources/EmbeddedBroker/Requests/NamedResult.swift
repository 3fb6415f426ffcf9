/// How it went with one of the topics or groups that a request names.
struct NamedResult {
  let name: String
  let error: ErrorCode?

  init(_ name: String, _ body: () throws(ErrorCode) -> Void) {
    self.name = name
    error = ErrorCode.caught(body)
  }
}

/// How it went with one of the partitions that a request names.
struct PartitionResult {
  let partition: Int32
  let error: ErrorCode?
}

extension RequestHeader {
  /// - Parameter messageFrom: the version from which on there is a message beside each code; clients have their own.
  func respond(_ results: [NamedResult], throttleFrom: Int16 = 0, messageFrom: Int16 = .max) -> Broker.Outcome {
    respond(throttleFrom: throttleFrom) { writer in
      writer.array(results) { writer, result in
        writer.string(result.name)
        writer.error(result.error)
        if version >= messageFrom { writer.string(nil) }
      }
    }
  }

  func respond(_ results: [PartitionsByTopic<PartitionResult>], throttleFrom: Int16 = 0) -> Broker.Outcome {
    respond(throttleFrom: throttleFrom) { writer in
      writer.topics(results) { writer, result in
        writer.int32(result.partition)
        writer.error(result.error)
      }
    }
  }

  /// Many responses say no more than whether it went well.
  func respond(_ error: ErrorCode?, throttleFrom: Int16 = 0) -> Broker.Outcome {
    respond(throttleFrom: throttleFrom) { $0.error(error) }
  }
}
