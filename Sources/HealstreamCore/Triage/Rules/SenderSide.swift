extension BuiltInRules {
  /// Passing shortages and stops on the sender's own side; nothing is wrong with the endpoint.
  static let senderSide: [Rule] = [
    Rule(
      "breaker_open", .transientEndpointDown, Grounds.generalWords, on: .textOnly,
      any: [
        "circuit breaker", "*circuit breaker", "*circuit open", "circuit is open", "*broken circuit",
        "breaker is open", "*open circuit", "red light", "*red light", "circuit breaker is", "*circuit opened",
        "circuit has been opened", "breaker tripped", "breaker has tripped", "breaker open", "*call not permitted",
        "*breaker open", "short circuited",
      ],
      "The sender's circuit breaker was open and did not let the delivery out."),
    Rule(
      "sender_shortage", .transientEndpointDown, Grounds.generalWords, on: .textOnly,
      any: [
        "too many open files", "emfile", "enfile$", "cannot assign requested address",
        "can't assign requested address", "eaddrnotavail", "eaddrinuse", "address already in use",
        "only one usage of each socket address", "no buffer space", "enobufs", "cannot allocate memory", "enomem",
        "out of memory", "*pool exhausted", "connection pool is", "connection pool shut", "from pool",
        "from connection pool", "pool is full", "pool overflow", "pool limit", "pool not available",
        "*pool not available", "sufficient buffer space", "too many concurrent streams", "client is destroyed",
        "client is closed", "client has been closed", "client was closed", "max requests queued",
        "max concurrent streams", "obtain a connection from the pool", "connection is not available",
        "*no connection available", "file descriptor limit", "ephemeral port", "out of sockets", "out of ports",
        "out of file descriptors", "no file descriptors", "pool timeout",
        "waiting for connection from pool", "maximum number of connections", "*pool acquire", "pending acquire",
        "*acquire pending", "no free connection", "no available connection", "too many connections",
        "resource temporarily unavailable", "eagain$", "*rejected execution", "queue is full", "queue full",
        "unable to create new native thread", "cannot create thread", "insufficient resources",
        "*insufficient resources", "bulkhead", "getting connection from pool",
      ],
      "The sender itself was short of ports, descriptors, connections or memory."),
    Rule(
      "egress_proxy_down", .transientEndpointDown, Grounds.generalWords, on: .textOnly,
      any: [
        "cannot connect to proxy", "unable to connect to proxy", "could not connect to proxy", "*proxy connection",
        "proxy connect", "connect tunnel failed", "tunnel connection failed", "*tunnel connection failed",
        "proxy handshake error", "proxy refused", "proxy is down", "proxy timed out", "proxy error", "proxy tunnel",
        "proxy is unavailable",
        "proxy unavailable", "proxyconnect",
      ],
      "The sender's egress proxy was not there."),
    Rule(
      "sender_stopped", .transientEndpointDown, Grounds.ambiguous, on: .textOnly,
      any: [
        "context canceled", "ecanceled", "*err canceled", "context cancelled", "*operation was canceled",
        "*operation was cancelled",
        "operation was aborted", "*abort error", "*task canceled", "task was canceled", "request was cancelled",
        "request was canceled", "request canceled", "request cancelled", "request aborted", "*cancelled error",
        "*cancellation error", "*operation canceled", "client is shutting down", "is shutting down",
        "sidekiq::shutdown", "stream has been cancelled", "instance terminated", "pod was evicted", "worker terminated",
        "worker crashed", "process was killed", "deploy in progress", "task was destroyed", "job was cancelled",
        "*cancellation exception", "shutting down",
        "sigterm", "worker killed", "worker was killed", "worker was restarted", "worker restarted", "worker lost",
        "*worker lost", "worker exited", "job was interrupted", "interrupted by shutdown", "*code=999$",
      ],
      "The sender gave the attempt up; nothing is known against the endpoint."),
  ]
}
