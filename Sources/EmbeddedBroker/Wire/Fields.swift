/// A structure of the protocol: its fields in order, and at the end of flexible ones no tagged fields.
struct Fields<each Value: WireValue>: WireValue {
  let values: (repeat each Value)

  init(_ values: repeat each Value) { self.values = (repeat each values) }

  init(from reader: inout WireReader) throws(WireFailure) {
    let values = try reader.read(repeat (each Value).self)
    try reader.skipTags()
    self.init(repeat each values)
  }

  func write(to writer: inout WireWriter) {
    repeat (each values).write(to: &writer)
    writer.noTags()
  }
}

/// What a request or response says of some partitions of some topics; most of the protocol is shaped like this.
typealias ByTopic<Partition: WireValue> = [Fields<String, [Partition]>]

extension Array {
  /// A response in the shape of the request.
  func mapPartitions<Partition, Result>(
    _ transform: (_ topic: String, Partition) -> Result
  ) -> ByTopic<Result> where Element == Fields<String, [Partition]> {
    map { element in
      let (topic, partitions) = element.values
      return Fields(topic, partitions.map { transform(topic, $0) })
    }
  }
}
