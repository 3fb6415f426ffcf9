/// An append-only file of what changes beside the logs. When it has grown it is written anew, with what is needed to tell
/// the present state alone. An entry is
///
///     0  length of the content  4     8  CRC-32C of the eight bytes before  4
///     4  CRC-32C of the content 4    12  content
///
/// so that an entry cut short by a kill can be told from one whose length was changed.
struct Journal {
  private static let headerBytes = 12
  private static let minBytesToRewrite = 8 << 20

  let file: File
  private var size = 0
  private var sizeWhenRewritten = 0

  init(_ file: File) { self.file = file }

  var isOvergrown: Bool { size > max(Self.minBytesToRewrite, 2 * sizeWhenRewritten) }

  mutating func append(_ entry: JournalEntry) throws(File.Failure) {
    let frame = Self.frame(entry)
    try file.write(frame[...], at: size)
    size += frame.count
  }

  mutating func rewrite(_ entries: [JournalEntry]) throws(File.Failure) {
    let bytes = entries.flatMap(Self.frame)
    let new = File(file.path + ".new")
    try new.remove()
    try new.write(bytes[...], at: 0)
    try new.rename(to: file)
    (size, sizeWhenRewritten) = (bytes.count, bytes.count)
  }

  private static func frame(_ entry: JournalEntry) -> [UInt8] {
    var content = WireWriter(isFlexible: true)
    content.write(entry)
    var header = WireWriter()
    header.write(Int32(content.bytes.count), Int32(bitPattern: CRC32C.checksum(content.bytes.span)))
    header.write(Int32(bitPattern: CRC32C.checksum(header.bytes.span)))
    return header.bytes + content.bytes
  }

  /// What was written before, in order. An entry that was being written when the broker died is cut off: nobody was told
  /// of it.
  mutating func recover() throws(BrokerError) -> [JournalEntry] {
    let bytes = try BrokerError.onDisk { () throws(File.Failure) in
      try file.size().map { size throws(File.Failure) in try file.read(0..<size) } ?? []
    }
    var entries: [JournalEntry] = []
    while bytes.count - size >= Self.headerBytes {
      guard let (length, checksum) = Self.header(bytes[size...]) else { throw .damaged(path: file.path, at: size) }
      let start = size + Self.headerBytes
      guard length <= bytes.count - start else { break }
      guard let entry = Self.entry(Array(bytes[start..<start + length]), checksum) else {
        throw .damaged(path: file.path, at: size)
      }
      entries.append(entry)
      size = start + length
    }
    if size < bytes.count { try BrokerError.onDisk { () throws(File.Failure) in try file.truncate(to: size) } }
    return entries
  }

  private static func header(_ bytes: ArraySlice<UInt8>) -> (length: Int, checksum: UInt32)? {
    var reader = WireReader(bytes)
    guard let (length, content, header) = try? reader.read(Int32.self, Int32.self, Int32.self), length >= 0,
      CRC32C.checksum(Array(bytes.prefix(8)).span) == UInt32(bitPattern: header)
    else { return nil }
    return (Int(length), UInt32(bitPattern: content))
  }

  private static func entry(_ content: [UInt8], _ checksum: UInt32) -> JournalEntry? {
    guard CRC32C.checksum(content.span) == checksum else { return nil }
    var reader = WireReader(content[...])
    reader.isFlexible = true
    guard let entry = try? JournalEntry(from: &reader), reader.remaining == 0 else { return nil }
    return entry
  }
}
