import HealstreamCore

/// How fast the simulated world goes on: the warm-up as fast as it can be worked off, the story so that it fills the time given.
///
/// Never far ahead of what has been governed, so that an action meets the world that it was decided upon, however slow the machine.
struct Pace: Equatable, Sendable {
  /// Less than the minute after which evidence is stale, by one statement of progress.
  static let storyLeadMillis: Int64 = 40_000
  static let warmUpLeadMillis: Int64 = 1_800_000

  let script: Script
  /// Of real time; what the story is to take.
  let storyMillis: Double

  /// Where the world may be.
  /// - Parameters:
  ///   - governed: up to which moment everything has been governed.
  ///   - elapsedMillis: of real time since the story began; `nil` before that.
  func target(governed: Timestamp, elapsedMillis: Double?) -> Timestamp {
    guard let elapsedMillis else { return min(script.storyStart, governed + Self.warmUpLeadMillis) }
    let share = min(1, elapsedMillis / storyMillis)
    let planned = script.storyStart + Int64(share * Double(script.end - script.storyStart))
    return min(planned, governed + Self.storyLeadMillis)
  }
}
