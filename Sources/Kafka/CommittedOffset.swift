/// What a consumer group has committed for one partition.
package struct CommittedOffset: Equatable, Sendable {
  /// The next offset to read; `nil` where the group has committed none, or where it has expired.
  package let offset: Int64?
  /// What the committer wrote beside it; empty where it wrote nothing.
  package let metadata: String

  package init(offset: Int64?, metadata: String) {
    self.offset = offset
    self.metadata = metadata
  }
}
