import NNLanguage
import NNNetwork
import NNSource
import NNTensor

extension Registry {
  /// The block `network NAME:`; the interpreter makes it, the registry describes it.
  static let networkSignature = Signature(
    .command, "network", [Clause(nil, [SignatureParameter("name", "name", form: .binding)])],
    options: [SignatureParameter("dtype", "dtype", standard: "float64")],
    family: "networks",
    summary: "makes a network from its layers, a line each; weights are drawn at once",
    example: """
      network net:
          input 4
          dense 6 relu
          dense 3 softmax
      print net
      """, effects: [.random])

  static let layerSignatures: [Signature] = [
    layer(
      "input", [SignatureParameter("size", "integer")],
      options: [SignatureParameter("divide", "number", standard: "none")],
      "how many numbers a sample has; divide=255 brings bytes between 0 and 1"),
    layer(
      "dense",
      [
        SignatureParameter("units", "integer"),
        SignatureParameter(
          "activation", "word", form: .word, standard: "linear",
          words: Activation.allCases.map(\.rawValue)),
      ], options: [SignatureParameter("bias", "bool", standard: "true")],
      "units that each see all of the layer before: f(x @ W + b)"),
    layer(
      "dropout", [SignatureParameter("rate", "number")],
      "leaves out a share of the values in training; not built yet"),
  ]

  private static func layer(
    _ name: String, _ parameters: [SignatureParameter], options: [SignatureParameter] = [],
    _ summary: String
  ) -> Signature {
    Signature(
      .layer, name, [Clause(nil, parameters)], options: options, family: "layers",
      summary: summary, example: networkSignature.example)
  }
}

extension Interpreter {
  func makeNetwork(_ site: NetworkSite, _ registers: UnsafeMutablePointer<Value>) throws -> Value {
    var dtype = DType.float64
    for option in site.options {
      guard let found = value(of: option, registers).dtype else {
        throw Diagnostic.error(
          .call(
            .wrongType(
              callee: "network", parameter: "dtype", expected: "float32 or float64",
              found: value(of: option, registers).kindName)), at: option.name.range)
      }
      dtype = found
    }
    var inputs: Int?
    var divisor: Double?
    var layers: [LayerSpecification] = []
    for (index, layer) in site.layers.enumerated() {
      if layer.line.kind.text == "input" {
        guard index == 0 else {
          throw Diagnostic.error(.call(.inputNotFirst), at: layer.line.range)
        }
        inputs = try size(of: layer, registers)
        divisor = try layer.options.first.map { option in
          guard let number = value(of: option, registers).double else {
            throw wrongOption(option, of: layer, expected: "a number", registers)
          }
          return number
        }
      } else {
        layers.append(try specification(layer, registers))
      }
    }
    guard let inputs else {
      throw Diagnostic.error(.call(.noInput(network: site.name.text)), at: site.name.range)
    }
    let network = try Network(
      inputs: inputs, divide: divisor, dtype: dtype, layers: layers, random: &random)
    return .network(NetworkValue(name: site.name.text, network: network))
  }

  private func specification(
    _ layer: NetworkSite.Layer, _ registers: UnsafeMutablePointer<Value>
  ) throws -> LayerSpecification {
    guard layer.line.kind.text == "dense" else {
      guard let register = layer.size, let rate = registers[register].double else {
        throw wrongSize(layer, expected: "a number", registers)
      }
      return .dropout(rate: rate)
    }
    var bias = true
    for option in layer.options {
      guard case .bool(let flag) = value(of: option, registers) else {
        throw wrongOption(option, of: layer, expected: "true or false", registers)
      }
      bias = flag
    }
    return .dense(
      units: try size(of: layer, registers),
      activation: try Activation(named: layer.line.activation?.text ?? "linear"), bias: bias)
  }

  private func size(
    of layer: NetworkSite.Layer, _ registers: UnsafeMutablePointer<Value>
  ) throws -> Int {
    guard let register = layer.size, let size = registers[register].integer else {
      throw wrongSize(layer, expected: "a whole number", registers)
    }
    guard size > 0 else {
      throw wrongSize(layer, expected: "1 or more", registers, found: "\(size)")
    }
    return size
  }

  private func value(
    of option: (name: Name, word: String?, register: Int?),
    _ registers: UnsafeMutablePointer<Value>
  ) -> Value {
    if let word = option.word { return .string(word) }
    return option.register.map { registers[$0] } ?? .absent
  }

  private func wrongSize(
    _ layer: NetworkSite.Layer, expected: String, _ registers: UnsafeMutablePointer<Value>,
    found: String? = nil
  ) -> Diagnostic {
    let found = found ?? layer.size.map { registers[$0].kindName } ?? "nothing"
    return .error(
      .call(
        .wrongType(
          callee: layer.line.kind.text, parameter: "size", expected: expected, found: found)),
      at: layer.line.size?.range ?? layer.line.range)
  }

  private func wrongOption(
    _ option: (name: Name, word: String?, register: Int?), of layer: NetworkSite.Layer,
    expected: String, _ registers: UnsafeMutablePointer<Value>
  ) -> Diagnostic {
    .error(
      .call(
        .wrongType(
          callee: layer.line.kind.text, parameter: option.name.text, expected: expected,
          found: value(of: option, registers).kindName)), at: option.name.range)
  }
}

/// `net.W1`, `net.history`, and setting the former.
enum NetworkFields {
  static func read(_ name: String, of value: NetworkValue) throws -> Value? {
    let network = value.network
    if network.parameterNames.contains(name) { return .tensor(try network.parameter(name)) }
    guard name == "history" else { return nil }
    let history = network.history
    let fields = history.names.map { series in
      (name: series, value: Value.tensor(Tensor(history[series] ?? [], shape: nil)))
    }
    return .record(RecordValue(kind: "history", fields: fields))
  }

  static func names(of value: NetworkValue) -> [String] {
    value.network.parameterNames + ["history"]
  }

  static func setting(_ name: String, of value: NetworkValue, to new: Value) throws
    -> NetworkValue
  {
    guard let tensor = try new.tensor() else {
      throw Problem.value(.notStorable(new.kindName))
    }
    var network = value.network
    try network.setParameter(name, to: tensor)
    return NetworkValue(name: value.name, network: network)
  }
}
