import Testing

@Suite struct CommandParserTests {
  @Test(arguments: [
    (
      "print (1 - t) * 100",
      "command print(clause 0(binary *(binary -(integer 1, name t), integer 100)))"
    ),
    ("print(a, b)", "command print(clause 0(name a, name b))"),
    ("print -x", "command print(clause 0(unary -(name x)))"),
    ("print [1]", "command print(clause 0(list(integer 1)))"),
    ("print not a", "command print(clause 0(unary not(name a)))"),
    ("print()", "command print"),
    (#"print a sep=" ""#, #"command print(clause 0(name a), sep=(string " "))"#),
  ])
  func aVerbAndAnOperandMakeACommand(program: String, expected: String) {
    #expect(shape(program) == expected)
  }

  @Test(arguments: [
    ("image = x[0]", "assign(target image, index(name x, integer 0))"),
    ("image[0]", "show(index(name image, integer 0))"),
    ("image", "show(name image)"),
    ("image.shape", "show(field shape(name image))"),
    ("image - x", "show(binary -(name image, name x))"),
    ("image *2", "show(binary *(name image, integer 2))"),
    ("image +2", "show(binary +(name image, integer 2))"),
    ("image -= x", "update -=(target image, name x)"),
    ("image not in xs", "show(comparison not in(name image, name xs))"),
    ("image if a else b", "show(conditional(name a, name image, name b))"),
    ("image, x = y", "assign(target tuple(target image, target x), name y)"),
    ("from = 1", "assign(target from, integer 1)"),
    ("on + to", "show(binary +(name on, name to))"),
  ])
  func aVerbIsNotReserved(program: String, expected: String) {
    #expect(shape(program) == expected)
  }

  @Test(arguments: [
    (
      "plot relu, elu from -3 to 3",
      "command plot(clause 0(name relu, name elu), clause 1(unary -(integer 3)), clause 2(integer 3))"
    ),
    ("plot f to 3", "command plot(clause 0(name f), clause 2(integer 3))"),
    ("plot from from 1", "command plot(clause 0(name from), clause 1(integer 1))"),
    ("load iris as d", "command load(clause 0(word iris), clause 1(word d))"),
    ("load fashion-mnist as d", "command load(clause 0(word fashion-mnist), clause 1(word d))"),
    (
      #"load "a.csv" as d header=auto"#,
      #"command load(clause 0(string "a.csv"), clause 1(word d), header=auto)"#
    ),
    (
      "check gradients of net on x, y",
      "command check(clause 2(name net), clause 3(name x, name y))"
    ),
    ("train net on x, y", "command train(clause 0(name net), clause 1(name x, name y))"),
    (
      "predict net on x as p",
      "command predict(clause 0(name net), clause 1(name x), clause 2(word p))"
    ),
    (
      #"assert a == b, "why""#,
      #"command assert(clause 0(comparison ==(name a, name b), string "why"))"#
    ),
  ])
  func littleWords(program: String, expected: String) {
    #expect(shape(program) == expected)
  }

  @Test(arguments: [
    ("batch=all", "batch=all"), ("batch=-1", "batch=(unary -(integer 1))"),
    ("batch=all * 2", "batch=(binary *(name all, integer 2))"),
    ("lr=0.1 * 2 loss=mse", "lr=(binary *(float 0.1, integer 2)), loss=mse"),
    ("loss=own", "loss=(name own)"), (#"loss="mse""#, #"loss=(string "mse")"#),
    ("lr = 1 epochs = 2", "lr=(integer 1), epochs=(integer 2)"),
    ("validation=(a, b) every=2", "validation=(tuple(name a, name b)), every=(integer 2)"),
    (
      "schedule=lambda e: 1 / e lr=1",
      "schedule=(lambda(parameter e, return(binary /(integer 1, name e)))), lr=(integer 1)"
    ),
  ])
  func options(program: String, expected: String) {
    #expect(
      shape("train net on x, y \(program)")
        == "command train(clause 0(name net), clause 1(name x, name y), \(expected))")
  }

  @Test(arguments: [
    (
      "train(net, x, y,\n  epochs=100)",
      "command train(clause 0(name net), clause 1(name x, name y), epochs=(integer 100))"
    ),
    ("train(net, y=y, x=x)", "command train(clause 0(name net), clause 1(name x, name y))"),
    ("plot(relu, elu, to=3)", "command plot(clause 0(name relu, name elu), clause 2(integer 3))"),
    ("plot(x=e)", "command plot(x=(name e))"),
    ("load(iris, d)", "command load(clause 0(word iris), clause 1(word d))"),
    ("check(net, x, y)", "command check(clause 2(name net), clause 3(name x, name y))"),
    ("predict(net, x)", "command predict(clause 0(name net), clause 1(name x))"),
    ("predict(net, x) == y", "show(comparison ==(call(name predict, name net, name x), name y))"),
    (
      "histogram(x, bins=3)[0]",
      "show(index(call(name histogram, name x, bins=(integer 3)), integer 0))"
    ),
  ])
  func calls(program: String, expected: String) {
    #expect(shape(program) == expected)
  }

  @Test func networks() {
    let program = """
      network net dtype=float32:
        input 784 divide=255
        dense 5 sigmoid bias=false

        dense n            # a name
        dense d.classes softmax
        dense (2 * n) relu
        flatten
        dropout 0.5
      """
    #expect(
      shape(program) == "network net(dtype=(name float32), "
        + "layer input(integer 784, divide=(integer 255)), "
        + "layer dense(integer 5, activation sigmoid, bias=(bool false)), layer dense(name n), "
        + "layer dense(field classes(name d), activation softmax), "
        + "layer dense(binary *(integer 2, name n), activation relu), layer flatten, "
        + "layer dropout(float 0.5))")
  }

  @Test(arguments: [
    (
      "init net normal(0, fan_in ** -0.5)",
      "init(name net, initializer normal(integer 0, binary **(name fan_in, unary -(float 0.5))))"
    ),
    ("init net zeros", "init(name net, initializer zeros)"),
    ("init net from w1, w2", "init(name net, from(name w1, name w2))"),
    (#"init net from "w.npz""#, #"init(name net, from(string "w.npz"))"#),
    ("init = 3", "assign(target init, integer 3)"),
    ("network = 3", "assign(target network, integer 3)"),
  ])
  func initialization(program: String, expected: String) {
    #expect(shape(program) == expected)
  }
}
