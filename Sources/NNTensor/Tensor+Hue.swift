import CNNKernels
import NNSource

extension Tensor {
  /// The hue of pixels (…, 3), red, green, blue, from 0 to 1 as scikit-image's rgb2hsv has it to the
  /// last bit: (…). Bytes are taken over 255; greys have the hue 0.
  package func hue() throws -> Tensor {
    guard rank > 0, shape[rank - 1] == 3 else {
      throw Problem.tensor(.notPixels(shape: shape.array))
    }
    guard dtype == .uint8 || dtype.isFloat else {
      throw Problem.tensor(.pixelType(dtype: dtype.name))
    }
    let pixels = try compacted()
    let result = try Tensor(uninitialized: Shape(shape.dropLast()), dtype.floating)
    nn_hue(Int32(dtype.rawValue), result.data, pixels.data, result.count)
    withExtendedLifetime(pixels) {}
    return result
  }
}
