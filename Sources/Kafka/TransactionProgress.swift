internal import CRdkafka

/// How far a transaction has got, and whether committing it would leave out what belongs to it.
enum TransactionProgress: Equatable {
  /// Nothing is open.
  case idle
  /// Open, and all that was asked for so far is in it.
  case complete
  /// The offsets were sent, and not accepted: librdkafka would commit the records without them, and so double them later.
  case lacksOffsets
  /// A record was refused.
  case lacksRecord

  /// What speaks against committing.
  var objection: KafkaError? {
    switch self {
    case .idle, .complete: nil
    case .lacksOffsets: Self.objection("its offsets were not accepted: send them again, or abort")
    case .lacksRecord: Self.objection("one of its records was refused: abort")
    }
  }

  private static func objection(_ reason: String) -> KafkaError {
    KafkaError(
      severity: .abortable, code: RD_KAFKA_RESP_ERR__STATE, message: "the transaction is not complete, \(reason)",
      operation: .init(.commitTransaction))
  }
}
