import CJansson

/// Reads JSON; the one file that touches jansson. Numbers with a point or an exponent are doubles.
package enum JSONReader {
  /// Where a text is not JSON, and why.
  package struct Failure: Error, Sendable, Hashable {
    package let line: Int
    package let column: Int
    package let reason: String
  }

  /// Never deeper than jansson's own limit of 2048 levels; a key that stands twice is a failure.
  package static func read(_ bytes: [UInt8]) throws(Failure) -> JSONText {
    var failure = json_error_t()
    let root = bytes.withUnsafeBytes { buffer in
      json_loadb(
        buffer.baseAddress?.assumingMemoryBound(to: CChar.self), buffer.count,
        Int(JSON_REJECT_DUPLICATES) | Int(JSON_DECODE_ANY) | Int(JSON_ALLOW_NUL), &failure)
    }
    guard let root else {
      let reason = withUnsafeBytes(of: &failure.text) { text in
        String(decoding: text.prefix { $0 != 0 }, as: UTF8.self)
      }
      throw Failure(line: Int(failure.line), column: Int(failure.column), reason: reason)
    }
    defer { nn_json_free(root) }
    return copy(root)
  }

  private static func copy(_ value: UnsafeMutablePointer<json_t>) -> JSONText {
    switch nn_json_type(value) {
    case JSON_OBJECT:
      var members: [(String, JSONText)] = []
      var place = json_object_iter(value)
      while let current = place {
        if let key = json_object_iter_key(current), let member = json_object_iter_value(current) {
          let bytes = UnsafeRawBufferPointer(
            start: key, count: json_object_iter_key_len(current))
          members.append((String(decoding: bytes, as: UTF8.self), copy(member)))
        }
        place = json_object_iter_next(value, current)
      }
      return .object(members)
    case JSON_ARRAY:
      return .array((0..<json_array_size(value)).compactMap { json_array_get(value, $0).map(copy) })
    case JSON_STRING:
      let bytes = UnsafeRawBufferPointer(
        start: json_string_value(value), count: json_string_length(value))
      return .string(String(decoding: bytes, as: UTF8.self))
    case JSON_INTEGER: return .number(Int(json_integer_value(value)))
    case JSON_REAL: return .double(json_real_value(value))
    case JSON_TRUE: return .bool(true)
    case JSON_FALSE: return .bool(false)
    default: return .null
    }
  }
}

/// Reading what is expected at a place; nil where there is something else.
extension JSONText {
  package subscript(key: String) -> JSONText? {
    guard case .object(let members) = self else { return nil }
    return members.first { $0.0 == key }?.1
  }

  package var array: [JSONText]? {
    if case .array(let items) = self { items } else { nil }
  }

  package var members: [(String, JSONText)]? {
    if case .object(let members) = self { members } else { nil }
  }

  package var string: String? {
    if case .string(let text) = self { text } else { nil }
  }

  package var int: Int? {
    if case .number(let value) = self { value } else { nil }
  }

  package var bool: Bool? {
    if case .bool(let value) = self { value } else { nil }
  }

  package var isNull: Bool {
    if case .null = self { true } else { false }
  }
}
