// Copies of a value, each with one leaf changed or one member taken away: to prove that everything in it counts.

export interface Change {
  readonly path: string;
  readonly value: unknown;
}

/** One copy for each leaf, each member left out, each element left out. */
export function* changedEverywhere(value: unknown, path = "plan"): Generator<Change> {
  if (Array.isArray(value)) {
    for (const [index, element] of value.entries()) {
      yield { path: `${path}[${index}] left out`, value: value.toSpliced(index, 1) };
      for (const change of changedEverywhere(element, `${path}[${index}]`)) {
        yield { path: change.path, value: value.with(index, change.value) };
      }
    }
    return;
  }
  if (typeof value === "object" && value !== null) {
    for (const [key, member] of Object.entries(value)) {
      const others = Object.fromEntries(Object.entries(value).filter(([other]) => other !== key));
      yield { path: `${path}.${key} left out`, value: others };
      for (const change of changedEverywhere(member, `${path}.${key}`)) {
        yield { path: change.path, value: { ...value, [key]: change.value } };
      }
    }
    return;
  }
  yield { path, value: changedLeaf(value) };
}

function changedLeaf(leaf: unknown): unknown {
  if (typeof leaf === "string") return `${leaf} `;
  if (typeof leaf === "number") return leaf + 1;
  if (typeof leaf === "boolean") return !leaf;
  return "was null";
}
