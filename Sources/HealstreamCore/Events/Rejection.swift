package struct Rejection: Error, Equatable, Sendable {
  package enum Code: String, Sendable { case malformedJSON = "malformed_json" }
  package var code: Code
  package var message: String
  package var byte: Int
}
