import NNSource

/// `network NAME:` with its layer lines, and `init`.
extension Parser {
  /// The line in hand begins with `network` and a name.
  var startsNetwork: Bool { verb != nil && peekSecond.name != nil && !peekSecond.startsLine }

  mutating func network() throws(ParserFailure) -> Statement {
    let start = peek
    guard let signature = verb else { throw missingOperand() }
    advance()
    let name = name(advance())
    let options = try options(of: signature)
    guard match(.colon) else {
      throw unexpected(in: .blockHeader("network"))
    }
    guard case .newline = peek.kind else {
      throw failure(.layersOnLine, at: peek.range)
    }
    advance()
    guard case .indent = peek.kind else { throw failure(.networkWithoutLayers, at: start.range) }
    advance()
    var layers: [LayerLine] = []
    while !peek.endsLine { layers.append(try layer()) }
    if case .indent = peek.kind { throw failure(.unexpectedIndent, at: peekSecond.range) }
    if case .dedent = peek.kind { advance() }
    let definition = NetworkDefinition(name: name, options: options, layers: layers)
    return Statement(
      kind: .network(definition),
      range: start.range.through(layers.last?.range ?? name.range))
  }

  // MARK: Layers

  /// `word [size] [activation] option=…`
  private mutating func layer() throws(ParserFailure) -> LayerLine {
    let start = peek
    guard let word = start.name else {
      throw failure(.expectedLayer(found: found), at: start.range)
    }
    guard let signature = vocabulary.layers[word] else {
      let known = vocabulary.layers.keys.sorted()
      throw failure(
        .unknownLayer(
          word, suggestion: Spelling.nearest(to: word, among: known), known: known),
        at: start.range)
    }
    advance()
    var layer = LayerLine(
      kind: name(start), size: nil, activation: nil, options: [], range: start.range)
    let places = LayerPlaces(signature)
    if let size = places.size, startsSize(size, places) { layer.size = try layerSize(of: word) }
    if let activation = places.activation, peek.name != nil, !startsOption {
      layer.activation = try activationWord(activation)
    }
    layer.options = try options(of: signature)
    layer.range = range(from: start)
    if layer.size == nil, let size = places.size, size.isRequired {
      throw failure(
        .missingOperand(verb: word, operand: size.name, usage: signature.usage),
        at: SourceRange(layer.range.upper, layer.range.upper))
    }
    guard case .newline = peek.kind else { throw unexpected(in: .layer(signature)) }
    advance()
    return layer
  }

  /// A name alone is the size, unless it can only be the activation.
  private func startsSize(_ size: SignatureParameter, _ places: LayerPlaces) -> Bool {
    if startsOption || peek.endsLine { return false }
    guard let word = peek.name, let activation = places.activation else { return true }
    if peekSecond.isSymbol(.dot) || peekSecond.name != nil && !optionFollows { return true }
    return size.isRequired && !activation.words.contains(word)
  }

  private var optionFollows: Bool {
    tokens[min(position + 2, tokens.count - 1)].isSymbol(.assign)
  }

  /// A number, a name, a field or `( … )`.
  private mutating func layerSize(of layer: String) throws(ParserFailure) -> Expression {
    switch peek.kind {
    case .integer, .float, .symbol(.leftParen):
      return try postfix()
    case .name:
      let start = advance()
      var size = Expression(.name(text(start)), start.range)
      while match(.dot) {
        guard peek.name != nil else {
          throw failure(.expectedField(found: found), at: peek.range)
        }
        let field = name(advance())
        size = try node(.field(size, field), from: start.range)
      }
      return size
    default: throw failure(.layerSize(layer, found: found), at: peek.range)
    }
  }

  private mutating func activationWord(
    _ parameter: SignatureParameter
  ) throws(ParserFailure) -> Name {
    let word = name(advance())
    guard parameter.words.isEmpty || parameter.words.contains(word.text) else {
      throw failure(
        .unknownWord(
          word.text, of: parameter.name, choices: parameter.words,
          suggestion: Spelling.nearest(to: word.text, among: parameter.words)), at: word.range)
    }
    return word
  }

  // MARK: init

  /// `init net normal(0, fan_in ** -0.5)` or `init net from w1, w2`
  mutating func initialization() throws(ParserFailure) -> Statement.Kind {
    guard let signature = verb else { throw missingOperand() }
    advance()
    let network = try postfix()
    try requireChangeable(network, verb: signature.name, operand: "network")
    guard peek.name != nil, !startsOption else {
      throw failure(.expectedInitializer(found: found), at: endOfCommand)
    }
    let word = name(advance())
    if word.text == "from" {
      if peek.endsLine { throw missingOperand() }
      var values = [try expression()]
      while match(.comma) { values.append(try expression()) }
      return .initialize(Initialization(network: network, source: .values(values)))
    }
    let known = initializers(of: signature)
    guard known.isEmpty || known.contains(word.text) else {
      throw failure(
        .unknownWord(
          word.text, of: "initialiser", choices: known,
          suggestion: Spelling.nearest(to: word.text, among: known)), at: word.range)
    }
    let arguments = peek.isSymbol(.leftParen) ? try arguments() : []
    return .initialize(
      Initialization(network: network, source: .initializer(word, arguments)))
  }

  private func initializers(of signature: Signature) -> [String] {
    signature.parameters.flatMap(\.words)
  }
}

/// Which of a layer's parameters is its size and which its activation.
private struct LayerPlaces {
  let size: SignatureParameter?
  let activation: SignatureParameter?

  init(_ signature: Signature) {
    let parameters = signature.clauses.first?.parameters ?? []
    size = parameters.first { $0.form != .word }
    activation = parameters.first { $0.form == .word }
  }
}
