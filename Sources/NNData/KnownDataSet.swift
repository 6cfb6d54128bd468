import NNSource
import NNTensor

/// The data sets that every notebook can name by a word.
package enum KnownDataSet: String, Sendable, CaseIterable {
  case iris
  case mnist
  case fashionMNIST = "fashion-mnist"
  case fruits360

  /// One file of a set, which may be packed by gzip.
  package struct File: Sendable {
    package let name: String
    /// Bytes and SHA-256 of the contents, unpacked: packing may differ from copy to copy.
    package let size: Int
    package let checksum: String
  }

  package var name: String { rawValue }

  package var title: String {
    switch self {
    case .iris: "150 iris flowers of 3 kinds, 4 measures each (R. A. Fisher, 1936)"
    case .mnist: "70,000 handwritten digits, 28 × 28 (Y. LeCun, C. Cortes, C. Burges)"
    case .fashionMNIST: "70,000 pieces of clothing, 28 × 28 (Zalando Research)"
    case .fruits360: "1,962 photographs of 4 fruits, 100 × 100 (H. Mureşan, M. Oltean)"
    }
  }

  package var licence: String {
    switch self {
    case .iris: "public domain"
    case .mnist: "CC BY-SA 3.0"
    case .fashionMNIST: "MIT"
    case .fruits360: "CC BY-SA 4.0"
    }
  }

  package var files: [File] {
    switch self {
    case .iris, .fruits360: []
    case .mnist:
      Self.imageFiles([
        "ba891046e6505d7aadcbbe25680a0738ad16aec93bde7f9b65e87a2fc25776db",
        "65a50cbbf4e906d70832878ad85ccda5333a97f0f4c3dd2ef09a8a9eef7101c5",
        "0fa7898d509279e482958e8ce81c8e77db3f2f8254e26661ceb7762c4d494ce7",
        "ff7bcfd416de33731a308c3f266cc351222c34898ecbeaf847f06e48f7ec33f2",
      ])
    case .fashionMNIST:
      Self.imageFiles([
        "c59f468a2f672dc815687fe0f83887768d799fd8a3f3276145d20f83aa44d888",
        "bad3541b69d912435c50bb6ba87bec294ff4f6a2e1246121d8633921760443d9",
        "5b4141f0afbad91edebe8549f8fcffe087ea10ca49f1dbef5c9a5cd8815ce37b",
        "0402a96d92fd2663957122ceb108a494c5af83dab82d92729df917d7dec38c34",
      ])
    }
  }

  private static func imageFiles(_ checksums: [String]) -> [File] {
    let files = [
      ("train-images-idx3-ubyte", 47_040_016), ("train-labels-idx1-ubyte", 60_008),
      ("t10k-images-idx3-ubyte", 7_840_016), ("t10k-labels-idx1-ubyte", 10_008),
    ]
    return zip(files, checksums).map { File(name: $0.0, size: $0.1, checksum: $1) }
  }

  /// Where the publisher keeps the files; nil for a set that is not fetched file by file.
  package var address: String? {
    switch self {
    case .iris, .fruits360: nil
    case .mnist: "https://ossci-datasets.s3.amazonaws.com/mnist"
    case .fashionMNIST:
      "http://fashion-mnist.s3-website.eu-central-1.amazonaws.com"
    }
  }

  var classes: [String] {
    switch self {
    case .iris: IrisRows.classes
    case .mnist: (0..<10).map(String.init)
    case .fashionMNIST:
      [
        "T-shirt/top", "Trouser", "Pullover", "Dress", "Coat", "Sandal", "Shirt", "Sneaker",
        "Bag", "Ankle boot",
      ]
    case .fruits360: ["apple", "raspberry", "mango", "lemon"]
    }
  }

  /// How someone who lacks it gets it, in one line.
  package var remedy: String {
    switch self {
    case .iris: "it is part of nnbook"
    case .mnist: "nnbook data get mnist"
    case .fashionMNIST:
      "nnbook data get fashion-mnist, or apt install dataset-fashion-mnist"
    case .fruits360:
      "put the folders apple, raspberry, mango and lemon of Fruits-360 (100 × 100) into a folder "
        + "fruits360, and name the folder above it in NNBOOK_DATA"
    }
  }
}
