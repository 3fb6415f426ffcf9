/// What a row that was read from a state must hold, so that no arithmetic over it can trap: the rows are copied as they stand.
extension SlidingWindows {
  var isSound: Bool { minute.isMinute && recent == sum(minutesBack: 0..<Self.recentMinutes) }
}

extension Int64 {
  /// A minute or an hour since the epoch with which one can compute.
  var isMinute: Bool { magnitude <= 1 << 40 }
  var isMinuteOrNever: Bool { self == .min || isMinute }
}

extension Timestamp {
  var isMomentOrNever: Bool { millis == .min || millis.magnitude <= 1 << 50 }
}

extension BinaryFloatingPoint {
  /// Neither infinite nor negative, nor so large that a sum of all rows could be.
  var isSound: Bool { self >= 0 && self <= 1e15 }
}
