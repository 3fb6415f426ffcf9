extension BuiltInRules {
  /// The ways in which curl's exit codes are written.
  static func curl(_ codes: Int...) -> [String] {
    codes.flatMap { code in beforeCodes.map { "*curl\($0)\(code)" } }
  }

  /// The ways in which libcurl's names of these codes are written, less their prefix.
  static func curlNames(_ names: String...) -> [String] {
    names.flatMap { name in beforeNames.map { $0 + name } }
  }

  private static let beforeCodes = [
    ":(", ":", "(", " rc=", " rc ", " code ", "e(", " exit ", " error ", " error:", " error(", " error code ",
    " error code:", " errno ", " errno=", " errno:", " errno(", " returned ", " return code ", " exit code ",
    " exited with ", " exited with code ", " failed with ", " failed with code ", " failed with exit code ",
  ]

  private static let beforeNames = ["*curle ", "return code ", "return code:", "return code=", "return code=>:"]
}
