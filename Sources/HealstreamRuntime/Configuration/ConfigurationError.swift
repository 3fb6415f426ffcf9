/// What is wrong with a configuration, naming the key.
package enum ConfigurationError: Error, Equatable, CustomStringConvertible {
  case unreadable(path: String, reason: String)
  case syntax(String)
  case notAnObject(found: String)
  case unknownKey(String, nearest: String?)
  case invalid(key: String, expected: String, found: String)
  /// Each key for itself holds, but not together.
  case inconsistent(String)

  package var description: String {
    switch self {
    case .unreadable(let path, let reason): "cannot read the configuration \(path): \(reason)"
    case .syntax(let reason): "the configuration is not JSON5: \(reason)"
    case .notAnObject(let found): "expected the configuration to be one object, found \(found)"
    case .unknownKey(let key, let nearest):
      "unknown key \(key)" + (nearest.map { "; did you mean \($0)?" } ?? "; healstream config reference lists them all")
    case .inconsistent(let reason): reason
    case .invalid(let key, let expected, let found): "\(key): expected \(expected), found \(found)"
    }
  }
}
