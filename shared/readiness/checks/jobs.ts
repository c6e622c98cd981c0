// Check: the Agent jobs whose steps run in the link's databases are on the side that takes over, and will run there.
import { passed, warning } from "../../checks/check.ts";
import type { ReadinessCheck } from "../input.ts";
import { askBoth, sameName } from "../input.ts";
import type { AgentJob } from "../server-objects.ts";
import { called, named } from "../words.ts";

export const jobs: ReadinessCheck = (input) =>
  askBoth(
    input,
    { name: "jobs", what: "jobs of SQL Server Agent", fact: ({ jobs: fact }) => fact },
    ({ from, to }) => {
      const { place } = to.seen;
      const { server } = place;
      const used = from.value.filter(({ usesLink }) => usesLink);
      if (used.length === 0) {
        return [
          passed(
            place,
            `No job on ${from.seen.place.server} has a step in the link's databases. Other jobs may reach them by their commands.`,
          ),
        ];
      }
      const there = (name: string) => to.value.find((job) => sameName(job.name, name));
      const missing = used.filter(({ name }) => there(name) === undefined);
      const asleep = used.filter(
        ({ name, isEnabled }) => isEnabled && there(name)?.isEnabled === false,
      );
      const found = [
        ...(missing.length === 0
          ? []
          : [
              warning(
                place,
                `${server} has no ${jobsCalled(missing)}, with steps in the link's databases.`,
                `Create what is missing there, disabled until the failover. SSMS writes it: SQL Server Agent > Jobs > Script Job as > CREATE To.`,
              ),
            ]),
        ...(asleep.length === 0
          ? []
          : [
              warning(
                place,
                `Disabled on ${server}: the ${jobsCalled(asleep)}.`,
                `Enable there after the failover, and disable on ${from.seen.place.server}.`,
              ),
            ]),
      ];
      if (found.length > 0) return found;
      return [
        passed(
          place,
          `${server} has ${named(used.map(({ name }) => name))} too: every job with a step in the link's databases.`,
        ),
      ];
    },
  );

function jobsCalled(jobs: readonly AgentJob[]): string {
  return called(
    "job",
    jobs.map(({ name }) => name),
  );
}
