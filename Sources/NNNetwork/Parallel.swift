import CNNKernels

/// Does `body` for every part from 0 on, on up to so many threads if they are free: parts of the
/// same worker one after the other, others at the same time and in any order.
func inParallel(_ parts: Int, workers: Int, _ body: (_ part: Int, _ worker: Int) -> Void) {
  typealias Body = (Int, Int) -> Void
  withoutActuallyEscaping(body) { body in
    withUnsafePointer(to: body as Body) { job in
      nn_parallel(
        parts, Int32(workers),
        { job, part, worker in
          job?.assumingMemoryBound(to: Body.self).pointee(part, Int(worker))
        }, job)
    }
  }
}
