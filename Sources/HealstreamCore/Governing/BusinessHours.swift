/// The hours of the week in which heals may happen, by the clocks of one place.
package struct BusinessHours: Equatable, Sendable {
  /// Minutes of the local day; from the first until before the second, over midnight where the second is smaller.
  package var startMinute: Int
  package var endMinute: Int
  /// Monday first; the day on which a moment falls, also after midnight.
  package var weekdays: [Bool]
  package var offsets: UTCOffsets

  package init(
    startMinute: Int, endMinute: Int, weekdays: [Bool] = [true, true, true, true, true, false, false],
    offsets: UTCOffsets = UTCOffsets(seconds: 0)
  ) {
    precondition(weekdays.count == 7, "a week has seven days")
    self.startMinute = startMinute
    self.endMinute = endMinute
    self.weekdays = weekdays
    self.offsets = offsets
  }

  package func contain(_ moment: Timestamp) -> Bool {
    let local = moment + Int64(offsets.seconds(at: moment)) * 1000
    let day = local.period(ofMillis: 86_400_000)
    let minute = Int(local.millis - day * 86_400_000) / 60_000
    let weekday = Int(((day + 3) % 7 + 7) % 7)  // 1970-01-01 was a Thursday
    guard weekdays[weekday] else { return false }
    return startMinute <= endMinute
      ? (startMinute..<endMinute).contains(minute) : minute >= startMinute || minute < endMinute
  }
}
