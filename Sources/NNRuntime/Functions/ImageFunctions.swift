import NNLanguage
import NNSource
import NNTensor

/// Functions of pictures.
extension Registry {
  static let imageFunctions: [RegistryEntry] = [
    .function(
      "hue",
      [
        SignatureParameter(
          "images", "tensor", help: "colours in the last axis: red, green and blue")
      ], family: "images",
      "the colour of each pixel as a number from 0 to 1, red to red around the circle",
      example: "print hue([[1.0, 0.0, 0.0], [0.0, 0.5, 0.0], [0.2, 0.2, 0.9]])"
    ) { arguments in
      let images = try arguments.tensor(0)
      return Value(try arguments.at(0) { try images.hue() })
    }
  ]
}
