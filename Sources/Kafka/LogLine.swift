/// A line that librdkafka wants logged.
package struct LogLine: Equatable, Sendable {
  /// As syslog counts (RFC 5424): 0 is an emergency, 3 an error, 4 a warning, 6 information, 7 debugging.
  package let level: Int32
  /// librdkafka's name for the kind of line, such as `FAIL` or `CONFWARN`.
  package let facility: String
  package let message: String
}
