import HealstreamCore

/// How a task comes by its state: a fold as of offset N, what it folds silently up to M, and how it goes live there.
///
/// ```
///   N ─── silent, by the stretches ahead ─── M ─── live
/// ```
struct Restoration {
  let task: TaskID
  /// N.
  let offset: Int64
  /// M.
  let until: Int64
  var fold: any Fold
  /// Where the fold came from; `nil`: it began empty.
  var snapshot: SnapshotID?
  /// Of the fold.
  var epoch: EpochID
  /// Boundaries up to M that the fold has not begun.
  var ahead: [Stretch] = []
  /// Begins at M; `nil` where what governs stays as it is.
  var live: Stretch?
  /// Up to M, without `live`.
  var history: EpochHistory
  /// What the group had committed.
  var committed: Position?
}
