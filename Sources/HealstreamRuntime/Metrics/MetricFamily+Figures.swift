package import HealstreamCore

extension MetricFamily {
  /// The metric of a fold's figure.
  package init(_ figure: Figure) {
    let name = "\(figure.name)"
    let prefix = Self.agreed.contains(name) ? "autoheal_" : "healstream_"
    self.init(
      prefix + name, figure.kind == .gauge ? .gauge : .counter, ["role", "topic", "partition"], "\(figure.meaning)")
  }

  /// Names that dashboards of automatic healing have in common.
  private static let agreed: Set<String> = ["incidents_detected_total", "actions_skipped_total", "escalations_total"]
}
