// swift-tools-version: 6.2
import PackageDescription

let settings: [SwiftSetting] = [.treatAllWarnings(as: .error)]
let kernelSettings: [CSetting] = [.treatAllWarnings(as: .error)]

/// A target of ours: `Package.swift` alone tells who may know whom.
func target(_ name: String, _ dependencies: [Target.Dependency]) -> Target {
  .target(name: name, dependencies: dependencies, swiftSettings: settings)
}

func tests(_ name: String, _ dependencies: [Target.Dependency], resources: Bool = false) -> Target {
  .testTarget(
    name: name, dependencies: dependencies,
    exclude: resources ? ["Fixtures"] : [],
    swiftSettings: settings)
}

let package = Package(
  name: "nnbook",
  targets: [
    .systemLibrary(
      name: "CCMarkGFM", pkgConfig: "libcmark-gfm",
      providers: [.apt(["libcmark-gfm-dev", "libcmark-gfm-extensions-dev"])]),
    .systemLibrary(name: "CYAML", pkgConfig: "yaml-0.1", providers: [.apt(["libyaml-dev"])]),
    .target(name: "CNNKernels", cSettings: kernelSettings),
    target("NNSource", []),
    target("NNTensor", ["CNNKernels", "NNSource"]),
    target("NNNetwork", ["NNTensor", "CNNKernels", "NNSource"]),
    target("NNOutput", ["NNSource"]),
    target("NNMarkdown", ["CCMarkGFM", "NNSource"]),
    target("NNLanguage", ["NNSource"]),
    target("NNNotebook", ["NNMarkdown", "NNSource", "CYAML"]),
    target("NNRuntime", ["NNLanguage", "NNTensor", "NNNetwork", "NNOutput", "NNSource"]),
    target("NNRunner", ["NNNotebook", "NNLanguage", "NNRuntime", "NNOutput", "NNSource"]),
    target("NNRender", ["NNOutput", "NNMarkdown", "NNSource"]),
    tests("NNMarkdownTests", ["NNMarkdown", "NNSource"]),
    tests("NNNotebookTests", ["NNNotebook", "NNMarkdown", "NNSource"]),
    tests(
      "NNRenderTests", ["NNRender", "NNOutput", "NNMarkdown", "NNSource"], resources: true),
    tests("NNLanguageTests", ["NNLanguage", "NNSource"]),
  ]
)
