// The single-byte text of varchar: code page 1252, that of collation SQL_Latin1_General_CP1_CI_AS.

/** Locale 0x0409, case and width and kana insensitive, sort id 52. */
export const collation = Buffer.from([0x09, 0x04, 0xd0, 0x00, 0x34]);

const decoder = new TextDecoder("windows-1252");
const questionMark = 0x3f;

const byteOf: ReadonlyMap<string, number> = new Map(
  Array.from({ length: 256 }, (_, byte) => [decoder.decode(Uint8Array.of(byte)), byte] as const),
);

/** Each UTF-16 code unit becomes one byte; what the page does not have becomes `?`, as the server does it. */
export function encodeCodePage(text: string): Buffer {
  const bytes = Buffer.allocUnsafe(text.length);
  for (let index = 0; index < text.length; index += 1) {
    bytes[index] = byteOf.get(text.charAt(index)) ?? questionMark;
  }
  return bytes;
}

export const decodeCodePage = (bytes: Uint8Array): string => decoder.decode(bytes);
