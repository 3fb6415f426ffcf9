import Dispatch
import Foundation
import Synchronization

/// Tells the broker's thread, which waits for sockets alone, to end.
final class StopSignal: Sendable {
  private let ends: Socket.Pair

  init() throws(BrokerError) { ends = try Socket.Pair() }

  /// Becomes readable when the signal is raised.
  var descriptor: Int32 { ends.far.descriptor }
  func raise() { _ = ends.near.send([1], from: 0) }
}

/// The thread that serves, and what it takes along: a listening socket, which is closed when the thread has ended.
final class BrokerThread: Sendable {
  private let listener: Mutex<Socket?>
  private let settings: Broker.Settings
  private let stopSignal: StopSignal
  private let running = DispatchGroup()

  init(listener: consuming Socket, settings: Broker.Settings) throws(BrokerError) {
    self.listener = Mutex(listener)
    self.settings = settings
    stopSignal = try StopSignal()
  }

  func start() {
    running.enter()
    let thread = Thread {
      self.serve()
      self.running.leave()
    }
    thread.name = "embedded broker"
    thread.start()
  }

  private func serve() {
    guard let listener = listener.withLock({ $0.take() }) else { return }
    var loop = SocketLoop(listener: listener, stop: stopSignal, broker: Broker(settings))
    loop.run()
  }

  /// Ends the thread, if it was started, and waits until all its connections are closed.
  func stop() {
    stopSignal.raise()
    running.wait()
    listener.withLock { $0 = nil }
  }
}
