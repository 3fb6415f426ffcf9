internal import CRdkafka

extension KafkaError {
  /// Reads an error that a transactional call or a produce returned, and frees it.
  init(adopting error: OpaquePointer, from client: Client, during operation: Operation) {
    defer { unsafe rd_kafka_error_destroy(error) }
    let code = unsafe rd_kafka_error_code(error)
    let message = unsafe String(cString: rd_kafka_error_string(error))
    if code == RD_KAFKA_RESP_ERR__FATAL, let underlying = client.fatalError(during: operation) {
      self = underlying
      return
    }
    let severity = unsafe Severity(
      transactional: code, isFatal: rd_kafka_error_is_fatal(error) != 0,
      requiresAbort: rd_kafka_error_txn_requires_abort(error) != 0, isRetriable: rd_kafka_error_is_retriable(error) != 0
    )
    self.init(severity: severity, code: code, message: message, operation: operation)
  }
}
