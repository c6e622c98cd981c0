// The single-byte text of varchar: code page 1252, that of collation SQL_Latin1_General_CP1_CI_AS.

/** Locale 0x0409, case and width and kana insensitive, sort id 52. */
export const collation = Buffer.from([0x09, 0x04, 0xd0, 0x00, 0x34]);

/** The page from 0x80 to 0x9F; elsewhere it is Latin-1. Written out because Node 20's TextDecoder decodes Latin-1 here. */
const special = "€\x81‚ƒ„…†‡ˆ‰Š‹Œ\x8dŽ\x8f\x90‘’“”•–—˜™š›œ\x9džŸ";
const firstSpecial = 0x80;
const questionMark = 0x3f;

const characterOf = (byte: number): string =>
  special.charAt(byte - firstSpecial) || String.fromCharCode(byte);

const byteOf: ReadonlyMap<string, number> = new Map(
  Array.from({ length: 256 }, (_, byte) => [characterOf(byte), byte] as const),
);

/** Each UTF-16 code unit becomes one byte; what the page does not have becomes `?`, as the server does it. */
export function encodeCodePage(text: string): Buffer {
  const bytes = Buffer.allocUnsafe(text.length);
  for (let index = 0; index < text.length; index += 1) {
    bytes[index] = byteOf.get(text.charAt(index)) ?? questionMark;
  }
  return bytes;
}

export const decodeCodePage = (bytes: Uint8Array): string =>
  Array.from(bytes, characterOf).join("");
