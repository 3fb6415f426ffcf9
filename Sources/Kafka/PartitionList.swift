internal import CRdkafka
internal import Glibc

/// Owns a list of partitions, each with an offset, metadata and an error.
@safe struct PartitionList: ~Copyable {
  let handle: UnsafeMutablePointer<rd_kafka_topic_partition_list_t>

  init(capacity: Int) {
    unsafe handle = rd_kafka_topic_partition_list_new(Int32(capacity))
  }

  init(_ partitions: [TopicPartition]) {
    self.init(capacity: partitions.count)
    for partition in partitions { add(partition) }
  }

  init(_ starts: [(TopicPartition, StartOffset)]) {
    self.init(capacity: starts.count)
    for (partition, start) in starts { add(partition, offset: start.wireValue) }
  }

  init(_ offsets: [OffsetToCommit]) {
    self.init(capacity: offsets.count)
    for entry in offsets {
      precondition(entry.offset >= 0, "an offset to commit is 0 or more, not \(entry.offset)")
      add(entry.partition, offset: entry.offset, metadata: entry.metadata)
    }
  }

  deinit { unsafe rd_kafka_topic_partition_list_destroy(handle) }

  func add(_ partition: TopicPartition, offset: Int64 = Int64(RD_KAFKA_OFFSET_INVALID), metadata: String = "") {
    let element = unsafe rd_kafka_topic_partition_list_add(handle, partition.topic, partition.partition)
    unsafe element?.pointee.offset = offset
    guard !metadata.isEmpty else { return }
    // librdkafka frees it with the list; it may hold zero bytes, hence no strdup.
    let bytes = Array(metadata.utf8)
    let copy = unsafe malloc(bytes.count)
    unsafe bytes.withUnsafeBytes { unsafe copy?.copyMemory(from: $0.baseAddress!, byteCount: $0.count) }
    unsafe element?.pointee.metadata = copy
    unsafe element?.pointee.metadata_size = bytes.count
  }

  /// Reads each element by value.
  func forEach(_ body: (TopicPartition, rd_kafka_resp_err_t, CommittedOffset) -> Void) {
    for index in unsafe 0..<Int(handle.pointee.cnt) {
      let element = unsafe handle.pointee.elems[index]
      let bytes = unsafe UnsafeRawBufferPointer(start: element.metadata, count: element.metadata_size)
      let committed = unsafe CommittedOffset(
        offset: element.offset >= 0 ? element.offset : nil, metadata: String(decoding: bytes, as: UTF8.self))
      unsafe body(Self.partition(of: element), element.err, committed)
    }
  }

  static func partitions(of list: UnsafeMutablePointer<rd_kafka_topic_partition_list_t>) -> [TopicPartition] {
    unsafe (0..<Int(list.pointee.cnt)).map { unsafe partition(of: list.pointee.elems[$0]) }
  }

  private static func partition(of element: rd_kafka_topic_partition_t) -> TopicPartition {
    unsafe TopicPartition(topic: String(cString: element.topic), partition: element.partition)
  }
}

extension StartOffset {
  /// Kafka's protocol guide, ListOffsets: -2 is the earliest offset, -1 the latest.
  fileprivate var wireValue: Int64 {
    switch self {
    case .beginning: -2
    case .end: -1
    case .at(let offset): offset
    }
  }
}
