import Testing

@testable import HealstreamRuntime

struct TopicPlanTests {
  private func plan(_ topic: Topic, _ settings: TopicSettings = TopicSettings()) -> TopicPlan {
    TopicPlan(topic, settings)
  }

  @Test func `inputs keep their names and everything else takes the prefix`() {
    let names = TopicPlan.all(TopicSettings()).map(\.name)
    #expect(names.contains("deliveries"))
    #expect(names.contains("commands"))
    #expect(names.contains("healstream.signals"))
    #expect(names.count == Topic.allCases.count)
  }

  @Test func `signals has one partition whatever the settings say`() {
    var settings = TopicSettings()
    settings.outputPartitions = 24
    #expect(plan(.signals, settings).partitions == 1)
    #expect(plan(.triage, settings).partitions == 24)
  }

  @Test func `the broker stamps inputs and signals, unless a test runs ahead of the clock`() {
    #expect(plan(.signals).configuration.contains { $0 == ("message.timestamp.type", "LogAppendTime") })
    #expect(!plan(.triage).configuration.contains { $0.name == "message.timestamp.type" })
    var settings = TopicSettings()
    settings.timestamps = .create
    #expect(plan(.deliveries, settings).configuration.contains { $0 == ("message.timestamp.type", "CreateTime") })
  }

  @Test func `a topic is found by its name on the cluster`() {
    let settings = TopicSettings()
    for topic in Topic.allCases { #expect(settings.topic(named: settings.name(topic)) == topic) }
    #expect(settings.topic(named: "healstream.deliveries") == nil)
  }
}
