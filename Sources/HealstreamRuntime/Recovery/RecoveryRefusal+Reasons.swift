extension RecoveryRefusal {
  fileprivate static let acceptLoss = "start once with --accept-loss, which begins with healing off"

  static func epochMissing(_ task: TaskID, _ id: EpochID) -> Self {
    Self(
      task, "the settings of epoch \(id), which governed records that have to be folded again, are not stored any more",
      ways: ["start once with the configuration of that time", acceptLoss])
  }

  static func epochUnreadable(_ task: TaskID, _ id: EpochID, _ reason: String) -> Self {
    Self(task, "the settings of epoch \(id) cannot be read: \(reason)", ways: ["see to it that they can"])
  }

  static func otherFoldVersion(_ task: TaskID, _ epoch: Epoch) -> Self {
    Self(
      task,
      "records that have to be folded again were folded by version \(epoch.foldVersion) of the folds, and this program has "
        + "version \(Epoch.currentFoldVersion)",
      ways: [
        "start the program that ran last, and stop it with SIGTERM, which leaves nothing to be folded again",
        acceptLoss,
      ])
  }
}

extension Recovery.Request {
  private func refusal(_ reason: String, _ ways: String...) -> RecoveryRefusal {
    RecoveryRefusal(task, reason, ways: ways + [RecoveryRefusal.acceptLoss])
  }

  private var resetOffsets: String {
    "set the offset of the group of role \(task.role.rawValue) on \(task.partition) (kafka-consumer-groups --reset-offsets)"
  }

  func requireRecords(from start: Int64, to end: Int64) throws(RecoveryRefusal) {
    guard start < end, start < bounds.lowerBound else { return }
    throw refusal(
      "offset \(end) is committed and the newest usable state is at \(start), but the log begins at \(bounds.lowerBound): "
        + "retention has deleted records that have to be folded again")
  }

  var noSnapshot: RecoveryRefusal {
    refusal("no usable snapshot is there, and it is not known any more where the state began")
  }

  var deletedUnread: RecoveryRefusal {
    refusal(
      "offset \(committed?.offset ?? 0) is committed, but the log begins at \(bounds.lowerBound): retention has deleted records "
        + "that were never folded")
  }

  var beyondEnd: RecoveryRefusal {
    refusal(
      "offset \(committed?.offset ?? 0) is committed, but the log ends at \(bounds.upperBound): the topic was made anew"
    )
  }

  var offsetsMissing: RecoveryRefusal {
    refusal(
      "there are snapshots, the newest at offset \(stored.first?.offset ?? 0), but the group has no committed offset: it has "
        + "expired, or was deleted",
      "\(resetOffsets) to \(stored.first?.offset ?? 0), and what was given out since then is given out again",
      "delete the snapshots (healstream snapshots delete) to begin anew where the log begins")
  }

  func unmarked(_ offset: Int64) -> RecoveryRefusal {
    let known = stored.map { "\($0.offset)" }
    return refusal(
      "offset \(offset) was committed by another program, and no usable snapshot stands there",
      known.isEmpty ? "\(resetOffsets) back" : "\(resetOffsets) to that of a snapshot: \(known.joined(separator: ", "))"
    )
  }
}
