internal import CRdkafka

extension KafkaError {
  /// What is left to do after an error, the mildest first.
  package enum Severity: String, Sendable, CaseIterable {
    /// Call the same function again with the same arguments.
    case retriable
    /// Abort the open transaction; its work may be produced again in a new one.
    case abortable
    /// This client is of no further use: destroy it, and start from what is committed.
    case fatal
    /// Another instance has taken over this transactional id: end, do not start again.
    case fenced
  }
}

extension KafkaError.Severity {
  /// The severity of an error that carries librdkafka's transactional flags.
  ///
  /// `_FENCED` and `PRODUCER_FENCED` are the end whatever the flags say: librdkafka 2.0.2 calls them abortable when
  /// they answer AddOffsetsToTxn or TxnOffsetCommit (KIP-360, KIP-447). An error without any flag, such as `_STATE`, leaves the
  /// transaction in doubt, so it is fatal.
  init(transactional code: rd_kafka_resp_err_t, isFatal: Bool, requiresAbort: Bool, isRetriable: Bool) {
    if Self.fencing.contains(code) || isFatal && code == RD_KAFKA_RESP_ERR_INVALID_PRODUCER_EPOCH {
      self = .fenced
    } else if isFatal {
      self = .fatal
    } else if requiresAbort {
      self = .abortable
    } else {
      self = isRetriable ? .retriable : .fatal
    }
  }

  /// The severity of an error outside of transactions, where the code is all there is.
  init(plain code: rd_kafka_resp_err_t) {
    if Self.fencing.contains(code) {
      self = .fenced
    } else {
      self = Self.passing.contains(code) ? .retriable : .fatal
    }
  }

  private static let fencing = [RD_KAFKA_RESP_ERR__FENCED, RD_KAFKA_RESP_ERR_PRODUCER_FENCED]

  /// What passes without anyone doing anything, by Kafka's protocol guide ("retriable") and librdkafka's local codes.
  private static let passing = [
    RD_KAFKA_RESP_ERR__ALL_BROKERS_DOWN, RD_KAFKA_RESP_ERR__TRANSPORT, RD_KAFKA_RESP_ERR__RESOLVE,
    RD_KAFKA_RESP_ERR__TIMED_OUT, RD_KAFKA_RESP_ERR__TIMED_OUT_QUEUE, RD_KAFKA_RESP_ERR__MSG_TIMED_OUT,
    RD_KAFKA_RESP_ERR__QUEUE_FULL, RD_KAFKA_RESP_ERR__WAIT_COORD, RD_KAFKA_RESP_ERR__WAIT_CACHE,
    RD_KAFKA_RESP_ERR__IN_PROGRESS, RD_KAFKA_RESP_ERR__RETRY, RD_KAFKA_RESP_ERR__MAX_POLL_EXCEEDED,
    RD_KAFKA_RESP_ERR__NODE_UPDATE, RD_KAFKA_RESP_ERR_UNKNOWN_TOPIC_OR_PART, RD_KAFKA_RESP_ERR_LEADER_NOT_AVAILABLE,
    RD_KAFKA_RESP_ERR_NOT_LEADER_FOR_PARTITION, RD_KAFKA_RESP_ERR_REQUEST_TIMED_OUT,
    RD_KAFKA_RESP_ERR_BROKER_NOT_AVAILABLE, RD_KAFKA_RESP_ERR_REPLICA_NOT_AVAILABLE,
    RD_KAFKA_RESP_ERR_NETWORK_EXCEPTION, RD_KAFKA_RESP_ERR_COORDINATOR_LOAD_IN_PROGRESS,
    RD_KAFKA_RESP_ERR_COORDINATOR_NOT_AVAILABLE, RD_KAFKA_RESP_ERR_NOT_COORDINATOR,
    RD_KAFKA_RESP_ERR_NOT_ENOUGH_REPLICAS, RD_KAFKA_RESP_ERR_NOT_ENOUGH_REPLICAS_AFTER_APPEND,
    RD_KAFKA_RESP_ERR_REBALANCE_IN_PROGRESS, RD_KAFKA_RESP_ERR_NOT_CONTROLLER,
    RD_KAFKA_RESP_ERR_UNSTABLE_OFFSET_COMMIT, RD_KAFKA_RESP_ERR_THROTTLING_QUOTA_EXCEEDED,
  ]
}
