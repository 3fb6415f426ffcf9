import Dispatch
import Foundation
import Synchronization

/// A Kafka broker of one node, **for tests and demos only**: it has no replication and no security, and it keeps
/// everything in memory, or in a directory that a power failure can ruin. Whoever starts one for people should tell them so.
///
/// It speaks enough of Kafka's protocol for librdkafka and what is built on it: topics, produce and fetch, consumer groups,
/// idempotent and transactional producers. It serves all clients from one thread of its own, and prints nothing.
package final class EmbeddedBroker: Sendable {
  package struct Settings: Sendable {
    /// The IPv4 address to listen on, or `localhost`, which is 127.0.0.1.
    package var host = "127.0.0.1"
    /// 0 takes a free port.
    package var port: UInt16 = 0
    /// `HOST:PORT` that clients are told to connect to, as Kafka's `advertised.listeners`, where they reach the broker by
    /// another way than it listens; nil: the address bound.
    package var advertisedAddress: String?
    /// For topics made on demand, and for those created without a number; 1 to 10,000.
    package var defaultPartitions = 1
    /// A directory in which what is acknowledged survives the process, however that ends; nil: all is in memory.
    package var dataDirectory: String?
    /// Between two rounds of retention and compaction; the default is that of Kafka's `log.retention.check.interval.ms`.
    package var cleaningPeriodMillis: Int64 = 300_000
    /// What goes wrong on request, by chance, from the first request on.
    package var faults: [BrokerFault] = []
    /// The same seed brings the same faults to the same requests.
    package var faultSeed: UInt64 = 1
    /// Make a topic when a client first asks for it.
    package var autoCreateTopics = true

    package init() {}
  }

  /// The port bound.
  package let port: UInt16
  /// `HOST:PORT` bound, as clients want it.
  package let address: String

  /// Brings faults about while the broker runs.
  package let faults: FaultInjector

  let settings: Settings  // with the host and port that clients are to use
  private let listener: Mutex<Socket?>  // nil: stopped
  private let broker: Mutex<Broker?>  // nil: it is being served, or stopped
  private let isStarted = Atomic(false)
  private let running = DispatchGroup()

  /// Binds and listens: clients may connect from now on, and are served after ``start()``.
  /// - Throws: `BrokerError` when a setting is out of its bounds, the address is taken, the data directory is in use or
  ///   damaged, or the system refuses.
  package init(_ settings: Settings) throws(BrokerError) {
    guard (1...Topic.maxPartitions).contains(settings.defaultPartitions) else {
      throw .invalidPartitionCount(settings.defaultPartitions)
    }
    var settings = settings
    if settings.host == "localhost" { settings.host = "127.0.0.1" }
    let socket = try Socket.listening(host: settings.host, port: settings.port)
    port = try socket.boundPort()
    address = "\(settings.host):\(port)"
    let told = settings.advertisedAddress ?? address
    guard let advertised = Address(told) else { throw .invalidAdvertisedAddress(told) }
    (settings.host, settings.port) = (advertised.host, advertised.port)
    self.settings = settings
    let broker =
      try settings.dataDirectory.map { path throws(BrokerError) in
        try Broker(settings, recovering: DataDirectory(path))
      } ?? Broker(settings)
    faults = broker.faults
    self.broker = Mutex(broker)
    listener = Mutex(socket)
  }

  /// Serves on a thread of its own until ``stop()``, and stays in memory until then; to be called once.
  package func start() {
    precondition(!isStarted.exchange(true, ordering: .relaxed), "an embedded broker is started once")
    running.enter()
    let thread = Thread {
      self.serve()
      self.running.leave()
    }
    thread.name = "embedded broker"
    thread.start()
  }

  private func serve() {
    guard let listener = listener.withLock({ $0 }), let broker = broker.withLock({ $0.take() }) else { return }
    var loop = SocketLoop(listener: listener, broker: broker)
    loop.run()
  }

  /// Closes every connection and the port, and returns when the thread has ended. May be called again.
  package func stop() {
    listener.withLock { $0?.shutDown() }
    running.wait()
    listener.withLock { $0 = nil }
    broker.withLock { $0 = nil }
  }
}
