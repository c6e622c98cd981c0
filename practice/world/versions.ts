// Build numbers compared part by part.

/** Whether build `one` ("16.0.4115.5") came before build `other`. */
export function isOlder(one: string, other: string): boolean {
  const left = one.split(".").map(Number);
  const right = other.split(".").map(Number);
  for (const [index, part] of right.entries()) {
    const own = left[index] ?? 0;
    if (own !== part) return own < part;
  }
  return false;
}
