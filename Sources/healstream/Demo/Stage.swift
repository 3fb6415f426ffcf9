import EmbeddedBroker
import Foundation
import HealstreamRuntime
import Kafka
import Synchronization

/// A broker in this process with its topics made, and the processor running on it.
final class Stage: Sendable {
  let configuration: Configuration
  let client: ClientSettings
  private let broker: EmbeddedBroker
  private let stop = StopRequest()
  private let hasEnded = DispatchSemaphore(value: 0)
  private let failures = Mutex<[String]>([])

  var address: String { broker.address }
  /// What ended the processor; empty while it runs, and after an orderly stop.
  var processorFailures: [String] { failures.withLock { $0 } }

  /// Starts everything, on a free port.
  init() throws {
    configuration = try Self.makeConfiguration()
    broker = try EmbeddedBroker(EmbeddedBroker.Settings())
    broker.start()
    client = ClientSettings(brokers: broker.address, configuration)
    _ = try TopicAdmin(brokers: broker.address, configuration).create()
    let processor = try Processor(configuration, brokers: broker.address, journal: Journal(threshold: .error))
    let thread = Thread { [self] in
      let ended = processor.run(until: stop)
      failures.withLock { $0 = ended }
      hasEnded.signal()
    }
    thread.name = "processor"
    thread.start()
  }

  /// Lets the processor commit what it has; the broker serves until ``close()``.
  func stopProcessor() {
    stop.request()
    hasEnded.wait()
  }

  func close() { broker.stop() }

  /// Time is the simulated deliveries', so the producer stamps the records, and no idle lane may speak by the clock on the wall.
  private static func makeConfiguration() throws -> Configuration {
    var configuration = Configuration()
    configuration.instance = "demo"
    configuration.topics.timestamps = .create
    try configuration.set("topics.deliveries.partitions", "2")
    configuration.topics.outputPartitions = 1
    configuration.lanes.idleStatementMillis = 0
    configuration.lanes.maxDelayMillis = 10
    configuration.lanes.offsetCommitMillis = 10
    return configuration
  }
}
