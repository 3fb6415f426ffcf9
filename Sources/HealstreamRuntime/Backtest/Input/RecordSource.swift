import HealstreamCore

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

  /// - Parameter block: is exchanged for another, whose memory may be used again.
  mutating func take(_ block: inout RecordBlock) throws
}
