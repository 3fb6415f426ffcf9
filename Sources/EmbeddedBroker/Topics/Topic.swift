struct Topic {
  static let maxPartitions = 10_000
  private static let nameBytes = Set("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789._-".utf8)

  var partitions: [PartitionLog]
  var configuration: TopicConfiguration

  /// The log of a partition that a client has named.
  subscript(partition: Int32) -> PartitionLog? {
    _read { yield partitions.indices.contains(Int(partition)) ? partitions[Int(partition)] : nil }
  }

  /// At most 249 letters, digits, dots, underscores and hyphens.
  static func isValid(name: String) -> Bool {
    (1...249).contains(name.utf8.count) && ![".", ".."].contains(name) && name.utf8.allSatisfy(nameBytes.contains)
  }
}
