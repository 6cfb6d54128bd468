import LanguageHarness

/// libFuzzer calls this with every input it makes up.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzzLanguage(_ start: UnsafePointer<UInt8>, _ count: Int) -> CInt {
  if let fault = LanguageHarness.run(Array(UnsafeBufferPointer(start: start, count: count))) {
    fatalError(fault)
  }
  return 0
}
