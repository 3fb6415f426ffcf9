/// Where the reading of an assigned partition starts.
package enum StartOffset: Equatable, Sendable {
  /// The first offset that the log still holds.
  case beginning
  /// Behind the last stable record.
  case end
  /// Exactly here. An offset outside the log is reported as `_AUTO_OFFSET_RESET`, never silently moved.
  case at(Int64)
}
