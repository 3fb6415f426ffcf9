/// The error codes of Kafka's protocol guide that this broker answers with, and those that it may be told to.
package enum ErrorCode: Int16, Error, CaseIterable {
  case unknownServerError = -1
  case offsetOutOfRange = 1
  case corruptMessage, unknownTopicOrPartition, invalidFetchSize, leaderNotAvailable, notLeaderOrFollower
  case requestTimedOut, brokerNotAvailable, replicaNotAvailable, messageTooLarge
  case offsetMetadataTooLarge = 12
  case networkException, coordinatorLoadInProgress, coordinatorNotAvailable, notCoordinator, invalidTopicException
  case recordListTooLarge, notEnoughReplicas, notEnoughReplicasAfterAppend, invalidRequiredAcks
  case illegalGeneration, inconsistentGroupProtocol, invalidGroupID, unknownMemberID
  case invalidSessionTimeout, rebalanceInProgress
  case topicAuthorizationFailed = 29
  case groupAuthorizationFailed, clusterAuthorizationFailed, invalidTimestamp
  case unsupportedVersion = 35
  case topicAlreadyExists, invalidPartitions, invalidReplicationFactor
  case invalidConfig = 40
  case notController, invalidRequest, unsupportedForMessageFormat, policyViolation, outOfOrderSequenceNumber
  case duplicateSequenceNumber, invalidProducerEpoch, invalidTxnState, invalidProducerIDMapping
  case invalidTransactionTimeout, concurrentTransactions, transactionCoordinatorFenced
  case transactionalIDAuthorizationFailed
  case operationNotAttempted = 55
  case kafkaStorageError
  case unknownProducerID = 59
  case nonEmptyGroup = 68
  case groupIDNotFound
  case fencedLeaderEpoch = 74
  case unknownLeaderEpoch
  case memberIDRequired = 79
  case groupMaxSizeReached = 81
  case fencedInstanceID
  case invalidRecord = 87
  case unstableOffsetCommit, throttlingQuotaExceeded, producerFenced

  /// What responses say of success.
  static let success: Int16 = 0

  /// Runs what the disk may refuse.
  static func onDisk<Result>(_ body: () throws(File.Failure) -> Result) throws(ErrorCode) -> Result {
    do throws(File.Failure) { return try body() } catch { throw .kafkaStorageError }
  }

  /// Runs `body` and gives what it threw, for a response that only says how it went.
  /// - Parameter refusal: what the request is refused with; `body` is not run then.
  static func caught(_ refusal: ErrorCode? = nil, _ body: () throws(ErrorCode) -> Void) -> ErrorCode? {
    if let refusal { return refusal }
    do throws(ErrorCode) {
      try body()
      return nil
    } catch { return error }
  }
}

extension ErrorCode? {
  var code: Int16 { self?.rawValue ?? ErrorCode.success }
}
