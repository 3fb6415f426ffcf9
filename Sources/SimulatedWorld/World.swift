import Foundation
package import HealstreamCore

/// A simulated platform: tenants whose endpoints get deliveries, a sender that retries on a schedule, faults by script, and what
/// an executor of heal actions can do about them. Pure: the same seed, script and reactions give the same deliveries.
///
/// What happens to an attempt depends on the seed, the delivery and the moment alone, so that worlds with other reactions differ
/// by these and by nothing else.
package struct World: Sendable {
  /// Everything before this has happened.
  package private(set) var now: Timestamp
  package let endpoints: [SimulatedEndpoint]
  /// Of each endpoint.
  private var faults: [[Fault]]

  private let seed: UInt64
  private let sender: Sender
  private let repairMillis: Int64?
  private var arrivals: [Arrivals]
  private var capacities: [Capacity]
  private var attempts = AttemptQueue()
  /// When something was last sent to an endpoint again.
  private var repeatedAt: [Timestamp?]
  /// Deliveries whose last attempt failed, by id.
  private var failed: [String: Failure] = [:]
  /// The share of its rate that a tenant is held to.
  private var throttles: [String: Double] = [:]

  private struct Failure {
    let endpoint: Int
    let attempts: Int
  }

  /// Between the replays of one step.
  private static let replaySpacingMillis: Int64 = 400
  /// A receiver with an eye for canaries takes what is sent again after such a pause for one.
  private static let lurePauseMillis: Int64 = 45_000

  /// - Parameter repairMillis: how long it takes a paged operator to put a new credential in place; `nil`: nobody does.
  package init(
    _ endpoints: [SimulatedEndpoint], faults: [Fault], from start: Timestamp, sender: Sender = Sender(),
    repairMillis: Int64? = 5 * 60_000, seed: UInt64
  ) {
    now = start
    self.repairMillis = repairMillis
    self.endpoints = endpoints
    self.sender = sender
    self.seed = seed
    self.faults = endpoints.indices.map { index in faults.filter { $0.endpoint == index } }
    arrivals = endpoints.indices.map { index in
      Arrivals(
        after: start, ratePerMinute: endpoints[index].ratePerMinute,
        seed: seed &+ UInt64(index) &* 0xD1B5_4A32_D192_ED03)
    }
    capacities = endpoints.map { Capacity(of: $0, from: start) }
    repeatedAt = endpoints.map { _ in nil }
  }

  /// All of them, as they stand now.
  package var allFaults: [Fault] { faults.flatMap(\.self) }

  /// Everything that happens before `later`, in the order of time.
  package mutating func advance(to later: Timestamp) -> [Delivery] {
    planFirstAttempts(before: later)
    var deliveries: [Delivery] = []
    while let attempt = attempts.popFirst(before: later) {
      if let delivery = carryOut(attempt) { deliveries.append(delivery) }
    }
    now = max(now, later)
    return deliveries
  }

  // MARK: Reactions

  /// Sends deliveries again, but for those that have arrived meanwhile.
  /// - Returns: those that it will send.
  mutating func replay(_ deliveryIDs: [String], for actionID: String) -> [String] {
    var sent: [String] = []
    for id in deliveryIDs {
      guard let failure = failed[id] else { continue }
      sent.append(id)
      let at = now + Int64(sent.count) * Self.replaySpacingMillis
      attempts.insert(Attempt(at: at, deliveryID: id, endpoint: failure.endpoint, actionID: actionID))
    }
    return sent
  }

  /// Holds a tenant to a share of its rate, the rest is refused where it comes from; `nil` lifts it.
  mutating func throttle(_ tenantID: String, to factor: Double?) { throttles[tenantID] = factor }

  /// An operator is called, who finds a rotated credential and replaces it in a while.
  mutating func page(_ tenantID: String, endpoint: String?) {
    guard let repairMillis else { return }
    for index in endpoints.indices where endpoints[index].tenantID == tenantID {
      guard endpoint.map({ $0 == endpoints[index].url }) ?? true else { continue }
      for place in faults[index].indices {
        let fault = faults[index][place]
        guard fault.kind == .credential, fault.isActive(at: now) else { continue }
        faults[index][place].end = min(fault.end, now + repairMillis)
      }
    }
  }

  // MARK: Traffic

  private mutating func planFirstAttempts(before later: Timestamp) {
    for index in endpoints.indices {
      let (faults, throttle) = (faults[index], throttles[endpoints[index].tenantID])
      let due = arrivals[index].take(before: later) { at in Self.trafficFactor(at, faults) * (throttle ?? 1) }
      for arrival in due {
        attempts.insert(Attempt(at: arrival.at, deliveryID: "dlv_\(index)_\(arrival.number)", endpoint: index))
      }
    }
  }

  /// Faults and the rhythm of the day: by how much an endpoint's traffic differs from its average.
  private static func trafficFactor(_ at: Timestamp, _ faults: [Fault]) -> Double {
    let hourOfDay = Double(at.millis % 86_400_000) / 3_600_000
    let rhythm = 1 + Arrivals.rhythmAmplitude * sin((hourOfDay - 8) / 24 * 2 * .pi)
    return faults.reduce(rhythm) { $1.isActive(at: at) ? $0 * $1.trafficFactor : $0 }
  }

  // MARK: Attempts

  private mutating func carryOut(_ attempt: Attempt) -> Delivery? {
    guard attempt.isFirst || failed[attempt.deliveryID] != nil else { return nil }  // it has arrived meanwhile
    let number = (failed[attempt.deliveryID]?.attempts ?? 0) + 1
    let answer = answer(to: attempt)
    let status = note(answer, attempt, number)
    return Delivery(
      deliveryID: attempt.deliveryID, tenantID: endpoints[attempt.endpoint].tenantID,
      endpoint: endpoints[attempt.endpoint].url(of: attempt.deliveryID), endpointIndex: attempt.endpoint,
      attempt: number, at: attempt.at, status: status, answer: answer, healActionID: attempt.actionID)
  }

  /// Forgets what has arrived; plans the sender's next retry of what has not. A replay does not change that plan.
  private mutating func note(_ answer: Answer, _ attempt: Attempt, _ number: Int) -> Delivery.Status {
    guard !answer.isSuccess else {
      failed[attempt.deliveryID] = nil
      return .delivered
    }
    failed[attempt.deliveryID] = Failure(endpoint: attempt.endpoint, attempts: number)
    guard attempt.actionID == nil else { return .failed }
    guard attempt.retries < sender.retryDelaysMillis.count else { return .deadLetter }
    attempts.insert(attempt.retry(after: sender.retryDelaysMillis[attempt.retries]))
    return .failed
  }

  private mutating func answer(to attempt: Attempt) -> Answer {
    var random = SplitMix64(seed: seed, of: attempt.deliveryID, attempt.at.millis)
    for fault in faults[attempt.endpoint] where fault.isActive(at: attempt.at) {
      if let answer = fault.kind == .lure ? lure(attempt) : .of(fault, at: attempt.at, &random) { return answer }
    }
    guard capacities[attempt.endpoint].take(at: attempt.at) else { return .overloaded }
    return random.chance(endpoints[attempt.endpoint].background) ? .background(&random) : .ok(&random)
  }

  private mutating func lure(_ attempt: Attempt) -> Answer? {
    guard !attempt.isFirst else { return .crashed }
    let before = repeatedAt[attempt.endpoint]
    repeatedAt[attempt.endpoint] = attempt.at
    return before.map { attempt.at - $0 < Self.lurePauseMillis } ?? false ? .crashed : nil
  }
}
