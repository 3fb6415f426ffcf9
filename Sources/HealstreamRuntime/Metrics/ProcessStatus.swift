import Synchronization

/// Everything that can be asked about the process while it runs, from any thread.
package final class ProcessStatus: Sendable {
  private let meters = Mutex<[LaneMeter]>([])

  package init() { ProcessReading.noteStart() }

  /// The lanes that the process is about to run; before that it is not ready.
  package func watch(_ lanes: [LaneMeter]) { meters.withLock { $0 = lanes } }

  private var lanes: [LaneMeter] { meters.withLock { $0 } }

  /// The page for Prometheus.
  package var metrics: String {
    var page = MetricPage()
    ProcessReading().collect(into: &page)
    for lane in lanes { lane.collect(into: &page) }
    return page.text
  }

  /// Why the process should be started anew, a line each; empty where it works or waits for the cluster as it should.
  package var ailments: [String] {
    lanes.filter { $0.millisSinceTurn > Self.maxTurnMillis }.map {
      "\($0.name): no turn for \($0.millisSinceTurn / 1000) s"
    }
  }

  /// What the process still lacks to do its work, a line each; empty: it is ready.
  package var lacks: [String] {
    let lanes = lanes
    guard !lanes.isEmpty else { return ["waits for the cluster"] }
    return lanes.compactMap { lane in lane.standing.lack.map { "\(lane.name): \($0)" } }
  }

  /// Longer than a lane waits for the cluster before it gives up by itself.
  private static let maxTurnMillis: Int64 = 900_000
}
