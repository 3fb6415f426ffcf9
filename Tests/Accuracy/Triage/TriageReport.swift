/// Verdicts beside those of people.
enum TriageReport {
  static func run(_ arguments: [String]) throws {}
}
