/// What a subcommand takes, as `--help` shows it and as the command line is read.
struct Signature {
  struct Option {
    /// With its dashes.
    let name: String
    /// What stands for the value in the usage; `nil`: a switch without one.
    let value: String?
    let summary: String
  }

  let name: String
  let summary: String
  /// What stands for the operands in the usage; empty: none are taken.
  var operands: [String] = []
  let options: [Option]
  let example: String
  /// Lines between usage and options.
  var details: [String] = []

  var help: String {
    var lines = [summary, "", "Usage: healstream \(name)" + operands.map { " \($0)" }.joined() + " [options]", ""]
    if !details.isEmpty { lines += details + [""] }
    let width = (options.map { $0.usage.count } + ["--help".count]).max()! + 2
    for option in options + [Option(name: "--help", value: nil, summary: "This text.")] {
      lines.append("  " + option.usage.padded(to: width) + option.summary)
    }
    lines += ["", "Example:", "  " + example.split(separator: "\n").joined(separator: "\n  ")]
    return lines.joined(separator: "\n")
  }
}

extension Signature.Option {
  var usage: String { value.map { "\(name) \($0)" } ?? name }
}

extension String {
  func padded(to width: Int) -> String { count >= width ? self : self + String(repeating: " ", count: width - count) }
}

/// A command line that does not fit its subcommand; exit code 2.
struct Misuse: Error, CustomStringConvertible {
  let description: String
}

/// A command line, read by a signature.
struct Arguments {
  private(set) var operands: [String] = []
  private var values: [String: [String]] = [:]

  init(_ words: [String], _ signature: Signature) throws(Misuse) {
    var rest = words[...]
    while let word = rest.popFirst() {
      if word.hasPrefix("--") {
        try readOption(word, &rest, signature)
      } else {
        operands.append(word)
      }
    }
    // Of the last operand there may be many, where it says so.
    let isOpen = signature.operands.last?.hasSuffix("...]") ?? false
    guard isOpen || operands.count <= signature.operands.count else {
      throw Misuse(description: "unexpected \"\(operands[signature.operands.count])\"")
    }
  }

  private mutating func readOption(
    _ word: String, _ rest: inout ArraySlice<String>, _ signature: Signature
  ) throws(Misuse) {
    let parts = word.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
    guard let option = signature.options.first(where: { $0.name == parts[0] }) else {
      throw Misuse(description: "unknown option \(parts[0])")
    }
    guard option.value != nil else {
      guard parts.count == 1 else { throw Misuse(description: "\(option.name) takes no value") }
      return values[option.name, default: []].append("")
    }
    guard let value = parts.count == 2 ? parts[1] : rest.popFirst() else {
      throw Misuse(description: "\(option.usage): the value is missing")
    }
    values[option.name, default: []].append(value)
  }

  func has(_ option: String) -> Bool { values[option] != nil }

  /// Every value given, in order.
  func all(_ option: String) -> [String] { values[option] ?? [] }

  /// The last value given.
  func value(_ option: String) -> String? { values[option]?.last }

  func required(_ option: String) throws(Misuse) -> String {
    guard let value = value(option) else { throw Misuse(description: "\(option) is required") }
    return value
  }

  func number(_ option: String, _ range: ClosedRange<Int>, default fallback: Int) throws(Misuse) -> Int {
    guard let text = value(option) else { return fallback }
    guard let number = Int(text), range.contains(number) else {
      throw Misuse(
        description: "\(option): expected a whole number, \(range.lowerBound) to \(range.upperBound), found \"\(text)\""
      )
    }
    return number
  }
}
