/// One argument of a command: its name in `args`, what may stand there, and what it means.
package struct CommandArgument: Sendable {
  package enum Shape: Equatable, Sendable {
    case flag
    case integer(ClosedRange<Int>)
    /// Not empty.
    case text(maxBytes: Int)
    /// As outputs show endpoints; another form of the same is brought into this one.
    case endpoint
    /// At least one, none empty, each once.
    case texts(maxCount: Int, maxBytes: Int)
    case timestamp
    /// An object; `null` where there shall be none.
    case policy
  }

  package let name: StaticString
  package let shape: Shape
  /// For people: without its bounds, which follow from the shape.
  package let summary: StaticString
  package private(set) var isRequired = true

  init(_ name: StaticString, _ shape: Shape, _ summary: StaticString) {
    self.name = name
    self.shape = shape
    self.summary = summary
  }

  /// The same where a command can do without it.
  var optional: CommandArgument {
    var argument = self
    argument.isRequired = false
    return argument
  }

  /// What has to stand there, in words.
  package var expected: String {
    switch shape {
    case .flag: "true or false"
    case .integer(let range): "a whole number, \(range.lowerBound) to \(range.upperBound)"
    case .text(let maxBytes): "a text of 1 to \(maxBytes) bytes"
    case .endpoint: "a text of 1 to \(DeliveryReader.maxEndpointBytes) bytes"
    case .texts(let maxCount, let maxBytes): "1 to \(maxCount) different texts of 1 to \(maxBytes) bytes"
    case .timestamp: "an RFC 3339 time"
    case .policy: "an object with some of \(TenantPolicy.memberNames.joined(separator: ", ")), or null"
    }
  }
}

// MARK: All there are

extension CommandArgument {
  static let actionID = CommandArgument("action_id", .text(maxBytes: Command.maxIDBytes), "The heal action.")
  static let deliveryIDs = CommandArgument(
    "delivery_ids", .texts(maxCount: 1000, maxBytes: DeliveryReader.maxIDBytes), "The deliveries to be sent again.")
  static let dryRun = CommandArgument("dry_run", .flag, "Decides everything, acts on nothing; false by default.")
  static let enabled = CommandArgument("enabled", .flag, "Whether it is to be on.")
  static let endpoint = CommandArgument("endpoint", .endpoint, "One endpoint of the tenant; without it, all of it.")
  static let endpointPattern = CommandArgument(
    "endpoint", .endpoint, "One endpoint, or several with * for any text; without it, the whole tenant.")
  static let incidentID = CommandArgument("incident_id", .text(maxBytes: Command.maxIDBytes), "The incident.")
  static let knownIssue = CommandArgument(
    "known_issue", .flag, "Nothing more is said of it until it resolves; false by default.")
  static let minutes = CommandArgument("minutes", .integer(1...1440), "How long, in minutes.")
  static let percent = CommandArgument("percent", .integer(0...100), "The share of incidents, in percent.")
  static let planHash = CommandArgument(
    "plan_hash", .text(maxBytes: Command.maxIDBytes), "The plan as it was proposed: another is not meant.")
  static let policy = CommandArgument("policy", .policy, "Replaces the one before; null: the configuration's again.")
  static let reason = CommandArgument("reason", .text(maxBytes: 1024), "Why, for those who read the audit.")
  static let tenantID = CommandArgument("tenant_id", .text(maxBytes: DeliveryReader.maxIDBytes), "The tenant.")
  static let tenantPattern = CommandArgument(
    "tenant_id", .text(maxBytes: DeliveryReader.maxIDBytes), "One tenant, or several with * for any text.")
  static let until = CommandArgument("until", .timestamp, "When it ends by itself; at most 90 days ahead.")
}
