import Testing

@testable import HealstreamRuntime

struct HTTPAddressTests {
  @Test(arguments: ["127.0.0.1:9464", "localhost:0", ":9464", "[::1]:65535", "[::]:1"])
  func `an address is read, and written as it was`(text: String) {
    #expect(HTTPAddress(text)?.description == text)
  }

  @Test(arguments: [
    "", "9464", "localhost", "h:", "h:65536", "h:-1", "h:+1", "h:09", "::1:80", "[]:80", "[a]:80", "a b:80", "[::1:80",
  ])
  func `anything else is none`(text: String) {
    #expect(HTTPAddress(text) == nil)
  }
}
