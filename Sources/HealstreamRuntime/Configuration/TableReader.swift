/// Reads the members of an object in a configuration; what is wrong is named by its whole key.
struct TableReader {
  let name: String
  private let members: [String: ConfigurationValue]

  /// - Throws: where `value` is no object, or has a member that is not among `known`.
  init(_ value: ConfigurationValue, _ name: String, known: [String]) throws(ConfigurationError) {
    guard case .table(let members) = value else {
      throw .invalid(key: name, expected: "an object of \(known.joined(separator: ", "))", found: value.shown)
    }
    for member in members.keys.sorted() where !known.contains(member) {
      throw .invalid(key: name, expected: "only \(known.joined(separator: ", "))", found: member)
    }
    self.name = name
    self.members = members
  }

  func text(_ member: String) throws(ConfigurationError) -> String? {
    guard let value = members[member] else { return nil }
    guard case .text(let text) = value else { throw invalid(member, "text", value) }
    return text
  }

  func requiredText(_ member: String) throws(ConfigurationError) -> String {
    guard let text = try text(member) else {
      throw .invalid(key: "\(name).\(member)", expected: "text", found: "nothing")
    }
    return text
  }

  func integer(_ member: String, _ range: ClosedRange<Int>) throws(ConfigurationError) -> Int? {
    guard let value = members[member] else { return nil }
    guard case .integer(let number) = value, range.contains(Int(number)) else {
      throw invalid(member, "a whole number, \(range.lowerBound) to \(range.upperBound)", value)
    }
    return Int(number)
  }

  func flag(_ member: String) throws(ConfigurationError) -> Bool? {
    guard let value = members[member] else { return nil }
    guard case .flag(let flag) = value else { throw invalid(member, "true or false", value) }
    return flag
  }

  func texts(_ member: String) throws(ConfigurationError) -> [String]? {
    guard let value = members[member] else { return nil }
    guard case .list = value, let texts = value.texts else { throw invalid(member, "a list of texts", value) }
    return texts
  }

  func list(_ member: String) throws(ConfigurationError) -> [ConfigurationValue] {
    guard let value = members[member] else { return [] }
    guard case .list(let list) = value else { throw invalid(member, "a list", value) }
    return list
  }

  func table(_ member: String) throws(ConfigurationError) -> [(name: String, value: ConfigurationValue)] {
    guard let value = members[member] else { return [] }
    guard case .table(let table) = value else { throw invalid(member, "an object", value) }
    return table.sorted { $0.key < $1.key }.map { (name: $0.key, value: $0.value) }
  }

  func invalid(_ member: String, _ expected: String, _ found: ConfigurationValue) -> ConfigurationError {
    .invalid(key: "\(name).\(member)", expected: expected, found: found.shown)
  }
}
