extension ConfigurationKey {
  /// `docs/configuration.md`: a test holds the file against this.
  package static var reference: String {
    let defaults = Configuration.documented
    let rows = all.map { "| `\($0.name)` | \($0.shownDefault(defaults)) | \($0.expected) | \($0.summary) |" }
    return """
      # Configuration

      One JSON5 file, given with `--config FILE`; every key has a default, and `--set KEY=VALUE` sets one over the file. Names may be
      nested (`{lanes: {max_records: 1}}`) or dotted (`{"lanes.max_records": 1}`). An unknown key is an error that names the nearest
      known one. This page is what `healstream config reference` prints.

      | key | default | takes | |
      | --- | --- | --- | --- |
      \(rows.joined(separator: "\n"))
      """
  }

  private func shownDefault(_ defaults: Configuration) -> String {
    let shown = shown(defaults)
    return shown.isEmpty ? "–" : "`\(shown)`"
  }
}

extension Configuration {
  /// The defaults, but for the host's own name.
  static var documented: Configuration {
    var configuration = Configuration()
    configuration.instance = "the host's name"
    return configuration
  }
}
