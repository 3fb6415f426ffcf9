import HealstreamCore
import Kafka

extension Outputs {
  /// CloudEvents 1.0 in binary mode (Kafka protocol binding §3.2): the value is the data alone, its attributes are headers.
  func cloudEventHeaders(of record: Record) -> [Header] {
    [
      Self.specVersion,
      Header(name: "ce_id", text: record.id.hex),
      Self.source,
      Header(name: "ce_type", text: record.type.description),
      Header(name: "ce_time", text: record.at.rfc3339),
      Header(name: "ce_subject", value: Array(subject(of: record))),
      Self.contentType,
    ]
  }

  // Made once: they are the same of every record.
  private static let specVersion = Header(name: "ce_specversion", text: "1.0")
  private static let source = Header(name: "ce_source", text: "/healstream")
  private static let contentType = Header(name: "content-type", text: "application/json")
}
