// swift-tools-version: 6.2
import PackageDescription

let settings: [SwiftSetting] = [.treatAllWarnings(as: .error)]
let kernelSettings: [CSetting] = [.treatAllWarnings(as: .error)]

/// A target of ours: `Package.swift` alone tells who may know whom.
func target(_ name: String, _ dependencies: [Target.Dependency]) -> Target {
  .target(name: name, dependencies: dependencies, swiftSettings: settings)
}

/// A target's tests. Fixtures are read from the source folder, not copied into a bundle.
func tests(_ name: String, _ dependencies: [Target.Dependency], exclude: [String] = []) -> Target {
  .testTarget(
    name: name, dependencies: dependencies, exclude: exclude, swiftSettings: settings)
}

let package = Package(
  name: "nnbook",
  products: [.executable(name: "nnbook", targets: ["nnbook"])],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2")
  ],
  targets: [
    .systemLibrary(
      name: "CCMarkGFM", pkgConfig: "libcmark-gfm",
      providers: [.apt(["libcmark-gfm-dev", "libcmark-gfm-extensions-dev"])]),
    .systemLibrary(name: "CYAML", pkgConfig: "yaml-0.1", providers: [.apt(["libyaml-dev"])]),
    .systemLibrary(name: "CZlib", pkgConfig: "zlib", providers: [.apt(["zlib1g-dev"])]),
    .systemLibrary(
      name: "CJPEG", pkgConfig: "libjpeg", providers: [.apt(["libjpeg62-turbo-dev"])]),
    .systemLibrary(name: "CXXHash", providers: [.apt(["libxxhash-dev"])]),
    .systemLibrary(name: "CJansson", pkgConfig: "jansson", providers: [.apt(["libjansson-dev"])]),
    .systemLibrary(name: "CPNG", pkgConfig: "libpng16", providers: [.apt(["libpng-dev"])]),
    .target(name: "CNNKernels", cSettings: kernelSettings),
    .target(name: "CNNImages", dependencies: ["CJPEG", "CPNG"], cSettings: kernelSettings),
    target("NNSource", ["CXXHash", "CJansson"]),
    target("NNTensor", ["CNNKernels", "NNSource"]),
    target("NNNetwork", ["NNTensor", "CNNKernels", "NNSource"]),
    target("NNData", ["NNTensor", "CNNImages", "CZlib", "NNSource"]),
    target("NNOutput", ["NNSource"]),
    target("NNCheck", ["NNOutput", "NNSource"]),
    target("NNMath", ["NNSource"]),
    target("NNMarkdown", ["CCMarkGFM", "NNMath", "NNSource"]),
    target("NNLanguage", ["NNSource"]),
    target("NNNotebook", ["NNMarkdown", "NNSource", "CYAML"]),
    target(
      "NNRuntime", ["NNLanguage", "NNTensor", "NNNetwork", "NNData", "NNOutput", "NNSource"]),
    target(
      "NNRunner",
      [
        "NNNotebook", "NNMarkdown", "NNLanguage", "NNRuntime", "NNTensor", "NNData", "NNOutput",
        "NNSource",
      ]),
    target("NNReference", ["NNLanguage", "NNRuntime", "NNSource"]),
    target("NNRender", ["NNCheck", "NNOutput", "NNMarkdown", "NNMath", "NNSource"]),
    .executableTarget(
      name: "nnbook",
      dependencies: [
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
        "NNCheck", "NNData", "NNMarkdown", "NNNotebook", "NNOutput", "NNReference", "NNRender",
        "NNRunner", "NNRuntime", "NNSource", "NNTensor",
      ], swiftSettings: settings),

    tests("NNTensorTests", ["NNTensor", "CNNKernels", "NNSource"], exclude: ["Fixtures"]),
    tests("NNLanguageTests", ["NNLanguage", "NNSource"]),
    tests("NNDataTests", ["NNData", "NNTensor", "NNSource"], exclude: ["Fixtures"]),
    tests(
      "NNRuntimeTests",
      [
        "NNRuntime", "NNData", "NNLanguage", "NNNetwork", "NNTensor", "NNOutput", "NNSource",
      ],
      exclude: ["Fixtures"]),
    .target(
      name: "MarkdownHarness", dependencies: ["NNMarkdown", "NNNotebook", "NNSource"],
      path: "Fuzz/Harness", swiftSettings: settings),
    tests("NNMarkdownTests", ["NNMarkdown", "NNSource"]),
    tests("NNNotebookTests", ["NNNotebook", "NNMarkdown", "NNSource", "MarkdownHarness"]),
    tests(
      "NNNetworkTests", ["NNNetwork", "NNTensor", "CNNKernels", "NNSource"], exclude: ["Fixtures"]),
    tests("NNCheckTests", ["NNCheck", "NNOutput", "NNSource"]),
    tests(
      "NNRenderTests", ["NNRender", "NNCheck", "NNOutput", "NNMarkdown", "NNMath", "NNSource"],
      exclude: ["Fixtures"]),
    tests(
      "NNRunnerTests",
      [
        "NNRunner", "NNData", "NNNotebook", "NNOutput", "NNRender", "NNRuntime", "NNSource",
        "NNTensor",
      ],
      exclude: ["Errors"]),
    tests(
      "NNReferenceTests",
      [
        "NNReference", "NNRunner", "NNRender", "NNNotebook", "NNRuntime", "NNLanguage", "NNOutput",
        "NNSource",
      ]),
    tests("EndToEndTests", ["nnbook"], exclude: ["Cases"]),
  ]
)

// Fuzz/*.sh build these in scratch paths of their own.
if let fuzzing = Context.environment["NNBOOK_FUZZ"] {
  package.targets.append(
    .target(
      name: "LanguageHarness",
      dependencies: [
        "NNLanguage", "NNRuntime", "NNNotebook", "NNRunner", "NNRender", "NNOutput", "NNSource",
      ], path: "Fuzz/LanguageHarness", swiftSettings: settings))
  for path in ["Markdown", "Language"] {
    package.targets.append(
      .executableTarget(
        name: "Replay\(path)", dependencies: [.byName(name: "\(path)Harness")],
        path: "Fuzz/Replay\(path)",
        swiftSettings: settings))
    guard fuzzing == "libfuzzer" else { continue }
    package.targets.append(
      .executableTarget(
        name: "Fuzz\(path)", dependencies: [.byName(name: "\(path)Harness")],
        path: "Fuzz/Fuzz\(path)",
        swiftSettings: settings + [.unsafeFlags(["-parse-as-library"])]))
  }
}
