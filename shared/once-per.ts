// Derives something of an object once, however often it is asked for: of a reading, which never changes.

/** `make` is called once for each object, and what it made is kept as long as the object is. */
export function oncePer<Source extends object, Value>(
  make: (source: Source) => Value,
): (source: Source) => Value {
  const made = new WeakMap<Source, { readonly value: Value }>();
  return (source) => {
    const known = made.get(source) ?? { value: make(source) };
    made.set(source, known);
    return known.value;
  };
}
