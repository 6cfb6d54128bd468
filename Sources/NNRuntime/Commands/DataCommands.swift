import NNData
import NNLanguage
import NNSource
import NNTensor

extension Registry {
  static let dataCommands: [RegistryEntry] = [loadCommand, saveCommand]

  // MARK: load

  private static let loadCommand = RegistryEntry.command(
    "load",
    [
      Clause(
        nil,
        [
          SignatureParameter(
            "dataset", "word", form: .word, words: KnownDataSet.allCases.map(\.name),
            help: "a known data set, or the name of a file or folder beneath the notebook's folder")
        ]),
      Clause(
        "as",
        [
          SignatureParameter(
            "d", "name", form: .binding,
            help: "the name for the data set: d.x, d.y, d.classes and what else it holds")
        ]),
    ],
    options: [
      SignatureParameter(
        "target", "string or integer", standard: "none",
        help: "the column of a CSV file that becomes d.y, by its name or its number"),
      SignatureParameter(
        "drop", "string or integer or list of strings", standard: "none",
        help: "the columns of a CSV file to leave out, by name or number"),
      SignatureParameter(
        "header", "bool", standard: "auto", words: ["auto"],
        help: "whether a CSV file's first line names the columns; auto looks at it"),
    ], family: "data",
    "reads a known data set, or a CSV, NPY, NPZ, IDX or picture file, or a folder of pictures",
    example: "load iris as d\nprint d\ntable d rows=3\nprint d.x[0], d.classes[d.y[0]]",
    effects: [.readsFile]
  ) { arguments in
    let name = try arguments.string(0)
    let options = try tableOptions(arguments)
    let interpreter = arguments.interpreter
    let set = try arguments.at(0) {
      guard arguments.isLiteral(0) else {
        guard options == TableOptions() else {
          throw Problem.data(.optionOfTable(options.names[0], file: name))
        }
        return try interpreter.files.load(set: name)
      }
      return try interpreter.files.load(
        file: name, options)
    }
    return .record(DatasetRecord.record(set))
  }

  private static func tableOptions(_ arguments: Arguments) throws -> TableOptions {
    var options = TableOptions()
    if arguments.isSome(2) { options.target = try column(arguments.value(2), arguments, 2) }
    if arguments.isSome(3) {
      switch arguments.value(3) {
      case .list(let items), .tuple(let items):
        options.drop = try items.map { try column($0, arguments, 3) }
      case .tensor(let tensor) where tensor.rank == 1 && !tensor.dtype.isFloat:
        options.drop = tensor.integers.map(ColumnName.number)
      case let value: options.drop = [try column(value, arguments, 3)]
      }
    }
    if arguments.isGiven(4) {
      if case .string("auto") = arguments.value(4) { return options }
      options.header = try arguments.bool(4, default: false) ? .present : .absent
    }
    return options
  }

  private static func column(
    _ value: Value, _ arguments: Arguments, _ index: Int
  ) throws -> ColumnName {
    if case .string(let name) = value { return .name(name) }
    if case .bool = value {} else if let number = value.integer { return .number(number) }
    throw arguments.wrongType(
      index,
      expected: index == 2
        ? "a column's name or its number" : "a column's name or number, or a list of them")
  }

  // MARK: save

  private static let saveCommand = RegistryEntry.command(
    "save",
    [
      Clause(
        nil,
        [
          SignatureParameter(
            "values", "tensor or network", form: .variadic,
            help: "what to write: tensors, or a network for its weights and biases")
        ]),
      Clause(
        "to",
        [
          SignatureParameter(
            "file", "string",
            help: "the file's name, written out, ending in .npy or .npz")
        ]),
    ], family: "data",
    "writes tensors or a network's weights to a file of NumPy's: .npy for one, .npz for several",
    example: """
      w = [[1, 2], [3, 4]]
      save w, mean(w) to "w.npz"
      load "w.npz" as d
      print d.w
      """, effects: [.writesFile]
  ) { arguments in
    let file = try arguments.string(0)
    guard arguments.isLiteral(0) else {
      throw arguments.failure(0, .name(.fileNotLiteral(verb: "save")))
    }
    guard arguments.restCount > 0 else {
      throw Problem.call(.missing(callee: "save", parameter: "values"))
    }
    var arrays: [NPZFormat.Array] = []
    for offset in 0..<arguments.restCount {
      switch arguments.rest(offset) {
      case .network(let value):
        for name in value.network.parameterNames {
          arrays.append((name, try value.network.parameter(name)))
        }
      default:
        let name = arrayName(arguments.sourceText(ofRest: offset)) ?? "arr_\(offset)"
        arrays.append((name, try arguments.tensor(ofRest: offset)))
      }
    }
    let interpreter = arguments.interpreter
    let name = try arguments.at(0) { try interpreter.files.save(arrays, to: file) }
    interpreter.saves[name] = arguments.ranges[0]
    return .none
  }

  /// `w1` of `w1`, `W1` of `net.W1`; nil for what has no name.
  private static func arrayName(_ source: String) -> String? {
    let parts = source.split(separator: ".", omittingEmptySubsequences: false)
    let areNames = parts.allSatisfy { part in
      part.first.map { $0.isLetter || $0 == "_" } == true
        && part.allSatisfy { $0.isLetter || $0.isNumber || $0 == "_" }
    }
    return areNames ? parts.last.map(String.init) : nil
  }
}

/// What `load` makes.
enum DatasetRecord {
  static let kind = "dataset"

  static func record(_ set: DataSet) -> RecordValue {
    var fields: [(name: String, value: Value)] = []
    var parts: [String] = []
    func add(_ name: String, _ tensor: Tensor?) {
      guard let tensor else { return }
      fields.append((name, Value(tensor)))
      parts.append("\(name) \(tensor.shape.text) \(tensor.dtype.name)")
    }
    add("x", set.x)
    add("y", set.y)
    add("test_x", set.testX)
    add("test_y", set.testY)
    for (name, tensor) in set.arrays { add(name, tensor) }
    func add(_ name: String, _ texts: [String]?) {
      guard let texts else { return }
      fields.append((name, .list(texts.map(Value.string))))
      // `4 features`, `1 class`
      let noun = texts.count == 1 ? String(name.dropLast(name == "classes" ? 2 : 1)) : name
      parts.append("\(texts.count) \(noun)")
    }
    add("features", set.features)
    add("classes", set.classes)
    return RecordValue(
      kind: kind, fields: fields, line: "dataset \(set.name): " + parts.joined(separator: ", "))
  }
}
