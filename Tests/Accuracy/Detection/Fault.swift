/// What is put into a fleet, and so must be found: the label of the cases it makes.
struct Fault {
  /// What the endpoints answer, as a record tells it.
  enum Symptom: String, CaseIterable {
    case unavailable, rateLimited, unauthorised, badCertificate, gone

    var fields: String {
      switch self {
      case .unavailable: #""http_status":503,"error":"Service Unavailable""#
      case .rateLimited: #""http_status":429,"error":"Too Many Requests","response_headers":{"Retry-After":"30"}"#
      case .unauthorised: #""http_status":401,"error":"Unauthorized""#
      case .badCertificate: #""error":"x509: certificate has expired or is not yet valid""#
      case .gone: #""http_status":410,"error":"Gone""#
      }
    }
  }

  enum Reach { case endpoint, tenant, platform }

  /// The row of the table that the case counts in.
  var name: String
  var endpoints: [Int]
  var reach = Reach.endpoint
  /// Milliseconds since the start.
  var startMillis: Int64
  var endMillis: Int64
  /// Share of the attempts that fail.
  var failing = 0.0
  var symptom = Symptom.unavailable
  /// Factor on the rate.
  var flood = 1.0
  /// Goes on and off by turns, each so long; 0 for a fault that stays.
  var turnMillis: Int64 = 0

  var isFlood: Bool { flood > 1 }

  func fails(at millis: Int64) -> Bool {
    failing > 0 && (startMillis..<endMillis).contains(millis)
      && (turnMillis == 0 || (millis - startMillis) / turnMillis % 2 == 0)
  }
}
