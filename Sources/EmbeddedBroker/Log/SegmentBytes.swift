/// The bytes of a segment: in a file, or in memory where there is none. They only grow.
struct SegmentBytes {
  /// What is read of a file at once while all of it is walked.
  static let windowBytes = 1 << 20

  private(set) var file: File?
  private var memory: [UInt8] = []
  private(set) var count = 0

  init(_ file: File?) { self.file = file }

  /// Takes up what a broker that ran before has left.
  init(found file: File) throws(File.Failure) {
    self.file = file
    count = try file.size() ?? 0
  }

  mutating func append(_ bytes: [UInt8]) throws(File.Failure) {
    if let file { try file.write(bytes[...], at: count) } else { memory += bytes }
    count += bytes.count
  }

  /// - Returns: a slice that begins at index 0, or shares the memory and begins elsewhere.
  func read(_ range: Range<Int>) throws(File.Failure) -> ArraySlice<UInt8> {
    let range = range.clamped(to: 0..<count)
    guard let file else { return memory[range] }
    return range.isEmpty ? [] : try file.read(range)[...]
  }

  /// Makes the file, so that its name tells where the segment begins while it is empty.
  func create() throws(File.Failure) { try file?.write([], at: 0) }

  mutating func truncate(to size: Int) throws(File.Failure) {
    if let file { try file.truncate(to: size) } else { memory.removeLast(count - size) }
    count = size
  }

  mutating func move(to place: File) throws(File.Failure) {
    try file?.rename(to: place)
    file = place
  }

  func remove() throws(File.Failure) { try file?.remove() }
}
