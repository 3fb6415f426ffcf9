extension TaskID {
  /// `detect/deliveries/3`; no topic's name has a slash.
  var text: String { "\(role.rawValue)/\(partition.topic)/\(partition.index)" }

  fileprivate init?(_ parts: [Substring]) {
    guard parts.count == 3, let role = Role(rawValue: String(parts[0])), TopicSettings.isName(String(parts[1])),
      let index = Int32(parts[2]), index >= 0
    else { return nil }
    self.init(role, Partition(topic: String(parts[1]), index: index))
  }
}

extension SnapshotID {
  /// The task's text, boundaries, offset: `detect/deliveries/3/2/1000`.
  var text: String { "\(task.text)/\(boundaries)/\(offset)" }

  /// - Returns: nil for any text but what `text` gives.
  init?(_ text: some StringProtocol) {
    let parts = text.split(separator: "/", omittingEmptySubsequences: false).map { Substring($0) }
    guard parts.count == 5, let task = TaskID(Array(parts[..<3])), let boundaries = Int(parts[3]),
      let offset = Int64(parts[4]), boundaries >= 0, offset >= 0
    else { return nil }
    self.init(task, offset: offset, boundaries: boundaries)
    guard self.text == text else { return nil }
  }
}

extension SnapshotID {
  /// By task, the newest state first.
  static func precedes(_ left: SnapshotID, _ right: SnapshotID) -> Bool {
    guard left.task == right.task else {
      return (left.task.role.rawValue, left.task.partition) < (right.task.role.rawValue, right.task.partition)
    }
    return right.isOlder(than: left)
  }
}
