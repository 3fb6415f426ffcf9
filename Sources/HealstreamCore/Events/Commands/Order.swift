/// What a command orders, its arguments read.
package enum Order: Equatable, Sendable {
  case setAutoheal(enabled: Bool)

  func write(to json: inout JSONWriter) {
    json.object { json in
      switch self {
      case .setAutoheal(let enabled): json.member("enabled", enabled)
      }
    }
  }
}
