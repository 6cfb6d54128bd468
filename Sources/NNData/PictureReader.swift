import CNNImages
import NNSource
import NNTensor

/// A JPEG or PNG file → its pixels: (height, width) in grey or (height, width, 3) in colour, uint8.
struct PictureReader {
  enum Format { case jpeg, png }

  let file: FileBytes
  private let format: Format
  private let header: nn_image_size

  var width: Int { Int(header.width) }
  var height: Int { Int(header.height) }
  var channels: Int { Int(header.channels) }
  var size: [Int] { [width, height] }

  static func format(of file: FileBytes) -> Format? {
    if file.begins(with: [0xFF, 0xD8, 0xFF]) { return .jpeg }
    return file.begins(with: [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]) ? .png : nil
  }

  /// Reads the header.
  init(_ file: FileBytes) throws {
    guard let format = Self.format(of: file) else {
      throw file.damage(at: 0, expected: "FF D8 FF of a JPEG or 89 50 4E 47 of a PNG file")
    }
    self.file = file
    self.format = format
    var size = nn_image_size()
    var problem = nn_image_problem()
    let isRead =
      format == .jpeg
      ? nn_jpeg_size(&size, &problem, file.start, file.count)
      : nn_png_size(&size, &problem, file.start, file.count)
    guard isRead != 0 else { throw Self.damage(file, problem, format) }
    header = size
    guard width > 0, height > 0, width * height <= DataLimits.picturePixels else {
      throw Problem.data(
        .tooLarge(
          file: file.name, bytes: width * height * channels,
          limit: DataLimits.picturePixels * channels))
    }
  }

  /// Writes the pixels row by row; a grey picture's three times over where `channels` is 3.
  func decode(into pixels: UnsafeMutableBufferPointer<UInt8>, channels: Int) throws {
    let own = width * height * self.channels
    precondition(pixels.count == width * height * channels && channels >= self.channels)
    guard let base = pixels.baseAddress else { return }
    // A grey picture is decoded at the end of its room and spread from there.
    let target = base + (pixels.count - own)
    var problem = nn_image_problem()
    let isRead =
      format == .jpeg
      ? nn_jpeg_decode(target, &problem, file.start, file.count, header)
      : nn_png_decode(target, &problem, file.start, file.count, header)
    guard isRead != 0 else { throw Self.damage(file, problem, format) }
    guard channels > self.channels else { return }
    for index in 0..<own {
      let grey = target[index]
      for channel in 0..<channels { base[index * channels + channel] = grey }
    }
  }

  func tensor() throws -> Tensor {
    let shape = channels == 1 ? [height, width] : [height, width, channels]
    var tensor = try Tensor(zeros: Shape(shape), .uint8)
    try tensor.withMutableElements(of: UInt8.self) { try decode(into: $0, channels: channels) }
    return tensor
  }

  private static func damage(
    _ file: FileBytes, _ problem: nn_image_problem, _ format: Format
  ) -> Problem {
    let text = withUnsafeBytes(of: problem.text) { bytes in
      String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
    }
    return file.damage(
      at: Int(problem.offset), expected: format == .jpeg ? "a JPEG picture" : "a PNG picture",
      found: "'\(text)'")
  }
}
