/// What can stand in a fold's state.
package protocol StateValue {
  func write(to state: inout StateWriter)
  init(from state: inout StateReader) throws(StateError)
}

/// A value of fixed size whose bytes are nothing but its value: no padding, no reference, any bits valid.
package protocol StateWord: StateValue, BitwiseCopyable {}

extension StateWord {
  package func write(to state: inout StateWriter) { state.append(self) }
  package init(from state: inout StateReader) throws(StateError) { self = try state.load() }
}

extension UInt8: StateWord {}
extension UInt16: StateWord {}
extension UInt32: StateWord {}
extension UInt64: StateWord {}
extension Int32: StateWord {}
extension Int64: StateWord {}
extension Int: StateWord {}
extension Float: StateWord {}
extension Double: StateWord {}

extension Bool: StateValue {
  package func write(to state: inout StateWriter) { state.write(self ? 1 as UInt8 : 0) }

  package init(from state: inout StateReader) throws(StateError) {
    switch try state.read(UInt8.self) {
    case 0: self = false
    case 1: self = true
    case let other: throw state.error("0 or 1", found: "\(other)")
    }
  }
}

extension String: StateValue {
  package func write(to state: inout StateWriter) { state.write(bulk: utf8.span) }

  package init(from state: inout StateReader) throws(StateError) {
    let bytes = try state.read(bulk: UInt8.self)
    guard let text = String(validating: bytes, as: UTF8.self) else {
      throw state.error("text in UTF-8", found: "other bytes")
    }
    self = text
  }
}

extension Timestamp: StateValue {
  package func write(to state: inout StateWriter) { state.write(millis) }
  package init(from state: inout StateReader) throws(StateError) { self.init(millis: try state.read()) }
}

extension DerivedID: StateValue {
  package func write(to state: inout StateWriter) { state.write(high, low) }

  package init(from state: inout StateReader) throws(StateError) {
    self.init(high: try state.read(), low: try state.read())
  }
}

extension Optional: StateValue where Wrapped: StateValue {
  package func write(to state: inout StateWriter) {
    state.write(self != nil)
    if let self { state.write(self) }
  }

  package init(from state: inout StateReader) throws(StateError) {
    self = try state.read(Bool.self) ? try state.read(Wrapped.self) : nil
  }
}

/// Element by element; words go faster with `write(bulk:)`.
extension Array: StateValue where Element: StateValue {
  package func write(to state: inout StateWriter) {
    state.write(count)
    for element in self { state.write(element) }
  }

  package init(from state: inout StateReader) throws(StateError) {
    let count = try state.readCount()
    self = []
    for _ in 0..<count { append(try state.read()) }
  }
}
