import HealstreamRuntime

enum TopicsCommand: Subcommand {
  static let signature = Signature(
    name: "topics", summary: "Makes the topics that are missing, or verifies those that exist.",
    operands: ["create|verify"], options: [Configured.brokers] + Configured.options,
    example: "healstream topics create --brokers 127.0.0.1:9092 --set topics.deliveries.partitions=24")

  static func run(_ arguments: Arguments) throws -> Int32 {
    guard let action = arguments.operands.first, ["create", "verify"].contains(action) else {
      throw Misuse(description: "expected create or verify")
    }
    let admin = try TopicAdmin(brokers: arguments.required("--brokers"), Configured.configuration(arguments))
    if action == "create" {
      for (plan, isNew) in try admin.create() { StandardOutput.say("\(plan.name): \(isNew ? "made" : "exists")") }
    }
    let findings = try admin.verify()
    for finding in findings { StandardError.say("\(finding)") }
    if findings.isEmpty, action == "verify" { StandardOutput.say("all topics are as they should be") }
    return findings.isEmpty || action == "create" ? 0 : 1
  }
}
