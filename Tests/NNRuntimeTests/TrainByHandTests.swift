import Testing

/// A program that writes the formulas out agrees with `train` to the last bit.
struct TrainByHandTests {
  /// Two layers on 7 samples in batches of 3, by hand: `step` says what becomes of a weight `w`
  /// with the slope `g` and what is kept of it, `m` and `v`; t is the number of the step.
  private func program(
    _ options: String, step: String, dtype: String = "float64", l2: String = "0",
    v: String = "0.0", epochs: Int = 4
  ) -> String {
    """
    seed 5
    x = randn(7, 3).astype(\(dtype))
    y = one_hot([0, 1, 1, 0, 1, 0, 0], 2).astype(\(dtype))
    network net dtype=\(dtype):
        input 3
        dense 4 tanh
        dense 2 softmax
    ws = list(net.W1, net.b1, net.W2, net.b2)
    ms = list()
    vs = list()
    for w in ws:
        ms.append(zeros_like(w))
        vs.append(zeros_like(w) + \(v))
    lr = 0.1
    t = 0
    def step(w, g, m, v, t, lr):
    \(step.split(separator: "\n").map { "    " + $0 }.joined(separator: "\n"))
        return w, m, v
    seed 8
    for epoch in range(\(epochs)):
        order = permutation(7)
        for start in range(0, 7, 3):
            rows = order[start:start + 3]
            xb = x[rows]
            yb = y[rows]
            n = len(rows)
            a1 = tanh(xb @ ws[0] + ws[1])
            p = softmax(a1 @ ws[2] + ws[3])
            d2 = (p - yb) / n
            d1 = d2 @ ws[2].T * (1 - a1 * a1)
            gs = list(xb.T @ d1, sum(d1, axis=0), a1.T @ d2, sum(d2, axis=0))
            if \(l2) > 0:
                gs[0] = gs[0] + 2 * \(l2) * ws[0]
                gs[2] = gs[2] + 2 * \(l2) * ws[2]
            t = t + 1
            for k in range(4):
                w, m, v = step(ws[k], gs[k], ms[k], vs[k], t, lr)
                ws[k] = w
                ms[k] = m
                vs[k] = v
    after = rand(3)
    seed 8
    train net on x, y epochs=2 batch=3 lr=lr l2=\(l2) \(options)
    train net on x, y epochs=\(epochs - 2) batch=3 lr=lr l2=\(l2) \(options)
    print array_equal(net.W1, ws[0]), array_equal(net.b1, ws[1])
    print array_equal(net.W2, ws[2]), array_equal(net.b2, ws[3])
    print array_equal(rand(3), after), sum(abs(ws[0])) < 100
    """
  }

  private func agrees(_ program: String) {
    #expect(ProgramRun.text(program) == "True True\nTrue True\nTrue True\n")
  }

  static let steps: [(String, String, String)] = [
    ("", "w = w - lr * g", "0.0"),
    ("l2=0.01 l2=0.01", "", ""),
    ("momentum=0.9", "m = 0.9 * m - lr * g\nw = w + m", "0.0"),
    (
      "momentum=0.9 nesterov=true",
      "m = 0.9 * m - lr * g\nw = w + (0.9 * m - lr * g)", "0.0"
    ),
    (
      "optimizer=rmsprop",
      "v = 0.9 * v + (1 - 0.9) * g ** 2\nw = w - lr * g / sqrt(v + 1e-7)", "0.0"
    ),
    (
      "optimizer=rmsprop momentum=0.5 rho=0.8",
      "v = 0.8 * v + (1 - 0.8) * g ** 2\nm = 0.5 * m + lr * g / sqrt(v + 1e-7)\nw = w - m", "0.0"
    ),
    ("optimizer=adagrad", "v = v + g ** 2\nw = w - lr * g / sqrt(v + 1e-7)", "0.1"),
    (
      "optimizer=adam",
      """
      m = m + (g - m) * (1 - 0.9)
      v = v + (g ** 2 - v) * (1 - 0.999)
      a = lr * (1 - 0.999 ** t) ** 0.5 / (1 - 0.9 ** t)
      w = w - m * a / (sqrt(v) + 1e-7)
      """, "0.0"
    ),
    (
      "optimizer=adamw weight_decay=0.01 beta_1=0.8",
      """
      w = w - w * 0.01 * lr
      m = m + (g - m) * (1 - 0.8)
      v = v + (g ** 2 - v) * (1 - 0.999)
      a = lr * (1 - 0.999 ** t) ** 0.5 / (1 - 0.8 ** t)
      w = w - m * a / (sqrt(v) + 1e-7)
      """, "0.0"
    ),
  ].filter { !$0.1.isEmpty }

  @Test("Every optimizer", arguments: steps)
  func everyOptimizer(_ options: String, _ step: String, _ v: String) {
    for dtype in ["float64", "float32"] {
      agrees(program(options, step: step, dtype: dtype, v: v))
    }
  }

  @Test("l2 pulls at the weights, not at the biases")
  func penalty() { agrees(program("", step: "w = w - lr * g", l2: "0.01")) }

  @Test("The loss holds the penalty under the weights before the step")
  func penaltyOfTheLoss() {
    let text = ProgramRun.text(
      """
      network net:
          input 2
          dense 2 softmax
      x = [[1, 2], [3, 4], [5, 7]]
      y = [0, 1, 0]
      before = cross_entropy(net(x), y) + 0.1 * sum(net.W1 ** 2)
      train net on x, y epochs=1 batch=all l2=0.1
      print net.history.loss[0] == before
      after = cross_entropy(net(x), y) + 0.1 * sum(net.W1 ** 2)
      train net on x, y epochs=1 batch=2 l2=0.1 validation=(x, y) lr=1e-300
      print net.history.val_loss[1] == after, close(net.history.loss[1], after)
      """)
    #expect(text == "True\nTrue True\n")
  }

  @Test("Dropout: one rand(batch, inputs) a layer and batch, after the permutation")
  func dropout() {
    let text = ProgramRun.text(
      """
      seed 5
      x = randn(7, 3)
      y = one_hot([0, 1, 1, 0, 1, 0, 0], 2)
      network net:
          input 3
          dropout 0.2
          dense 40 sigmoid
          dropout 0.6
          dense 2 softmax
      w1 = net.W1
      b1 = net.b1
      w2 = net.W2
      b2 = net.b2
      seed 8
      losses = []
      for epoch in range(3):
          order = permutation(7)
          rows = []
          for start in range(0, 7, 4):
              part = order[start:start + 4]
              xb = x[part]
              yb = y[part]
              n = len(part)
              keep0 = rand(n, 3) >= 0.2
              keep1 = rand(n, 40) >= 0.6
              a0 = xb * keep0 / (1 - 0.2)
              a1 = sigmoid(a0 @ w1 + b1)
              h1 = a1 * keep1 / (1 - 0.6)
              p = softmax(h1 @ w2 + b2)
              d2 = (p - yb) / n
              d1 = d2 @ w2.T * keep1 / (1 - 0.6) * (a1 * (1 - a1))
              w2 = w2 - 0.5 * (h1.T @ d2)
              b2 = b2 - 0.5 * sum(d2, axis=0)
              w1 = w1 - 0.5 * (a0.T @ d1)
              b1 = b1 - 0.5 * sum(d1, axis=0)
      after = rand(3)
      seed 8
      train net on x, y epochs=3 batch=4 lr=0.5
      print array_equal(net.W1, w1), array_equal(net.b1, b1)
      print array_equal(net.W2, w2), array_equal(net.b2, b2), array_equal(rand(3), after)
      """)
    #expect(text == "True True\nTrue True True\n")
  }

  @Test("The genetic search, draw by draw")
  func genetic() {
    let text = ProgramRun.text(
      """
      x = [[0.0, 0], [0, 1], [1, 0], [1, 1]]
      y = array([[0.0], [1], [1], [0]])
      seed 4
      network net:
          input 2
          dense 3 tanh
          dense 1 sigmoid
      start = concatenate([net.W1.ravel(), net.b1, net.W2.ravel(), net.b2])
      def answer(g):
          a1 = tanh(x @ g[0:6].reshape(2, 3) + g[6:9])
          return sigmoid(a1 @ g[9:12].reshape(3, 1) + g[12:13])
      seed 8
      individuals = zeros((6, 13))
      individuals[0] = start
      for k in range(1, 6):
          individuals[k, 0:6] = uniform(-sqrt(6 / 5), sqrt(6 / 5), 6)
          individuals[k, 9:12] = uniform(-sqrt(6 / 4), sqrt(6 / 4), 3)
      history = []
      for generation in range(5):
          losses = zeros(6)
          for k in range(6):
              losses[k] = mse(answer(individuals[k]), y)
          order = argsort(losses)
          best = individuals[order[0]]
          history.append(losses[order[0]])
          children = zeros((6, 13))
          children[0] = individuals[order[0]]
          children[1] = individuals[order[1]]
          for k in range(2, 6):
              mother = individuals[order[min(randint(0, 6, 3))]]
              father = individuals[order[min(randint(0, 6, 3))]]
              crossing = rand(13)
              mutating = rand(13)
              noise = randn(13)
              child = where(crossing < 0.5, mother, father)
              children[k] = where(mutating < 0.3, child + 0.2 * noise, child)
          individuals = children
      after = rand(3)
      seed 8
      train net on x, y epochs=2 loss=mse optimizer=genetic population=6 mutation=0.3 elite=2 lr=0.2
      train net on x, y epochs=3 loss=mse optimizer=genetic population=6 mutation=0.3 elite=2 lr=0.2
      trained = concatenate([net.W1.ravel(), net.b1, net.W2.ravel(), net.b2])
      print array_equal(trained, best), array_equal(rand(3), after)
      print array_equal(net.history.loss, history)
      """)
    #expect(text == "True True\nTrue\n")
  }

  @Test("A schedule is asked for all epochs before the first; what it draws comes first")
  func schedule() {
    let text = ProgramRun.text(
      """
      network net:
          input 2
          dense 2 softmax
      x = [[1, 2], [3, 4], [5, 7]]
      y = [0, 1, 0]
      train net on x, y epochs=3 schedule=lambda e: 0.1 * 0.5 ** e
      print net.history.lr
      train net on x, y epochs=3 lr=0.8 schedule=lambda e, rate: rate / 2 if e else rate
      print net.history.lr[3:]
      seed 3
      draws = rand(2)
      order = permutation(3)
      after = rand()
      seed 3
      train net on x, y epochs=2 batch=1 schedule=lambda e: rand()
      print array_equal(net.history.lr[6:], draws)
      """)
    #expect(text == "[0.1   0.05  0.025]\n[0.8 0.4 0.2]\nTrue\n")
  }
}
