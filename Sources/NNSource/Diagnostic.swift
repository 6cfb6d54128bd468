/// A finding about a source file: a fact, its place, how serious it is.
package struct Diagnostic: Error, Sendable, Hashable {
  package enum Severity: String, Sendable { case error, warning }

  package var severity: Severity
  package var problem: Problem
  package var range: SourceRange

  package init(_ severity: Severity, _ problem: Problem, at range: SourceRange) {
    self.severity = severity
    self.problem = problem
    self.range = range
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
