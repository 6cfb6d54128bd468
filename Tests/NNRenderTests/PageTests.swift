import Foundation
import NNOutput
import NNSource
import Testing

@testable import NNRender

@Suite struct PageTests {
  @Test func samplePageIsTheSameBytesTwice() throws {
    let page = HTMLPage.render(try Samples.letters())
    #expect(page == HTMLPage.render(try Samples.letters()))
    if let folder = ProcessInfo.processInfo.environment["NNBOOK_SAMPLES"] {
      try page.write(toFile: folder + "/letters.html", atomically: false, encoding: .utf8)
    }
  }
}
