/// Which instance of a producer writes: one of a later epoch fences those before it (KIP-98).
struct Producer: Equatable {
  let id: Int64
  let epoch: Int16
}

extension Producer: WireValue {
  init(from reader: inout WireReader) throws(WireFailure) { (id, epoch) = try reader.read(Int64.self, Int16.self) }
  func write(to writer: inout WireWriter) { writer.write(id, epoch) }
}
