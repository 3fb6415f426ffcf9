/// How many statements were made in the current minute of stream time.
struct StatementCount: StateWord, Equatable, Sendable {
  private var minute = Int64.min
  private var count: Int32 = 0

  func inMinute(_ minute: Int64) -> Int { minute == self.minute ? Int(count) : 0 }

  mutating func add(atMinute minute: Int64) {
    count = Int32(clamping: inMinute(minute) + 1)
    self.minute = minute
  }
}
