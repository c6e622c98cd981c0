// The key of one's own that a database on the instance is encrypted with, by its thumbprint.

/** As 33111 writes it. */
export const ownKeyThumbprint = "0x5F2B8C1D90E7A3466B1F0D2C84E95A7733C6D1B8";

export function ownKeyBytes(): Uint8Array {
  return new Uint8Array(Buffer.from(ownKeyThumbprint.slice(2), "hex"));
}
