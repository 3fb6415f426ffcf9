import Synchronization

/// Whether a process lives. What is left of a dead one may go on computing until it notices; nobody hears of it.
final class Life: Sendable {
  private let alive = Atomic<Bool>(true)
  /// Records and boundaries that may still be folded before it dies of nothing in particular; negative: no end is set.
  private let foldsLeft = Atomic<Int>(-1)

  var isOver: Bool { !alive.load(ordering: .relaxed) }
  func end() { alive.store(false, ordering: .relaxed) }

  func end(afterFolds count: Int) { foldsLeft.store(count, ordering: .relaxed) }

  /// One more record or boundary is about to be folded.
  /// - Returns: whether the process is there to do it.
  func spendFold() -> Bool {
    let left = foldsLeft.load(ordering: .relaxed)
    if left >= 0 { foldsLeft.store(left - 1, ordering: .relaxed) }
    if left == 0 { end() }
    return !isOver
  }
}
