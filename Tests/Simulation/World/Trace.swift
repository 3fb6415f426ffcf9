import Synchronization

/// What happened in a world, a line each, where somebody wants to read it.
final class Trace: Sendable {
  let isOn: Bool
  private let time: SimulatedTime
  private let text = Mutex<[String]>([])

  init(isOn: Bool, _ time: SimulatedTime) {
    self.isOn = isOn
    self.time = time
  }

  func note(_ line: @autoclosure () -> String) {
    guard isOn else { return }
    let line = "\(time.now) \(line())"
    text.withLock { $0.append(line) }
  }

  var lines: [String] { text.withLock { $0 } }
}
