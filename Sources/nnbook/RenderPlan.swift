import NNRender
import NNSource

/// Which notebooks a command line names, and which pages they become.
struct RenderPlan {
  /// A notebook and its page.
  struct Job {
    let source: String
    /// The page's path beneath the folder of pages.
    let path: String
    let target: String
    /// The record beside it.
    let record: String
    /// The page in Markdown, where one is asked for or stands.
    let markdown: String
    /// The last part of those paths, without its ending.
    let name: String
    /// Where what the notebook saves is written.
    let files: String
    /// The folder of all pages, as the command line names it.
    let root: String

    /// Whether something stands where the Markdown page belongs, other than the notebook itself.
    var hasMarkdown: Bool { Files.exists(markdown) && !Files.isSame(source, markdown) }

    /// `name` is the notebook's path within the folder that was named.
    fileprivate init(_ source: String, name: String, output: String) {
      let stem = name.hasSuffix(".md") ? String(name.dropLast(3)) : name
      let folder = output.hasSuffix("/") ? output : output + "/"
      self.source = source
      root = folder
      path = stem + ".html"
      target = folder + path
      record = folder + stem + ".ipynb"
      markdown = folder + stem + ".md"
      self.name = stem.split(separator: "/").last.map(String.init) ?? stem
      files = folder + "files/" + stem
    }
  }

  /// The page that lists all the others.
  struct Index {
    let target: String
    /// The notebook that the list stands in.
    let head: Job?
  }

  static let indexPath = "index.html"

  private(set) var jobs: [Job] = []
  /// nil when only single notebooks are named: their list would drop the others from it.
  let index: Index?
  /// Paths that lead to nothing; none unless they were to be passed over.
  private(set) var missing: [(path: String, problem: Problem)] = []

  /// - Parameter skipsMissing: whether the others are planned where a path leads to nothing.
  init(paths: [String], output: String, skipsMissing: Bool = false) throws {
    var found: [Job] = []
    var hasFolder = false
    for path in paths {
      do {
        found += try Self.jobs(path, output: output)
        hasFolder = hasFolder || Files.isFolder(path)
      } catch let problem as Problem where skipsMissing && problem != .file(.notNotebook(path)) {
        missing.append((path, problem))
      }
    }
    let unique = try Self.unique(found)
    let head = unique.first { $0.path == Self.indexPath }
    jobs = unique.filter { $0.path != Self.indexPath }
    guard hasFolder else {
      if let head { throw Problem.file(.indexAlone(head.source)) }
      index = nil
      return
    }
    let target = (output.hasSuffix("/") ? output : output + "/") + Self.indexPath
    if Files.exists(target), !HTMLIndex.isOurs(try Files.read(target)) {
      throw Problem.file(.foreignIndex(target))
    }
    index = Index(target: target, head: head)
  }

  private static func jobs(_ path: String, output: String) throws -> [Job] {
    guard !Files.isFolder(path) else {
      let files = try Files.notebooks(in: path)
      guard !files.isEmpty else { throw Problem.file(.noNotebooks(path)) }
      return files.map { Job($0, name: String($0.dropFirst(path.count + 1)), output: output) }
    }
    // Anything else is read as a notebook only by mistake: a record, a page.
    guard path.hasSuffix(".md") else {
      throw Problem.file(Files.exists(path) ? .notNotebook(path) : .notFound(path))
    }
    guard Files.exists(path) else { throw Problem.file(.notFound(path)) }
    let name = path.split(separator: "/").last.map(String.init) ?? path
    return [Job(path, name: name, output: output)]
  }

  /// Each page once; two notebooks for one page are an error.
  private static func unique(_ jobs: [Job]) throws -> [Job] {
    var owners: [String: Job] = [:]
    var unique: [Job] = []
    for job in jobs {
      guard let first = owners[job.target] else {
        owners[job.target] = job
        unique.append(job)
        continue
      }
      guard Files.isSame(first.source, job.source) else {
        throw Problem.file(.sameTarget(job.target, first: first.source, second: job.source))
      }
    }
    return unique
  }
}
