import Dispatch
import Foundation
import Glibc

/// Carries bytes between sockets and a ``Broker``, on one thread, until the descriptor `stop` becomes readable.
struct SocketLoop: ~Copyable {
  static let maxConnections = 1_000
  private static let readBytes = 1 << 20

  private let listener: Socket
  private let stop: Int32
  private var broker: Broker
  private var connections: [Int: Connection] = [:]
  private var connectionsTaken = 0
  private var buffer = [UInt8](repeating: 0, count: Self.readBytes)
  private let clock = Clock()

  init(listener: consuming Socket, stop: Int32, broker: Broker) {
    self.listener = listener
    self.stop = stop
    self.broker = broker
  }

  mutating func run() {
    while true {
      let ids = connections.keys.sorted()
      var polled = [pollfd(fd: stop, events: Int16(POLLIN), revents: 0)]
      polled.append(pollfd(fd: listener.descriptor, events: Int16(POLLIN), revents: 0))
      for id in ids {
        guard let connection = connections[id] else { continue }
        polled.append(pollfd(fd: connection.socket.descriptor, events: connection.events, revents: 0))
      }
      Socket.wait(for: &polled, timeoutMillis: timeoutMillis)
      if polled[0].revents != 0 { return }
      if polled[1].revents != 0 { acceptClients() }
      for (id, state) in zip(ids, polled[2...]) where state.revents != 0 { serve(id, state.revents) }
      broker.advance(to: clock.now)
      deliver()
    }
  }

  private var timeoutMillis: Int32 {
    guard let deadline = broker.nextDeadline else { return -1 }
    return Int32(clamping: max(0, deadline - clock.now))
  }

  /// Beyond the bound, clients are turned away at once.
  private mutating func acceptClients() {
    while let socket = listener.accept() {
      guard connections.count < Self.maxConnections else { continue }
      connectionsTaken += 1
      connections[connectionsTaken] = Connection(id: connectionsTaken, socket: socket)
    }
  }

  private mutating func serve(_ id: Int, _ events: Int16) {
    guard let connection = connections[id] else { return }
    if events & Int16(POLLOUT) != 0 { connection.flush() }
    if events & Int16(POLLIN) != 0 { connection.receive(through: &buffer) }
    if events & Int16(POLLERR | POLLHUP | POLLNVAL) != 0, events & Int16(POLLIN) == 0 { connection.close() }
    serveFrames(of: connection)
    deliver()
  }

  private mutating func serveFrames(of connection: Connection) {
    while connection.isReady, let frame = connection.nextFrame() {
      connection.isAwaitingAnswer = true
      do throws(WireFailure) {
        switch try broker.handle(frame, from: connection.id, now: clock.now) {
        case .respond(let response): connection.answer(response)
        case .noResponse: connection.isAwaitingAnswer = false
        case .parked: break
        }
      } catch {
        connection.close()
      }
    }
    connection.dropServedInput()
    if connection.isClosed { forget(connection) }
  }

  private mutating func forget(_ connection: Connection) {
    connections[connection.id] = nil
    broker.disconnected(connection.id)
  }

  /// Hands out the answers that have become due; a connection that got one may go on with its next request.
  private mutating func deliver() {
    var due = broker.takeResponses()
    while !due.isEmpty {
      for response in due {
        guard let connection = connections[response.connection] else { continue }
        connection.answer(response.frame)
        serveFrames(of: connection)
      }
      due = broker.takeResponses()
    }
  }
}

/// Milliseconds since the epoch that never go back: the wall clock at the start, and from there the time that has passed.
private struct Clock {
  private let start = Int64(Date().timeIntervalSince1970 * 1000)
  private let startUptime = DispatchTime.now().uptimeNanoseconds

  var now: Int64 { start + Int64((DispatchTime.now().uptimeNanoseconds - startUptime) / 1_000_000) }
}
