import Foundation
import HealstreamCore

/// What of a configuration decides what folds give out.
extension Configuration {
  /// As a JSON object, which is a configuration itself: the names in order, defaults left out.
  var foldSettings: String {
    JSONWriter.text { json in
      json.object { json in
        for (name, value) in assignedToFolds {
          json.key(name)
          value.write(to: &json)
        }
      }
    }
  }

  /// What was set to anything but its default, the names in order.
  var assignedToFolds: [(name: String, value: ConfigurationValue)] {
    assigned.sorted { $0.key < $1.key }.filter { ConfigurationKey.named($0.key)?.concernsFolds ?? false }
      .map { (name: $0.key, value: $0.value) }
  }

  /// The same process with what folds were set to at another time.
  func withFoldSettings(_ settings: String) throws(ConfigurationError) -> Configuration {
    var configuration = try Configuration(json5: Data(settings.utf8))
    configuration.topics.prefix = topics.prefix
    return configuration
  }
}

extension ConfigurationKey {
  /// Of the others, none can change an output.
  var concernsFolds: Bool {
    let room = name.prefix { $0 != "." }
    return Self.foldRooms.contains(String(room)) || name == "topics.deliveries.partitions"
  }

  private static let foldRooms: Set<String> = [
    "triage", "detection", "incidents", "platform", "healing", "advice", "tenants", "inputs", "sender",
  ]
}

extension ConfigurationValue {
  func write(to json: inout JSONWriter) {
    switch self {
    case .null: json.null()
    case .flag(let flag): json.value(flag)
    case .integer(let integer): json.value(integer)
    case .number(let number): json.value(exactly: number)
    case .text(let text): json.value(text)
    case .list(let list): json.array { json in for element in list { element.write(to: &json) } }
    case .table(let table):
      json.object { json in
        for (name, value) in table.sorted(by: { $0.key < $1.key }) {
          json.key(name)
          value.write(to: &json)
        }
      }
    }
  }
}
