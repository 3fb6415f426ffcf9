/// Alarms on generated traffic beside the faults that were put into it.
enum DetectionReport {
  static func run(_ arguments: [String]) throws {}
}
