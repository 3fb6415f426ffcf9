import HealstreamCore

/// Deliveries as tests write them: a good one, and what is put in place of its fields or added to them.
enum DeliveryRecord {
  static let required = [
    ("delivery_id", #""d1""#), ("tenant_id", #""t1""#), ("endpoint", #""https://a.example/hook""#),
    ("status", #""failed""#),
  ]

  /// - Parameter changes: raw JSON by field; `nil` takes the field away.
  static func bytes(_ changes: KeyValuePairs<String, String?> = [:]) -> [UInt8] {
    let members = required.filter { member in !changes.contains { $0.key == member.0 } }
    let added = changes.compactMap { change in change.value.map { (change.key, $0) } }
    return Array("{\((members + added).map { "\"\($0.0)\":\($0.1)" }.joined(separator: ","))}".utf8)
  }

  /// With an unknown field's value at the end.
  static func bytes(unknown value: [UInt8]) -> [UInt8] { bytes().dropLast() + Array(#","x":"#.utf8) + value + [0x7D] }
}

/// What the reader says of these bytes.
func read(_ bytes: [UInt8]) throws(Rejection) -> DeliveryFields {
  var fields = DeliveryFields()
  try DeliveryReader.read(bytes.span, into: &fields)
  return fields
}

/// The rule these bytes break; `nil`: none.
func rejection(of bytes: [UInt8]) -> Rejection? {
  do throws(Rejection) {
    _ = try read(bytes)
    return nil
  } catch {
    return error
  }
}

func text(_ range: TextRange?, in bytes: [UInt8], limit: Int? = nil) -> String? {
  guard let range else { return nil }
  var text: [UInt8] = []
  DeliveryReader.text(range, in: bytes.span, limit: limit, appendingTo: &text)
  return String(decoding: text, as: UTF8.self)
}

/// Why these bytes are no JSON; `nil`: they are.
func jsonFailure(of bytes: [UInt8]) -> JSONFailure? {
  do throws(JSONFailure) {
    _ = try JSONValue(bytes.span)
    return nil
  } catch {
    return error
  }
}
