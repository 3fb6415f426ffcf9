import Foundation
import HealstreamCore
import SimulatedWorld

/// The deliveries of a fleet minute by minute, each minute in the order of time: seeded and pure.
///
/// A failed attempt is tried again after about 5 s, 5 min, 30 min and 2 h, each ± 20 %; where the last fails too, it is a dead letter.
struct DeliveryStream {
  /// One attempt in a word, so that a minute is sorted as a list of numbers.
  ///
  /// ```
  /// millis of the minute 16 | endpoint 14 | attempt 3 | failed 1 | delivery 30
  /// ```
  struct Event {
    fileprivate(set) var word: UInt64

    fileprivate init(millis: Int64, endpoint: Int, attempt: Int, failed: Bool, delivery: UInt64) {
      word = UInt64(millis) << 48 | UInt64(endpoint) << 34 | UInt64(attempt) << 31
      word |= (failed ? 1 : 0) << 30 | delivery & (1 << 30 - 1)
    }

    fileprivate init(word: UInt64) { self.word = word }

    var millisOfMinute: Int64 { Int64(word >> 48) }
    var endpoint: Int { Int(word >> 34 & (1 << 14 - 1)) }
    var attempt: Int { Int(word >> 31 & 7) }
    var failed: Bool { word >> 30 & 1 == 1 }
    var delivery: Int { Int(word & (1 << 30 - 1)) }
    var status: DeliveryFields.Status {
      failed ? attempt > DeliveryStream.retryMillis.count ? .deadLetter : .failed : .delivered
    }
  }

  static let maxEndpoints = 1 << 14
  static let retryMillis: [Double] = [5_000, 300_000, 1_800_000, 7_200_000]

  private let plan: FleetPlan
  private let faultsOfEndpoint: [[Fault]]
  private var random: SplitMix64
  private var minute = 0
  private var deliveryCount: UInt64 = 0
  /// Words of this minute and those after it, a ring.
  private var coming: [[UInt64]] = [[UInt64]](repeating: [], count: 256)

  init(_ plan: FleetPlan, using random: SplitMix64) {
    precondition(plan.endpoints.count <= Self.maxEndpoints)
    self.plan = plan
    self.random = random
    var faults = [[Fault]](repeating: [], count: plan.endpoints.count)
    for fault in plan.faults { for endpoint in fault.endpoints { faults[endpoint].append(fault) } }
    faultsOfEndpoint = faults
  }

  /// The next minute's attempts; `nil` at the end.
  mutating func nextMinute() -> (minute: Int, events: [Event])? {
    guard minute < plan.hours * 60 else { return nil }
    for endpoint in plan.endpoints.indices { addFirstAttempts(of: endpoint) }
    var words = coming[minute & 255]
    coming[minute & 255].removeAll(keepingCapacity: true)
    words.sort()
    defer { minute += 1 }
    return (minute, words.map(Event.init(word:)))
  }

  // MARK: First attempts

  private mutating func addFirstAttempts(of endpoint: Int) {
    let rate = plan.endpoints[endpoint].ratePer5Min / 5 * plan.shape(minute, tenant: plan.endpoints[endpoint].tenant)
    let start = Int64(minute) * 60_000
    add(rate, of: endpoint, start..<start + 60_000)
    for fault in faultsOfEndpoint[endpoint] where fault.isFlood {
      let overlap = max(start, fault.startMillis)..<max(start, fault.startMillis, min(start + 60_000, fault.endMillis))
      if !overlap.isEmpty { add(rate * (fault.flood - 1), of: endpoint, overlap) }
    }
  }

  /// - Parameter rate: by the minute.
  private mutating func add(_ rate: Double, of endpoint: Int, _ millis: Range<Int64>) {
    let length = Double(millis.count)
    guard plan.pattern == .batches else {
      for _ in 0..<poisson(rate * length / 60_000) {
        addDelivery(at: millis.lowerBound + Int64(random.uniform() * length), endpoint)
      }
      return
    }
    let sizes = [3, 6]
    for _ in 0..<poisson(rate * length / 60_000 / 4.5) {
      let at = millis.lowerBound + Int64(random.uniform() * length)
      for _ in 0..<sizes[Int(random.next() % 2)] { addDelivery(at: at + Int64(random.uniform() * 200), endpoint) }
    }
  }

  /// Knuth's method, in parts where the mean is large.
  private mutating func poisson(_ mean: Double) -> Int {
    var left = mean
    var count = 0
    while left > 0 {
      let limit = exp(-min(left, 20))
      var product = random.uniform()
      while product > limit {
        count += 1
        product *= random.uniform()
      }
      left -= 20
    }
    return count
  }

  // MARK: Attempts

  private mutating func addDelivery(at first: Int64, _ endpoint: Int) {
    deliveryCount += 1
    var at = first
    for attempt in 1...Self.retryMillis.count + 1 {
      let failed = fails(endpoint, at: at)
      let event = Event(
        millis: at % 60_000, endpoint: endpoint, attempt: attempt, failed: failed, delivery: deliveryCount)
      coming[Int(at / 60_000) & 255].append(event.word)
      guard failed, attempt <= Self.retryMillis.count else { return }
      at += Int64(Self.retryMillis[attempt - 1] * (0.8 + 0.4 * random.uniform()))
    }
  }

  private mutating func fails(_ endpoint: Int, at millis: Int64) -> Bool {
    var share = plan.endpoints[endpoint].background
    for fault in faultsOfEndpoint[endpoint] where fault.fails(at: millis) { share = max(share, fault.failing) }
    return share > 0 && random.chance(share)
  }
}
