// Every documented code of Azure as the end of an operation, over the practice estate's Azure: its class, and Azure's own words.
import { expect, test } from "vitest";
import { healthy } from "../../../practice/scenarios/healthy.ts";
import { truth } from "../../../practice/world/truth.ts";
import { fromInstance, given } from "../../practice/arm/changing.ts";
import { armCodes } from "../../shared/errors/documented/arm-codes.ts";
import { operationIn, operationsOf, requestsOn } from "./changing-link.ts";

// An operation on a link, whatever it begins, is over by then.
const longMs = 10 * healthy.engine.linkOperationMs;

// A 404 tells that nobody remembers the operation, which is another thing than its failure.
const ends = armCodes.flatMap(({ rows }) => rows).filter(([status]) => status !== 404);

test("an operation that ends with a documented code has failed with its class, and is not sent again", () =>
  given(
    async ({ estate, token, fault }) => {
      const operations = operationsOf(estate, token);
      for (const [, code, kind] of ends) {
        fault({ kind: "operationFails", code, carriedOut: false });
        const accepted = await operations.send(requestsOn(estate).update("Sync"));
        estate.world.advance(longMs);
        const end = await operations.poll(operationIn(accepted));
        expect([code, end]).toMatchObject([code, { kind: "failed", problem: { class: kind } }]);
        expect(JSON.stringify(end)).toContain(`${code}: The operation on the link ended with`);
      }
      const { linkOperations, primaries } = truth(estate.world.state);
      expect(linkOperations.map(({ count }) => count)).toEqual([ends.length]);
      expect(primaries).toEqual(["instance"]);
    },
    fromInstance,
    { azureAsyncOperation: "both" },
  ));
