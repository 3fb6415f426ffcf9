import Glibc

/// One client's connection: bytes in, frames out to the broker, answers back.
///
/// As in Kafka, a connection's requests are served one after the other: the next is looked at when the answer to the one
/// before has gone out, so answers keep their order and a client that does not read is not served further.
final class Connection {
  /// The largest request taken; the default of Kafka's `socket.request.max.bytes`.
  static let maxRequestBytes = 100 << 20

  let id: Int
  let socket: Socket
  private var input: [UInt8] = []
  private var inputStart = 0  // what lies before has been served
  private var output: [UInt8] = []
  private var outputStart = 0
  private(set) var isClosed = false
  /// A request is with the broker, its answer still to come.
  var isAwaitingAnswer = false

  init(id: Int, socket: consuming Socket) {
    self.id = id
    self.socket = socket
  }

  private var hasOutput: Bool { outputStart < output.count }
  var isReady: Bool { !isClosed && !isAwaitingAnswer && !hasOutput }

  /// What to wait for. Input is left in the socket while a whole request waits here.
  var events: Int16 {
    if hasOutput { return Int16(POLLOUT) }
    return input.count - inputStart > Self.maxRequestBytes ? 0 : Int16(POLLIN)
  }

  /// - Parameter buffer: scratch for the read.
  func receive(through buffer: inout [UInt8]) {
    switch socket.receive(into: &buffer) {
    case .bytes(let count): input.append(contentsOf: buffer[..<count])
    case .nothingYet: break
    case .closed: isClosed = true
    }
  }

  /// The next whole request, without its length; nil while there is none. A length out of bounds closes the connection.
  func nextFrame() -> ArraySlice<UInt8>? {
    let start = inputStart + 4
    guard start <= input.count else { return nil }
    let length = input[inputStart..<start].reduce(0) { $0 << 8 | Int($1) }
    guard length <= Self.maxRequestBytes else {
      isClosed = true
      return nil
    }
    guard length <= input.count - start else { return nil }
    inputStart = start + length
    return input[start..<inputStart]
  }

  /// Lets go of the bytes of requests that have been served.
  func dropServedInput() {
    guard inputStart > 0 else { return }
    input.removeFirst(inputStart)
    inputStart = 0
  }

  func answer(_ frame: [UInt8]) {
    isAwaitingAnswer = false
    output = frame
    outputStart = 0
    flush()
  }

  /// Sends what the socket takes.
  func flush() {
    while !isClosed, hasOutput {
      guard let sent = socket.send(output, from: outputStart) else { return close() }
      guard sent > 0 else { return }
      outputStart += sent
    }
    output = []
    outputStart = 0
  }

  func close() { isClosed = true }
}
