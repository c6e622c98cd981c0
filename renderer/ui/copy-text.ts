// Puts text on the clipboard.

/** Where the host refuses the clipboard nothing happens: everything that can be copied can be selected too. */
export function copyText(text: string): void {
  navigator.clipboard.writeText(text).catch(() => undefined);
}
