import Foundation
import NNSource
import NNTensor
import Testing

@testable import NNData

/// The known data sets, where this machine has them.
@Suite struct CatalogueTests {
  static let here = Catalogue.ofThisMachine()

  private func load(_ set: KnownDataSet) throws -> DataSet {
    try Self.here.load(set)
  }

  @Test func rowsThatCopiesGetWrong() throws {
    let x = try #require(try load(.iris).x)
    #expect(try x.indexed([.integer(34)]) == Tensor([4.9, 3.1, 1.5, 0.2]))
    #expect(try x.indexed([.integer(37)]) == Tensor([4.9, 3.6, 1.4, 0.1]))
  }

  @Test func missingSetSaysHowToGetIt() {
    for set in KnownDataSet.allCases where set != .iris {
      #expect(throws: Problem.data(.missingSet(name: set.name, hint: set.remedy))) {
        try Catalogue(folders: ["/nowhere"]).load(set)
      }
    }
  }

  @Test func incompleteFolderIsPassedOver() throws {
    let work = try WorkFolder()
    defer { work.remove() }
    for file in KnownDataSet.mnist.files.dropLast() {
      try work.write("mnist/" + file.name, [0])
    }
    let catalogue = Catalogue(folders: [work.path])
    #expect(!catalogue.has(.mnist))
    try work.write("mnist/" + KnownDataSet.mnist.files[3].name + ".gz", [0])
    #expect(catalogue.folder(of: .mnist) == work.path + "/mnist")
    #expect(
      Fixtures.message { try catalogue.load(.mnist) }.hasPrefix(
        "'mnist/train-images-idx3-ubyte', byte 0"))
  }

  @Test(.enabled(if: here.has(.mnist), "the data set mnist is not on this machine"))
  func mnistIsWhole() throws {
    let set = try load(.mnist)
    #expect(set.x?.shape == [60000, 28, 28] && set.x?.dtype == .uint8)
    #expect(set.testX?.shape == [10000, 28, 28])
    #expect(set.y?.dtype == .int64)
    #expect(set.y.map { Array($0.integers.prefix(8)) } == [5, 0, 4, 1, 9, 2, 1, 3])
    #expect(set.testY.map { Array($0.integers.prefix(4)) } == [7, 2, 1, 0])
    // Sums that NumPy has of the same files.
    #expect(try set.x?.reduce(.sum).scalar?.integer == 1_567_298_545)
    #expect(try set.testX?.reduce(.sum).scalar?.integer == 264_923_200)
  }

  @Test(.enabled(if: here.has(.fashionMNIST), "the data set fashion-mnist is not on this machine"))
  func fashionIsWhole() throws {
    let set = try load(.fashionMNIST)
    #expect(set.x?.shape == [60000, 28, 28])
    #expect(try set.x?.reduce(.sum).scalar?.integer == 3_431_114_169)
    #expect(set.classes?[9] == "Ankle boot")
  }

  private static func digest(_ bytes: UnsafeRawBufferPointer) -> String {
    var sum = SHA256()
    sum.update(bytes)
    return SHA256.hexadecimal(sum.finished())
  }

  /// The pixels that Pillow decodes, in the order of the photographs' numbers.
  @Test(.enabled(if: here.has(.fruits360), "the data set fruits360 is not on this machine"))
  func fruitsAreWhole() throws {
    let set = try load(.fruits360)
    let x = try #require(set.x)
    #expect(x.shape == [1962, 100, 100, 3])
    #expect(set.classes == ["apple", "raspberry", "mango", "lemon"])
    #expect(
      set.y.map { y in (0..<4).map { label in y.integers.count { $0 == label } } }
        == [492, 490, 490, 490])
    let digest = x.withElements(of: UInt8.self) { Self.digest(UnsafeRawBufferPointer($0)) }
    #expect(digest == "6b1dc56c435ddfaebba27606f3d38281a89d563b88bf011bae1109b911bd0be2")
    let hue = try x.hue()
    let bits = hue.withElements(of: UInt64.self) { Self.digest(UnsafeRawBufferPointer($0)) }
    #expect(bits == "43aceb9138e8967c57c32064eb885d9c77d0776f5590f5f8f538b7c9fdca9ca1")
  }
}
