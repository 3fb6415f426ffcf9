/// Nobody can be served at an address.
package struct HTTPServerFailure: Error, CustomStringConvertible {
  package let description: String

  init(_ address: HTTPAddress, _ reason: String) {
    description = "http.listen: cannot listen on \(address): \(reason); name another address, or \"\" for none"
  }
}
