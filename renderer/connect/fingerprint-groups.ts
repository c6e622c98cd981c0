// A fingerprint in the form people compare it in.

/** `AB12…` as `AB:12:…`. */
export function fingerprintGroups(fingerprint: string): string {
  return fingerprint.match(/.{1,2}/gu)?.join(":") ?? "";
}
