import HealstreamCore

/// What no governor may do, whatever its reasons: more heals than its caps allow, or any on records that had been waiting when it
/// came up.
struct HealWatch {
  private var live: Set<String> = []
  private var begun: [(id: String, at: Int64)] = []
  private(set) var count = 0

  static func maxHealsPerHour(_ settings: ToySettings) -> Int { Int(settings.multiplier) * 2 }
  static func maxHealsAtOnce(_ settings: ToySettings) -> Int { Int(settings.multiplier) }

  /// - Parameter outputs: what the record at `offset` has caused.
  mutating func judge(
    _ outputs: ArraySlice<WrittenOutput>, at offset: Int64, _ appendedAt: Timestamp, healsFrom: Int64,
    _ settings: ToySettings
  ) throws(Wrong) {
    for output in outputs where output.topic == .healActions {
      guard let value = try? JSONValue(output.value.span), let id = value["action_id"]?.string,
        let event = value["event"]?.string
      else { throw Wrong("a heal action that cannot be read") }
      switch event {
      case "issued", "canary":
        guard Self.heals.contains(value["strategy"]?.string ?? "") else { continue }
        if offset < healsFrom { throw Wrong("\(id) is \(event) on \(offset), before \(healsFrom)") }
        try begin(id, appendedAt.millis, settings)
      case "settled", "expired", "lifted", "cancelled": live.remove(id)
      default: break
      }
    }
  }

  private mutating func begin(_ id: String, _ now: Int64, _ settings: ToySettings) throws(Wrong) {
    guard !begun.contains(where: { $0.id == id }) else { return }
    count += 1
    begun.append((id, now))
    live.insert(id)
    let lately = begun.count { now - $0.at < 3_600_000 }
    guard lately <= Self.maxHealsPerHour(settings), live.count <= Self.maxHealsAtOnce(settings) else {
      throw Wrong("\(id) is heal \(lately) in an hour, and \(live.count) live at once")
    }
  }

  private static let heals = ["REPLAY_RECENT", "RATE_LIMIT_SOURCE", "SILENCE_DUPES"]
}
