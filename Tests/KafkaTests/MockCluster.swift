import CRdkafka
import Kafka

/// librdkafka's own broker, for injected protocol errors; it has groups and topics, but no transactions worth the name.
@safe final class MockCluster {
  private let owner: OpaquePointer
  private let cluster: OpaquePointer

  init() {
    unsafe owner = rd_kafka_new(RD_KAFKA_PRODUCER, nil, nil, 0)
    unsafe cluster = rd_kafka_mock_cluster_new(owner, 1)
  }

  deinit {
    unsafe rd_kafka_mock_cluster_destroy(cluster)
    unsafe rd_kafka_destroy(owner)
  }

  func settings(_ overrides: [ClientSettings.Override] = []) -> ClientSettings {
    unsafe ClientSettings(
      brokers: String(cString: rd_kafka_mock_cluster_bootstraps(cluster)), clientID: "test", overrides: overrides)
  }

  func createTopic(_ name: String, partitions: Int32 = 1) {
    unsafe _ = rd_kafka_mock_topic_create(cluster, name, partitions, 1)
  }

  func failPartition(_ topic: String, with error: rd_kafka_resp_err_t) {
    unsafe rd_kafka_mock_topic_set_error(cluster, topic, error)
  }

  /// The next requests of this kind fail, one by one.
  func inject(_ error: rd_kafka_resp_err_t, into request: Request, times: Int = 1) {
    let errors = Array(repeating: error, count: times)
    unsafe rd_kafka_mock_push_request_errors_array(cluster, request.rawValue, errors.count, errors)
  }

  func answerAfter(millis: Int32) { unsafe _ = rd_kafka_mock_broker_set_rtt(cluster, 1, millis) }

  func stop() { unsafe _ = rd_kafka_mock_broker_set_down(cluster, 1) }
  func start() { unsafe _ = rd_kafka_mock_broker_set_up(cluster, 1) }

  /// The keys of Kafka's protocol guide.
  enum Request: Int16 {
    case produce = 0
    case fetch = 1
    case findCoordinator = 10
    case initProducerID = 22
    case addPartitionsToTxn = 24
    case addOffsetsToTxn = 25
    case endTxn = 26
    case txnOffsetCommit = 28
  }
}
