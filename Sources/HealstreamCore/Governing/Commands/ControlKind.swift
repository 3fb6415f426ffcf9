/// What a record of `control` is about, beside the switches.
enum ControlKind: String {
  case maintenance
  case tenantPolicy = "tenant_policy"

  var type: StaticString {
    switch self {
    case .maintenance: "healstream.control.maintenance.v1"
    case .tenantPolicy: "healstream.control.tenant_policy.v1"
    }
  }

  /// The latest record of a key holds.
  func key(of subject: HealSubject) -> String {
    ([rawValue, subject.tenantID] + (subject.endpoint.map { [$0] } ?? [])).joined(separator: " ")
  }
}
