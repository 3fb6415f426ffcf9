/// The rules that come with the program. The first that matches decides, so their order is their precedence:
///
/// 1. A limit outranks everything, if it is about this request; only where the sender's own program broke, no word counts.
/// 2. A cause that a person must mend, named in the text, outranks whatever the status is but for the four 4xx that
///    pass by themselves.
/// 3. The status speaks: a definite 4xx outranks the words of a passing fault in its body, and a 5xx that tells a cause
///    is passing only where the cause is an outage.
/// 4. Where no status speaks, the words of a passing fault do.
/// 5. What remains is unknown.
///
/// Only where nothing speaks against it is a failure called passing: a delivery replayed in vain costs more than one
/// looked at needlessly.
///
/// Scores go by kinds of evidence: see `Grounds`.
enum BuiltInRules {
  static let all: [Rule] =
    programErrors + limits + passingClientErrors + refusals + tls + names + addresses + messages + credentials
    + validation + gone
    + configuration
    + clientErrors + permanentServerErrors + vendorServerErrors + lastingCauses + serverErrors
    + connections + timeouts + passingNames + senderSide + serverErrorsInText + unknown
}
