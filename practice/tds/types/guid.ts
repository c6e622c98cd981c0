// uniqueidentifier between its text and its sixteen bytes, the first three groups of which are little-endian.

const form = /^\{?([0-9a-f]{8})-?([0-9a-f]{4})-?([0-9a-f]{4})-?([0-9a-f]{4})-?([0-9a-f]{12})\}?$/iu;

const turned = (bytes: Buffer): Buffer =>
  Buffer.concat([
    Buffer.from(bytes.subarray(0, 4)).reverse(),
    Buffer.from(bytes.subarray(4, 6)).reverse(),
    Buffer.from(bytes.subarray(6, 8)).reverse(),
    bytes.subarray(8),
  ]);

/** Throws TypeError when `text` is no GUID. */
export function parseGuid(text: string): Buffer {
  const groups = form.exec(text);
  if (groups === null) throw new TypeError(`"${text}" is not a uniqueidentifier`);
  return turned(Buffer.from(groups.slice(1).join(""), "hex"));
}

/** Upper case with hyphens, as SQL Server writes it. */
export function formatGuid(bytes: Buffer): string {
  const hex = turned(bytes).toString("hex").toUpperCase();
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/u, "$1-$2-$3-$4-$5");
}
