import NNSource
import NNTensor

/// A prediction and its target in one form: two float matrices (samples, outputs).
struct LossPair {
  let prediction: Tensor
  let target: Tensor
  var samples: Int { prediction.shape[0] }
  var outputs: Int { prediction.shape[1] }

  /// A prediction of rank 1 is one sample. A target of the prediction's shape is rows; one with
  /// one dimension fewer is class numbers.
  init(_ loss: Loss, _ prediction: Tensor, _ target: Tensor) throws {
    let given = Problem.network(
      .lossShapes(
        loss: loss.rawValue, prediction: prediction.shape.array, target: target.shape.array))
    guard prediction.rank <= 2 else { throw given }
    let p = prediction.floating
    let matrix = try p.rank == 2 ? p : p.reshaped([1, p.count])
    guard matrix.count > 0 else { throw given }
    let dtype = target.dtype == .float64 ? DType.float64 : matrix.dtype
    self.prediction = matrix.cast(to: dtype)
    let outputs = matrix.shape[1]
    if target.shape == prediction.shape || target.shape == matrix.shape
      || (outputs == 1 && target.count == matrix.count && target.rank <= 2)
    {
      self.target = try target.reshaped(matrix.shape.array).cast(to: dtype)
    } else if target.rank == matrix.rank - 1, target.count == matrix.shape[0], outputs > 1 {
      let classes = try ClassNumbers(target, below: outputs)
      self.target = try classes.oneHot(outputs, dtype: dtype)
    } else if target.rank == 0, matrix.shape[0] == 1, outputs > 1 {
      let classes = try ClassNumbers(target.reshaped([1]), below: outputs)
      self.target = try classes.oneHot(outputs, dtype: dtype)
    } else {
      throw given
    }
  }
}
