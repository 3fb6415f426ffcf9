import HealstreamCore

/// Writes attempts as the JSON that a platform puts on `deliveries`.
struct DeliveryRecords {
  /// A whole hour.
  static let start = Timestamp(millis: 1_790_000_000_000 / 86_400_000 * 86_400_000)

  private let openings: [[UInt8]]
  private let delivered = Array(#","status":"delivered","http_status":200}"#.utf8)
  private let failed: [Fault.Symptom: [UInt8]]
  private let deadLetter: [Fault.Symptom: [UInt8]]
  private(set) var bytes: [UInt8] = []

  init(_ plan: FleetPlan) {
    openings = plan.endpoints.indices.map {
      let tenant = plan.tenantName(plan.endpoints[$0].tenant)
      return Array(#"{"tenant_id":"\#(tenant)","endpoint":"\#(plan.url($0))","delivery_id":"d"#.utf8)
    }
    failed = Self.endings("failed")
    deadLetter = Self.endings("dead_letter")
  }

  private static func endings(_ status: String) -> [Fault.Symptom: [UInt8]] {
    var endings: [Fault.Symptom: [UInt8]] = [:]
    for symptom in Fault.Symptom.allCases {
      endings[symptom] = Array(#","status":"\#(status)",\#(symptom.fields)}"#.utf8)
    }
    return endings
  }

  mutating func write(_ event: DeliveryStream.Event, at: Timestamp, _ symptom: Fault.Symptom) {
    bytes.removeAll(keepingCapacity: true)
    bytes += openings[event.endpoint]
    appendDecimal(event.delivery)
    bytes += Self.attempt
    appendDecimal(event.attempt)
    bytes += Self.occurredAt
    appendDecimal(Int(at.millis))
    switch event.status {
    case .deadLetter: bytes += deadLetter[symptom]!
    case .failed: bytes += failed[symptom]!
    default: bytes += delivered
    }
  }

  private static let attempt = Array(#"","attempt":"#.utf8)
  private static let occurredAt = Array(#","occurred_at":"#.utf8)

  private mutating func appendDecimal(_ number: Int) {
    let start = bytes.count
    var rest = number
    repeat {
      bytes.append(UInt8(48 + rest % 10))
      rest /= 10
    } while rest > 0
    bytes[start...].reverse()
  }
}
