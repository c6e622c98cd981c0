// Puts text on the clipboard.

/** False where the host refuses the clipboard: everything that can be copied can be selected too. */
export async function copyText(text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return false;
  }
}
