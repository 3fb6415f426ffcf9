import Testing

@testable import EmbeddedBroker

@Suite struct FaultTests {
  private var under = BrokerUnderTest()
  private var faults: FaultInjector { under.broker.faults }

  init() throws { #expect(try under.createTopic("t") == 0) }

  private static let produce = BrokerUnderTest.frame(
    .produce, String.null, Int16(-1), Int32(1), [Fields("t", [Fields(Int32(0), Records.batch(["v"]))])])

  private var endOffset: Int64 { under.broker.topics["t"]?[0]?.endOffset ?? -1 }

  @Test mutating func `a request cut off is not done, one whose answer is lost is`() throws {
    faults.next(2, .produce, .cut)
    faults.next(1, .produce, .loseAnswer)
    for _ in 0..<2 { #expect(try under.send(Self.produce) == .close) }
    #expect(endOffset == 0)
    #expect(try under.send(Self.produce) == .close)
    #expect(endOffset == 1)
    #expect(try under.produce(Records.batch(["v"])) == (0, 1))
    #expect(faults.injected == 3)
  }

  @Test mutating func `a refused request is not done, and says so in its own shape`() throws {
    faults.next(1, .produce, .error(.notLeaderOrFollower))
    #expect(try under.produce(Records.batch(["v"])) == (6, -1))
    #expect(endOffset == 0)
    faults.next(1, .fetch, .error(.offsetOutOfRange))
    #expect(try under.fetchNow(from: 0, committed: true, maxWaitMillis: 500).error == 1)
    faults.next(1, .endTxn, .error(.concurrentTransactions))
    var reader = try under.ask(.endTxn, "x", Producer(id: 1, epoch: 0), true)
    #expect(try reader.read(Int32.self, Int16.self).1 == 51)
  }

  @Test mutating func `an answer comes as late as asked, also to a request that waits by itself`() throws {
    faults.next(1, .produce, .delay(millis: 300))
    #expect(try under.send(Self.produce) == .parked)
    #expect(endOffset == 1)
    #expect(under.broker.nextDeadline == under.now + 300)
    under.broker.advance(to: under.now + 299)
    #expect(under.broker.takeResponses() == [])
    under.broker.advance(to: under.now + 300)
    #expect(under.broker.takeResponses().count == 1)
    under.now += 300
    faults.next(1, .fetch, .delay(millis: 1_000))
    #expect(try under.send(BrokerUnderTest.fetch(from: 1)) == .parked)
    _ = try under.produce(Records.batch(["w"]))
    #expect(under.broker.takeResponses() == [])
    under.broker.advance(to: under.now + 1_000)
    #expect(under.broker.takeResponses().count == 1)
  }

  @Test func `every request can be refused, and what it asked for is not done`() throws {
    for api in API.allCases {
      var broker = under.broker
      let before = broker
      broker.faults.next(1, api, .error(.unknownServerError))
      for frame in FuzzTests.valid where frame.dropFirst().first == UInt8(api.rawValue) {
        let outcome = try broker.handle(frame, from: 1, now: under.now)
        let answers = outcome == .parked ? broker.takeResponses().map(\.frame) : [outcome.frame]
        #expect(answers.allSatisfy { $0.contains(subsequence: [0xff, 0xff]) }, "\(api)")
      }
      #expect(broker.faults.ordered == 0, "\(api)")
      #expect(broker.topics.keys == before.topics.keys, "\(api)")
      #expect(broker.groups.isEmpty && broker.transactions.isEmpty, "\(api)")
    }
  }

  @Test func `the same seed brings the same faults, about as many as asked for`() {
    func run(_ seed: UInt64) -> [Bool] {
      let faults = FaultInjector(
        [BrokerFault(.fetch, .cut, chance: 0.2), BrokerFault(nil, .loseAnswer, chance: 0.1)], seed: seed)
      return (0..<1_000).map { faults.fault(for: $0 % 2 == 0 ? .fetch : .produce) != nil }
    }
    #expect(run(3) == run(3))
    #expect(run(3) != run(4))
    #expect((120...260).contains(run(3).count { $0 }))  // of 500 28 %, of 500 10 %
  }

  @Test func `nothing happens while faults are off`() {
    let faults = FaultInjector([BrokerFault(nil, .cut, chance: 1)])
    faults.next(1, .fetch, .loseAnswer)
    faults.isOn = false
    #expect(faults.fault(for: .fetch) == nil)
    faults.isOn = true
    #expect(faults.fault(for: .fetch) == .loseAnswer)
    #expect(faults.fault(for: .fetch) == .cut)
    faults.set([])
    #expect(faults.fault(for: .fetch) == nil)
  }

  @Test(arguments: [
    ("EndTxn:lose-answer@0.01", BrokerFault(.endTxn, .loseAnswer, chance: 0.01)),
    ("fetch:delay:200@1", BrokerFault(.fetch, .delay(millis: 200), chance: 1)),
    ("InitProducerId:cut@0", BrokerFault(.initProducerID, .cut, chance: 0)),
    ("*:error:NOT_COORDINATOR@0.5", BrokerFault(nil, .error(.notCoordinator), chance: 0.5)),
    (
      "AddOffsetsToTxn:error:INVALID_PRODUCER_ID_MAPPING@.5",
      BrokerFault(.addOffsetsToTxn, .error(.invalidProducerIDMapping), chance: 0.5)
    ),
  ])
  func `a fault is read from text`(text: String, fault: BrokerFault) throws { #expect(try BrokerFault(text) == fault) }

  @Test(arguments: [
    "", "@", "Fetch@1", "Fetch:cut", "Fetch:cut@2", "Fetch:cut@-1", "Fetch:cut@nan", "Fetch:cut:1@1", "Nothing:cut@1",
    "Fetch:delay@1", "Fetch:delay:x@1", "Fetch:delay:-1@1", "Fetch:error:NOTHING@1", "Fetch:lose-answer@1@1",
  ])
  func `what is no fault is refused with words`(text: String) {
    #expect { try BrokerFault(text) } throws: { "\($0)".contains("\"\(text)\" is no fault; expected ") }
  }
}

extension Broker.Outcome {
  fileprivate var frame: [UInt8] { if case .respond(let frame) = self { frame } else { [] } }
}

extension [UInt8] {
  fileprivate func contains(subsequence: [UInt8]) -> Bool {
    count >= subsequence.count && (0...count - subsequence.count).contains { self[$0...].starts(with: subsequence) }
  }
}
