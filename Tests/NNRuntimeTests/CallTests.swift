import Testing

/// Calls of the notebook's functions: their depth, their arguments in place, what they are called by.
@Suite struct CallTests {
  @Test func recursionTenThousandDeepIsAnError() {
    let program = """
      def f(n):
          if n == 0:
              return 0
          return 1 + f(n - 1)
      print f(4000)
      print f(10000)
      """
    #expect(
      ProgramRun.text(program)
        == "4000\nerror: 4:16: functions call each other more than 5000 deep | "
        + "a function that calls itself needs a case in which it stops\n")
  }

  @Test func recursionThroughAListAndALambdaIsAnErrorToo() {
    let program = """
      def f(n):
          g = lambda k: f(k)
          return [g(n + 1)]
      f(0)
      """
    #expect(ProgramRun.text(program).contains("more than 5000 deep"))
  }

  @Test func aNetworkThatHasABuiltInsNameIsCalledInsideAFunction() {
    let program = """
      network norm:
          input 2
          dense 1
      def f(x):
          return norm(x)
      print f(ones((3, 2))).shape
      """
    #expect(ProgramRun.text(program) == "(3, 1)\n")
  }

  @Test func aFunctionThatHasABuiltInsNameTakesItsOwnArguments() {
    let program = """
      def square(a, b, c):
          return a + b + c
      def f():
          return square(1, 2, c=3)
      print square(1, 2, 3), f()
      """
    #expect(ProgramRun.text(program) == "6 6\n")
  }

  @Test func argumentsInPlaceAreTheCallersToKeep() {
    let program = """
      def f(x, y):
          x += 1
          y = x
          return y
      a = ones(3)
      print f(a, a), a
      b = f(a, f(a, a))
      print b, a
      """
    #expect(ProgramRun.text(program) == "[2. 2. 2.] [1. 1. 1.]\n[2. 2. 2.] [1. 1. 1.]\n")
  }

  @Test func aTupleThatIsReturnedIsTakenApartInAnyOrder() {
    let program = """
      def f(a, b):
          return b, a
      a, b = 1, 2
      a, b = f(a, b)
      print a, b
      t = f(a, b)
      print t
      """
    #expect(ProgramRun.text(program) == "2 1\n(1, 2)\n")
  }

  @Test func aTupleOfAnotherLengthIsAnErrorAtTheNames() {
    let program = """
      def f():
          return 1, 2
      a, b, c = f()
      """
    #expect(ProgramRun.text(program).hasPrefix("error: 3:1: "))
  }
}
