import NNLanguage
import NNTensor
extension Registry {
  static let makingFunctions: [RegistryEntry] = []
  static let shapeFunctions: [RegistryEntry] = []
  static let mathsFunctions: [RegistryEntry] = []
  static let reductionFunctions: [RegistryEntry] = []
  static let searchFunctions: [RegistryEntry] = []
  static let algebraFunctions: [RegistryEntry] = []
  static let randomFunctions: [RegistryEntry] = []
  static let textFunctions: [RegistryEntry] = []
  static let textCommands: [RegistryEntry] = []
  static let chartCommands: [RegistryEntry] = []
}
