import Glibc
import NNData
import NNRunner
import NNTensor
import Synchronization

/// A person's Ctrl-C, and a machine's wish that the program end. What runs stops between two pieces
/// of work; a piece that takes longer than a person waits is ended with the program. Pages are
/// written whole or not at all, so nothing is lost either way.
enum Interruption {
  /// Cancelled by the first such signal from here on.
  static let cancellation: Cancellation = watch()

  /// How long a run has to come to its own end.
  private static let patience: UInt32 = 50_000

  private static let signals = [SIGINT, SIGTERM, SIGHUP]
  private static let received = Atomic<Int32>(SIGINT)
  private static let isEnding = Atomic<Bool>(false)

  private static func watch() -> Cancellation {
    // Threads started from here on leave these signals to the one that waits for them.
    var watched = set(of: signals.filter { !isIgnored($0) })
    pthread_sigmask(SIG_BLOCK, &watched, nil)
    let cancellation = Cancellation()
    let context = Unmanaged.passRetained(cancellation).toOpaque()
    var thread = pthread_t()
    let status = pthread_create(
      &thread, nil,
      { context in
        Interruption.waitForSignal(context)
        return nil
      }, context)
    // Without a watcher the signals do what they always do.
    if status != 0 { pthread_sigmask(SIG_UNBLOCK, &watched, nil) }
    return cancellation
  }

  private static func waitForSignal(_ context: UnsafeMutableRawPointer?) {
    guard let context else { return }
    let cancellation = Unmanaged<Cancellation>.fromOpaque(context).takeUnretainedValue()
    var watched = set(of: signals.filter { !isIgnored($0) })
    var signal: Int32 = 0
    while sigwait(&watched, &signal) != 0 {}
    received.store(signal, ordering: .relaxed)
    cancellation.cancel()
    usleep(patience)
    end(telling: "nnbook: stopped; pages are as they were")
  }

  /// Ends the program after a run that was stopped.
  static func end(_ interrupted: Interrupted, in notebook: String) -> Never {
    let place = interrupted.line.map { "\(notebook):\($0)" } ?? notebook
    let cell = interrupted.cell.map { " in the cell '\($0)'" } ?? ""
    end(telling: "\(place): stopped\(cell); its page is as it was")
  }

  /// Ends the program after one that was stopped, with what there is to say of it.
  static func end(_ told: [String]) -> Never { end(telling: told.joined(separator: "\n")) }

  /// As the signal would have ended it, so that a shell knows.
  private static func end(telling text: String) -> Never {
    guard !isEnding.exchange(true, ordering: .relaxed) else {
      while true { pause() }
    }
    // Before it is told: from here on no page changes.
    TemporaryFile.removeAll()
    Console.status("")
    Console.tell(text)
    let signal = received.load(ordering: .relaxed)
    Glibc.signal(signal, SIG_DFL)
    var alone = set(of: [signal])
    pthread_sigmask(SIG_UNBLOCK, &alone, nil)
    kill(getpid(), signal)
    exit(128 + signal)
  }

  private static func set(of signals: [Int32]) -> sigset_t {
    var set = sigset_t()
    sigemptyset(&set)
    for signal in signals { sigaddset(&set, signal) }
    return set
  }

  /// As under `nohup`, and for a command that a script started with `&`.
  private static func isIgnored(_ signal: Int32) -> Bool {
    var action = sigaction()
    return sigaction(signal, nil, &action) == 0
      && unsafeBitCast(action.__sigaction_handler.sa_handler, to: Int.self)
        == unsafeBitCast(SIG_IGN, to: Int.self)
  }
}
