/// How much of whom a server bears.
struct HTTPLimits: Sendable {
  var maxConnections = 64
  /// Beyond `maxConnections`: those that are being told so. Whoever comes then waits in the backlog.
  var maxTurnedAway = 16
  /// From the first byte of a head to its end.
  var headMillis: Int64 = 10_000
  /// Between requests; longer than a minute, which is how often a scraper may come.
  var idleMillis: Int64 = 90_000
  /// For one answer.
  var writeMillis: Int64 = 30_000
  /// For the client to close after the last answer.
  var lingerMillis: Int64 = 1000
}
