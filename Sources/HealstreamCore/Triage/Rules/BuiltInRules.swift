/// The rules that come with the program. The first that matches decides, so their order is their precedence:
///
/// 1. A limit outranks everything, if it is about this request.
/// 2. A cause that a person must mend, named in the text, outranks whatever the status is but for the four 4xx that
///    pass by themselves.
/// 3. The status speaks: a definite 4xx outranks the words of a passing fault in its body.
/// 4. Where no status speaks, the words of a passing fault do.
/// 5. What remains is unknown.
///
/// Only where nothing speaks against it is a failure called passing: a delivery replayed in vain costs more than one
/// looked at needlessly.
///
/// Scores are estimates in steps: 98 where a standard or the program that prints the words leaves no other reading, 95
/// where practice knows one meaning, 88 to 92 where there are known exceptions, 80 where the text is general, 70 and
/// less where a second reading is as natural.
enum BuiltInRules {
  static let all: [Rule] =
    limits + passingClientErrors + refusals + tls + names + addresses + messages + credentials + validation + gone
    + clientErrors + permanentServerErrors + vendorServerErrors + serverErrors
    + connections + timeouts + passingNames + senderSide + serverErrorsInText + unknown
}
