/// The error codes this broker answers with, numbered as in Kafka's protocol guide.
enum ErrorCode: Int16, Error {
  case offsetOutOfRange = 1
  case corruptMessage, unknownTopicOrPartition
  case messageTooLarge = 10
  case invalidTopic = 17
  case invalidRequiredAcks = 21
  case illegalGeneration, inconsistentGroupProtocol, invalidGroupID, unknownMemberID
  case invalidSessionTimeout, rebalanceInProgress
  case unsupportedVersion = 35
  case topicAlreadyExists, invalidPartitions, invalidReplicationFactor
  case invalidConfig = 40
  case invalidRequest = 42
  case unsupportedForMessageFormat
  case outOfOrderSequenceNumber = 45
  case invalidProducerEpoch = 47
  case invalidTxnState, invalidProducerIDMapping, invalidTransactionTimeout
  case operationNotAttempted = 55
  case kafkaStorageError
  case nonEmptyGroup = 68
  case groupIDNotFound
  case memberIDRequired = 79
  case invalidRecord = 87
  case unstableOffsetCommit
  case producerFenced = 90

  /// What responses say of success.
  static let success: Int16 = 0

  /// Runs what the disk may refuse.
  static func onDisk<Result>(_ body: () throws(File.Failure) -> Result) throws(ErrorCode) -> Result {
    do throws(File.Failure) { return try body() } catch { throw .kafkaStorageError }
  }

  /// Runs `body` and gives what it threw, for a response that only says how it went.
  static func caught(_ body: () throws(ErrorCode) -> Void) -> ErrorCode? {
    do throws(ErrorCode) {
      try body()
      return nil
    } catch { return error }
  }
}

extension ErrorCode? {
  var code: Int16 { self?.rawValue ?? ErrorCode.success }
}
