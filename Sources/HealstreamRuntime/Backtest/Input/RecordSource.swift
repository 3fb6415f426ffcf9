package import HealstreamCore

/// Where recorded records come from, in an order that is the same each time.
package protocol RecordSource {
  /// As the report names it.
  var name: String { get }

  /// Hands over everything, once.
  mutating func read(into sink: inout some RecordSink) throws
}

/// Takes recorded records.
package protocol RecordSink {
  /// Comes before the first record.
  /// - Parameter deliveryPartitions: that the records come from; `nil`: as many as are configured.
  mutating func begin(deliveryPartitions: Int32?)

  mutating func take(_ record: borrowing InputRecord) throws

  /// A record that does not even have the form of one.
  mutating func takeUnreadable(_ record: borrowing InputRecord, _ rejection: Rejection) throws

  /// Comes now and then, between two records.
  /// - Parameter share: of the input that has been read, 0–1; `nil` where nobody knows.
  mutating func pause(share: Double?) throws
}
