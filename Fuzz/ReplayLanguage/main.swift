import Glibc
import LanguageHarness

// Runs the files given once each: to look at what the fuzzer found, under valgrind, or for the time.
var failures: CInt = 0
for path in CommandLine.arguments.dropFirst() {
  guard let file = fopen(path, "rb") else {
    print("\(path): can't be read")
    failures = 1
    continue
  }
  var bytes: [UInt8] = []
  var buffer = [UInt8](repeating: 0, count: 65_536)
  while true {
    let count = fread(&buffer, 1, buffer.count, file)
    if count == 0 { break }
    bytes += buffer[..<count]
  }
  fclose(file)
  let start = clock()
  let fault = LanguageHarness.run(bytes)
  let seconds = Double(clock() - start) / Double(CLOCKS_PER_SEC)
  print("\(path): \(bytes.count) bytes, \(seconds) s\(fault.map { ": " + $0 } ?? "")")
  if fault != nil { failures = 1 }
}
exit(failures)
