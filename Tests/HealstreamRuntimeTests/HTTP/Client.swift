import Foundation

/// A client that sends what it is told, and reads answers by their lengths; patient for 5 s.
@safe
final class Client {
  struct Response {
    let status: Int
    let fields: [String: String]
    let body: String
  }

  struct Failure: Error { let code: Int32 }

  private let descriptor: Int32
  private var received: [UInt8] = []

  /// Connects to 127.0.0.1.
  init(_ port: UInt16) throws {
    descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    var patience = timeval(tv_sec: 5, tv_usec: 0)
    _ = unsafe setsockopt(descriptor, SOL_SOCKET, SO_RCVTIMEO, &patience, socklen_t(MemoryLayout<timeval>.size))
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_port = port.bigEndian
    address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
    let result = unsafe withUnsafePointer(to: &address) { pointer in
      unsafe pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        unsafe connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
      }
    }
    guard result == 0 else { throw Failure(code: errno) }
  }

  deinit { _ = close(descriptor) }

  func send(_ text: String) { send(Array(text.utf8)) }

  func send(_ bytes: [UInt8]) {
    var rest = bytes[...]
    while !rest.isEmpty {
      let count = unsafe rest.withUnsafeBytes {
        unsafe Foundation.send(descriptor, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL))
      }
      guard count > 0 else { return }
      rest = rest.dropFirst(count)
    }
  }

  /// Nothing comes any more.
  var isAtEnd: Bool {
    var buffer = [UInt8](repeating: 0, count: 1)
    let count = unsafe recv(descriptor, &buffer, 1, 0)
    return count == 0 || (count < 0 && errno == ECONNRESET)
  }

  /// The next answer; nil when the connection ends before it does.
  func response(withBody: Bool = true) -> Response? {
    let mark = Array("\r\n\r\n".utf8)
    var end = received.firstRange(of: mark)
    while end == nil, receive() { end = received.firstRange(of: mark) }
    guard let end else { return nil }
    let lines = String(decoding: received[..<end.lowerBound], as: UTF8.self).components(separatedBy: "\r\n")
    var fields: [String: String] = [:]
    for line in lines.dropFirst() {
      let parts = line.split(separator: ":", maxSplits: 1).map { $0.trimmingCharacters(in: .whitespaces) }
      fields[parts[0].lowercased()] = parts[1]
    }
    received.removeFirst(end.upperBound)
    let length = withBody ? Int(fields["content-length"] ?? "") ?? 0 : 0
    while received.count < length { guard receive() else { return nil } }
    defer { received.removeFirst(length) }
    return Response(
      status: Int(lines[0].split(separator: " ")[1]) ?? 0, fields: fields,
      body: String(decoding: received[..<length], as: UTF8.self))
  }

  /// - Returns: whether there was more.
  private func receive() -> Bool {
    var buffer = [UInt8](repeating: 0, count: 1 << 16)
    let count = unsafe recv(descriptor, &buffer, buffer.count, 0)
    guard count > 0 else { return false }
    received += buffer[..<count]
    return true
  }
}
