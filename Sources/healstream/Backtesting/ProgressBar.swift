import Dispatch
import Foundation
import Synchronization

/// A line on a terminal that says how far it is, how fast, and how long it will take yet.
final class ProgressBar: Sendable {
  private struct State {
    let start: UInt64
    var lastShown: UInt64 = 0
  }

  private static let barWidth = 24
  private static let intervalNanoseconds: UInt64 = 100_000_000

  private let state: Mutex<State>

  private init(at now: UInt64) { state = Mutex(State(start: now)) }

  /// `nil` where standard error is no terminal: then nothing is shown.
  static func forTerminal() -> ProgressBar? {
    isatty(STDERR_FILENO) == 1 ? ProgressBar(at: DispatchTime.now().uptimeNanoseconds) : nil
  }

  func show(records: Int, share: Double?) {
    let now = DispatchTime.now().uptimeNanoseconds
    let seconds: Double? = state.withLock { state in
      guard now - state.lastShown >= Self.intervalNanoseconds || share == 1 else { return nil }
      state.lastShown = now
      return Double(now - state.start) / 1e9
    }
    guard let seconds else { return }
    write("\r\u{1B}[K" + Self.line(records: records, share: share, seconds: seconds))
  }

  func clear() { write("\r\u{1B}[K") }

  /// - Parameter seconds: since the start.
  static func line(records: Int, share: Double?, seconds: Double) -> String {
    let rate = seconds > 0 ? Double(records) / seconds : 0
    let speed = "\(short(Double(records))) records  \(short(rate))/s"
    guard let share, share > 0 else { return speed }
    let filled = Int(share * Double(barWidth))
    let bar = String(repeating: "█", count: filled) + String(repeating: "░", count: barWidth - filled)
    return "\(bar) \(Int(share * 100)) %  \(speed)  \(clock(seconds * (1 - share) / share)) left"
  }

  private static func short(_ number: Double) -> String {
    switch number {
    case ..<10_000: "\(Int(number))"
    case ..<1_000_000: "\(Int(number / 1000)) k"
    default: "\(Int(number / 1_000_000)).\(Int(number / 100_000) % 10) M"
    }
  }

  private static func clock(_ seconds: Double) -> String {
    let whole = Int(min(seconds.rounded(.up), 359_999))
    let (minutes, rest) = (whole / 60, whole % 60)
    let tail = (rest < 10 ? ":0" : ":") + "\(rest)"
    return minutes < 60 ? "\(minutes)\(tail)" : "\(minutes / 60) h \(minutes % 60) min"
  }

  private func write(_ text: String) { try? FileHandle.standardError.write(contentsOf: Data(text.utf8)) }
}
