import Dispatch
import Foundation
import HealstreamCore
import Kafka
import Synchronization

/// Runs the lanes of the configured roles, each on a thread of its own, until asked to stop or until one fails.
package final class Processor: Sendable {
  private let configuration: Configuration
  private let client: ClientSettings
  private let journal: Journal
  private let lanes: [LaneMeter]
  private let failures = Mutex<[String]>([])

  /// - Parameter status: is told of the lanes, for whoever asks about the process.
  /// - Throws: `ConfigurationError` where the triage rules of the configuration do not hold together.
  package init(
    _ configuration: Configuration, brokers: String, journal: Journal, status: ProcessStatus = ProcessStatus()
  ) throws(ConfigurationError) {
    self.configuration = configuration
    self.journal = journal
    lanes = configuration.roles.flatMap { role in
      (0..<configuration.laneCount(of: role)).map { lane in
        LaneMeter(role: role, lane: lane, journal: Self.journal(journal, role, lane), clock: .machine)
      }
    }
    status.watch(lanes)
    client = ClientSettings(brokers: brokers, configuration)
    try configuration.check()
  }

  /// Blocks until every lane has ended. A lane that hangs is left behind after `stopTimeoutMillis`: what it had not committed
  /// will be folded again.
  /// - Returns: what made lanes fail; empty after an orderly stop.
  package func run(until stop: StopRequest) -> [String] {
    journal.info("starting", ("brokers", client.brokers), ("instance", configuration.instance))
    ClientMemory.keepHeapsWhole()
    let stores: ProcessorStores
    do throws(StoreFailure) {
      stores = try ProcessorStores(configuration, client, until: stop)
      try stores.keep(Epoch(settings: configuration.foldSettings), journal, until: stop)
    } catch {
      journal.error("store_failed", ("reason", "\(error)"))
      return ["\(error)"]
    }
    let group = DispatchGroup()
    for lane in lanes where !stop.isRequested { start(lane, stores, group, stop) }
    stop.wait()
    if group.wait(timeout: .now() + .milliseconds(Self.stopTimeoutMillis)) == .timedOut {
      journal.warning("lane_left_behind", ("after_ms", "\(Self.stopTimeoutMillis)"))
    }
    journal.info("stopped")
    return failures.withLock { $0 }
  }

  private static let stopTimeoutMillis = 4500

  private static func journal(_ journal: Journal, _ role: Role, _ lane: Int) -> Journal {
    journal.with(("lane", "\(role.rawValue)-\(lane)"))
  }

  private func start(_ meter: LaneMeter, _ stores: ProcessorStores, _ group: DispatchGroup, _ stop: StopRequest) {
    group.enter()
    let thread = Thread { [self] in
      runLane(meter, stores, stop)
      group.leave()
    }
    thread.name = meter.name
    thread.stackSize = 8 << 20
    thread.start()
  }

  private func runLane(_ meter: LaneMeter, _ stores: ProcessorStores, _ stop: StopRequest) {
    let journal = Self.journal(journal, meter.role, meter.lane)
    do {
      let log = try KafkaLog(
        client: client, role: meter.role, lane: meter.lane, instance: configuration.instance,
        topics: configuration.topics, isStopping: { stop.isRequested })
      defer { log.close() }  // so that others need not wait for the session to expire
      let lane = Lane(
        log: log, role: meter.role, folds: try RoleFolds(meter.role, configuration), stores: stores.forLane(),
        limits: configuration.lanes, journal: journal, clock: .machine, meter: meter)
      try lane.start()
      while !stop.isRequested { try lane.step() }
      try lane.stop()
    } catch {
      ended(with: error, journal, stop)
    }
  }

  /// A failure while stopping is no failure: what was not committed is folded again by whoever comes next.
  private func ended(with failure: any Error, _ journal: Journal, _ stop: StopRequest) {
    guard !stop.isRequested else { return journal.warning("stopped_uncommitted", ("reason", "\(failure)")) }
    journal.error("lane_failed", ("reason", "\(failure)"))
    failures.withLock { $0.append("\(failure)") }
    stop.request()
  }
}

extension Configuration {
  /// What is governed is one partition, and reporting is cheap.
  fileprivate func laneCount(of role: Role) -> Int { role == .detect ? lanes.count : 1 }
}

extension ClientSettings {
  package init(brokers: String, _ configuration: Configuration) {
    self.init(
      brokers: brokers, clientID: "healstream-\(configuration.instance)",
      overrides: configuration.kafka.sorted { $0.key < $1.key }.map { Override(key: $0.key, value: $0.value) })
  }
}
