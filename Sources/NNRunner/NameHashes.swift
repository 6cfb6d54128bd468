import NNSource

/// The names' values at a place of the notebook.
struct NameValues {
  var names: [String: Version] = [:]
  /// Names that a cell above may have written, which has not run as it stands now.
  var unknown: Set<String> = []
}

/// What names are known by, each worked out once: functions that share what they look up would
/// otherwise be gone through on every way that leads to them.
///
/// A name's hash is of its value and the hashes of the names that its functions look up. Functions
/// that call each other in a circle have one hash together, taken of all of them in the order of
/// their names, so that it does not matter which of them was asked for first.
struct NameHashes {
  enum Known {
    /// There is no value.
    case absent
    /// A value is looked up that is not known.
    case unknown
    case hash(ContentHash)
  }

  /// Of names with functions in their values.
  private var settled: [String: Known] = [:]
  /// What those functions look up.
  private var lookedUp: Set<String> = []

  mutating func known(of name: String, in values: NameValues) -> Known {
    if let known = shallow(name, values) { return known }
    settleAll(from: name, values)
    return shallow(name, values) ?? .unknown
  }

  /// The name has another value now, or none. Most are looked up by no function.
  mutating func forget(_ name: String) {
    if settled[name] != nil || lookedUp.contains(name) { self = NameHashes() }
  }

  /// Nil for a name whose functions have not been gone through.
  private func shallow(_ name: String, _ values: NameValues) -> Known? {
    if values.unknown.contains(name) { return .unknown }
    guard let digest = values.names[name]?.digest else { return .absent }
    return digest.freeNames.isEmpty ? .hash(digest.hash) : settled[name]
  }

  // MARK: Going through functions

  /// A name that is being gone through.
  private struct Step {
    let name: String
    let freeNames: [String]
    var next = 0
    let place: Int
    /// The first of the names in hand that it leads back to.
    var first: Int
  }

  /// Tarjan's circles, without recursion: a notebook may have a long chain of functions. A circle is
  /// complete only when all that it leads to is settled.
  private mutating func settleAll(from name: String, _ values: NameValues) {
    var steps: [Step] = []
    /// Names gone through whose circle is not complete, and their places.
    var waiting: [String] = []
    var places: [String: Int] = [:]
    func open(_ name: String) {
      let place = waiting.count
      places[name] = place
      waiting.append(name)
      steps.append(
        Step(
          name: name, freeNames: values.names[name]?.digest.freeNames ?? [], place: place,
          first: place))
    }
    open(name)
    while var step = steps.popLast() {
      if step.next < step.freeNames.count {
        let free = step.freeNames[step.next]
        step.next += 1
        if shallow(free, values) == nil, let place = places[free] {
          step.first = min(step.first, place)
        }
        steps.append(step)
        if shallow(free, values) == nil, places[free] == nil { open(free) }
        continue
      }
      if step.first == step.place {
        settle(Array(waiting[step.place...]), values)
        waiting.removeSubrange(step.place...)
      }
      if let last = steps.indices.last { steps[last].first = min(steps[last].first, step.first) }
    }
  }

  /// Settles the functions of one circle; mostly it is one function alone.
  private mutating func settle(_ circle: [String], _ values: NameValues) {
    let members = circle.sorted()
    for name in members { lookedUp.formUnion(values.names[name]?.digest.freeNames ?? []) }
    let places = Dictionary(
      zip(members, members.indices), uniquingKeysWith: { first, _ in first })
    let hashes = members.compactMap { ownHash($0, places, values) }
    guard hashes.count == members.count else {
      for name in members { settled[name] = .unknown }
      return
    }
    guard members.count > 1 else {
      settled[members[0]] = .hash(hashes[0])
      return
    }
    for (place, name) in members.enumerated() {
      var hasher = ContentHasher()
      hasher.add("circle")
      hasher.add(place)
      for (member, hash) in zip(members, hashes) {
        hasher.add(member)
        hasher.add(hash)
      }
      settled[name] = .hash(hasher.finished())
    }
  }

  /// Of a function's value and what it looks up, the others of its circle by their places in it; nil
  /// where something is not known.
  private func ownHash(
    _ name: String, _ places: [String: Int], _ values: NameValues
  ) -> ContentHash? {
    guard let digest = values.names[name]?.digest else { return nil }
    var hasher = ContentHasher()
    hasher.add(digest.hash)
    for free in digest.freeNames {
      hasher.add(free)
      if let place = places[free] {
        hasher.add(place)
        continue
      }
      let text: String?
      switch shallow(free, values) {
      case .absent?: text = nil
      case .hash(let hash)?: text = hash.text
      case .unknown?, nil: return nil
      }
      hasher.add(text)
    }
    return hasher.finished()
  }
}
