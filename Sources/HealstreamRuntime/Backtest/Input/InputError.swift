/// Why an input cannot be read.
package enum InputError: Error, Equatable, CustomStringConvertible {
  case unreadable(path: String, reason: String)
  /// - tool: writes what `path` holds to its standard output.
  case compressed(path: String, form: String, tool: String, command: String)
  case noSuchOffset(partition: String, asked: Int64, low: Int64, high: Int64)
  case lost(partition: String, reason: String)

  package var description: String {
    switch self {
    case .unreadable(let path, let reason): "cannot read \(path): \(reason)"
    case .compressed(let path, let form, let tool, let command):
      "\(path == "-" ? "standard input" : path) is compressed with \(form), and NDJSON is expected: "
        + "\(tool) \(path == "-" ? "FILE" : path) | healstream \(command) --input - …"
    case .noSuchOffset(let partition, let asked, let low, let high):
      "\(partition) holds offsets \(low) to \(high), \(asked) is not among them: "
        + "choose another --from, or leave it out to begin with the oldest record"
    case .lost(let partition, let reason): "\(partition): \(reason)"
    }
  }
}
