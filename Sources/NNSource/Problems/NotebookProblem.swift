/// Markdown, front matter, cells and their options.
package enum NotebookProblem: Sendable, Hashable {
  // The Markdown text as a whole
  case documentTooLarge(bytes: Int, limit: Int)
  case nestingTooDeep(limit: Int)
  case tableTooWide(limit: Int)
  case tooManyTableCells(limit: Int)
  case tooManyImages(limit: Int)
  case markdownTooCostly(what: String)
  case rawHTML
  case refusedLink(url: String, schemes: [String])
  case unusedFootnote(label: String)
  case pictureKind(file: String)
  case pictureTooLarge(file: String, bytes: Int, limit: Int)
  case picturesTooLarge(file: String, limit: Int)

  // Cells and inline values
  case unclosedFence(fence: String)
  case cellInFootnote
  case cellSpelling(found: String)
  case bracedOptions(text: String)
  case invalidLabel(label: String)
  case reservedLabel(label: String)
  case duplicateLabel(label: String, firstLine: Int)
  case emptyInline
  case strayInline

  // Cell options
  case strayWord(word: String)
  case spacedOption(name: String)
  case missingValue(name: String)
  case unclosedQuote(name: String)
  case textAfterQuote(name: String, text: String)
  case unknownOption(name: String, suggestion: String?, known: [String])
  /// An option of knitr, Quarto or Jupyter that has another name here.
  case foreignOption(name: String, here: String)
  case duplicateOption(name: String, firstLine: Int)
  case invalidOption(name: String, value: String, allowed: [String], meant: String?)
  case invalidDuration(name: String, value: String)
  case invalidTolerance(value: String)
  case invalidOptionLine(text: String)
  case lateOptionLine

  // Front matter
  case unclosedFrontMatter
  case frontMatterTooLarge(bytes: Int, limit: Int)
  case invalidYAML(reason: String)
  case frontMatterShape(found: String)
  case unknownKey(name: String, suggestion: String?, known: [String])
  case duplicateKey(name: String, firstLine: Int)
  case wrongKeyType(name: String, expected: String, found: String)
  case anchorOrAlias(text: String)
  case tag(text: String)
  case invalidParameterName(name: String)
  case reservedParameterName(name: String)
  case parameterOverflow(name: String, value: String)
  case invalidSize(name: String, value: String)
  case invalidSteps(value: String)

  package var wording: Wording {
    switch self {
    case .documentTooLarge, .nestingTooDeep, .tableTooWide, .tooManyTableCells, .tooManyImages,
      .markdownTooCostly, .rawHTML, .refusedLink, .unusedFootnote, .pictureKind,
      .pictureTooLarge, .picturesTooLarge:
      textWording
    case .unclosedFence, .cellInFootnote, .cellSpelling, .bracedOptions, .invalidLabel,
      .reservedLabel, .duplicateLabel, .emptyInline,
      .strayInline:
      cellWording
    case .strayWord, .spacedOption, .missingValue, .unclosedQuote, .textAfterQuote, .unknownOption,
      .foreignOption, .duplicateOption, .invalidOption, .invalidDuration, .invalidTolerance,
      .invalidOptionLine, .lateOptionLine:
      optionWording
    default: frontMatterWording
    }
  }

  private var textWording: Wording {
    switch self {
    case .documentTooLarge(let bytes, let limit):
      Wording(
        "the notebook has \(bytes) bytes of Markdown; at most \(limit) are read",
        hint: "split it into several notebooks")
    case .nestingTooDeep(let limit):
      Wording("lists and quotes are nested more than \(limit) deep here")
    case .tableTooWide(let limit):
      Wording("the table has more than \(limit) columns")
    case .tooManyTableCells(let limit):
      Wording("the notebook's tables have more than \(limit) cells")
    case .tooManyImages(let limit):
      Wording("more than \(limit) images are begun in one paragraph")
    case .markdownTooCostly(let what):
      Wording("the Markdown would take too long to read: too many \(what)")
    case .rawHTML:
      Wording(
        "raw HTML is shown as text",
        hint: "write Markdown; a comment <!-- ... --> is left out of the page")
    case .refusedLink(let url, let schemes):
      Wording(
        "'\(Self.shortened(url))' is not linked to: only relative paths and "
          + "\(Self.list(schemes.map { $0 + ":" }, "and")) are")
    case .unusedFootnote(let label):
      Wording(
        "the footnote [^\(label)] is not on the page: nothing refers to it, or an earlier one has "
          + "its name",
        hint: "write [^\(label)] where it belongs, or remove it")
    case .pictureKind(let file):
      Wording(
        "'\(Self.shortened(file))' is no PNG, JPEG, GIF or WebP picture, so the page only links to it",
        hint: "save it as PNG; a drawing in SVG may hold a program, and is not taken into a page")
    case .pictureTooLarge(let file, let bytes, let limit):
      Wording(
        "'\(Self.shortened(file))' has \(bytes >> 10) KiB, so the page only links to it: at most "
          + "\(limit >> 10) KiB of a picture are taken into a page",
        hint: "make it smaller")
    case .picturesTooLarge(let file, let limit):
      Wording(
        "'\(Self.shortened(file))' is only linked to: the page holds \(limit >> 10) KiB of pictures "
          + "already",
        hint: "make them smaller, or leave some out")
    default: Wording("")
    }
  }

  private var cellWording: Wording {
    switch self {
    case .unclosedFence(let fence):
      Wording(
        "the code block that begins here is not closed",
        hint: "end it with a line \(fence)")
    case .cellInFootnote:
      Wording(
        "a cell stands in a footnote, where it has no place in the order of the cells",
        hint: "move it into the text")
    case .cellSpelling(let found):
      Wording(
        "'\(Self.shortened(found))' does not begin a cell, so this block does not run",
        hint: "write nn, in small letters and without braces")
    case .bracedOptions(let text):
      Wording(
        "options do not stand in braces: '\(Self.shortened(text))'",
        hint: "write them plainly, as in: nn my-label echo=fold caption=\"Loss\"")
    case .invalidLabel(let label):
      Wording(
        "'\(Self.shortened(label))' can't be a cell's label: that is a letter, then letters, "
          + "digits, '-' or '_', at most 64 in all")
    case .reservedLabel(let label):
      Wording(
        "the label '\(label)' is kept for cells without a label", hint: "choose another label")
    case .duplicateLabel(let label, let firstLine):
      Wording(
        "the label '\(label)' belongs to the cell in line \(firstLine) already",
        hint: "choose another label")
    case .emptyInline:
      Wording("there is no expression behind nn", hint: "write one, as in `nn round(loss, 3)`")
    case .strayInline:
      Wording(
        "`nn in this text begins no inline value: a back-tick has no partner",
        hint: "pair the back-ticks, or write \\` for one that stands for itself")
    default: Wording("")
    }
  }

  private var optionWording: Wording {
    switch self {
    case .strayWord(let word):
      Wording(
        "'\(Self.shortened(word))' is neither a label nor an option: behind nn stand one label and "
          + "options of the form key=value",
        hint: "put a value with spaces in it into quotes")
    case .spacedOption(let name):
      Wording(
        "there may be no space around '=' in a cell's options", hint: "write \(name)=value")
    case .missingValue(let name):
      Wording("the option \(name) has no value")
    case .unclosedQuote(let name):
      Wording("the quotes of \(name)'s value are not closed in this line")
    case .textAfterQuote(let name, let text):
      Wording(
        "'\(Self.shortened(text))' follows directly upon the quoted value of \(name)",
        hint: "a quote inside a quoted value is written \\\"")
    case .unknownOption(let name, let suggestion, let known):
      Wording(
        "a cell has no option '\(Self.shortened(name))'",
        hint: Self.suggestion(suggestion, known, of: "the options are"))
    case .foreignOption(let name, let here):
      Wording("a cell has no option '\(name)'", hint: here)
    case .duplicateOption(let name, let firstLine):
      Wording("the option \(name) is given twice, the first time in line \(firstLine)")
    case .invalidOption(let name, let value, let allowed, let meant):
      Wording(
        "\(name) can't be '\(Self.shortened(value))': it is \(Self.list(allowed, "or"))",
        hint: meant.map { "did you mean \(name)=\($0)?" })
    case .invalidDuration(let name, let value):
      Wording(
        "\(name) can't be '\(Self.shortened(value))': it is a number above 0 and a unit, "
          + "as in 500ms, 30s, 2m or 1h")
    case .invalidTolerance(let value):
      Wording(
        "tolerance can't be '\(Self.shortened(value))': it is \(Tolerance.forms)")
    case .invalidOptionLine(let text):
      Wording(
        "'\(Self.shortened(text))' is no option line", hint: "write #| key: value")
    case .lateOptionLine:
      Wording(
        "this option line is only a comment: option lines stand at the top of a cell",
        hint: "move it up")
    default: Wording("")
    }
  }

  private var frontMatterWording: Wording {
    switch self {
    case .unclosedFrontMatter:
      Wording("the front matter is not closed", hint: "end it with a line ---")
    case .frontMatterTooLarge(let bytes, let limit):
      Wording("the front matter has \(bytes) bytes; at most \(limit) are read")
    case .invalidYAML(let reason):
      Wording(
        "the front matter is not valid YAML: \(reason)",
        hint: "a value with ': ' or ' #' in it, or that begins with a sign, goes into quotes")
    case .frontMatterShape(let found):
      Wording(
        "the front matter is \(found), not a list of keys with values",
        hint: "write lines like title: My notebook")
    case .unknownKey(let name, let suggestion, let known):
      Wording(
        "the front matter has no key '\(Self.shortened(name))'",
        hint: Self.suggestion(suggestion, known, of: "the keys are"))
    case .duplicateKey(let name, let firstLine):
      Wording("'\(Self.shortened(name))' is given twice, the first time in line \(firstLine)")
    case .wrongKeyType(let name, let expected, let found):
      Wording("\(Self.shortened(name)) is \(expected), not \(found)")
    case .anchorOrAlias(let text):
      Wording(
        "YAML's anchors and aliases are not read here: '\(Self.shortened(text))'",
        hint: "write the value out, or put it into quotes")
    case .tag(let text):
      Wording(
        "YAML's tags are not read here: '\(Self.shortened(text))'", hint: "leave the tag out")
    case .invalidParameterName(let name):
      Wording(
        "'\(Self.shortened(name))' can't be a parameter: it is not a name of the language",
        hint: "a name has letters, digits and '_', and does not begin with a digit")
    case .reservedParameterName(let name):
      Wording("'\(name)' can't be a parameter: it is a word of the language")
    case .parameterOverflow(let name, let value):
      Wording(
        "the parameter \(Self.shortened(name)) is too large: \(Self.shortened(value))",
        hint: "an integer has 64 bits; write a decimal point for a float")
    case .invalidSize(let name, let value):
      Wording(
        "\(name) can't be '\(Self.shortened(value))': it is a number above 0 and a unit, "
          + "as in 512MB or 2GB")
    case .invalidSteps(let value):
      Wording(
        "steps can't be '\(Self.shortened(value))': it is a whole number above 0, as in 1000000 or 1e6"
      )
    default: Wording("")
    }
  }

  private static func suggestion(
    _ suggestion: String?, _ known: [String], of lead: String
  ) -> String {
    if let suggestion { return "did you mean \(suggestion)?" }
    return "\(lead) \(list(known, "and"))"
  }

  /// "a, b or c"
  private static func list(_ words: [String], _ last: String) -> String {
    guard words.count > 1, let final = words.last else { return words.first ?? "" }
    return words.dropLast().joined(separator: ", ") + " \(last) \(final)"
  }

  /// What was written, short enough for a message.
  private static func shortened(_ text: String) -> String {
    let scalars = text.unicodeScalars
    guard scalars.count > 60 else { return text }
    return String(String.UnicodeScalarView(scalars.prefix(57))) + "..."
  }
}
