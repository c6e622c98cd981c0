// ALTER DATABASE: data movement suspended and resumed, and what a database in a group refuses.
import { describe, expect, test } from "vitest";
import type { ServerStatement } from "../../../practice/tsql/host.ts";
import { truth } from "../../../practice/world/truth.ts";
import { ask, dropGroup, hostileName, worldOf } from "./asking.ts";

const hadr = (action: "RESUME" | "SUSPEND" | "OFF", database = "Adatum"): ServerStatement => ({
  kind: "databaseSetHadr",
  database,
  action,
});
const readOnly: ServerStatement = { kind: "databaseSet", database: "adatum", words: ["READ_ONLY"] };

describe("ALTER DATABASE", () => {
  test("SET HADR SUSPEND stops data movement and RESUME lets it catch up", async () => {
    const world = worldOf();
    const answer = await ask(world, "instance", hadr("SUSPEND"));
    expect(answer.outputs).toMatchObject([{ kind: "info", message: { number: 35264 } }]);
    const before = truth(world.state).instance.rows.count;
    world.advance(10_000);
    const during = truth(world.state);
    expect(during.instance.rows.count - before).toBeLessThan(3);
    expect(during.box.rows.count - before).toBeGreaterThan(20);
    const resumed = await ask(world, "instance", hadr("RESUME"));
    expect(resumed.outputs).toMatchObject([{ kind: "info", message: { number: 35265 } }]);
    world.setWorkload(false);
    world.advance(5000);
    expect(truth(world.state).instance.rows.hasEveryAcknowledged).toBe(true);
  });

  test("SET HADR OFF is blocked on a link with 47520, an unknown database with 5011, one in no group with 35242", async () => {
    const world = worldOf();
    expect(await ask(world, "instance", hadr("OFF"))).toMatchObject({ error: 47520 });
    expect(await ask(world, "box", hadr("RESUME", hostileName))).toMatchObject({ error: 5011 });
    await ask(world, "box", dropGroup("LINK_Adatum"));
    await ask(world, "box", dropGroup("AG_Adatum"));
    expect(await ask(world, "box", hadr("RESUME"))).toMatchObject({ error: 35242 });
  });

  test("SET READ_ONLY is refused in a group with 1468 and 5069, and done once it is in none", async () => {
    const world = worldOf();
    expect(await ask(world, "box", readOnly)).toMatchObject({
      error: 5069,
      outputs: [{ kind: "error", message: { number: 1468 } }],
    });
    await ask(world, "box", dropGroup("LINK_Adatum"));
    await ask(world, "box", dropGroup("AG_Adatum"));
    expect(await ask(world, "box", readOnly)).toEqual({ outputs: [] });
    expect(truth(world.state).box.updateability).toBe("READ_ONLY");
    const offline = { ...readOnly, words: ["OFFLINE"] } as const;
    expect(await ask(world, "box", offline)).toMatchObject({ error: 40517 });
  });
});
