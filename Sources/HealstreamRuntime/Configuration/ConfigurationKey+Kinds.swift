extension ConfigurationKey {
  typealias Path<Value> = WritableKeyPath<Configuration, Value> & Sendable

  static func integer<Number: FixedWidthInteger & Sendable>(
    _ name: String, _ path: any Path<Number>, _ range: ClosedRange<Int64>, _ summary: String
  ) -> Self {
    let expected = "a whole number, \(range.lowerBound) to \(range.upperBound)"
    return Self(name: name, expected: expected, summary: summary, shown: { "\($0[keyPath: path])" }) {
      (configuration, name, value) throws(ConfigurationError) in
      guard case .integer(let number) = value, range.contains(number), let fitting = Number(exactly: number) else {
        throw .invalid(key: name, expected: expected, found: value.shown)
      }
      configuration[keyPath: path] = fitting
    }
  }

  static func number(
    _ name: String, _ path: any Path<Double>, _ range: ClosedRange<Double>, _ summary: String
  ) -> Self {
    let expected = "a number, \(range.lowerBound) to \(range.upperBound)"
    return Self(name: name, expected: expected, summary: summary, shown: { "\($0[keyPath: path])" }) {
      (configuration, name, value) throws(ConfigurationError) in
      let number: Double
      switch value {
      case .integer(let integer): number = Double(integer)
      case .number(let double): number = double
      default: throw .invalid(key: name, expected: expected, found: value.shown)
      }
      guard range.contains(number) else { throw .invalid(key: name, expected: expected, found: value.shown) }
      configuration[keyPath: path] = number
    }
  }

  static func flag(_ name: String, _ path: any Path<Bool>, _ summary: String) -> Self {
    Self(name: name, expected: "true or false", summary: summary, shown: { "\($0[keyPath: path])" }) {
      (configuration, name, value) throws(ConfigurationError) in
      guard case .flag(let flag) = value else {
        throw .invalid(key: name, expected: "true or false", found: value.shown)
      }
      configuration[keyPath: path] = flag
    }
  }

  static func text(
    _ name: String, _ path: any Path<String>, _ expected: String, _ summary: String,
    where isValid: @escaping @Sendable (String) -> Bool
  ) -> Self {
    Self(name: name, expected: expected, summary: summary, shown: { "\"\($0[keyPath: path])\"" }) {
      (configuration, name, value) throws(ConfigurationError) in
      guard case .text(let text) = value, isValid(text) else {
        throw .invalid(key: name, expected: expected, found: value.shown)
      }
      configuration[keyPath: path] = text
    }
  }

  static func choice<Value: RawRepresentable<String> & CaseIterable & Sendable>(
    _ name: String, _ path: any Path<Value>, _ summary: String
  ) -> Self {
    let expected = "one of " + Value.allCases.map { "\"\($0.rawValue)\"" }.joined(separator: ", ")
    return Self(name: name, expected: expected, summary: summary, shown: { "\"\($0[keyPath: path].rawValue)\"" }) {
      (configuration, name, value) throws(ConfigurationError) in
      guard case .text(let text) = value, let chosen = Value(rawValue: text) else {
        throw .invalid(key: name, expected: expected, found: value.shown)
      }
      configuration[keyPath: path] = chosen
    }
  }

  /// `["5s", "5m", "2h"]`, or `5s,5m,2h` on the command line.
  static func durations(
    _ name: String, _ path: any Path<[Int64]>, maxCount: Int, upToMillis limit: Int64, _ summary: String
  ) -> Self {
    let expected = "a list of at most \(maxCount) durations such as \"500ms\", \"5s\", \"30m\", \"2h\", \"1d\""
    let shown: @Sendable (Configuration) -> String = { configuration in
      "[" + configuration[keyPath: path].map { "\"\($0)ms\"" }.joined(separator: ", ") + "]"
    }
    return Self(name: name, expected: expected, summary: summary, shown: shown) {
      (configuration, name, value) throws(ConfigurationError) in
      guard let texts = value.texts, texts.count <= maxCount else {
        throw .invalid(key: name, expected: expected, found: value.shown)
      }
      var durations: [Int64] = []
      for text in texts {
        guard let millis = DurationText.millis(text), millis <= limit else {
          throw .invalid(key: name, expected: expected, found: "\"\(text)\"")
        }
        durations.append(millis)
      }
      configuration[keyPath: path] = durations
    }
  }

  /// `["a", "b"]`, or `a,b` on the command line.
  static func texts(_ name: String, _ path: any Path<[String]>, maxCount: Int, _ summary: String) -> Self {
    let expected = "a list of at most \(maxCount) texts of 1 to 100 characters"
    let shown: @Sendable (Configuration) -> String = { configuration in
      "[" + configuration[keyPath: path].map { "\"\($0)\"" }.joined(separator: ", ") + "]"
    }
    return Self(name: name, expected: expected, summary: summary, shown: shown) {
      (configuration, name, value) throws(ConfigurationError) in
      guard let texts = value.texts, texts.count <= maxCount, texts.allSatisfy({ (1...100).contains($0.count) }) else {
        throw .invalid(key: name, expected: expected, found: value.shown)
      }
      configuration[keyPath: path] = texts
    }
  }

  /// Several of a closed set: `["a", "b"]`, or `a,b` on the command line; at least one.
  static func choices<Value: RawRepresentable<String> & CaseIterable & Sendable & Equatable>(
    _ name: String, _ path: any Path<[Value]>, _ summary: String
  ) -> Self {
    let expected = "a list of " + Value.allCases.map { "\"\($0.rawValue)\"" }.joined(separator: ", ")
    let shown: @Sendable (Configuration) -> String = { configuration in
      "[" + configuration[keyPath: path].map { "\"\($0.rawValue)\"" }.joined(separator: ", ") + "]"
    }
    return Self(name: name, expected: expected, summary: summary, shown: shown) {
      (configuration, name, value) throws(ConfigurationError) in
      let chosen = value.texts?.map { Value(rawValue: $0) }
      guard let chosen, !chosen.isEmpty, !chosen.contains(where: { $0 == nil }) else {
        throw .invalid(key: name, expected: expected, found: value.shown)
      }
      configuration[keyPath: path] = Value.allCases.filter { chosen.contains($0) }
    }
  }
}

extension ConfigurationValue {
  /// The texts of a list, or of one text with commas.
  var texts: [String]? {
    switch self {
    case .text(let text): return text.split(separator: ",").map(String.init)
    case .list(let list):
      var texts: [String] = []
      for element in list {
        guard case .text(let text) = element else { return nil }
        texts.append(text)
      }
      return texts
    default: return nil
    }
  }
}
