/// Forms of compression that a recording may come in, told by a file's first bytes (RFC 1952 §2.3.1, RFC 8878 §3.1.1).
enum Compression: CaseIterable {
  case gzip, zstandard

  private var magic: [UInt8] {
    switch self {
    case .gzip: [0x1F, 0x8B]
    case .zstandard: [0x28, 0xB5, 0x2F, 0xFD]
    }
  }

  init?(_ start: Span<UInt8>) {
    let found = Self.allCases.first { form in
      form.magic.count <= start.count && form.magic.indices.allSatisfy { form.magic[$0] == start[$0] }
    }
    guard let found else { return nil }
    self = found
  }

  func error(path: String, command: String) -> InputError {
    switch self {
    case .gzip: .compressed(path: path, form: "gzip", tool: "zcat", command: command)
    case .zstandard: .compressed(path: path, form: "zstd", tool: "zstdcat", command: command)
    }
  }
}
