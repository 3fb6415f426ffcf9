/// Where a broker keeps what it has acknowledged. It is written before the answer, not forced to the disk: what a killed
/// process leaves is whole but for the last write, what a power failure leaves is not.
///
///     lock                                 held while a broker runs
///     metadata.journal                     topics, offsets, transactions: see Journal
///     logs/TOPIC-PARTITION/OFFSET.log      record batches from that offset on, one after the other
struct DataDirectory {
  let logs: File
  var journal: Journal
  private let lock: FileLock

  /// Makes the directory where there is none.
  /// - Throws: `BrokerError.dataInUse` while another broker runs on it.
  init(_ path: String) throws(BrokerError) {
    let root = File(path)
    logs = root["logs"]
    let lock = try BrokerError.onDisk { [logs] () throws(File.Failure) in
      try root.createDirectory()
      try logs.createDirectory()
      return try root["lock"].lock()
    }
    guard let lock else { throw .dataInUse(path: path) }
    self.lock = lock
    journal = Journal(root["metadata.journal"])
  }

  func log(of place: TopicPartition) -> File { logs["\(place.topic)-\(place.partition)"] }
}
