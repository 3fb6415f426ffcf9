/// A record's header; names may repeat, and their order is kept.
package struct Header: Equatable, Sendable {
  package let name: String
  /// `nil` and empty are different values on the wire.
  package let value: [UInt8]?

  package init(name: String, value: [UInt8]?) {
    self.name = name
    self.value = value
  }

  package init(name: String, text: String) {
    self.init(name: name, value: Array(text.utf8))
  }
}
