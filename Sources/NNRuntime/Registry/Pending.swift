import NNLanguage
import NNTensor
extension Registry {
  static let activationFunctions: [RegistryEntry] = []
  static let lossFunctions: [RegistryEntry] = []
  static let networkCommands: [RegistryEntry] = []
  static let checkCommands: [RegistryEntry] = []
  static let layerSignatures: [Signature] = []
  static let networkSignature = Signature(.command, "network", [], family: "", summary: "", example: "")
}
enum NetworkFields {
  static func read(_ name: String, of network: NetworkValue) throws -> Value? { nil }
  static func names(of network: NetworkValue) -> [String] { [] }
  static func setting(_ name: String, of network: NetworkValue, to value: Value) throws -> NetworkValue { network }
}
extension Interpreter { func makeNetwork(_ site: NetworkSite, _ registers: UnsafeMutablePointer<Value>) throws -> Value { .none } }
