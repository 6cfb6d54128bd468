import Testing

/// The tutorials' trainings by hand, in the forms that the engine has, agree with `train` to the
/// last bit.
struct TutorialByHandTests {
  @Test("Iris: the whole set at once")
  func iris() {
    let text = ProgramRun.text(
      """
      load iris as d
      x, y = d.x, one_hot(d.y, 3)
      seed 99
      w1, b1 = uniform(-1, 1, (6, 4)).T, zeros(6)
      w2, b2 = uniform(-1, 1, (3, 6)).T, zeros(3)
      network net:
          input 4
          dense 6 relu
          dense 3 softmax
      init net from w1, b1, w2, b2
      losses = []
      for epoch in range(25):
          z1 = x @ w1 + b1
          a1 = relu(z1)
          z2 = a1 @ w2 + b2
          e = exp(z2 - max(z2, axis=1, keepdims=true))
          p = e / sum(e, axis=1, keepdims=true)
          losses.append(sum(sum(where(y == 0, 0, y * -log(p)), axis=1)) / len(x))
          d2 = (p - y) / len(x)
          d1 = d2 @ w2.T * (z1 > 0)
          w2, b2 = w2 - 0.01 * (a1.T @ d2), b2 - 0.01 * sum(d2, axis=0)
          w1, b1 = w1 - 0.01 * (x.T @ d1), b1 - 0.01 * sum(d1, axis=0)
      train net on d.x, d.y epochs=25 batch=all lr=0.01
      print array_equal(net.W1, w1), array_equal(net.b1, b1)
      print array_equal(net.W2, w2), array_equal(net.b2, b2)
      print array_equal(net.history.loss, losses), losses[24] < losses[0]
      """)
    #expect(text == "True True\nTrue True\nTrue True\n")
  }

  @Test("Letters: a sample at a time, with the tutorial's loss")
  func letters() {
    let text = ProgramRun.text(
      """
      seed 7
      x = list((rand(1, 30) > 0.5) * 1, (rand(1, 30) > 0.5) * 1, (rand(1, 30) > 0.5) * 1)
      y = [[1, 0, 0], [0, 1, 0], [0, 0, 1]]
      w1, w2 = randn(30, 5), randn(5, 3)
      network net:
          input 30
          dense 5 sigmoid bias=false
          dense 3 sigmoid bias=false
      init net from w1, w2
      def logistic(z):
          return 1 / (1 + exp(-z))
      errors = []
      for epoch in range(100):
          l = []
          for i in range(3):
              a1 = logistic(x[i].dot(w1))
              a2 = logistic(a1.dot(w2))
              l.append(sum(square(a2 - y[i])) / len(y))
              d2 = a2 - y[i]
              d1 = multiply(w2.dot(d2.transpose()).transpose(), multiply(a1, 1 - a1))
              w1, w2 = w1 - 0.1 * x[i].T.dot(d1), w2 - 0.1 * a1.T.dot(d2)
          errors.append(sum(l) / 3)
      train net on concatenate(x), y epochs=100 batch=1 shuffle=false lr=0.1 \\
          loss=binary_cross_entropy reduction=sum metrics=mse
      print array_equal(net.W1, w1), array_equal(net.W2, w2)
      print close(net.history.mse, errors), errors[99] < errors[0]
      """)
    #expect(text == "True True\nTrue True\n")
  }

  /// 2000 samples are four panels, which several threads may take.
  @Test(
    "Fashion and digits: bytes over 255, all samples at once", arguments: ["float64", "float32"])
  func pictures(_ dtype: String) {
    for (activation, slope) in [("sigmoid", "a1 * (1 - a1)"), ("relu", "(z1 > 0)")] {
      let text = ProgramRun.text(
        """
        seed 3
        images = randint(0, 256, (2000, 36)).astype(uint8)
        labels = randint(0, 10, 2000)
        network net dtype=\(dtype):
            input 36 divide=255
            dense 16 \(activation)
            dense 10 softmax
        w1, b1, w2, b2 = net.W1, net.b1, net.W2, net.b2
        x = images.astype(\(dtype)) / 255
        y = one_hot(labels, 10).astype(\(dtype))
        for epoch in range(3):
            z1 = x @ w1 + b1
            a1 = \(activation)(z1)
            p = softmax(a1 @ w2 + b2)
            d2 = (p - y) / len(x)
            d1 = d2 @ w2.T * (\(slope))
            w2, b2 = w2 - 0.5 * (a1.T @ d2), b2 - 0.5 * sum(d2, axis=0)
            w1, b1 = w1 - 0.5 * (x.T @ d1), b1 - 0.5 * sum(d1, axis=0)
        train net on images, labels epochs=3 batch=all lr=0.5
        print array_equal(net.W1, w1), array_equal(net.b1, b1)
        print array_equal(net.W2, w2), array_equal(net.b2, b2)
        """)
      #expect(text == "True True\nTrue True\n", "\(activation)")
    }
  }
}
