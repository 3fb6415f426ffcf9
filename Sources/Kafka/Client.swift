internal import CRdkafka

/// Owns one librdkafka client and its log; every handle taken from the client keeps it alive.
@safe final class Client {
  let handle: OpaquePointer
  private let logQueue: OpaquePointer
  private let gate: FetchGate?
  private var log: [LogLine] = []
  private static let maxLogLines = 256

  init(adopting handle: OpaquePointer, behind gate: FetchGate?) {
    unsafe self.handle = handle
    self.gate = gate
    unsafe logQueue = rd_kafka_queue_new(handle)
    unsafe rd_kafka_set_log_queue(handle, logQueue)
  }

  deinit {
    gate?.open()
    unsafe rd_kafka_set_log_queue(handle, nil)
    unsafe rd_kafka_queue_destroy(logQueue)
    // Leaving a group is Consumer.close's part, in bounded time; without the flag destroy would wait for it.
    unsafe rd_kafka_destroy_flags(handle, RD_KAFKA_DESTROY_F_NO_CONSUMER_CLOSE)
  }

  /// Moves what librdkafka has logged here; called by every blocking call, so that its queue stays small.
  func collectLog() {
    while let event = unsafe Event(polling: logQueue, timeoutMillis: 0) {
      guard log.count < Self.maxLogLines, let line = event.logLine else { continue }
      log.append(line)
    }
  }

  /// The lines since the last call, the oldest first; beyond 256 the newer ones are dropped.
  func takeLog() -> [LogLine] {
    collectLog()
    defer { log.removeAll() }
    return log
  }

  /// The error that ended this client, if one did.
  func fatalError(during operation: KafkaError.Operation) -> KafkaError? {
    var reason = [CChar](repeating: 0, count: 512)
    let code = unsafe rd_kafka_fatal_error(handle, &reason, reason.count)
    guard code != RD_KAFKA_RESP_ERR_NO_ERROR else { return nil }
    let severity = KafkaError.Severity(transactional: code, isFatal: true, requiresAbort: false, isRetriable: false)
    let message = String(buffer: reason)
    return KafkaError(severity: severity, code: code, message: message, operation: operation)
  }

  /// Throws the error that a call returned, if it did.
  func check(_ error: OpaquePointer?, _ operation: @autoclosure () -> KafkaError.Operation) throws(KafkaError) {
    collectLog()
    guard let error = unsafe error else { return }
    throw unsafe KafkaError(adopting: error, from: self, during: operation())
  }

  func check(_ code: rd_kafka_resp_err_t, _ operation: @autoclosure () -> KafkaError.Operation) throws(KafkaError) {
    guard code != RD_KAFKA_RESP_ERR_NO_ERROR else { return }
    if code == RD_KAFKA_RESP_ERR__FATAL, let fatal = fatalError(during: operation()) { throw fatal }
    throw KafkaError(code, during: operation())
  }
}
