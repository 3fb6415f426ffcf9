import HealstreamCore

/// Comes by the state of a partition at what the group has committed, exactly, or refuses with words.
///
/// Newest snapshot first: N ≤ M, whole, and everything there that leads from N to M: the records, the epochs, and code of the same
/// fold version. Then the partition's start, if the log still reaches back to where the state began empty. Only where the operator
/// accepts a loss does it go on with less, and with healing off.
struct Recovery {
  let role: Role
  let folds: any FoldSource
  let snapshots: any SnapshotStore
  let epochs: any EpochStore
  let journal: Journal

  /// - Parameter acceptsLoss: goes on with less where it must, and with healing off in any case.
  func restore(
    _ partition: Partition, committed: Position?, bounds: Range<Int64>, acceptsLoss: Bool
  ) throws(RecoveryRefusal) -> Restoration {
    let request = Request(
      task: TaskID(role, partition), committed: committed, bounds: bounds, stored: stored(TaskID(role, partition)))
    var restoration: Restoration
    do throws(RecoveryRefusal) {
      restoration = try exactly(request)
    } catch {
      guard acceptsLoss else { throw error }
      journal.warning("loss_accepted", ("task", "\(request.task)"), ("reason", error.reason))
      restoration = try withLoss(request)
    }
    restoration.live = try liveStretch(restoration, bounds, isAfterLoss: acceptsLoss)
    return restoration
  }

  struct Request {
    let task: TaskID
    let committed: Position?
    let bounds: Range<Int64>
    /// The newest state first.
    let stored: [SnapshotID]

    var history: EpochHistory? { committed.flatMap { EpochHistory($0.metadata) } }
    /// No boundary that is begun from here on can be taken for one that a stored snapshot knows.
    var freeIndex: Int { max(history?.count ?? 0, stored.map(\.boundaries).max() ?? 0) + 1 }

    /// Boundaries are forgotten, but not which records kill: they may have to be folded again, or be the next.
    func begunAnew(isWhole: Bool, until: Int64) -> EpochHistory {
      var anew = EpochHistory(firstIndex: freeIndex, isWhole: isWhole)
      guard let history else { return anew }
      for skip in history.skips { anew.skip(skip) }
      guard until == committed?.offset else { return anew }
      anew.starts = history.starts
      anew.attempts = history.attempts
      return anew
    }
  }

  private func stored(_ task: TaskID) -> [SnapshotID] {
    do throws(StoreFailure) {
      return try snapshots.list(task)
    } catch {
      journal.warning("snapshots_unreadable", ("task", "\(task)"), ("reason", "\(error)"))
      return []
    }
  }

  // MARK: Going live

  /// The boundary at M, where something changes there.
  private func liveStretch(
    _ restoration: Restoration, _ bounds: Range<Int64>, isAfterLoss: Bool
  ) throws(RecoveryRefusal) -> Stretch? {
    let partition = restoration.task.partition
    let healsFrom = folds.holdsBacklog(partition) ? max(bounds.upperBound, restoration.until) : restoration.until
    let isOther = restoration.history.boundaries.last?.epoch != folds.epoch.id
    guard isOther || healsFrom > restoration.until || isAfterLoss else { return nil }
    let terms = EpochTerms(offset: restoration.until, healsFrom: healsFrom, isAfterLoss: isAfterLoss)
    let last = restoration.ahead.last?.boundary.epoch ?? restoration.epoch
    let fold = last == folds.epoch.id ? nil : try folds.makeFold(partition, under: folds.epoch)
    return Stretch(boundary: .init(folds.epoch.id, terms), fold: fold)
  }

  // MARK: Exactly

  private func exactly(_ request: Request) throws(RecoveryRefusal) -> Restoration {
    guard let committed = request.committed else { return try firstStart(request) }
    guard committed.offset <= request.bounds.upperBound else { throw request.beyondEnd }
    guard committed.offset >= request.bounds.lowerBound else { throw request.deletedUnread }
    guard let history = request.history else { return try atUnmarkedOffset(committed, request) }
    var obstacle: RecoveryRefusal?
    for id in request.stored where id.offset <= committed.offset {
      guard let begun = history.boundaries(from: id.boundaries) else { continue }
      do throws(RecoveryRefusal) {
        if let found = try restoration(from: id, begun, history, request) { return found }
      } catch {
        obstacle = obstacle ?? error
      }
    }
    do throws(RecoveryRefusal) {
      return try fromOrigin(history, request)
    } catch {
      throw obstacle ?? error
    }
  }

  private func firstStart(_ request: Request) throws(RecoveryRefusal) -> Restoration {
    guard request.stored.isEmpty else { throw request.offsetsMissing }
    let start = request.bounds.lowerBound
    return try empty(at: start, until: start, EpochHistory(), request)
  }

  /// Somebody has set the group's offset by other means: fine where a snapshot stands at just that offset.
  private func atUnmarkedOffset(_ committed: Position, _ request: Request) throws(RecoveryRefusal) -> Restoration {
    for id in request.stored where id.offset == committed.offset {
      guard let snapshot = open(id) else { continue }
      let history = EpochHistory(firstIndex: request.freeIndex, isWhole: false)
      if let found = try restoration(snapshot, under: nil, ahead: [], history, until: id.offset, request) {
        return found
      }
    }
    throw request.unmarked(committed.offset)
  }

  /// - Returns: nil where the snapshot is damaged.
  private func restoration(
    from id: SnapshotID, _ begun: ArraySlice<EpochHistory.Boundary>, _ history: EpochHistory, _ request: Request
  ) throws(RecoveryRefusal) -> Restoration? {
    guard let snapshot = open(id), let until = request.committed?.offset else { return nil }
    try request.requireRecords(from: id.offset, to: until)
    // Where nothing is folded under it any more, its settings do not matter.
    let governing = id.offset < until ? try epoch(snapshot.header.epoch, request.task) : nil
    return try restoration(snapshot, under: governing, ahead: begun, history, until: until, request)
  }

  private func fromOrigin(_ history: EpochHistory, _ request: Request) throws(RecoveryRefusal) -> Restoration {
    guard let origin = history.origin, let first = history.boundaries.first, let until = request.committed?.offset
    else { throw request.noSnapshot }
    try request.requireRecords(from: origin, to: until)
    let fold = try folds.makeFold(request.task.partition, under: try epoch(first.epoch, request.task))
    var stretches = [Stretch(boundary: first, fold: nil)]
    stretches += try self.stretches(history.boundaries.dropFirst(), after: first.epoch, request.task)
    return Restoration(
      task: request.task, offset: origin, until: until, fold: fold, epoch: first.epoch, ahead: stretches,
      history: history, committed: request.committed)
  }

  private func empty(
    at offset: Int64, until: Int64, _ history: EpochHistory, _ request: Request
  ) throws(RecoveryRefusal) -> Restoration {
    Restoration(
      task: request.task, offset: offset, until: until,
      fold: try folds.makeFold(request.task.partition, under: folds.epoch), epoch: folds.epoch.id, history: history,
      committed: request.committed)
  }

  // MARK: With a loss

  /// As much as there is: the newest whole snapshot that is not ahead of M, and the records that are left up to there.
  private func withLoss(_ request: Request) throws(RecoveryRefusal) -> Restoration {
    let bounds = request.bounds
    let committed = request.committed?.offset
    let limit = min(committed ?? bounds.upperBound, bounds.upperBound)
    let isSameLog = committed.map { $0 <= bounds.upperBound } ?? true
    for id in request.stored where isSameLog && id.offset <= limit {
      guard let snapshot = open(id) else { continue }
      let until = max(committed ?? id.offset, bounds.lowerBound)
      let history = request.begunAnew(isWhole: false, until: until)
      let governing = try? epoch(snapshot.header.epoch, request.task)
      if let found = try restoration(snapshot, under: governing, ahead: [], history, until: until, request) {
        return found
      }
    }
    let start = bounds.lowerBound
    let until = isSameLog ? max(committed ?? start, start) : start
    let history = request.begunAnew(isWhole: until == start, until: until)
    return try empty(at: start, until: until, history, request)
  }

  // MARK: Parts

  /// - Parameter governing: what governs behind the snapshot; `nil`: the settings of today.
  private func restoration(
    _ snapshot: OpenSnapshot, under governing: Epoch?, ahead boundaries: ArraySlice<EpochHistory.Boundary>,
    _ history: EpochHistory, until: Int64, _ request: Request
  ) throws(RecoveryRefusal) -> Restoration? {
    let id = snapshot.header.id
    let under = governing ?? folds.epoch
    var fold = try folds.makeFold(request.task.partition, under: under)
    do throws(StateError) {
      try snapshot.restore(&fold)
    } catch {
      reject(id, "\(error)")
      return nil
    }
    return Restoration(
      task: request.task, offset: max(id.offset, request.bounds.lowerBound), until: until, fold: fold, snapshot: id,
      epoch: under.id,
      ahead: try stretches(boundaries, after: under.id, request.task), history: history, committed: request.committed)
  }

  private func stretches(
    _ boundaries: ArraySlice<EpochHistory.Boundary>, after first: EpochID, _ task: TaskID
  ) throws(RecoveryRefusal) -> [Stretch] {
    var last = first
    var stretches: [Stretch] = []
    for boundary in boundaries {
      let isSame = boundary.epoch == last
      last = boundary.epoch
      let fold = isSame ? nil : try folds.makeFold(task.partition, under: try epoch(boundary.epoch, task))
      stretches.append(Stretch(boundary: boundary, fold: fold))
    }
    return stretches
  }

  private func open(_ id: SnapshotID) -> OpenSnapshot? {
    do {
      let snapshot = try OpenSnapshot(try snapshots.read(id))
      guard snapshot.header.id == id else {
        reject(id, "it holds the state of \(snapshot.header.id)")
        return nil
      }
      return snapshot
    } catch {
      reject(id, "\(error)")
      return nil
    }
  }

  private func reject(_ id: SnapshotID, _ reason: String) {
    journal.warning("snapshot_rejected", ("snapshot", "\(id)"), ("reason", reason))
  }

  private func epoch(_ id: EpochID, _ task: TaskID) throws(RecoveryRefusal) -> Epoch {
    if id == folds.epoch.id { return folds.epoch }
    let found: Epoch?
    do throws(StoreFailure) { found = try epochs.read(id) } catch { throw .epochUnreadable(task, id, "\(error)") }
    guard let found else { throw .epochMissing(task, id) }
    guard found.foldVersion == Epoch.currentFoldVersion else { throw .otherFoldVersion(task, found) }
    return found
  }
}
