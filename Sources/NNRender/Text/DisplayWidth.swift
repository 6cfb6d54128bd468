import NNSource

extension String {
  /// How many columns of a terminal the text takes; a character is as wide as its widest scalar.
  var displayWidth: Int {
    reduce(0) { width, character in
      width + character.unicodeScalars.reduce(0) { max($0, $1.displayWidth) }
    }
  }
}
