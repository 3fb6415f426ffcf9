/// The error codes this broker answers with, numbered as in Kafka's protocol guide; absence is success.
enum ErrorCode: Int16, Error, Equatable {
  case offsetOutOfRange = 1
  case corruptMessage = 2
  case unknownTopicOrPartition = 3
  case messageTooLarge = 10
  case invalidTopic = 17
  case invalidRequiredAcks = 21
  case illegalGeneration = 22
  case inconsistentGroupProtocol = 23
  case invalidGroupID = 24
  case unknownMemberID = 25
  case invalidSessionTimeout = 26
  case rebalanceInProgress = 27
  case unsupportedVersion = 35
  case topicAlreadyExists = 36
  case invalidPartitions = 37
  case invalidReplicationFactor = 38
  case invalidConfig = 40
  case invalidRequest = 42
  case unsupportedForMessageFormat = 43
  case outOfOrderSequenceNumber = 45
  case invalidProducerEpoch = 47
  case invalidTxnState = 48
  case invalidProducerIDMapping = 49
  case invalidTransactionTimeout = 50
  case operationNotAttempted = 55
  case nonEmptyGroup = 68
  case groupIDNotFound = 69
  case memberIDRequired = 79
  case invalidRecord = 87
  case unstableOffsetCommit = 88
  case producerFenced = 90

  /// Runs `body` and gives what it threw, for a response that only says how it went.
  static func caught(_ body: () throws(ErrorCode) -> Void) -> ErrorCode? {
    do throws(ErrorCode) {
      try body()
      return nil
    } catch { return error }
  }
}
