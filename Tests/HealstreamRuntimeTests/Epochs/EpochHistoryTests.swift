import HealstreamCore
import Testing

@testable import HealstreamRuntime

struct EpochHistoryTests {
  private func history(_ count: Int) -> EpochHistory {
    var history = EpochHistory()
    for index in 0..<Int64(count) {
      let healsFrom = index.isMultiple(of: 3) ? index * 1000 + 50 : 0
      let terms = EpochTerms(
        offset: index * 1000, healsFrom: max(healsFrom, index * 1000), isAfterLoss: index == 5,
        awaits: index == 4 ? CommandPlace(partition: 3, offset: 77) : nil)
      history.append(.init(EpochID(UInt64(index) << 60 | 7), terms))
    }
    return history
  }

  @Test func `the text beside an offset is read as it was written`() throws {
    var history = history(9)
    history.skip(1234)
    history.starts = 2
    history.attempts = 1
    #expect(EpochHistory(history.text) == history)
    #expect(
      self.history(2).text
        == #"{"first":0,"whole":true,"epochs":[[0,"0000000000000007",50],[1000,"1000000000000007"]]}"#)
  }

  @Test func `of too many boundaries the oldest go, and it is known that they are missing`() throws {
    let history = history(400)
    #expect(history.text.utf8.count <= EpochHistory.maxBytes)
    #expect(history.count == 400)
    #expect(history.origin == nil)
    #expect(history.boundaries(from: 0) == nil)
    #expect(history.boundaries(from: history.firstIndex)?.count == history.boundaries.count)
    #expect(history.boundaries.count > 60)
    #expect(history.boundaries.last?.terms.offset == 399_000)
    #expect(EpochHistory(history.text) == history)
  }

  @Test func `of too many records set aside the oldest go, and nothing can be folded from the start any more`() {
    var history = history(1)
    for offset in 0..<Int64(100) { history.skip(offset) }
    #expect(history.skips == Array(36..<100))
    #expect(history.origin == nil)
  }

  @Test(arguments: [
    "", "by hand", "{}", "[]", #"{"first":0}"#, #"{"first":-1,"whole":true,"epochs":[]}"#,
    #"{"first":0,"whole":true,"epochs":[[0]]}"#, #"{"first":0,"whole":true,"epochs":[[0,"xyz"]]}"#,
    #"{"first":0,"whole":true,"epochs":[[0,"0000000000000007","soon"]]}"#,
  ])
  func `what another program left there is no history`(text: String) {
    #expect(EpochHistory(text) == nil)
  }
}
