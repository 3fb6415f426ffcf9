import Foundation

/// One client's connection: requests are answered one after the other, each when the answer before it has gone out.
///
/// ```
///   idle ──bytes──► reading ──head──► writing ──all sent──► idle
///                                        └─ the last one ──► lingering ──► closed
/// ```
///
/// Lingering reads and drops what still comes: closing at once would reset the connection, and the client might lose the answer
/// (RFC 9112 §9.6).
final class HTTPConnection {
  let socket: HTTPSocket
  private let limits: HTTPLimits
  private let respond: (HTTPRequest) -> HTTPResponse
  private var phase = Phase.idle
  /// When it has been in its phase for too long; monotonic.
  private(set) var deadline: Int64
  private var input: [UInt8] = []
  private var output: ArraySlice<UInt8> = []
  private var isLast = false

  private enum Phase { case idle, reading, writing, lingering, closed }

  init(_ socket: HTTPSocket, _ limits: HTTPLimits, at now: Int64, respond: @escaping (HTTPRequest) -> HTTPResponse) {
    self.socket = socket
    self.limits = limits
    self.respond = respond
    deadline = now + limits.idleMillis
  }

  var isClosed: Bool { phase == .closed }

  /// What to wait for. Input is left in the socket while an answer waits here.
  var events: Int16 { Int16(phase == .writing ? POLLOUT : POLLIN) }

  /// Does what the socket is ready for.
  /// - Parameter buffer: scratch for the read.
  func proceed(_ events: Int16, at now: Int64, buffer: inout [UInt8]) {
    if events & Int16(POLLOUT) != 0 {
      flush(at: now)
    } else if events & Int16(POLLIN) != 0 {
      guard let count = socket.receive(into: &buffer) else { return phase = .closed }
      guard phase != .lingering else { return }
      input += buffer[..<count]
    } else {
      return phase = .closed
    }
    answer(at: now)
  }

  /// Gives up what takes too long.
  func expire(at now: Int64) {
    guard now >= deadline, !isClosed else { return }
    if phase == .writing { socket.forgetUnsent() }
    phase = .closed
  }

  /// Answers what nobody has asked, and ends.
  func turnAway(at now: Int64) {
    send(HTTPResponse(.unavailable, "Too many connections.\n"), at: now)
  }

  // MARK: Answering

  private func answer(at now: Int64) {
    while phase == .idle || phase == .reading {
      switch HTTPParse(input[...]) {
      case .incomplete:
        if phase == .idle, !input.isEmpty { enter(.reading, until: now + limits.headMillis) }
        return
      case .request(let request, let byteCount):
        input.removeFirst(byteCount)
        send(respond(request), keepsAlive: request.keepsAlive, withBody: request.method != "HEAD", at: now)
      case .refused(let status):
        send(HTTPResponse(status), at: now)
      }
    }
  }

  private func send(_ response: HTTPResponse, keepsAlive: Bool = false, withBody: Bool = true, at now: Int64) {
    output = response.bytes(keepsAlive: keepsAlive, withBody: withBody)[...]
    isLast = !keepsAlive
    enter(.writing, until: now + limits.writeMillis)
    flush(at: now)
  }

  private func flush(at now: Int64) {
    guard phase == .writing else { return }
    while !output.isEmpty {
      guard let sent = socket.send(output) else { return phase = .closed }
      guard sent > 0 else { return }
      output = output.dropFirst(sent)
    }
    output = []
    guard isLast else { return enter(.idle, until: now + limits.idleMillis) }
    socket.finishSending()
    enter(.lingering, until: now + limits.lingerMillis)
  }

  private func enter(_ phase: Phase, until deadline: Int64) {
    self.phase = phase
    self.deadline = deadline
  }
}
