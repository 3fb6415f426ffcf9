import HealstreamCore

/// A boundary that lies ahead of a task.
struct Stretch {
  let boundary: EpochHistory.Boundary
  /// A fresh fold under the boundary's settings; `nil` where they stay as they are.
  let fold: (any Fold)?
}
