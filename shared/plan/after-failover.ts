// What is left for people after a run, in the same words in scripts and report.
import { listOf } from "./actions/action-form.ts";
import type { Plan, Step } from "./plan.ts";

/** The address it was connected by. SQL Server may have a listener, which nobody but its administrators knows here. */
export function repointTo({ to, box, instance }: Plan): string {
  return to === "instance"
    ? `Repoint the applications to ${instance.address}.`
    : `Repoint the applications to ${box.serverName} (${box.address}), or to the listener of its availability group.`;
}

/** After failing back: Azure backs up the log of its own primary only. */
export function resumeLogBackups({ box }: Plan): string {
  return `Resume the log backups on ${box.serverName} at once: Azure does not take them any more, and the log grows.`;
}

/** What a restored database leaves for people. */
export function afterOffline(plan: Plan): readonly string[] {
  const { box, instance, link } = plan;
  return plan.steps.flatMap(({ action }) => {
    if (action.kind !== "restoreCopy") return [];
    const { as, covered } = action;
    return [
      `${repointTo(plan)} The database is ${as} there.`,
      `Take a full backup of ${as} on ${box.serverName} at once, and resume its log backups: it begins without a chain of its own.`,
      `Make the logins and other server objects of ${covered.database} on ${box.serverName}: no backup brings them along.`,
      `Run DBCC CHECKDB on ${as}. Error 8992 is known of a database that comes from a managed instance, after an index was dropped.`,
      `The copy of ${covered.database} on ${instance.serverName} was left as it is: let nobody write to it, and drop it when it is not needed any more. The backup is in ${listOf(covered.by)}, in one of them or in both.`,
      ...(link.groupIds.instance === null
        ? []
        : [
            `The link ${link.name} was left as it is: remove it when nobody goes back to ${instance.serverName}.`,
          ]),
    ];
  });
}

/** What only people can take out, of every trace flag that such a step turns off. */
export function startupParameter({ action }: Step, { box }: Pick<Plan, "box">): readonly string[] {
  if (action.kind !== "turnOffTraceFlag" || !action.isStartup) return [];
  return [
    `-T${String(action.flag)} is still among the startup parameters of ${box.serverName}, and comes back when it starts: take it out in SQL Server Configuration Manager, SQL Server Services, properties of the service, Startup Parameters.`,
  ];
}

/** After a split brain that ended as two databases. */
export function keepApart({ from, to, ...servers }: Plan): string {
  const [own, survivor] = [servers[from].serverName, servers[to].serverName];
  return `The copy on ${own} is independent and can be written: keep applications out of it, and bring over by hand what only it holds. Nothing of it reaches ${survivor}.`;
}
