import NNLanguage
import Testing

@testable import NNRuntime

/// What the registry holds. That every entry is explained and its example runs, NNReferenceTests say.
@Suite struct RegistryExampleTests {
  @Test func summariesAreOneLine() {
    for signature in Registry.entries.map(\.signature) {
      let summary = signature.summary
      #expect(!summary.isEmpty && !summary.contains("\n") && !summary.hasSuffix("."))
      #expect(summary.first?.isUppercase == false, "\(signature.name): \(summary)")
      #expect(!signature.family.isEmpty)
    }
  }

  @Test func namesAreUnique() {
    for entries in [Registry.functionEntries, Registry.commandEntries] {
      let names = entries.map(\.signature.name)
      #expect(
        names.count == Set(names).count,
        "\(names.filter { name in names.filter { $0 == name }.count > 1 })")
    }
  }

  /// Every function of the language page.
  @Test func allFunctionsAreThere() {
    let names = """
      zeros ones full zeros_like ones_like eye arange linspace range array list stack concatenate
      append repeat tile sample reshape ravel flatten transpose swapaxes squeeze expand_dims astype
      len shape abs sign sqrt square exp log log1p expm1 sin cos tan tanh arctan floor ceil round
      clip maximum minimum multiply power sum prod mean std var min max argmin argmax all any cumsum
      norm where nonzero argsort sort unique isnan isfinite count_nonzero histogram isclose allclose
      array_equal close dot matmul outer rand randn uniform normal randint permutation choice
      zip enumerate str int float bool format hue
      """.split(whereSeparator: \.isWhitespace).map(String.init)
    #expect(names.filter { Registry.functions[$0] == nil } == [])
  }
}
