import Glibc

/// One client's connection: bytes in, frames out to the broker, answers back.
///
/// As in Kafka, a connection's requests are served one after the other: the next is looked at when the answer to the one
/// before has gone out, so answers keep their order and a client that does not read is not served further.
final class Connection {
  /// The largest request taken; the default of Kafka's `socket.request.max.bytes`.
  private static let maxRequestBytes = 100 << 20

  let id: Int
  let socket: Socket
  var isClosed = false
  var isAwaitingAnswer = false  // a request is with the broker
  private var input: ArraySlice<UInt8> = []
  private var output: ArraySlice<UInt8> = []

  init(id: Int, socket: Socket) {
    self.id = id
    self.socket = socket
  }

  var isReady: Bool { !isClosed && !isAwaitingAnswer && output.isEmpty }

  /// What to wait for. Input is left in the socket while a whole request waits here.
  var events: Int16 {
    if !output.isEmpty { return Int16(POLLOUT) }
    return input.count > Self.maxRequestBytes ? 0 : Int16(POLLIN)
  }

  /// Reads or sends what the socket is ready for.
  /// - Parameter buffer: scratch for the read.
  func proceed(_ events: Int16, buffer: inout [UInt8]) {
    if events & Int16(POLLOUT) != 0 { flush() }
    if events & Int16(POLLIN) != 0 {
      guard let count = socket.receive(into: &buffer) else { return isClosed = true }
      input.append(contentsOf: buffer[..<count])
    } else if events & Int16(POLLERR | POLLHUP | POLLNVAL) != 0 {
      isClosed = true
    }
  }

  /// The next whole request, without its length; nil while there is none. A length out of bounds closes the connection.
  func nextFrame() -> ArraySlice<UInt8>? {
    guard input.count >= 4 else { return nil }
    let length = input.prefix(4).reduce(0) { $0 << 8 | Int($1) }
    isClosed = length > Self.maxRequestBytes
    guard !isClosed, length <= input.count - 4 else { return nil }
    let frame = input.dropFirst(4).prefix(length)
    input = input.dropFirst(4 + length)
    return frame
  }

  func answer(_ frame: [UInt8]) {
    isAwaitingAnswer = false
    output = frame[...]
    flush()
  }

  private func flush() {
    while !isClosed, !output.isEmpty {
      guard let sent = socket.send(output) else { return isClosed = true }
      guard sent > 0 else { return }
      output = output.dropFirst(sent)
    }
  }
}
