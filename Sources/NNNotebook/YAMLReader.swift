import CYAML
import NNSource

// The one file that touches libyaml: its events become a small tree with ranges in the file.

/// A piece of YAML.
indirect enum YAMLNode: Sendable {
  /// `isPlain`: without quotes or block marks, so that `true` and `3` are no text.
  case scalar(String, isPlain: Bool, SourceRange)
  case sequence([YAMLNode], SourceRange)
  case mapping([(key: YAMLNode, value: YAMLNode)], SourceRange)

  var range: SourceRange {
    switch self {
    case .scalar(_, _, let range), .sequence(_, let range), .mapping(_, let range): range
    }
  }
}

struct YAMLReader: ~Copyable {
  /// Deeper than anything that has a meaning in a front matter.
  private static let maximumDepth = 8

  private let bytes: [UInt8]
  private let fileStart: Int
  /// The byte at which each character begins: libyaml counts characters.
  private let characterStarts: [Int]
  private let parser: UnsafeMutablePointer<yaml_parser_t>

  /// - Returns: nil for an empty document.
  static func read(_ file: SourceFile, _ range: SourceRange) throws(Diagnostic) -> YAMLNode? {
    try YAMLReader(file, range).document()
  }

  private init(_ file: SourceFile, _ range: SourceRange) {
    bytes = Array(file.utf8[range.lower..<range.upper])
    fileStart = range.lower
    characterStarts = bytes.indices.filter { [bytes] in bytes[$0] & 0xC0 != 0x80 }
    parser = .allocate(capacity: 1)
    parser.initialize(to: yaml_parser_t())
    yaml_parser_initialize(parser)
  }

  deinit {
    yaml_parser_delete(parser)
    parser.deinitialize(count: 1)
    parser.deallocate()
  }

  private func document() throws(Diagnostic) -> YAMLNode? {
    // libyaml keeps the pointer: everything is read while it is good.
    try bytes.withUnsafeBufferPointer { (buffer) throws(Diagnostic) -> YAMLNode? in
      yaml_parser_set_input_string(parser, buffer.baseAddress, buffer.count)
      yaml_parser_set_encoding(parser, YAML_UTF8_ENCODING)
      var root: YAMLNode?
      while true {
        let event = try next()
        switch event.kind {
        case YAML_STREAM_END_EVENT, YAML_NO_EVENT: return root
        case YAML_STREAM_START_EVENT, YAML_DOCUMENT_START_EVENT, YAML_DOCUMENT_END_EVENT: break
        default: root = try node(event, depth: 0)
        }
      }
    }
  }

  private func node(_ event: Event, depth: Int) throws(Diagnostic) -> YAMLNode {
    guard depth <= Self.maximumDepth else {
      throw .error(
        .notebook(.invalidYAML(reason: "more than \(Self.maximumDepth) levels")), at: event.range)
    }
    switch event.kind {
    case YAML_SEQUENCE_START_EVENT:
      var items: [YAMLNode] = []
      while true {
        let next = try next()
        if next.kind == YAML_SEQUENCE_END_EVENT {
          return .sequence(items, event.range.through(next.range))
        }
        items.append(try node(next, depth: depth + 1))
      }
    case YAML_MAPPING_START_EVENT:
      var pairs: [(YAMLNode, YAMLNode)] = []
      while true {
        let next = try next()
        if next.kind == YAML_MAPPING_END_EVENT {
          return .mapping(pairs, event.range.through(next.range))
        }
        let key = try node(next, depth: depth + 1)
        pairs.append((key, try node(try self.next(), depth: depth + 1)))
      }
    default: return .scalar(event.text, isPlain: event.isPlain, event.range)
    }
  }

  // MARK: Events

  private struct Event {
    let kind: yaml_event_type_t
    let range: SourceRange
    var text = ""
    var isPlain = true
  }

  private func next() throws(Diagnostic) -> Event {
    var event = yaml_event_t()
    guard yaml_parser_parse(parser, &event) != 0 else { throw failure() }
    defer { yaml_event_delete(&event) }
    let range = SourceRange(offset(event.start_mark), offset(event.end_mark))
    var result = Event(kind: event.type, range: range)
    var anchor: UnsafeMutablePointer<yaml_char_t>?
    var tag: UnsafeMutablePointer<yaml_char_t>?
    switch event.type {
    case YAML_ALIAS_EVENT:
      throw .error(.notebook(.anchorOrAlias(text: text(range))), at: range)
    case YAML_SCALAR_EVENT:
      let scalar = event.data.scalar
      (anchor, tag) = (scalar.anchor, scalar.tag)
      result.isPlain = scalar.style == YAML_PLAIN_SCALAR_STYLE
      result.text = String(
        decoding: UnsafeBufferPointer(start: scalar.value, count: scalar.length), as: UTF8.self)
    case YAML_SEQUENCE_START_EVENT:
      (anchor, tag) = (event.data.sequence_start.anchor, event.data.sequence_start.tag)
    case YAML_MAPPING_START_EVENT:
      (anchor, tag) = (event.data.mapping_start.anchor, event.data.mapping_start.tag)
    default: break
    }
    if anchor != nil { throw .error(.notebook(.anchorOrAlias(text: text(range))), at: range) }
    if tag != nil { throw .error(.notebook(.tag(text: text(range))), at: range) }
    return result
  }

  private func failure() -> Diagnostic {
    let state = parser.pointee
    var reason = state.problem.map { String(cString: $0) } ?? "it can't be read"
    // libyaml's own words, as a part of our sentence.
    if reason.hasPrefix("did not find expected ") {
      reason = "expected \(reason.dropFirst("did not find expected ".count))"
    }
    let place =
      state.error == YAML_READER_ERROR
      ? fileStart + min(state.problem_offset, bytes.count) : offset(state.problem_mark)
    return .error(.notebook(.invalidYAML(reason: reason)), at: SourceRange(place, place))
  }

  private func offset(_ mark: yaml_mark_t) -> Int {
    let index = Int(mark.index)
    return fileStart + (index < characterStarts.count ? characterStarts[index] : bytes.count)
  }

  /// The first line of what stands there.
  private func text(_ range: SourceRange) -> String {
    let slice = bytes[(range.lower - fileStart)..<(range.upper - fileStart)]
    return String(decoding: slice.prefix { $0 != UInt8(ascii: "\n") }, as: UTF8.self)
  }
}
