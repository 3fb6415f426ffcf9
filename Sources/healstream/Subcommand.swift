/// One word after `healstream`, in a file of its own.
protocol Subcommand: SendableMetatype {
  static var signature: Signature { get }
  /// What a word of its own among the operands makes of it.
  static func signature(of words: [String]) -> Signature
  /// - Throws: `Misuse` for exit code 2, anything else for 1. - Returns: the exit code.
  static func run(_ arguments: Arguments) throws -> Int32
}

extension Subcommand {
  static func signature(of words: [String]) -> Signature { signature }
}

/// What went wrong, in a sentence for the person at the terminal; exit code 1.
struct Failure: Error, CustomStringConvertible {
  let description: String
}
