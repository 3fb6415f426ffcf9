import CRdkafka
import Testing

@testable import Kafka

/// Each answer that a broker may give to a transaction's requests, and what it leaves to do.
struct SeverityTests {
  struct Answer: Sendable, CustomTestStringConvertible {
    let request: MockCluster.Request
    let error: rd_kafka_resp_err_t
    let severity: KafkaError.Severity?  // nil: absorbed within the call
    var call: KafkaError.Operation.Call? = nil
    var code: rd_kafka_resp_err_t? = nil

    var testDescription: String {
      "\(request) \(unsafe String(cString: rd_kafka_err2name(error)))"
    }
  }

  static let absorbed: [Answer] = [
    Answer(request: .initProducerID, error: RD_KAFKA_RESP_ERR_COORDINATOR_LOAD_IN_PROGRESS, severity: nil),
    Answer(request: .initProducerID, error: RD_KAFKA_RESP_ERR_NOT_COORDINATOR, severity: nil),
    Answer(request: .initProducerID, error: RD_KAFKA_RESP_ERR_CONCURRENT_TRANSACTIONS, severity: nil),
    Answer(request: .produce, error: RD_KAFKA_RESP_ERR_NOT_ENOUGH_REPLICAS, severity: nil),
    Answer(request: .produce, error: RD_KAFKA_RESP_ERR__TRANSPORT, severity: nil),
    Answer(request: .addPartitionsToTxn, error: RD_KAFKA_RESP_ERR_NOT_COORDINATOR, severity: nil),
    Answer(request: .addPartitionsToTxn, error: RD_KAFKA_RESP_ERR_CONCURRENT_TRANSACTIONS, severity: nil),
    Answer(request: .addOffsetsToTxn, error: RD_KAFKA_RESP_ERR_CONCURRENT_TRANSACTIONS, severity: nil),
    Answer(request: .addOffsetsToTxn, error: RD_KAFKA_RESP_ERR__TRANSPORT, severity: nil),
    Answer(request: .txnOffsetCommit, error: RD_KAFKA_RESP_ERR_NOT_COORDINATOR, severity: nil),
    Answer(request: .endTxn, error: RD_KAFKA_RESP_ERR_COORDINATOR_LOAD_IN_PROGRESS, severity: nil),
    Answer(request: .endTxn, error: RD_KAFKA_RESP_ERR__TRANSPORT, severity: nil),
  ]

  static let abortable: [Answer] = [
    Answer(request: .produce, error: RD_KAFKA_RESP_ERR_MSG_SIZE_TOO_LARGE, severity: .abortable),
    Answer(request: .produce, error: RD_KAFKA_RESP_ERR_UNKNOWN_PRODUCER_ID, severity: .abortable),
    Answer(
      request: .addOffsetsToTxn, error: RD_KAFKA_RESP_ERR_GROUP_AUTHORIZATION_FAILED, severity: .abortable,
      call: .sendOffsets),
    Answer(
      request: .txnOffsetCommit, error: RD_KAFKA_RESP_ERR_ILLEGAL_GENERATION, severity: .abortable, call: .sendOffsets),
    Answer(
      request: .txnOffsetCommit, error: RD_KAFKA_RESP_ERR_UNKNOWN_MEMBER_ID, severity: .abortable, call: .sendOffsets),
    Answer(
      request: .txnOffsetCommit, error: RD_KAFKA_RESP_ERR_FENCED_INSTANCE_ID, severity: .abortable, call: .sendOffsets),
  ]

  static let fatal: [Answer] = [
    Answer(
      request: .initProducerID, error: RD_KAFKA_RESP_ERR_TRANSACTIONAL_ID_AUTHORIZATION_FAILED, severity: .fatal,
      call: .initTransactions),
    Answer(request: .produce, error: RD_KAFKA_RESP_ERR_OUT_OF_ORDER_SEQUENCE_NUMBER, severity: .fatal),
    Answer(request: .addPartitionsToTxn, error: RD_KAFKA_RESP_ERR_INVALID_TXN_STATE, severity: .fatal),
    Answer(
      request: .endTxn, error: RD_KAFKA_RESP_ERR_INVALID_TXN_STATE, severity: .fatal, call: .commitTransaction),
  ]

  static let fenced: [Answer] = [
    Answer(request: .produce, error: RD_KAFKA_RESP_ERR_INVALID_PRODUCER_EPOCH, severity: .fenced),
    Answer(request: .produce, error: RD_KAFKA_RESP_ERR_PRODUCER_FENCED, severity: .fenced),
    Answer(request: .addPartitionsToTxn, error: RD_KAFKA_RESP_ERR_INVALID_PRODUCER_EPOCH, severity: .fenced),
    Answer(request: .addPartitionsToTxn, error: RD_KAFKA_RESP_ERR_PRODUCER_FENCED, severity: .fenced),
    Answer(
      request: .addOffsetsToTxn, error: RD_KAFKA_RESP_ERR_PRODUCER_FENCED, severity: .fenced, call: .sendOffsets,
      code: RD_KAFKA_RESP_ERR__FENCED),
    Answer(
      request: .addOffsetsToTxn, error: RD_KAFKA_RESP_ERR_INVALID_PRODUCER_EPOCH, severity: .fenced,
      call: .sendOffsets, code: RD_KAFKA_RESP_ERR__FENCED),
    Answer(
      request: .txnOffsetCommit, error: RD_KAFKA_RESP_ERR_PRODUCER_FENCED, severity: .fenced, call: .sendOffsets,
      code: RD_KAFKA_RESP_ERR__FENCED),
    Answer(
      request: .txnOffsetCommit, error: RD_KAFKA_RESP_ERR_INVALID_PRODUCER_EPOCH, severity: .fenced,
      call: .sendOffsets),
    Answer(
      request: .endTxn, error: RD_KAFKA_RESP_ERR_INVALID_PRODUCER_EPOCH, severity: .fenced, call: .commitTransaction),
    Answer(request: .endTxn, error: RD_KAFKA_RESP_ERR_PRODUCER_FENCED, severity: .fenced, call: .commitTransaction),
  ]

  private static let answers = absorbed + abortable + fatal + fenced
  /// Most of a transaction is waiting, so all of them wait at once.
  private static let failures = onThreads(answers) { answer in Result { try firstFailure(of: answer) } }

  @Test(arguments: answers.indices.map { ($0, answers[$0]) })
  func `a broker's answer has its severity`(_ index: Int, _ answer: Answer) throws {
    let failure = try Self.failures[index].get()
    #expect(failure?.severity == answer.severity, "\(failure.map(String.init(describing:)) ?? "no error")")
    if let call = answer.call { #expect(failure?.operation.call == call) }
    if let code = answer.code { #expect(failure?.code == code.rawValue) }
  }

  /// One transaction with a record and an offset, into which the answer is injected.
  private static func firstFailure(of answer: Answer) throws -> KafkaError? {
    let cluster = MockCluster()
    cluster.createTopic("out")
    let group = try Consumer(cluster.settings(), group: "g").groupMetadata
    let producer = try TransactionalProducer(cluster.settings(), transactionalID: "t")
    do throws(KafkaError) {
      if answer.request == .initProducerID { cluster.inject(answer.error, into: answer.request) }
      try producer.initTransactions(timeoutMillis: 10_000)
      if answer.request != .initProducerID { cluster.inject(answer.error, into: answer.request) }
      try producer.begin()
      try producer.produce(topic: "out", partition: 0, key: nil, value: [1].span, timestampMillis: 1)
      // A record that fails before the offsets are sent would leave them only `_STATE` to say.
      if answer.request != .produce {
        let offset = OffsetToCommit(TopicPartition(topic: "in", partition: 0), offset: 7)
        try producer.sendOffsets([offset], group, timeoutMillis: 10_000)
      }
      try producer.commit(timeoutMillis: 10_000)
      return nil
    } catch {
      return error
    }
  }

  @Test func `an error without a flag is fatal, and a fencing code is the end whatever its flags`() {
    typealias Severity = KafkaError.Severity
    func severity(_ code: rd_kafka_resp_err_t, fatal: Bool = false, abort: Bool = false, retry: Bool = false)
      -> Severity
    {
      Severity(transactional: code, isFatal: fatal, requiresAbort: abort, isRetriable: retry)
    }
    #expect(severity(RD_KAFKA_RESP_ERR__STATE) == .fatal)
    #expect(severity(RD_KAFKA_RESP_ERR__TIMED_OUT, retry: true) == .retriable)
    #expect(severity(RD_KAFKA_RESP_ERR__TIMED_OUT, abort: true, retry: true) == .abortable)
    #expect(severity(RD_KAFKA_RESP_ERR__FENCED) == .fenced)
    #expect(severity(RD_KAFKA_RESP_ERR__FENCED, retry: true) == .fenced)
    #expect(severity(RD_KAFKA_RESP_ERR_PRODUCER_FENCED, abort: true) == .fenced)
    #expect(severity(RD_KAFKA_RESP_ERR_INVALID_PRODUCER_EPOCH, fatal: true) == .fenced)
    #expect(severity(RD_KAFKA_RESP_ERR_INVALID_PRODUCER_EPOCH, abort: true) == .abortable)
  }
}
