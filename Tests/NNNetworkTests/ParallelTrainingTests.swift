import CNNKernels
import NNTensor
import Testing

@testable import NNNetwork

/// A training gives the same bits on every path and at any number of threads. Neither changes what
/// other tests find, so switching does not disturb them.
@Suite(.serialized) struct ParallelTrainingTests {
  @Test(arguments: [DType.float64, .float32])
  func `batches of many panels have the same bits at any number of threads`(_ dtype: DType) throws {
    let usual = (path: nn_path(), threads: nn_threads())
    defer {
      nn_select_path(usual.path)
      nn_set_threads(usual.threads)
    }
    var pixels = RandomStream(seed: 5)
    let x = try pixels.randint(low: 0, high: 256, shape: [2700, 40]).cast(to: .uint8)
    let labels = Tensor((0..<2700).map { ($0 * $0) % 5 }, shape: nil)
    var random = RandomStream(seed: 1)
    let start = try Network(
      inputs: 40, divide: 255, dtype: dtype,
      layers: [
        .dense(units: 20, activation: .sigmoid), .dropout(rate: 0.25),
        .dense(units: 5, activation: .softmax),
      ], random: &random)
    var trained: [Network] = []
    for path in 0..<Int32(NN_PATHS) where nn_path_exists(path) != 0 && path != NN_PORTABLE {
      nn_select_path(path)
      for threads: Int32 in [1, 2, 3, 7] {
        nn_set_threads(threads)
        var network = start
        var stream = RandomStream(seed: 2)
        let batches = options {
          $0.epochs = 2
          $0.batch = .samples(2000)
          $0.learningRate = 0.5
        }
        try Trainer(batches).train(&network, on: x, labels, random: &stream)
        trained.append(network)
      }
    }
    #expect(trained.allSatisfy { $0.layers == trained.first?.layers })
    #expect(trained.allSatisfy { $0.history == trained.first?.history })
  }

  /// Packed weights have the form of the path that packed them; another one may be chosen while they
  /// are in use, by another test at least.
  @Test(arguments: [DType.float64, .float32])
  func `packed weights stay right when the path changes`(_ dtype: DType) throws {
    let usual = nn_path()
    defer { nn_select_path(usual) }
    var random = RandomStream(seed: 3)
    let network = try Network(
      inputs: 300, dtype: dtype,
      layers: [.dense(units: 70, activation: .sigmoid), .dense(units: 5, activation: .linear)],
      random: &random)
    let x = try random.rand([50, 300]).cast(to: dtype)
    let expected = try network.forward(x)
    let paths = (0..<Int32(NN_PATHS)).filter { nn_path_exists($0) != 0 && $0 != NN_PORTABLE }
    for first in paths {
      nn_select_path(first)
      let workspace = try Workspace(network, capacity: 50, inputs: false, packs: true)
      workspace.packWeights()
      for second in paths {
        nn_select_path(second)
        try x.withKernelElements { try workspace.forward($0.data, rows: 50, isPacked: true) }
        #expect(try workspace.outputTensor(rows: 50) == expected)
      }
    }
  }
}
