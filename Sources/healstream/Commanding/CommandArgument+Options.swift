import HealstreamCore

extension CommandArgument {
  /// `tenant_id` is `--tenant-id`.
  var optionName: String { "--" + "\(name)".map { $0 == "_" ? "-" : String($0) }.joined() }

  var option: Signature.Option {
    let (placeholder, more): (String, String) =
      switch shape {
      case .flag: ("BOOL", "")
      case .integer: ("N", "")
      case .text: ("TEXT", "")
      case .endpoint: ("URL", "")
      case .texts: ("TEXT", "; given once for each")
      case .timestamp: ("TIME", "")
      case .policy: ("JSON", "")
      }
    return Signature.Option(
      name: optionName, value: placeholder,
      summary: "\(summary) Takes \(expected)\(more)\(isRequired ? "; required" : "").")
  }

  /// As a member of `args`; `nil` where it was not given.
  func json(_ arguments: Arguments) throws(Misuse) -> String? {
    let texts = arguments.all(optionName)
    guard let text = texts.last else { return nil }
    let value: String =
      switch shape {
      case .flag: Bool(text) == nil ? quoted(text) : text
      case .integer: Int(text).map(String.init) ?? quoted(text)
      case .text, .endpoint, .timestamp: quoted(text)
      case .texts: "[" + texts.map(quoted).joined(separator: ",") + "]"
      case .policy: try object(text)
      }
    return "\"\(name)\":\(value)"
  }

  private func object(_ text: String) throws(Misuse) -> String {
    guard (try? JSONValue(text)) != nil else {
      throw Misuse(description: "\(optionName): expected \(expected), found \"\(text)\"")
    }
    return text
  }

  private func quoted(_ text: String) -> String { JSONWriter.text { json in json.value(text) } }
}
