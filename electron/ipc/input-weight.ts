// Weighs what a page sends before anything else looks at it: too much, or something that is no plain data, is refused.

const deepest = 16;
/** What a value costs beside its characters. */
const valueCost = 8;

/**
 * True when `value` is plain data (text, numbers, booleans, null, lists, plain objects) and its texts, keys and values together
 * weigh at most `most` UTF-16 units. Structured clone also carries maps, buffers and circles; those are never plain.
 */
export function isLightData(value: unknown, most: number): boolean {
  return restAfter(value, most, deepest) >= 0;
}

/** What is left of `budget`; negative for too much. */
function restAfter(value: unknown, budget: number, depth: number): number {
  const left = budget - valueCost;
  if (left < 0 || depth < 0) return -1;
  switch (typeof value) {
    case "string":
      return left - value.length;
    case "number":
    case "boolean":
    case "undefined":
      return left;
    case "object":
      return value === null ? left : restAfterObject(value, left, depth - 1);
    default:
      return -1;
  }
}

function restAfterObject(value: object, budget: number, depth: number): number {
  const prototype: unknown = Object.getPrototypeOf(value);
  if (!Array.isArray(value) && prototype !== Object.prototype && prototype !== null) return -1;
  let left = budget;
  for (const key of Object.keys(value)) {
    // An object has properties; what they hold stays unknown.
    const held = (value as Readonly<Record<string, unknown>>)[key];
    left = restAfter(held, left - (Array.isArray(value) ? 0 : key.length), depth);
    if (left < 0) return -1;
  }
  return left;
}
