/// Reads a command's arguments by their shapes; what does not belong there is refused by name, so that a misspelt `endpoint`
/// does not make a command speak of the whole tenant.
struct ArgumentReader {
  private let object: ObjectReader

  /// - Parameter arguments: all that the command takes.
  init(_ object: ObjectReader, _ arguments: [CommandArgument]) throws(Rejection) {
    self.object = object
    let known = arguments.map { "\($0.name)" }
    if let other = object.names.first(where: { !known.contains($0) }) {
      throw Rejection(
        .outOfRange, field: other.utf8.count <= Command.maxNameBytes ? other : nil,
        "expected no other arguments than \(known.joined(separator: ", ")).", at: 0)
    }
    for argument in arguments where argument.isRequired && argument.shape != .policy && !object.has("\(argument.name)")
    {
      throw refusal(.missingField, argument, found: "nothing")
    }
  }

  func flag(_ argument: CommandArgument) throws(Rejection) -> Bool { try object.bool("\(argument.name)") }

  /// False where it is absent.
  func flagOrFalse(_ argument: CommandArgument) throws(Rejection) -> Bool {
    try object.optional("\(argument.name)", object.bool) ?? false
  }

  func integer(_ argument: CommandArgument) throws(Rejection) -> Int {
    guard case .integer(let range) = argument.shape else { preconditionFailure("\(argument.name) is no number") }
    let number: Int = try object.integer("\(argument.name)")
    guard range.contains(number) else { throw refusal(.outOfRange, argument, found: "\(number)") }
    return number
  }

  func text(_ argument: CommandArgument) throws(Rejection) -> String {
    guard case .text(let maxBytes) = argument.shape else { preconditionFailure("\(argument.name) is no text") }
    return try check(object.string("\(argument.name)"), argument, maxBytes: maxBytes)
  }

  func textIfAny(_ argument: CommandArgument) throws(Rejection) -> String? {
    object.has("\(argument.name)") ? try text(argument) : nil
  }

  func texts(_ argument: CommandArgument) throws(Rejection) -> [String] {
    guard case .texts(let maxCount, let maxBytes) = argument.shape else {
      preconditionFailure("\(argument.name) is no list of texts")
    }
    let texts = try object.strings("\(argument.name)")
    guard (1...maxCount).contains(texts.count), Set(texts).count == texts.count else {
      throw refusal(.outOfRange, argument, found: "\(texts.count), \(Set(texts).count) of them different")
    }
    for text in texts { _ = try check(text, argument, maxBytes: maxBytes) }
    return texts
  }

  func timestamp(_ argument: CommandArgument) throws(Rejection) -> Timestamp {
    try object.timestamp("\(argument.name)")
  }

  /// In its normal form.
  func endpointIfAny(_ argument: CommandArgument) throws(Rejection) -> String? {
    guard object.has("\(argument.name)") else { return nil }
    let text = try check(object.string("\(argument.name)"), argument, maxBytes: DeliveryReader.maxEndpointBytes)
    var bytes: [UInt8] = []
    EndpointURL.normalise(text.utf8.span, into: &bytes)
    return try check(String(decoding: bytes, as: UTF8.self), argument, maxBytes: bytes.count)
  }

  func subject(_ tenant: CommandArgument, _ endpoint: CommandArgument) throws(Rejection) -> HealSubject {
    HealSubject(tenantID: try text(tenant), endpoint: try endpointIfAny(endpoint))
  }

  /// `nil` where it is `null`; where it is absent, it is refused.
  func policyIfAny(_ argument: CommandArgument) throws(Rejection) -> TenantPolicy? {
    guard object.names.contains("\(argument.name)") else { throw refusal(.missingField, argument, found: "nothing") }
    guard object.has("\(argument.name)") else { return nil }
    return try TenantPolicy(object.object("\(argument.name)"))
  }

  private func check(_ text: String, _ argument: CommandArgument, maxBytes: Int) throws(Rejection) -> String {
    guard !text.isEmpty else { throw refusal(.emptyField, argument, found: "an empty text") }
    guard text.utf8.count <= maxBytes else { throw refusal(.tooLong, argument, found: "\(text.utf8.count) bytes") }
    return text
  }

  private func refusal(_ code: Rejection.Code, _ argument: CommandArgument, found: String) -> Rejection {
    Rejection(code, field: "\(argument.name)", "expected \(argument.expected), found \(found).", at: 0)
  }
}
