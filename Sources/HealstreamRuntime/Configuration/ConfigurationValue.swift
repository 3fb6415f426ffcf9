import Foundation

/// A value as it stands in a configuration file or after `--set key=`.
package indirect enum ConfigurationValue: Equatable, Sendable, Decodable {
  case null
  case flag(Bool)
  case integer(Int64)
  case number(Double)
  case text(String)
  case list([ConfigurationValue])
  case table([String: ConfigurationValue])

  package init(from decoder: any Decoder) throws {
    if let table = try? decoder.container(keyedBy: Name.self) {
      var members: [String: ConfigurationValue] = [:]
      for name in table.allKeys { members[name.stringValue] = try table.decode(Self.self, forKey: name) }
      self = .table(members)
      return
    }
    if var elements = try? decoder.unkeyedContainer() {
      var list: [ConfigurationValue] = []
      while !elements.isAtEnd { list.append(try elements.decode(Self.self)) }
      self = .list(list)
      return
    }
    self = try Self.scalar(decoder.singleValueContainer())
  }

  private static func scalar(_ container: any SingleValueDecodingContainer) throws -> Self {
    if container.decodeNil() { return .null }
    if let flag = try? container.decode(Bool.self) { return .flag(flag) }
    if let integer = try? container.decode(Int64.self) { return .integer(integer) }
    if let number = try? container.decode(Double.self) { return .number(number) }
    return .text(try container.decode(String.self))
  }

  private struct Name: CodingKey {
    let stringValue: String
    var intValue: Int? { nil }
    init(stringValue: String) { self.stringValue = stringValue }
    init?(intValue: Int) { nil }
  }

  /// - Throws: `ConfigurationError.syntax` with the position that the reader gives.
  static func read(json5 data: Data) throws(ConfigurationError) -> Self {
    let decoder = JSONDecoder()
    decoder.allowsJSON5 = true
    do {
      return try decoder.decode(Self.self, from: data)
    } catch DecodingError.dataCorrupted(let context) {
      throw .syntax((context.underlyingError as? NSError)?.debugMessage ?? context.debugDescription)
    } catch {
      throw .syntax("\(error)")
    }
  }

  /// What `--set key=TEXT` means: JSON5 where it is that, else the text itself.
  static func read(commandLine text: String) -> Self {
    (try? read(json5: Data(text.utf8))) ?? .text(text)
  }

  /// How a message names what it found.
  var shown: String {
    switch self {
    case .null: "null"
    case .flag(let flag): "\(flag)"
    case .integer(let integer): "\(integer)"
    case .number(let number): "\(number)"
    case .text(let text): "\"\(text)\""
    case .list(let list): "a list of \(list.count)"
    case .table: "an object"
    }
  }
}

extension NSError {
  fileprivate var debugMessage: String? { userInfo[NSDebugDescriptionErrorKey] as? String }
}
