import HealstreamCore
import SimulatedWorld

/// Records that are no deliveries, as a producer with a fault sends them.
enum Garbage {
  struct Record: Equatable, Sendable {
    let at: Timestamp
    let key: String
    let value: [UInt8]
  }

  /// A few in each round, in the order of time.
  static func records(_ script: Script) -> [Record] {
    stride(from: script.storyStart.millis, to: script.end.millis, by: Int(Script.roundMillis)).flatMap { round in
      values.enumerated().map { index, value in
        Record(
          at: Timestamp(millis: round) + Int64(5 + 6 * index) * 60_000, key: Cast.endpoints[0].tenantID,
          value: value)
      }
    }
  }

  private static let values: [[UInt8]] =
    [
      #"{"delivery_id":"dlv_cut","tenant_id":"tenant-acme","endpoint":"https://hooks.acme"#,
      #"{"delivery_id":"dlv_lacking","tenant_id":"tenant-acme","status":"delivered"}"#,
      #"{"delivery_id":"dlv_odd","tenant_id":"tenant-acme","endpoint":"https://hooks.acme.example/orders","status":"ok"}"#,
      "<html><body>502 Bad Gateway</body></html>",
      #"{"delivery_id":"dlv_moved","tenant_id":"tenant-else","endpoint":"https://a.example/","status":"delivered"}"#,
    ].map { Array($0.utf8) } + [Array(#"{"delivery_id":""#.utf8) + [0xFF, 0xFE] + Array(#""}"#.utf8)]
}
