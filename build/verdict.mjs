// What the counts of a test run mean: the last line and the exit code.

/** The one reason for which a test may be skipped where CI is set. */
export const allowedSkip = "no Electron binary on this machine";

/**
 * @param {{passed: number, failed: number, skipped: readonly {name: string, reason: string}[], windowSpecs: number}} counts
 *   `windowSpecs`: how many of the passed ones drove the window in a browser
 * @param {{ci: boolean}} where
 * @returns {{exitCode: number, lines: readonly string[]}} lines to print, the last being the count
 */
export function verdictOf(counts, { ci }) {
  const lines = counts.skipped.map(({ name, reason }) => `skipped: ${name} (${reason})`);
  const forbidden = ci ? counts.skipped.filter(({ reason }) => reason !== allowedSkip) : [];
  const noWindow = !(counts.windowSpecs > 0);
  const failed = counts.failed + forbidden.length + (noWindow ? 1 : 0);
  for (const { name } of forbidden) {
    lines.push(`failed: ${name} was skipped, and CI allows only "${allowedSkip}"`);
  }
  // Wherever it runs: without one nothing that users meet has been proved.
  if (noWindow) lines.push("failed: no spec drove the window in a browser");
  const skipped = counts.skipped.length - forbidden.length;
  lines.push(`${counts.passed} passed, ${failed} failed, ${skipped} skipped`);
  return { exitCode: failed > 0 || counts.passed === 0 ? 1 : 0, lines };
}
