import HealstreamCore

/// `{"epoch":"0123456789abcdef","fold_version":1,"settings":{…}}`
extension Epoch {
  /// The settings stand in it as they are: their text is what the id was made of.
  var value: [UInt8] { Array((Self.head(id, foldVersion) + settings + "}").utf8) }

  /// - Returns: nil for any value but what `value` gives of an epoch.
  init?(value: Span<UInt8>) {
    guard let json = try? JSONValue(value), let id = json["epoch"]?.string.flatMap({ EpochID($0) }),
      let foldVersion = json["fold_version"]?.integer.flatMap({ Int(exactly: $0) })
    else { return nil }
    let text = String(decoding: value.bytes(), as: UTF8.self)
    let head = Self.head(id, foldVersion)
    guard text.hasPrefix(head), text.hasSuffix("}") else { return nil }
    self.init(settings: String(text.dropFirst(head.count).dropLast()), foldVersion: foldVersion)
    guard self.id == id else { return nil }
  }

  private static func head(_ id: EpochID, _ foldVersion: Int) -> String {
    "{\"epoch\":\"\(id)\",\"fold_version\":\(foldVersion),\"settings\":"
  }
}
