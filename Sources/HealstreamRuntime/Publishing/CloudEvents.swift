import HealstreamCore
import Kafka

extension Outputs {
  /// CloudEvents 1.0 in binary mode (Kafka protocol binding §3.2): the value is the data alone, its attributes are headers.
  func cloudEventHeaders(of record: Record) -> [Header] {
    [
      Self.specVersion,
      Header(name: "ce_id", value: Self.bytes(32, record.id.append)),
      Self.source,
      Header(name: "ce_type", value: Self.bytes(record.type.utf8CodeUnitCount) { $0.append(record.type) }),
      Header(name: "ce_time", value: Self.bytes(24, record.at.appendRFC3339)),
      Header(name: "ce_subject", value: Array(subject(of: record))),
      Self.contentType,
    ]
  }

  /// A header's value, written at once instead of by way of a text.
  private static func bytes(_ count: Int, _ append: (inout [UInt8]) -> Void) -> [UInt8] {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(count)
    append(&bytes)
    return bytes
  }

  // Made once: they are the same of every record.
  private static let specVersion = Header(name: "ce_specversion", text: "1.0")
  private static let source = Header(name: "ce_source", text: "/healstream")
  private static let contentType = Header(name: "content-type", text: "application/json")
}
