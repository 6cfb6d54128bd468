import CNNKernels
import NNTensor

/// Where panels of labelled samples are taken from: the places of inputs, targets and classes in
/// memory, looked up once so that a panel costs no more than its elements.
final class PanelSource {
  let count: Int
  private let data: LabelledSamples
  private let columns: Int
  private let outputs: Int
  private let divisor: Double
  /// Whether rows in their order can be taken where they stand.
  private let isReady: Bool
  private let inputs: Matrix
  private let rows: Matrix?
  private let classes: UnsafeMutablePointer<Int>?
  /// Two of the inputs and two of the rows of targets.
  private let strides: UnsafeMutablePointer<Int>

  init(_ data: LabelledSamples, for network: Network) {
    self.data = data
    count = data.count
    columns = network.inputs
    outputs = network.outputs
    divisor = network.divisor ?? 1
    isReady = data.samples.areReady(for: network)
    strides = .allocate(capacity: 4)
    strides.initialize(repeating: 0, count: 4)
    inputs = Matrix(data.samples.matrix, strides)
    if case .rows(let targets) = data.targets.form {
      rows = Matrix(targets, strides + 2)
    } else {
      rows = nil
    }
    classes = data.classes.map { numbers in
      let places = UnsafeMutablePointer<Int>.allocate(capacity: numbers.count)
      for (index, number) in numbers.enumerated() {
        (places + index).initialize(to: number)
      }
      return places
    }
  }

  deinit {
    strides.deallocate()
    classes?.deallocate()
  }

  /// Elements that stay where they are as long as `data` is kept.
  private struct Matrix {
    let elements: nn_elements
    /// Bytes from row to row.
    let row: Int

    init(_ matrix: Tensor, _ strides: UnsafeMutablePointer<Int>) {
      elements = matrix.withKernelElements { elements in
        for axis in 0..<2 { strides[axis] = elements.strides[axis] }
        return nn_elements(data: elements.data, strides: strides, dtype: elements.dtype)
      }
      row = strides[0] * matrix.dtype.itemSize
    }

    func from(_ index: Int) -> UnsafeRawPointer { elements.data + index * row }
  }

  /// Makes the panel `range` of `order` ready: its targets and classes in the workspace, and its
  /// inputs at the place that is returned, which is valid as long as both are.
  func load(
    _ range: Range<Int>, order: UnsafePointer<Int>?, into workspace: Workspace
  ) -> UnsafeRawPointer {
    let code = workspace.code
    let places = workspace.classes.pointer.assumingMemoryBound(to: Int.self)
    if let classes {
      for (offset, index) in range.enumerated() { places[offset] = classes[order?[index] ?? index] }
    }
    if let rows {
      take(rows, outputs, 1, range, order, code, workspace.targets)
    } else {
      nn_one_hot(code, workspace.targets.pointer, places, range.count, outputs)
    }
    guard let room = workspace.inputs, order != nil || !isReady else {
      return inputs.from(range.lowerBound)
    }
    take(inputs, columns, divisor, range, order, code, room)
    return UnsafeRawPointer(room.pointer)
  }

  private func take(
    _ matrix: Matrix, _ columns: Int, _ divisor: Double, _ range: Range<Int>,
    _ order: UnsafePointer<Int>?, _ code: Int32, _ room: NumberRoom
  ) {
    precondition(range.count * columns <= room.count, "the panel does not fit its room")
    var elements = matrix.elements
    if order == nil { elements.data = matrix.from(range.lowerBound) }
    nn_take_rows(
      code, room.pointer, elements, order.map { $0 + range.lowerBound }, range.count, columns,
      divisor)
  }
}
