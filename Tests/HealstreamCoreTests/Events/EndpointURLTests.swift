import HealstreamCore
import Testing

@Suite struct EndpointURLTests {
  static let table: [(String, String)] = [
    ("HTTPS://User:Pw@API.Example.com:443/Hook?token=x#y", "https://api.example.com/Hook"),
    ("https://[::1]:443/", "https://[::1]"), ("https://[2001:DB8::A]:8443/X", "https://[2001:db8::a]:8443/X"),
    ("http://[::1]", "http://[::1]"), ("http://h:8443", "http://h:8443"), ("http://h:80/a", "http://h/a"),
    ("http://h:443/a", "http://h:443/a"), ("https://h:80", "https://h:80"), ("https://h:", "https://h"),
    ("https://h:/p", "https://h/p"),
    ("https://h:4430/", "https://h:4430"), ("ws://h:80/", "ws://h:80"), ("https://a.example", "https://a.example"),
    ("https://a.example/", "https://a.example"), ("https://a.example/?q", "https://a.example"),
    ("https://a.example?q", "https://a.example"),
    ("https://a.example#f", "https://a.example"), ("https://a.example//", "https://a.example//"),
    ("https://a.example/x/", "https://a.example/x/"),
    ("https://API.Example.com./Hook", "https://api.example.com./Hook"),
    ("https://a.example/users/@bob", "https://a.example/users/@bob"),
    ("https://a.example:8080/users/@bob", "https://a.example:8080/users/@bob"), ("https://u@h/@x", "https://h/@x"),
    ("https://u@v@h/x", "https://h/x"), ("https://u:p@h:443/x", "https://h/x"), ("https://@h/x", "https://h/x"),
    ("https://:@h/x", "https://h/x"),
    ("https://a.example/%7Euser/%2F", "https://a.example/%7Euser/%2F"),
    ("https://MÜNCHEN.example/Ü", "https://mÜnchen.example/Ü"),
    ("https://h/a?b=c@d", "https://h/a"), ("https://h?b=c@d/e", "https://h"), ("https://h#a@b", "https://h"),
    // A bare delimiter in a password:
    ("https://user:pa/ss@h/hook", "https://h/hook"), ("https://user:pa?ss@h/hook", "https://h/hook"),
    ("https://user:pa#ss@h/hook?q", "https://h/hook"), ("https://user:pa\\ss@h/hook", "https://h/hook"),
    // Backslashes:
    ("https://API.example\\Hook", "https://api.example\\Hook"), ("https://a.example\\@b/x", "https://b/x"),
    ("https:\\\\user:pw@h\\x", "https:\\\\h\\x"), ("\\\\h\\x?q", "\\\\h\\x"),
    // What is no URL with a host:
    ("", ""), ("?secret", ""), ("#secret", ""), ("not a url", "not a url"),
    ("Example.com/Hook?token=x", "Example.com/Hook"),
    ("user:pw@Example.com/Hook", "Example.com/Hook"), ("example.com:443/a", "example.com:443/a"),
    ("//user:pw@H/x?y", "//H/x"),
    ("/path/@x?y", "/path/@x"), ("https://", "https://"), ("https:///x", "https:///x"), ("https://?q", "https://"),
    ("https://user:pw@", "https://"), ("https://user:pw@/x", "https:///x"), ("https:///user:pw@h/x", "https:///h/x"),
    ("https://:443/x", "https://:443/x"), ("https:/user:pw@h/x", "https:/h/x"), ("https:user:pw@h/x", "h/x"),
    ("mailto:a@b.example", "b.example"),
    ("1http://u:p@H/x", "1http://H/x"), ("u:p@http://v:q@h/x", "http://h/x"), ("https", "https"), ("https:", "https:"),
    ("@", ""),
    ("arn:aws:sqs:eu-west-1:1:q", "arn:aws:sqs:eu-west-1:1:q"),
  ]

  private func normal(_ url: String) -> String {
    var output = Array("left over".utf8)
    EndpointURL.normalise(Array(url.utf8).span, into: &output)
    return String(decoding: output, as: UTF8.self)
  }

  @Test(arguments: table)
  func `each URL has its normal form`(url: String, form: String) {
    #expect(normal(url) == form)
  }

  @Test func `a normal form is its own, and not longer than the URL`() {
    for (url, form) in Self.table {
      #expect(normal(form) == form)
      #expect(form.utf8.count <= url.utf8.count)
    }
  }

  @Test(arguments: UInt64(1)...10)
  func `no bytes trap, and no password behind a user's name is left`(seed: UInt64) {
    var random = SeededGenerator(seed: seed)
    let parts = [
      "https://", "HTTP://", "//", "/", "\\", ":", "@", "?", "#", "[", "]", "443", "h.example", "A", "é", "%40", ".",
      " ",
    ]
    for _ in 0..<500 {
      let url = (0..<Int.random(in: 0...8, using: &random)).map { _ in parts.randomElement(using: &random)! }.joined()
      let form = normal(url)
      #expect(!form.contains("?") && !form.contains("#"), "seed \(seed): \(url)")
      #expect(form.utf8.count <= url.utf8.count, "seed \(seed): \(url) → \(form)")
      #expect(!normal("https://user:secret\(url)@h/x").contains("secret"), "seed \(seed): \(url)")
    }
  }

  /// A scheme in capital letters takes the long way, a plain URL the short one.
  @Test(arguments: UInt64(1)...4)
  func `a plain URL has the form that it has by the long way`(seed: UInt64) {
    var random = SeededGenerator(seed: seed)
    let pieces = Array("aZ09.-_/\\?#@:%~é[]").map(String.init) + ["example.com", "/hook", ":443", ":80", "//"]
    for _ in 0..<5000 {
      let rest = (0..<Int(random.next() % 12)).map { _ in pieces[Int(random.next() % UInt64(pieces.count))] }.joined()
      for scheme in ["https", "http"] {
        let long = normal("\(scheme.uppercased())://\(rest)").replacing(
          scheme.uppercased() + "://", with: scheme + "://")
        #expect(normal("\(scheme)://\(rest)") == long, "\(rest)")
      }
    }
  }
}
