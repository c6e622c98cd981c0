// Log sequence numbers: decimal digits as text, compared as BigInt. numeric(25,0) does not fit into a JavaScript number.

/** Digits without leading zeros; zero stays "0". Throws RangeError for anything but decimal digits. */
export function normalizeLsn(text: string): string {
  if (!/^\d+$/.test(text)) throw new RangeError(`not an LSN in decimal digits: ${text}`);
  return text.replace(/^0+(?=\d)/, "");
}

/** Negative when `a` lies before `b` in the log, 0 when they are the same, positive when after. Leading zeros do not matter. */
export function compareLsn(a: string, b: string): number {
  const first = BigInt(normalizeLsn(a));
  const second = BigInt(normalizeLsn(b));
  return first < second ? -1 : first > second ? 1 : 0;
}

/** NULL and 0 are not positions: a restart may leave them where the server has not said anything yet. */
export function isKnownLsn(lsn: string | null): lsn is string {
  return lsn !== null && BigInt(normalizeLsn(lsn)) !== 0n;
}

/**
 * `0000002b:00000188:0001` as decimal digits: the virtual log file, ten digits of the block's offset, five of the slot
 * (sys.dm_db_log_stats tells log_end_lsn so). Undefined for anything else.
 */
export function lsnOfHexGroups(text: string): string | undefined {
  const groups = /^(?:0x)?([0-9a-f]{1,8}):([0-9a-f]{1,8}):([0-9a-f]{1,4})$/iu.exec(text);
  if (groups === null) return undefined;
  const [file = 0n, block = 0n, slot = 0n] = groups.slice(1).map((group) => BigInt(`0x${group}`));
  return String(file * 10n ** 15n + block * 10n ** 5n + slot);
}
