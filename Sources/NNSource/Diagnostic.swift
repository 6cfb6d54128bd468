/// A finding about a source file: a fact, its place, how serious it is.
package struct Diagnostic: Error, Sendable, Hashable {
  package enum Severity: String, Sendable { case error, warning }

  package var severity: Severity
  package var problem: Problem
  package var range: SourceRange
  /// The calls that led there, innermost first, when it lies inside a function.
  package var callers: [SourceRange] = []

  package init(_ severity: Severity, _ problem: Problem, at range: SourceRange) {
    self.severity = severity
    self.problem = problem
    self.range = range
  }

  /// `12:5, 30:1`: where the function was called from. A recursion's equal places are told once.
  package func callerText(in file: SourceFile) -> String? {
    var places: [String] = []
    for caller in callers {
      let position = file.position(of: caller.lower)
      let place = "\(position.line):\(position.column)"
      if places.last != place { places.append(place) }
    }
    guard places.count > 4 else {
      return places.isEmpty ? nil : places.joined(separator: ", ")
    }
    return places.prefix(3).joined(separator: ", ") + ", …, " + places[places.count - 1]
  }

  package static func error(_ problem: Problem, at range: SourceRange) -> Diagnostic {
    Diagnostic(.error, problem, at: range)
  }
}

/// What a person reads of a fact: one sentence, and a way out where there is one.
package struct Wording: Sendable, Hashable {
  package let message: String
  package let hint: String?

  package init(_ message: String, hint: String? = nil) {
    self.message = message
    self.hint = hint
  }
}
