/// Seeds that once failed, each with a word on what it found. They run before all others, for ever.
package enum KnownSeeds {
  package static let all: [(seed: UInt64, found: String)] = []
}
