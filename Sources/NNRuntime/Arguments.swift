import NNLanguage
import NNSource
import NNTensor

/// What a registry entry is called with: one value a fixed parameter, in the order of
/// `signature.parameters` without the variadic one, `.absent` where none was given; then the
/// variadic parameter's values. It reads the interpreter's registers in place and is valid only
/// during the call.
package struct Arguments {
  package let signature: Signature
  package let interpreter: Interpreter
  let values: UnsafeMutableBufferPointer<Value>
  let fixedCount: Int
  /// The range of each value, in the order of `values`.
  let ranges: [SourceRange]
}
