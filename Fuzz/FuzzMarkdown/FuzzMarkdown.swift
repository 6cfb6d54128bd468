import MarkdownHarness

/// libFuzzer calls this with every input it makes up.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzzMarkdown(_ start: UnsafePointer<UInt8>, _ count: Int) -> CInt {
  if let fault = MarkdownHarness.run(UnsafeBufferPointer(start: start, count: count)) {
    fatalError(fault)
  }
  return 0
}
