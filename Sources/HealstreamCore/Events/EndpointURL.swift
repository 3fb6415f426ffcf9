/// The form in which an endpoint is a key and is shown: without what would tell apart the same endpoint, and without secrets.
package enum EndpointURL {
  /// Replaces `output` with the normal form of `url` (RFC 3986 §6.2.2–6.2.3, in part):
  ///
  /// - scheme and host in lower case (ASCII; other bytes of a host as they are, a trailing dot too, since servers tell it apart);
  /// - an empty port, and the scheme's own one (`http` 80, `https` 443), dropped;
  /// - query, fragment and user-info dropped: they carry secrets;
  /// - path as it is, percent-escapes and case and all, but that a lone `/` is dropped, which means the same as no path
  ///   (RFC 9110 §4.2.3): `https://a.example/` is `https://a.example`.
  ///
  /// What is not `scheme://host…` is kept as it is but for query, fragment and user-info. The form is never longer than `url`.
  package static func normalise(_ url: Span<UInt8>, into output: inout [UInt8]) {
    let url = ByteWindow(url)
    if let end = url.endOfPlainURL { return url.copy(0..<end, to: &output) }
    output.removeAll(keepingCapacity: true)
    guard let schemeEnd = url.schemeEnd, url.hasText("://", at: schemeEnd),
      let authority = Authority(url, from: schemeEnd + 3)
    else { return appendOther(url, to: &output) }
    url.appendLowerCased(0..<schemeEnd + 3, to: &output)
    url.appendLowerCased(authority.host, to: &output)
    if !authority.port.isEmpty, !isDefault(authority.port, in: url, ofScheme: output) {
      output.append(UInt8(ascii: ":"))
      url.append(authority.port, to: &output)
    }
    let path = authority.end..<url.end(from: authority.end, at: isEndOfPath)
    if path.count > 1 || !url.hasText("/", at: path.lowerBound) { url.append(path, to: &output) }
  }

  /// What has no scheme or no host: up to two segments may hold user-info, the first, and the one behind `…:/` or slashes that lead.
  private static func appendOther(_ url: ByteWindow, to output: inout [UInt8]) {
    let end = url.end(from: 0, at: isEndOfPath)
    let first = url.end(from: 0, to: end, at: isSlash)
    let isLead = first == 0 || url.byte(at: first - 1) == UInt8(ascii: ":")
    let start = isLead ? url.end(from: first, to: end) { !isSlash($0) } : 0
    if isLead { url.append(url.afterLastAt(in: 0..<first)..<start, to: &output) }
    url.append(url.afterLastAt(in: start..<url.end(from: start, to: end, at: isSlash))..<end, to: &output)
  }

  /// - Parameter form: the normal form as far as it goes, which starts with the scheme in lower case.
  private static func isDefault(_ port: Range<Int>, in url: ByteWindow, ofScheme form: [UInt8]) -> Bool {
    let form = ByteWindow(form.span)
    return port.count == 2 && url.hasText("80", at: port.lowerBound) && form.hasText("http:", at: 0)
      || port.count == 3 && url.hasText("443", at: port.lowerBound) && form.hasText("https:", at: 0)
  }
}

/// Where host and port stand in a URL.
private struct Authority {
  /// Not empty; with its brackets where it is an IPv6 address.
  let host: Range<Int>
  /// Digits, if any.
  let port: Range<Int>
  /// Where the path starts.
  let end: Int

  /// `nil`: there is no host.
  ///
  /// A password with a bare `/`, `?` or `#` makes the authority end too soon, in what then is no port. Such a one goes on to the
  /// last `@` of all, so that no part of a password is taken for host or path.
  init?(_ url: ByteWindow, from start: Int) {
    var authority = Self(url, hostFrom: url.afterLastAt(in: start..<url.end(from: start, at: isEndOfAuthority)))
    let last = url.afterLastAt(in: start..<url.count)
    if last > authority.end, !url.hasText("[", at: authority.host.lowerBound),
      url.end(from: start, at: { $0 == UInt8(ascii: ":") }) < authority.host.upperBound
    {
      authority = Self(url, hostFrom: last)
    }
    if authority.host.isEmpty { return nil }
    self = authority
  }

  private init(_ url: ByteWindow, hostFrom start: Int) {
    end = url.end(from: start) { isEndOfAuthority($0) || isSlash($0) }
    var digits = end
    while digits > start, isDigit(url.byte(at: digits - 1)) { digits -= 1 }
    let hasPort = digits > start && url.byte(at: digits - 1) == UInt8(ascii: ":")
    host = start..<(hasPort ? digits - 1 : end)
    port = (hasPort ? digits : end)..<end
  }
}

private func isEndOfPath(_ byte: UInt8) -> Bool { byte == UInt8(ascii: "?") || byte == UInt8(ascii: "#") }

/// A backslash is not among them, so that user-info with one is still found; a host ends at it all the same.
private func isEndOfAuthority(_ byte: UInt8) -> Bool { byte == UInt8(ascii: "/") || isEndOfPath(byte) }

/// Browsers and many clients take a backslash for a slash.
private func isSlash(_ byte: UInt8) -> Bool { byte == UInt8(ascii: "/") || byte == UInt8(ascii: "\\") }

extension ByteWindow {
  /// Where the normal form ends of a URL that starts with it: the common case, told in one pass.
  ///
  /// `https` or `http`, a host of small letters, digits, dots and hyphens, no port, a path that is not `/`, and no `@` anywhere.
  fileprivate var endOfPlainURL: Int? {
    let isSecure = byte(at: 4) == UInt8(ascii: "s")
    let start = isSecure ? 8 : 7
    guard hasText(isSecure ? "https://" : "http://", at: 0) else { return nil }
    let hostEnd = end(from: start, flagging: Self.notPlainInHost)
    guard hostEnd > start, hostEnd == count || isSlash(byte(at: hostEnd)) || isEndOfPath(byte(at: hostEnd)) else {
      return nil
    }
    let pathEnd = end(from: hostEnd) {
      Self.equal(UInt8(ascii: "?"), $0) | Self.equal(UInt8(ascii: "#"), $0) | Self.equal(UInt8(ascii: "@"), $0)
    }
    guard pathEnd - hostEnd != 1, end(from: pathEnd, flagging: { Self.equal(UInt8(ascii: "@"), $0) }) == count else {
      return nil
    }
    return pathEnd
  }

  /// Flags all but small letters, digits, dots and hyphens.
  @inline(__always)
  private static func notPlainInHost(_ word: UInt64) -> UInt64 {
    func isAtLeast(_ byte: UInt8) -> UInt64 { (word & ~tops) &+ ones &* UInt64(0x80 &- byte) }
    let marks = isAtLeast(UInt8(ascii: "-")) & ~isAtLeast(UInt8(ascii: "/"))
    let digits = isAtLeast(UInt8(ascii: "0")) & ~isAtLeast(UInt8(ascii: ":"))
    let letters = isAtLeast(UInt8(ascii: "a")) & ~isAtLeast(UInt8(ascii: "{"))
    return (~(marks | digits | letters) | word) & tops
  }

  /// The end of what is a scheme's name (RFC 3986 §3.1), whatever follows it.
  fileprivate var schemeEnd: Int? {
    guard lowerCased(byte(at: 0)) &- 0x61 < 26 else { return nil }
    return end(from: 1) { byte in
      lowerCased(byte) &- 0x61 >= 26 && !isDigit(byte) && byte != UInt8(ascii: "+") && byte != UInt8(ascii: "-")
        && byte != UInt8(ascii: ".")
    }
  }

  /// The first position from `start` on whose byte is one of `ends`, else `limit`, or the end of all.
  @inline(__always)
  fileprivate func end(from start: Int, to limit: Int? = nil, at ends: (UInt8) -> Bool) -> Int {
    var position = start
    while position < limit ?? count, !ends(byte(at: position)) { position += 1 }
    return position
  }

  /// Behind the last `@`, or the range's start where there is none.
  fileprivate func afterLastAt(in range: Range<Int>) -> Int {
    var position = range.upperBound
    while position > range.lowerBound, byte(at: position - 1) != UInt8(ascii: "@") { position -= 1 }
    return position
  }

  @inline(__always)
  fileprivate func hasText(_ text: ShortName, at position: Int) -> Bool {
    ShortName(self, at: position, count: text.count) == text
  }

  fileprivate func appendLowerCased(_ range: Range<Int>, to output: inout [UInt8]) {
    for position in range { output.append(lowerCased(byte(at: position))) }
  }
}
