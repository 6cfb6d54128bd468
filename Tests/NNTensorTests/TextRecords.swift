import Foundation

@testable import NNTensor

/// What `Fixtures/make_text_cases.py` and `make_random_cases.py` recorded of NumPy and Python.
enum Records {
  static func load<T: Decodable>(_ name: String, as type: T.Type = T.self) throws -> T {
    let folder = URL(filePath: #filePath).deletingLastPathComponent()
    let data = try Data(contentsOf: folder.appending(path: "Fixtures/\(name).json"))
    return try JSONDecoder().decode(type, from: data)
  }

  /// FNV-1a over bytes, as hex.
  static func hash(_ text: String) -> String {
    hex(text.utf8.reduce(14_695_981_039_346_656_037) { ($0 ^ UInt64($1)) &* 1_099_511_628_211 })
  }

  /// FNV-1a over 64-bit elements, as hex.
  static func hash(_ tensor: Tensor) -> String {
    var hash: UInt64 = 14_695_981_039_346_656_037
    withWords(tensor) { words in
      for word in words { hash = (hash ^ word) &* 1_099_511_628_211 }
    }
    return hex(hash)
  }

  /// The patterns of 64-bit elements, as hex.
  static func bits(_ tensor: Tensor) -> [String] { withWords(tensor) { $0.map(hex) } }

  private static func withWords<R>(
    _ tensor: Tensor, _ body: (UnsafeBufferPointer<UInt64>) -> R
  ) -> R {
    tensor.withElements(of: UInt64.self, body)
  }

  static func hex(_ word: UInt64) -> String { String(word, radix: 16) }
}

extension String {
  /// Without zeros in front, as `Records.hex` writes it.
  var trimmedHex: String {
    let trimmed = drop { $0 == "0" }
    return trimmed.isEmpty ? "0" : String(trimmed)
  }
}
