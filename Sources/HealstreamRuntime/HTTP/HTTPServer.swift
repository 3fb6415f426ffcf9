import Dispatch
import Foundation

/// Answers GET and HEAD over HTTP/1.1, on one thread of its own.
final class HTTPServer: Sendable {
  /// Where it listens, with the port that was free.
  let address: HTTPAddress
  private let listener: HTTPSocket
  private let ended = DispatchGroup()

  /// Serves from now on.
  /// - Parameter respond: is called on the server's thread, for one request after the other.
  init(
    at address: HTTPAddress, limits: HTTPLimits = HTTPLimits(),
    respond: @escaping @Sendable (HTTPRequest) -> HTTPResponse
  ) throws(HTTPServerFailure) {
    let listener = try HTTPSocket.listening(at: address)
    self.listener = listener
    self.address = HTTPAddress(host: address.host, port: listener.boundPort)
    let ended = ended
    ended.enter()
    let thread = Thread {
      var loop = HTTPLoop(listener, limits, respond)
      loop.run()
      ended.leave()
    }
    thread.name = "http"
    thread.start()
  }

  deinit { listener.shutDown() }

  /// Closes every connection, whatever it is at. Harmless when called again.
  func stop() {
    listener.shutDown()
    ended.wait()
  }
}

/// Carries bytes between sockets and pages, until the listening socket is shut down.
private struct HTTPLoop {
  private let listener: HTTPSocket
  private let limits: HTTPLimits
  private let respond: (HTTPRequest) -> HTTPResponse
  private var connections: [HTTPConnection] = []
  private var buffer = [UInt8](repeating: 0, count: 16 << 10)
  /// After a pause, because the system had no descriptor left.
  private var acceptsAgainAt = Int64.min

  private static let acceptPauseMillis: Int64 = 100

  init(_ listener: HTTPSocket, _ limits: HTTPLimits, _ respond: @escaping (HTTPRequest) -> HTTPResponse) {
    self.listener = listener
    self.limits = limits
    self.respond = respond
  }

  private var now: Int64 { LaneClock.machine.monotonicMillis() }
  private var hasRoom: Bool { connections.count < limits.maxConnections + limits.maxTurnedAway }

  mutating func run() {
    while true {
      let isAccepting = hasRoom && now >= acceptsAgainAt
      var polled = [pollfd(fd: listener.descriptor, events: isAccepting ? Int16(POLLIN) : 0, revents: 0)]
      polled += connections.map { pollfd(fd: $0.socket.descriptor, events: $0.events, revents: 0) }
      let pauses = now < acceptsAgainAt ? [acceptsAgainAt] : []
      let due = (connections.map(\.deadline) + pauses).min()
      HTTPSocket.wait(for: &polled, millis: due.map { $0 - now } ?? Int64(Int32.max))
      if polled[0].revents & Int16(POLLHUP) != 0 { return }
      for (connection, state) in zip(connections, polled[1...]) {
        if state.revents != 0 { connection.proceed(state.revents, at: now, buffer: &buffer) }
        connection.expire(at: now)
      }
      connections.removeAll(where: \.isClosed)
      if polled[0].revents != 0 { acceptClients() }
    }
  }

  private mutating func acceptClients() {
    while hasRoom {
      switch listener.accept() {
      case .client(let socket):
        let connection = HTTPConnection(socket, limits, at: now, respond: respond)
        if connections.count >= limits.maxConnections { connection.turnAway(at: now) }
        connections.append(connection)
      case .nobody: return
      case .refused: return acceptsAgainAt = now + Self.acceptPauseMillis
      }
    }
  }
}
