// Check: both sides have room for their copies to grow.
import { passed, unknown, warning } from "../../checks/check.ts";
import type { Place } from "../../checks/check.ts";
import type { Finding } from "../../checks/finding.ts";
import { visibleText } from "../../visible-text.ts";
import type { ReadinessCheck } from "../input.ts";
import { askObjects } from "../input.ts";
import type { Space } from "../server-objects.ts";
import { percent, sizeWords } from "../words.ts";

/** Ours. */
const leastFreePercent = 10;

const megabyte = 1024 ** 2;

export const space: ReadinessCheck = (input) =>
  (["box", "instance"] as const).flatMap((side) =>
    askObjects(
      input,
      side,
      { name: "space", what: "free space", fact: ({ space: fact }) => fact },
      ({ place }, value) => judge(place, value),
    ),
  );

function judge(place: Place, value: Space): readonly Finding[] {
  const { server } = place;
  switch (value.kind) {
    case "notTold":
      return [
        unknown(place, false, {
          summary: `${server} does not tell how much room it has.`,
          remedy:
            place.where === "instance"
              ? "Look at the instance's storage in the Azure portal."
              : "Look at the volumes of the databases' files.",
        }),
      ];
    case "volumes":
      return value.volumes.map(({ mountPoint, totalBytes, freeBytes }) =>
        answer(
          place,
          { free: freeBytes, total: totalBytes },
          {
            where: `on ${visibleText(mountPoint)} of ${server}`,
            remedy: "Make room there before the databases' files grow.",
          },
        ),
      );
    case "reserved": {
      const total = value.reservedMb * megabyte;
      const free = Math.max(0, total - value.usedMb * megabyte);
      return [
        answer(
          place,
          { free, total },
          {
            where: `in the storage of ${server}`,
            remedy: "Give the instance more storage in Azure.",
          },
        ),
      ];
    }
  }
}

function answer(
  place: Place,
  { free, total }: { readonly free: number; readonly total: number },
  words: { readonly where: string; readonly remedy: string },
): Finding {
  const share = percent(free, total);
  const said = `${sizeWords(free)} of ${sizeWords(total)} are free ${words.where} (${String(share)} %).`;
  return share < leastFreePercent ? warning(place, said, words.remedy) : passed(place, said);
}
