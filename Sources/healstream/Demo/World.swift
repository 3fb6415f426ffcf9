import Foundation
import HealstreamCore

/// A simulated platform: tenants whose endpoints get deliveries, a sender that retries on a schedule, faults by script, and what
/// an executor of heal actions can do about them. Pure: the same seed, script and reactions give the same deliveries.
struct World {
  /// Everything before this has happened.
  private(set) var now: Timestamp

  private(set) var faults: [Fault]
  private var arrivals: [Arrivals]
  private var random: SplitMix64
  private var attempts = AttemptQueue()
  /// Deliveries whose last attempt failed, by id.
  private var failed: [String: Failure] = [:]
  /// The share of its rate that a tenant is held to.
  private var throttles: [String: Double] = [:]
  private var deliveryCount = 0

  private struct Failure {
    let endpoint: Int
    let attempts: Int
  }

  /// After which the sender tries again; after the last it gives up.
  private static let retryDelaysMillis: [Int64] = [5_000, 60_000, 1_800_000]
  /// How long it takes a paged operator to put a new credential in place.
  private static let repairMillis: Int64 = 5 * 60_000
  /// Between the replays of one step.
  private static let replaySpacingMillis: Int64 = 400

  init(script: Script, seed: UInt64) {
    now = script.start
    faults = script.faults
    random = SplitMix64(seed: ~seed)
    arrivals = SimulatedEndpoint.all.indices.map { index in
      Arrivals(
        after: script.start, ratePerMinute: SimulatedEndpoint.all[index].ratePerMinute,
        seed: seed &+ UInt64(index) &* 0xD1B5_4A32_D192_ED03)
    }
  }

  /// Everything that happens before `later`, in the order of time.
  mutating func advance(to later: Timestamp) -> [Delivery] {
    for (at, endpoint) in firstAttempts(before: later) {
      deliveryCount += 1
      attempts.insert(
        Attempt(at: at, deliveryID: "dlv_\(String(deliveryCount).leftPadded(6))", endpoint: endpoint))
    }
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

  /// Holds a tenant to a share of its rate; `nil` lifts it.
  mutating func throttle(_ tenantID: String, to factor: Double?) { throttles[tenantID] = factor }

  /// An operator is called, who finds a rotated credential and replaces it in a while.
  mutating func page(_ tenantID: String, endpoint: String?) {
    for index in faults.indices where faults[index].kind == .credential {
      let concerned = SimulatedEndpoint.all[faults[index].endpoint]
      guard concerned.tenantID == tenantID, endpoint.map({ $0 == concerned.url }) ?? true,
        faults[index].isActive(faults[index].endpoint, at: now)
      else { continue }
      faults[index].end = min(faults[index].end, now + Self.repairMillis)
    }
  }

  // MARK: Traffic

  private mutating func firstAttempts(before later: Timestamp) -> [(at: Timestamp, endpoint: Int)] {
    var all: [(at: Timestamp, endpoint: Int)] = []
    let (faults, throttles) = (faults, throttles)
    for index in arrivals.indices {
      let times = arrivals[index].take(before: later) { at in
        trafficFactor(of: index, at: at, faults: faults, throttles: throttles)
      }
      all += times.map { ($0, index) }
    }
    return all.sorted { ($0.at, $0.endpoint) < ($1.at, $1.endpoint) }
  }

  // MARK: Attempts

  private mutating func carryOut(_ attempt: Attempt) -> Delivery? {
    guard attempt.isFirst || failed[attempt.deliveryID] != nil else { return nil }  // it has arrived meanwhile
    let number = (failed[attempt.deliveryID]?.attempts ?? 0) + 1
    let answer = answer(of: attempt.endpoint, at: attempt.at)
    let status = note(answer, attempt, number)
    return Delivery(
      deliveryID: attempt.deliveryID, tenantID: SimulatedEndpoint.all[attempt.endpoint].tenantID,
      endpoint: SimulatedEndpoint.all[attempt.endpoint].url, attempt: number, at: attempt.at, status: status,
      answer: answer, healActionID: attempt.actionID)
  }

  /// Forgets what has arrived; plans the sender's next retry of what has not. A replay does not change that plan.
  private mutating func note(_ answer: Answer, _ attempt: Attempt, _ number: Int) -> Delivery.Status {
    guard !answer.isSuccess else {
      failed[attempt.deliveryID] = nil
      return .delivered
    }
    failed[attempt.deliveryID] = Failure(endpoint: attempt.endpoint, attempts: number)
    guard attempt.actionID == nil else { return .failed }
    guard attempt.retries < Self.retryDelaysMillis.count else { return .deadLetter }
    attempts.insert(attempt.retry(after: Self.retryDelaysMillis[attempt.retries]))
    return .failed
  }

  private mutating func answer(of endpoint: Int, at: Timestamp) -> Answer {
    for fault in faults where fault.isActive(endpoint, at: at) {
      switch fault.kind {
      case .outage: return .outage(until: fault.end, at: at)
      case .rateLimit where random.chance(0.8): return .rateLimited
      case .credential: return .unauthorised
      case .flood where random.chance(overload(of: endpoint, at: at)): return .overloaded
      case .rateLimit, .flood, .surge: break
      }
    }
    return random.chance(SimulatedEndpoint.all[endpoint].background) ? .background(&random) : .ok(&random)
  }

  /// An endpoint takes six times its usual traffic, and fails what goes beyond.
  private func overload(of endpoint: Int, at: Timestamp) -> Double {
    max(0, 1 - 6 / trafficFactor(of: endpoint, at: at, faults: faults, throttles: throttles))
  }
}

/// Faults, throttle and the rhythm of the day: by how much an endpoint's traffic differs from its average.
private func trafficFactor(
  of endpoint: Int, at: Timestamp, faults: [Fault], throttles: [String: Double]
) -> Double {
  let hourOfDay = Double(at.millis % 86_400_000) / 3_600_000
  let rhythm = 1 + Arrivals.rhythmAmplitude * sin((hourOfDay - 8) / 24 * 2 * .pi)
  let fault = faults.reduce(1) { $1.isActive(endpoint, at: at) ? $0 * $1.trafficFactor : $0 }
  return rhythm * fault * (throttles[SimulatedEndpoint.all[endpoint].tenantID] ?? 1)
}

extension String {
  fileprivate func leftPadded(_ width: Int) -> String { String(repeating: "0", count: max(0, width - count)) + self }
}
