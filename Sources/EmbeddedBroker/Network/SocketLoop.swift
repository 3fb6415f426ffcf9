import Dispatch
import Foundation
import Glibc

/// Carries bytes between sockets and a ``Broker``, on one thread, until the listening socket is shut down.
struct SocketLoop {
  private static let maxConnections = 1_000
  private static let readBytes = 1 << 20
  private static let acceptPauseMillis: Int64 = 100

  private let listener: Socket
  private var broker: Broker
  private var connections: [Int: Connection] = [:]
  private var connectionsTaken = 0
  private var acceptsAgainAt: Int64 = 0  // after a pause
  private var cleansAt: Int64
  private var buffer = [UInt8](repeating: 0, count: Self.readBytes)
  private let clock = Clock()

  init(listener: Socket, broker: Broker) {
    self.listener = listener
    self.broker = broker
    cleansAt = clock.now + broker.settings.cleaningPeriodMillis
  }

  mutating func run() {
    while true {
      let open = connections.values.sorted { $0.id < $1.id }
      let isAccepting = clock.now >= acceptsAgainAt
      var polled = [pollfd(fd: listener.descriptor, events: isAccepting ? Int16(POLLIN) : 0, revents: 0)]
      polled += open.map { pollfd(fd: $0.socket.descriptor, events: $0.events, revents: 0) }
      let deadline = [broker.nextDeadline, cleansAt, isAccepting ? nil : acceptsAgainAt].compactMap { $0 }.min()
      Socket.wait(for: &polled, untilMillis: deadline, now: clock.now)
      if polled[0].revents & Int16(POLLHUP) != 0 { return }
      if polled[0].revents != 0 { acceptClients() }
      for (connection, state) in zip(open, polled[1...]) where state.revents != 0 {
        connection.proceed(state.revents, buffer: &buffer)
        serve(connection)
      }
      broker.advance(to: clock.now)
      if clock.now >= cleansAt {
        broker.clean(now: clock.now)
        cleansAt = clock.now + broker.settings.cleaningPeriodMillis
      }
      deliver()
    }
  }

  /// Beyond the bound, clients are turned away at once. Where the system has no descriptor left for one, it waits in the
  /// backlog, and the socket stays readable: asking again without a pause would take all the processor's time.
  private mutating func acceptClients() {
    do throws(BrokerError) {
      while let socket = try listener.accept() {
        guard connections.count < Self.maxConnections else { continue }
        connectionsTaken += 1
        connections[connectionsTaken] = Connection(id: connectionsTaken, socket: socket)
      }
    } catch { acceptsAgainAt = clock.now + Self.acceptPauseMillis }
  }

  private mutating func serve(_ connection: Connection) {
    while connection.isReady, let frame = connection.nextFrame() {
      do throws(WireFailure) {
        let outcome = try broker.handle(frame, from: connection.id, now: clock.now)
        connection.isAwaitingAnswer = outcome == .parked
        if case .respond(let response) = outcome { connection.answer(response) }
        if outcome == .close { connection.isClosed = true }
      } catch {
        connection.isClosed = true
      }
    }
    guard connection.isClosed else { return }
    connections[connection.id] = nil
    broker.disconnected(connection.id)
  }

  /// Hands out the answers that have become due; a connection that got one may go on with its next request.
  private mutating func deliver() {
    while case let due = broker.takeResponses(), !due.isEmpty {
      for response in due {
        guard let connection = connections[response.connection] else { continue }
        connection.answer(response.frame)
        serve(connection)
      }
    }
  }
}

/// Milliseconds since the epoch that never go back: the wall clock at the start, and from there the time that has passed.
private struct Clock {
  private let start = Int64(Date().timeIntervalSince1970 * 1000)
  private let startUptime = DispatchTime.now().uptimeNanoseconds

  var now: Int64 { start + Int64((DispatchTime.now().uptimeNanoseconds - startUptime) / 1_000_000) }
}
