/// Files that can't be read or written, or whose bytes are not text.
package enum FileProblem: Sendable, Hashable {
  case nulByte
  case invalidUTF8(byte: UInt8)

  package var wording: Wording {
    switch self {
    case .nulByte:
      Wording("a NUL byte in the text; it is read as U+FFFD", hint: "remove it")
    case .invalidUTF8(let byte):
      Wording(
        "the byte 0x\(String(byte, radix: 16, uppercase: true)) is not valid UTF-8 here; "
          + "it is read as U+FFFD",
        hint: "save the file as UTF-8")
    }
  }
}
