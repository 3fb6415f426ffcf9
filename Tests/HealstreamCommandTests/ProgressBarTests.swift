import Testing

@testable import healstream

struct ProgressBarTests {
  @Test func `a file's progress has a share, a rate and the time left`() {
    let line = ProgressBar.line(records: 1_250_000, share: 0.25, seconds: 5)
    #expect(line == "██████░░░░░░░░░░░░░░░░░░ 25 %  1.2 M records  250 k/s  0:15 left")
  }

  @Test func `what has no known end is counted`() {
    #expect(ProgressBar.line(records: 4000, share: nil, seconds: 2) == "4000 records  2000/s")
  }

  @Test func `the very beginning divides by nothing`() {
    #expect(ProgressBar.line(records: 0, share: 0, seconds: 0) == "0 records  0/s")
    #expect(ProgressBar.line(records: 5, share: 1, seconds: 0).contains("100 %"))
  }
}
