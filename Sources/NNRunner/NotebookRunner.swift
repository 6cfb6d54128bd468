import NNData
import NNLanguage
import NNNotebook
import NNOutput
import NNRuntime
import NNSource
import NNTensor

/// Runs a notebook from its first cell to its last and gives what every cell left.
///
/// A failed cell changes nothing; cells that need a name it would have written, or the random
/// stream after it, do not run and say so; all others do. With a cache, a cell whose key is known
/// does not run.
package struct NotebookRunner {
  /// What a cell may take where nothing says otherwise; a notebook may ask for less.
  package static let standardLimits = Limits(seconds: 300)

  private let settings: [ParameterSetting]
  /// The most a cell may take, whatever the notebook asks for.
  package var limits = NotebookRunner.standardLimits
  /// For whoever may stop a run.
  package var cancellation: Cancellation?
  /// What the notebook may read and write.
  package var files = FileAccess()
  /// Where results are kept; without one every cell runs.
  package var cache: CacheFolder?
  /// What an earlier run gave, read without a notebook: shown, marked as out of date, where a cell
  /// does not run.
  package var record: NotebookRecord?
  /// Told what is running, for a person who waits.
  package var onProgress: ((String) -> Void)?

  package init(settings: [ParameterSetting] = []) { self.settings = settings }

  /// What a run gave, and how each cell came to it.
  package struct Run {
    package let document: OutputDocument
    package let events: [CellEvent]
    /// Of all that the document follows from; nil where a result is not in the cache, or where there
    /// is something to tell.
    package let signature: ContentHash?
    fileprivate let session: NotebookSession

    fileprivate init(_ document: OutputDocument, _ session: NotebookSession) {
      self.document = document
      events = session.events
      signature = session.signature
      self.session = session
    }

    /// Whether it is known what a name is behind the last cell: no cell that may have written it
    /// was left out.
    package func knows(_ name: String) -> Bool { !session.state.isUnknown(name) }

    /// The value of a name behind the last cell as `print` writes it; nil for a name without one.
    package func text(of name: String) throws -> String? {
      try session.presentValue(of: name)?.text
    }

    /// The value of a name behind the last cell as the bytes of an NPY file.
    package func npy(of name: String) throws -> [UInt8]? {
      guard let value = try session.presentValue(of: name) else { return nil }
      switch value {
      case .tensor(let tensor): return try NPYFormat.bytes(tensor)
      case .scalar(let scalar): return try NPYFormat.bytes(Tensor(scalar))
      case .int(let number): return try NPYFormat.bytes(Tensor([number], shape: []))
      case .float(let number): return try NPYFormat.bytes(Tensor([number], shape: []))
      default: throw Problem.run(.notArray(name: name, kind: value.kindName))
      }
    }

    /// The names that have a value behind the last cell, in order.
    package var names: [String] { session.state.names.keys.sorted() }
  }

  /// Settings that fit no parameter of the notebook, in words. Nothing should run with them.
  package func settingProblems(_ notebook: Notebook) -> [String] {
    Parameters(notebook.frontMatter.parameters, settings: settings).misfits.map { misfit in
      let wording = Problem.run(misfit).wording
      return "nnbook: " + wording.message + (wording.hint.map { "\nhint: " + $0 } ?? "")
    }
  }

  /// What every cell left. `inspecting` is shown the names and values that a run without a cache
  /// has at its end.
  package func run(
    _ notebook: Notebook, inspecting: (Interpreter) -> Void = { _ in }
  ) -> OutputDocument {
    guard let run = try? execute(notebook) else {
      preconditionFailure("nobody was there to stop it")
    }
    inspecting(run.session.interpreter)
    return run.document
  }

  /// Runs what `policy` says of the cells up to number `last`, or of all.
  package func execute(
    _ notebook: Notebook, _ policy: RunPolicy = RunPolicy(), through last: Int? = nil
  ) throws(Interrupted) -> Run {
    guard let run = try execute(notebook, policy, through: last, skippingIf: { _ in false }) else {
      preconditionFailure("nothing was to be skipped")
    }
    return run
  }

  /// The same; nil when every cell came from the cache and `isKnown` says of the hash of all that
  /// the document follows from that nothing need be done.
  package func execute(
    _ notebook: Notebook, _ policy: RunPolicy = RunPolicy(), through last: Int? = nil,
    skippingIf isKnown: (ContentHash) -> Bool
  ) throws(Interrupted) -> Run? {
    var given = RunSettings(
      parameters: settings, limits: limits, cancellation: cancellation, files: files,
      onProgress: onProgress)
    given.last = last
    given.record = record
    if let cache {
      let session = NotebookSession(notebook, given, cache: cache)
      do throws(RunStop) {
        return try session.run(policy, skippingIf: isKnown).map { Run($0, session) }
      } catch {
        if case .interrupted(let interrupted) = error {
          // What has come to its end need not run again.
          cache.flush()
          throw interrupted
        }
      }
    }
    given.trustsRecord = false
    let session = NotebookSession(notebook, given, cache: nil)
    do throws(RunStop) {
      return try session.run(policy, skippingIf: { _ in false }).map { Run($0, session) }
    } catch {
      guard case .interrupted(let interrupted) = error else {
        preconditionFailure("without a cache every value is there")
      }
      throw interrupted
    }
  }
}
