import Foundation
import NNSource
import NNTensor
import Testing

@testable import NNData

/// JPEG and PNG against Pillow, hue against scikit-image.
@Suite struct PictureTests {
  static let names = Fixtures.names("pictures")

  @Test func thereArePictures() { #expect(Self.names.count == 12) }

  @Test(arguments: names) func pixelsArePillows(_ name: String) throws {
    let found = try Fixtures.tensor("pictures/\(name)")
    #expect(try found == Fixtures.tensor("pictures/as-\(name).npy"))
  }

  @Test func printColoursAreRefused() {
    #expect(
      Fixtures.message { try Fixtures.load("refused/print.jpg") }
        == "'print.jpg', byte 0: a JPEG picture expected, 'the four colours of print (CMYK)' found")
  }

  private func folder(_ name: String) throws -> DataSet {
    let path = Fixtures.folder.appending(path: name).path
    return try PictureFolder(
      name: name, folder: Folder(path: path, name: name, root: path)
    ).dataSet()
  }

  /// Classes by folder; 2 comes before 10; what is no picture is left out.
  @Test func foldersAreClasses() throws {
    let set = try folder("classes")
    #expect(set.classes == ["cat", "dog"])
    #expect(set.y == Tensor([0, 0, 1]))
    #expect(set.x?.shape == [3, 2, 3])
    #expect(try set.x?.indexed([.integer(0)]).integers.first == 20)
    #expect(try set.x?.indexed([.integer(1)]).integers.first == 100)
  }

  @Test func greyAmongColourIsGreyInThreeChannels() throws {
    let set = try folder("mixed")
    #expect(set.y == nil)
    #expect(set.x?.shape == [2, 2, 2, 3])
    #expect(set.x?.integers == Array(repeating: 9, count: 12) + Array(repeating: 5, count: 12))
  }

  @Test func sizesMustAgree() {
    #expect(
      Fixtures.message { try folder("uneven") }
        == "'uneven/b.png' is 3 × 3 pixels, and 'uneven/a.png' is 3 × 2 pixels")
    #expect(
      Fixtures.message { try folder("npz") } == "there is no picture in the folder 'npz'")
  }

  @Test func namesAreInNaturalOrder() {
    let names = ["10_2", "2_10", "2_9", "a10", "a2", "A3", "01", "1", "001", "", "é", "z"]
    #expect(
      names.sorted(by: NaturalOrder.precedes)
        == ["", "001", "01", "1", "2_9", "2_10", "10_2", "A3", "a2", "a10", "z", "é"])
  }

  @Test(arguments: ["uint8", "float32", "float64"])
  func hueIsScikitImages(_ type: String) throws {
    let hue = try Fixtures.tensor("hue/\(type).npy").hue()
    #expect(try hue == Fixtures.tensor("hue/as-\(type).npy"))
  }

  @Test func hueIsOfPixels() {
    #expect(throws: Problem.tensor(.notPixels(shape: [2]))) { try Tensor([1.0, 2]).hue() }
    #expect(throws: Problem.tensor(.pixelType(dtype: "int64"))) { try Tensor([1, 2, 3]).hue() }
  }
}
