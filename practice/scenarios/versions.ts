// A scenario for each version, edition, policy, tier and direction that a link can have: a few lines each.
import { linkOf } from "./link-of.ts";

export const versionScenarios = [
  linkOf({
    name: "sql2016",
    summary:
      "SQL Server 2016 SP3 with the Azure Connect pack: one way only, in a cluster of one node.",
    build: "2016 SP3",
  }),
  linkOf({
    name: "sql2017",
    summary: "SQL Server 2017 with the Azure Connect pack: one way only.",
    build: "2017 CU31",
  }),
  linkOf({
    name: "sql2019-cutover",
    summary: "SQL Server 2019 to be migrated: one way only, the link is removed at the end.",
    build: "2019 CU20",
  }),
  linkOf({
    name: "sql2022-rtm",
    summary: "SQL Server 2022 without an update: a link, but no failover by T-SQL.",
    build: "2022 RTM",
  }),
  linkOf({
    name: "sql2022-cu12",
    summary:
      "SQL Server 2022 CU12, Developer edition: takes a link from the instance, no FAILOVER.",
    build: "2022 CU12",
    edition: "Developer",
  }),
  linkOf({
    name: "sql2022-standard",
    summary: "SQL Server 2022 Standard edition: its copy cannot be read while it is secondary.",
    build: "2022 CU13",
    edition: "Standard",
  }),
  linkOf({
    name: "sql2025-policy2025",
    summary: "SQL Server 2025 and an instance with update policy SQL Server 2025: both ways.",
    build: "2025 RTM",
    policy: "SQLServer2025",
  }),
  linkOf({
    name: "policy-always-up-to-date",
    summary:
      "An always-up-to-date instance: SQL Server 2022 can move there, and nothing comes back.",
    policy: "AlwaysUpToDate",
  }),
  linkOf({
    name: "business-critical",
    summary: "A Business Critical instance, which shows its own three further replicas.",
    tier: "BusinessCritical",
  }),
  linkOf({
    name: "instance-primary",
    summary:
      "The managed instance is primary after a failover; the application follows the primary.",
    primary: "instance",
    followsPrimary: true,
  }),
  linkOf({
    name: "instance-first-primary",
    summary: "A link made from the managed instance; SQL Server has never backed its copy up.",
    build: "2022 CU13",
    firstPrimary: "instance",
  }),
  linkOf({
    name: "multi-node-box",
    summary: "SQL Server's availability group has two nodes in a Windows cluster.",
    nodes: 2,
  }),
] as const;
