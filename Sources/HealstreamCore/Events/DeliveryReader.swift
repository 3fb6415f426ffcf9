/// Reads deliveries: JSON objects, strictly by RFC 8259, their known fields by the rules below, all others passed over.
///
/// - An integer is digits without fraction and exponent: `429`, never `429.0` or `4e2`.
/// - `null` counts as absent for every field that is not required.
/// - A known field may be there once; unknown names may repeat. A name written with escapes is the name it stands for.
package enum DeliveryReader {
  /// Of `delivery_id` and of `tenant_id`, unescaped.
  package static let maxIDBytes = 512
  /// Unescaped.
  package static let maxEndpointBytes = 4096

  /// Reads one record's value, without allocating where the record is good.
  ///
  /// All of the record is checked before a rule about a field is held against it: a record that is not JSON is `malformed_json`
  /// whatever its fields say, and of several broken rules the first in the record's order is named.
  /// - Throws: the rule that the record broke; `fields` are then of no use.
  package static func read(_ value: Span<UInt8>, into fields: inout DeliveryFields) throws(Rejection) {
    guard value.count <= Int32.max else {
      throw Rejection(.tooLong, "expected at most 2147483647 bytes, found \(value.count).", at: 0)
    }
    fields = DeliveryFields()
    var scan = DeliveryScan(value)
    do throws(JSONFailure) {
      try scan.record(into: &fields)
    } catch {
      throw Rejection(error)
    }
    if let violation = scan.violation { throw Rejection(violation, in: ByteWindow(value)) }
  }

  /// Checks that a record with a key has its tenant's id there.
  package static func check(
    key: Span<UInt8>, of fields: DeliveryFields, in value: Span<UInt8>
  ) throws(Rejection) {
    guard !ByteWindow(value).text(fields.tenantID, equals: key) else { return }
    throw Rejection(
      .keyMismatch, field: "tenant_id", "expected the record's key, found another tenant.",
      at: fields.tenantID.bounds.lowerBound)
  }

  /// Appends a text unescaped.
  /// - Parameter limit: at most so many bytes are appended; a scalar that does not fit whole is left out. `nil`: all.
  package static func text(
    _ range: TextRange, in value: Span<UInt8>, limit: Int? = nil, appendingTo output: inout [UInt8]
  ) {
    ByteWindow(value).appendText(range, limit: limit ?? Int.max, to: &output)
  }
}
