import Foundation
import Testing

@testable import HealstreamCore

/// Verdicts beside those of a person. What is safe must be told rarely too little, and never wrongly.
struct TriageAccuracyTests {
  private struct Judged {
    var verdict: Verdict
    var label: String
    var also: [String]
    var isSafe: Bool
    var family: String
    var why: String

    var category: String { "\(verdict.category.name)" }
    var isRight: Bool { category == label }
    var isRightOrBorderline: Bool { isRight || also.contains(category) }
    var isFalseSafe: Bool { verdict.category == .transientEndpointDown && !isSafe }
  }

  @Test func `verdicts agree with a person's`() throws {
    let judged = try judgeAll()
    let clear = judged.filter(\.also.isEmpty)
    let safe = judged.filter(\.isSafe)
    let strict = share(of: clear, \.isRight)
    let lenient = share(of: judged, \.isRightOrBorderline)
    let recall = share(of: safe) { $0.verdict.category == .transientEndpointDown }
    print("triage: \(judged.count) verdicts, strict \(strict), lenient \(lenient), safe recall \(recall)")
    for miss in judged where !miss.isRightOrBorderline {
      print("triage: \(miss.family): \(miss.category) by \(miss.verdict.rule), not \(miss.label): \(miss.why)")
    }
    #expect(judged.count > 300)
    #expect(strict >= 0.95)
    #expect(lenient >= 0.95)
    #expect(recall >= 0.90)
    #expect(clear.filter(\.isFalseSafe).map(\.why) == [])
  }

  /// The rules know this data, so it flatters them: scores may promise less than is kept here, but never more.
  @Test func `scores promise no more than verdicts keep`() throws {
    let bands = Dictionary(grouping: try judgeAll()) { min($0.verdict.score / 10, 9) }
    for (band, judged) in bands where judged.count >= 20 {
      let promised = judged.reduce(0) { $0 + Double($1.verdict.score) } / Double(judged.count) / 100
      let kept = share(of: judged, \.isRightOrBorderline)
      #expect(kept >= promised - 0.05 && kept <= promised + 0.18, "scores of \(band * 10) and more")
    }
  }

  private func share(of judged: [Judged], _ holds: (Judged) -> Bool) -> Double {
    Double(judged.filter(holds).count) / Double(judged.count)
  }

  private func judgeAll() throws -> [Judged] {
    var triage = try Triage()
    let labels = try objects("labels.jsonl").reduce(into: [String: [String: Any]]()) { labels, object in
      labels[try id(object)] = object
    }
    return try objects("failures.jsonl").map { failure in
      let label = try #require(labels[id(failure)])
      return Judged(
        verdict: triage.verdict(for: attempt(failure)), label: try #require(label["label"] as? String),
        also: label["also"] as? [String] ?? [], isSafe: try #require(label["safe_to_retry"] as? Bool),
        family: try #require(label["family"] as? String), why: label["why"] as? String ?? "")
    }
  }

  private func id(_ object: [String: Any]) throws -> String { try #require(object["delivery_id"] as? String) }

  private func attempt(_ failure: [String: Any]) -> FailedAttempt {
    var attempt = FailedAttempt()
    attempt.httpStatus = failure["http_status"] as? Int
    attempt.error = Array((failure["error"] as? String ?? "").utf8)
    attempt.body = Array((failure["response_body"] as? String ?? "").utf8)
    attempt.headers = (failure["response_headers"] as? [String: String] ?? [:]).sorted { $0.key < $1.key }
      .map { FailedAttempt.Header(name: Array($0.key.lowercased().utf8), value: Array($0.value.utf8)) }
    return attempt
  }

  private func objects(_ file: String) throws -> [[String: Any]] {
    let url = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../Triage/Data/\(file)")
    return try Data(contentsOf: url).split(separator: UInt8(ascii: "\n")).map {
      try #require(JSONSerialization.jsonObject(with: $0) as? [String: Any])
    }
  }
}
