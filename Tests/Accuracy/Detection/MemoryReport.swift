import Foundation
import HealstreamCore

/// What an endpoint costs in memory, and an attempt in time, over fleets of growing size.
enum MemoryReport {
  static func run(_ triage: Triage) throws {
    var table = MarkdownTable(["quiet endpoints", "bytes of state each", "resident bytes each", "ns an attempt"])
    for endpointCount in [100, 1_000, 10_000, 100_000] { table.add(try measure(endpointCount, triage)) }
    print(table.text)
  }

  private static func measure(_ endpointCount: Int, _ triage: Triage) throws -> [String] {
    let lines = (0..<endpointCount).map { number in
      let tenant = number / FleetPlan.endpointsPerTenant
      return Array(
        #"{"tenant_id":"tenant-\#(tenant)","endpoint":"https://hooks.customer-\#(number).example/v1","delivery_id":"d\#(number)","status":"delivered","attempt":1}"#
          .utf8)
    }
    let before = try residentBytes()
    var detector = Detector(settings: DetectorSettings(), triage: triage, partition: 0)
    var outputs = Outputs()
    var count = 0
    func fold(rounds: Int) {
      for _ in 0..<rounds {
        for line in lines {
          let at = DeliveryRecords.start + Int64(count) * 5
          let record = InputRecord(
            partition: 0, offset: Int64(count), timestamp: at, key: nil, value: line.span)
          _ = detector.fold(record, into: &outputs)
          outputs.removeAll()
          count += 1
        }
      }
    }
    fold(rounds: 1)
    let resident = try residentBytes() - before
    let rounds = max(1, 1_000_000 / endpointCount)
    let elapsed = ContinuousClock().measure { fold(rounds: rounds) }
    let nanoseconds = elapsed / .nanoseconds(1) / Double(rounds * endpointCount)
    var state = StateWriter()
    detector.save(into: &state)
    return [
      "\(endpointCount)", "\(state.bytes.count / endpointCount)",
      endpointCount < 100_000 ? "–" : "\(resident / endpointCount)", Figures.text(nanoseconds),
    ]
  }

  private static func residentBytes() throws -> Int {
    let pages = try String(contentsOfFile: "/proc/self/statm", encoding: .utf8).split(separator: " ")
    return (pages.count > 1 ? Int(pages[1]) ?? 0 : 0) * 4096
  }
}
