import Testing

@testable import HealstreamRuntime

struct MetricPageTests {
  @Test func `a page is what the format asks for, metrics by name and samples as they came`() {
    var page = MetricPage()
    let lag = MetricFamily("lag", .gauge, ["topic", "partition"], "Records behind.")
    page.add(lag, ["b", "1"], 7)
    page.add(lag, ["a", "0"], -1)
    page.add(MetricFamily("age_seconds", .counter, [], "Time since."), [], 0.25)
    #expect(
      page.text == """
        # HELP age_seconds Time since.
        # TYPE age_seconds counter
        age_seconds 0.25
        # HELP lag Records behind.
        # TYPE lag gauge
        lag{topic="b",partition="1"} 7
        lag{topic="a",partition="0"} -1

        """)
  }

  @Test func `a histogram counts up to each bound, what was longer too`() {
    var histogram = Histogram(bounds: [0.01, 1])
    for millis: Int64 in [0, 10, 11, 1000, 1001] { histogram.observe(millis: millis) }
    var page = MetricPage()
    page.add(MetricFamily("took_seconds", .histogram, ["lane"], "Time."), ["0"], histogram)
    #expect(
      page.text == """
        # HELP took_seconds Time.
        # TYPE took_seconds histogram
        took_seconds_bucket{lane="0",le="0.01"} 2
        took_seconds_bucket{lane="0",le="1.0"} 4
        took_seconds_bucket{lane="0",le="+Inf"} 5
        took_seconds_sum{lane="0"} \(0.01 + 0.011 + 1 + 1.001)
        took_seconds_count{lane="0"} 5

        """)
  }

  @Test func `what would end a line or a label is escaped`() {
    var page = MetricPage()
    page.add(MetricFamily("m", .gauge, ["l"], "One \\ two\n\"three\""), ["a\\b\"c\nd\r\nü"], 1)
    #expect(
      page.text == "# HELP m One \\\\ two\\n\"three\"\n# TYPE m gauge\nm{l=\"a\\\\b\\\"c\\nd\r\\nü\"} 1\n")
  }

  @Test(arguments: [(Double.infinity, "+Inf"), (-.infinity, "-Inf"), (.nan, "NaN"), (1e-7, "1e-07"), (2e20, "2e+20")])
  func `numbers are written as Go reads them`(value: Double, text: String) {
    var page = MetricPage()
    page.add(MetricFamily("m", .gauge, [], "."), [], value)
    #expect(page.text.hasSuffix("\nm \(text)\n"))
  }

  /// What `promtool check metrics` asks for, beside the unit of the name.
  @Test(arguments: MetricFamily.all)
  func `a metric is named and explained as the field does`(family: MetricFamily) throws {
    #expect(try /(healstream|process)(_[a-z]+)+/.wholeMatch(in: family.name) != nil)
    #expect(family.name.hasSuffix("_total") == (family.kind == .counter))
    #expect(family.kind != .histogram || family.name.hasSuffix("_seconds"))
    #expect(family.meaning.hasSuffix(".") && !family.meaning.contains("\n"))
    #expect(MetricFamily.all.count { $0.name == family.name } == 1)
  }
}

extension MetricFamily: CustomTestStringConvertible {
  package var testDescription: String { name }
}
