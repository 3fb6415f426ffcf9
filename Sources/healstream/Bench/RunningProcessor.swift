import Dispatch
import Foundation
import HealstreamRuntime
import Synchronization

/// What `healstream run` does, on a thread of this process.
final class RunningProcessor: Sendable {
  private let status = ProcessStatus()
  private let stopping = StopRequest()
  private let hasEnded = DispatchSemaphore(value: 0)
  private let failures = Mutex<[String]>([])

  init(_ configuration: Configuration, brokers: String) throws {
    let processor = try Processor(
      configuration, brokers: brokers, journal: Journal(threshold: .error), status: status)
    let thread = Thread { [self] in
      let ended = processor.run(until: stopping)
      failures.withLock { $0 = ended }
      hasEnded.signal()
    }
    thread.name = "processor"
    thread.start()
  }

  /// - Throws: what has ended it.
  func check() throws {
    if let failure = failures.withLock({ $0.first }) { throw Failure(description: "the processor failed: \(failure)") }
  }

  /// The transactions so far: how many, and the seconds that they took together.
  var transactions: (count: Double, seconds: Double) {
    let metrics = status.metrics.split(separator: "\n")
    func sum(_ name: String) -> Double {
      metrics.filter { $0.hasPrefix("healstream_commit_seconds_\(name){") }
        .compactMap { $0.split(separator: " ").last.flatMap { Double($0) } }.reduce(0, +)
    }
    return (sum("count"), sum("sum"))
  }

  func stop() {
    stopping.request()
    hasEnded.wait()
  }
}
