import EmbeddedBroker
import Testing

@testable import HealstreamRuntime

/// What the lane makes of every class of error that a broker can answer with, in the middle of its work.
struct ProtocolErrorTests {
  struct Case: Sendable, CustomStringConvertible {
    let api: API
    let kind: BrokerFault.Kind
    var times = 1

    var description: String { "\(api): \(kind) × \(times)" }
  }

  /// Absorbed by the client, or answered with an abort, a new producer, or patience.
  private static let passing: [Case] =
    errors(.findCoordinator, .coordinatorNotAvailable, .coordinatorLoadInProgress)
    + errors(.produce, .notEnoughReplicas, .unknownProducerID, .outOfOrderSequenceNumber, .invalidTxnState)
    + errors(
      .addPartitionsToTxn, .coordinatorLoadInProgress, .notCoordinator, .concurrentTransactions, .invalidTxnState,
      .unknownServerError)
    + errors(
      .addOffsetsToTxn, .coordinatorLoadInProgress, .notCoordinator, .concurrentTransactions, .groupAuthorizationFailed)
    + errors(
      .txnOffsetCommit, .coordinatorLoadInProgress, .notCoordinator, .illegalGeneration, .unknownMemberID,
      .fencedInstanceID, .rebalanceInProgress, .unknownTopicOrPartition)
    + errors(.endTxn, .coordinatorLoadInProgress, .notCoordinator, .concurrentTransactions, .invalidTxnState)
    + errors(.offsetFetch, .unstableOffsetCommit, .notCoordinator)
    + errors(.fetch, .notLeaderOrFollower)
    + errors(.heartbeat, .unknownMemberID, .illegalGeneration, .notCoordinator)

  private static let network: [Case] = [
    API.findCoordinator, .initProducerID, .produce, .addPartitionsToTxn, .addOffsetsToTxn, .txnOffsetCommit, .endTxn,
    .fetch,
  ].flatMap { api in
    [BrokerFault.Kind.cut, .loseAnswer, .delay(millis: 300)].map { Case(api: api, kind: $0, times: 2) }
  }

  private static func errors(_ api: API, _ codes: ErrorCode...) -> [Case] {
    codes.map { Case(api: api, kind: .error($0)) }
  }

  @Test(arguments: passing + network)
  func `a passing fault in the middle of the work loses, doubles and invents nothing`(fault: Case) throws {
    let work = try LaneUnderFaults()
    try work.start()
    try work.produce([1, 2, 3])
    try work.workOff()
    work.faults.next(fault.times, fault.api, fault.kind)
    for value in UInt8(4)..<14 {
      try work.produce([value])
      try work.workOff()
    }
    #expect(try work.visible() == work.expected)
  }

  @Test(arguments: [
    (API.addPartitionsToTxn, ErrorCode.producerFenced), (.addOffsetsToTxn, .producerFenced),
    (.txnOffsetCommit, .producerFenced), (.endTxn, .producerFenced), (.addOffsetsToTxn, .invalidProducerEpoch),
  ])
  func `a fenced lane ends, and nothing of its burst is visible`(api: API, code: ErrorCode) throws {
    let work = try LaneUnderFaults()
    try work.start()
    try work.produce([1, 2, 3])
    try work.workOff()
    work.faults.next(1, api, .error(code))
    try work.produce([4])
    let failure = #expect(throws: LogFailure.self) { try work.workOff() }
    guard case .fenced(let words)? = failure else {
      Issue.record("ended with \(failure.map { "\($0)" } ?? "nothing")")
      return
    }
    #expect(words.contains("give each its own instance"))
    #expect(try work.visible() == ["1", "3", "6"])
  }

  @Test func `a record that its topic does not take ends the lane with words`() throws {
    let work = try LaneUnderFaults()
    try work.start()
    try work.produce([1])
    try work.workOff()
    work.faults.next(1, .produce, .error(.messageTooLarge))
    try work.produce([2])
    let failure = #expect(throws: LogFailure.self) { try work.workOff() }
    #expect("\(failure.map { "\($0)" } ?? "")".contains("max.message.bytes"))
    #expect(try work.visible() == ["1"])
  }

  @Test func `a rights error at the start is told at once`() throws {
    let work = try LaneUnderFaults()
    try work.produce([1])
    work.faults.next(1, .initProducerID, .error(.transactionalIDAuthorizationFailed))
    let failure = #expect(throws: LogFailure.self) { try work.start() }
    #expect("\(failure.map { "\($0)" } ?? "")".contains("TRANSACTIONAL_ID_AUTHORIZATION_FAILED"))
  }
}
