internal import CRdkafka

/// What a call to Kafka failed with; `severity` is what the caller branches on.
package struct KafkaError: Error, Equatable, Sendable {
  package let severity: Severity
  /// librdkafka's `rd_kafka_resp_err_t`: negative is local to the client, positive is the protocol's error code.
  package let code: Int32
  /// librdkafka's name of the code: `_FENCED`, `UNKNOWN_MEMBER_ID`.
  package let name: String
  package let message: String
  package let operation: Operation

  init(severity: Severity, code: rd_kafka_resp_err_t, message: String, operation: Operation) {
    self.severity = severity
    self.code = code.rawValue
    name = unsafe rd_kafka_err2name(code).map { unsafe String(cString: $0) } ?? "ERR_\(code.rawValue)"
    self.message = message
    self.operation = operation
  }

  /// Outside of transactions the code alone decides.
  init(_ code: rd_kafka_resp_err_t, _ message: String? = nil, during operation: Operation) {
    let text = unsafe message ?? String(cString: rd_kafka_err2str(code))
    self.init(severity: Severity(plain: code), code: code, message: text, operation: operation)
  }
}

extension KafkaError: CustomStringConvertible {
  /// One line: `commit transaction: _FENCED (fenced): …`.
  package var description: String { "\(operation): \(name) (\(severity)): \(message)" }
}
