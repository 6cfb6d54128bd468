import NNSource
import NNTensor

/// NumPy's own format for one array.
package enum NPYFormat {
  static func tensor(_ stream: any ByteStream) throws -> Tensor {
    let header = try NPYHeader.read(stream)
    let shape = header.isFortran ? header.shape.reversed() : header.shape
    let reader = ElementReader(
      stream: stream, type: header.type, isBigEndian: header.isBigEndian)
    let tensor = try reader.tensor(shape)
    try stream.requireEnd()
    return header.isFortran && shape.count > 1 ? try tensor.transposed() : tensor
  }

  /// The bytes that `numpy.save` writes of the same array; every nan is the positive quiet one,
  /// since its sign depends on the processor that made it.
  package static func bytes(_ tensor: Tensor) throws -> [UInt8] {
    var header = "{'descr': '\(descriptor(tensor.dtype))', 'fortran_order': False, 'shape': "
    header += tensor.shape.text + ", }"
    // NumPy leaves room for the first length to grow to 21 digits in place.
    if let first = tensor.shape.first {
      header += String(repeating: " ", count: max(0, 21 - String(first).utf8.count))
    }
    // A header of 64 axes is shorter than 2,000 bytes, so version 1.0 holds every tensor.
    let start = NPYHeader.magic.count + 4
    let padding = 64 - (start + header.utf8.count + 1) % 64
    header += String(repeating: " ", count: padding) + "\n"
    let length = header.utf8.count
    var bytes: [UInt8] = []
    let size = tensor.count * tensor.dtype.itemSize
    guard size <= DataLimits.savedBytes else {
      throw Problem.data(
        .tooLarge(file: "a saved tensor", bytes: size, limit: DataLimits.savedBytes))
    }
    bytes.reserveCapacity(start + length + size)
    bytes += NPYHeader.magic + [1, 0, UInt8(length & 0xFF), UInt8(length >> 8)]
    bytes += header.utf8
    let nans = tensor.dtype.isFloat ? try Tensor.unary(.isnan, tensor) : nil
    let plain = try nans.map { try .select($0, .weakFloat(.nan), .tensor(tensor)) } ?? tensor
    func add<T>(_ type: T.Type) {
      plain.withElements(of: type) { bytes.append(contentsOf: UnsafeRawBufferPointer($0)) }
    }
    switch tensor.dtype {
    case .bool, .uint8: add(UInt8.self)
    case .int64: add(Int64.self)
    case .float32: add(UInt32.self)
    case .float64: add(UInt64.self)
    }
    return bytes
  }

  private static func descriptor(_ dtype: DType) -> String {
    switch dtype {
    case .bool: "|b1"
    case .uint8: "|u1"
    case .int64: "<i8"
    case .float32: "<f4"
    case .float64: "<f8"
    }
  }
}
