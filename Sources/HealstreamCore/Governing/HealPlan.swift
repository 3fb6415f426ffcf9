/// What an executor is to do. Fields that a strategy has no use for are `nil`, and null on the wire.
struct HealPlan: Equatable, Sendable {
  var deliveries: [String] = []
  var notBefore: Timestamp?
  /// Of a replay, from 1.
  var step: Int?
  /// To which share of its rate a source is held, 0–1.
  var factor: Double?
  var durationMillis: Int64?
  var silenceMillis: Int64?
  var recheckMillis: Int64?
  var priority: String?
  var dedupKey: String?
  var notify: [String] = []
  var message: String?

  /// Binds an approval to exactly this; a replay's is taken of all its deliveries, before the first step.
  func hash(of strategy: Strategy) -> String {
    var hash = DerivedID.Builder("plan")
    hash.add(strategy.rawValue)
    hash.add(Int64(deliveries.count))
    for delivery in deliveries { hash.add(delivery) }
    for number in [notBefore?.millis, durationMillis, silenceMillis, recheckMillis] { hash.add(number ?? -1) }
    hash.add(Int64(bitPattern: (factor ?? -1).bitPattern))
    for text in [priority, dedupKey, message] { hash.add(text ?? "") }
    for target in notify { hash.add(target) }
    return hash.finish().hex
  }

  func write(to json: inout JSONWriter) {
    json.object { json in
      json.array("deliveries") { json in for delivery in deliveries { json.value(delivery) } }
      json.member("not_before", notBefore)
      json.member("step", step.map(Double.init), decimals: 0)
      json.member("factor", factor, decimals: 3)
      json.member("duration_s", seconds(durationMillis), decimals: 3)
      json.member("silence_s", seconds(silenceMillis), decimals: 3)
      json.member("recheck_s", seconds(recheckMillis), decimals: 3)
      json.member("priority", priority)
      json.member("dedup_key", dedupKey)
      json.array("notify") { json in for target in notify { json.value(target) } }
      json.member("message", message)
    }
  }

  private func seconds(_ millis: Int64?) -> Double? { millis.map { Double($0) / 1000 } }
}
