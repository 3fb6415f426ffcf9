/// One word after `healstream`, in a file of its own.
protocol Subcommand: SendableMetatype {
  static var signature: Signature { get }
  /// - Throws: `Misuse` for exit code 2, anything else for 1. - Returns: the exit code.
  static func run(_ arguments: Arguments) throws -> Int32
}

/// What went wrong, in a sentence for the person at the terminal; exit code 1.
struct Failure: Error, CustomStringConvertible {
  let description: String
}
