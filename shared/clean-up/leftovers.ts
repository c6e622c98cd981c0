// From what was read to the list of leftovers, each with what still uses it. Pure.
import type { AvailabilityGroup, Estate, SideReading } from "../estate/estate.ts";
import { azureOf } from "../estate/link-in-azure.ts";
import { nameOf } from "../estate/name-of.ts";
import { partnerOf } from "../estate/partner-url.ts";
import type { SeenLeftovers, TraceFlag } from "./seen.ts";

export type LeftoverKind =
  | "distributedGroup"
  | "group"
  | "endpoint"
  | "certificate"
  | "trustCertificate"
  | "traceFlag"
  | "job";

/** The words of the choices, in the order in which things are removed (domain.md 3.h). */
export const leftoverWords: Readonly<Record<LeftoverKind, string>> = {
  distributedGroup: "distributed-group",
  group: "group",
  endpoint: "endpoint",
  certificate: "certificate",
  trustCertificate: "trust-certificate",
  traceFlag: "trace-flag",
  job: "job",
};

/** Something that uses a leftover; `key` where it is one itself and may be removed with it. */
export interface Use {
  readonly key?: string;
  /** 'the availability group AG_Payroll' */
  readonly what: string;
}

export interface Leftover {
  /** `certificate:DigiCertPKI`; the choice. */
  readonly key: string;
  readonly kind: LeftoverKind;
  readonly name: string;
  readonly server: string;
  /** One sentence. */
  readonly sentence: string;
  readonly uses: readonly Use[];
  /** Listed alone: no step removes it. */
  readonly isListedOnly: boolean;
}

export function keyOf(kind: LeftoverKind, name: string): string {
  return `${leftoverWords[kind]}:${name}`;
}

/** Everything there is, in the order of its removal. Of what was not read nothing is listed: the checks say so. */
export function leftoversOf(estate: Estate, seen: SeenLeftovers): readonly Leftover[] {
  const groups = groupsOf(estate.box);
  const unread = [estate.box, estate.instance].filter((reading) => !showsGroups(reading));
  const all = [
    ...groupLeftovers(estate, groups),
    ...boxLeftovers(estate, groups, seen),
    ...trusted(estate, seen),
    ...traceFlags(estate, groups, seen),
    ...jobs(estate, seen),
  ];
  return all.map((one) => ({ ...one, uses: [...one.uses, ...unread.map(perhapsUsed)] }));
}

function showsGroups(reading: SideReading): boolean {
  return reading.kind === "seen" && reading.facts.groups.kind === "seen";
}

/** Of a server that could not be read nothing is known: what it may show locks whatever there is. */
function perhapsUsed(reading: SideReading): Use {
  return { what: `a link that ${nameOf(reading)} may still show: it could not be read` };
}

/** What keeps it from being removed together with the chosen ones. */
export function stillUsedBy({ uses }: Leftover, chosen: ReadonlySet<string>): readonly string[] {
  return uses.filter(({ key }) => key === undefined || !chosen.has(key)).map(({ what }) => what);
}

function groupsOf(box: SideReading): readonly AvailabilityGroup[] {
  return box.kind === "seen" && box.facts.groups.kind === "seen" ? box.facts.groups.value : [];
}

function groupLeftovers(
  { box, azure, instance }: Estate,
  groups: readonly AvailabilityGroup[],
): readonly Leftover[] {
  const server = nameOf(box);
  const distributed = groups.filter(({ isDistributed }) => isDistributed);
  const inAzure = azure?.kind === "seen" ? azure.links.map(({ name }) => name) : [];
  const onInstance = groupsOf(instance).map(({ name }) => name);
  const links = distributed.map((group): Leftover => ({
    key: keyOf("distributedGroup", group.name),
    kind: "distributedGroup",
    name: group.name,
    server,
    sentence: `The distributed availability group ${group.name} on ${server}: its half of a link.`,
    uses: [
      ...(onInstance.includes(group.name)
        ? [{ what: `the link ${group.name}, which ${nameOf(instance)} still shows` }]
        : []),
      ...(inAzure.includes(group.name)
        ? [{ what: `the link ${group.name}, which Azure still shows` }]
        : []),
      ...group.replicas
        .filter(
          ({ isLocal, connectedState }) => isLocal === false && connectedState === "CONNECTED",
        )
        .map(({ replicaServerName }) => ({
          what: `${replicaServerName}, which is still connected`,
        })),
    ],
    isListedOnly: false,
  }));
  const local = groups
    .filter(({ isDistributed }) => !isDistributed)
    .map((group): Leftover => ({
      key: keyOf("group", group.name),
      kind: "group",
      name: group.name,
      server,
      sentence: `The availability group ${group.name} on ${server}.`,
      uses: [
        ...distributed
          .filter(({ replicas }) =>
            replicas.some(({ replicaServerName }) => replicaServerName === group.name),
          )
          .map(linkUse),
        ...group.replicas
          .filter(({ isLocal }) => isLocal !== true)
          .map(({ replicaServerName }) => ({ what: `its replica ${replicaServerName}` })),
        ...(group.replicas.some(({ isLocal, role }) => isLocal === true && role === "PRIMARY")
          ? []
          : [{ what: `its primary, which is not ${server}` }]),
      ],
      isListedOnly: false,
    }));
  return [...links, ...local];
}

const linkUse = ({ name }: AvailabilityGroup): Use => ({
  key: keyOf("distributedGroup", name),
  what: `the link ${name}`,
});

function groupUse(group: AvailabilityGroup): Use {
  if (group.isDistributed) return linkUse(group);
  return { key: keyOf("group", group.name), what: `the availability group ${group.name}` };
}

function boxLeftovers(
  { box }: Estate,
  groups: readonly AvailabilityGroup[],
  seen: SeenLeftovers,
): readonly Leftover[] {
  if (seen.box.kind !== "seen") return [];
  const server = nameOf(box);
  const { endpoints, certificates, certificateUses, mirroredDatabases } = seen.box.value;
  const mirrored =
    mirroredDatabases === 0
      ? []
      : [{ what: `database mirroring of ${String(mirroredDatabases)} database(s)` }];
  const links = groups.filter(({ isDistributed }) => isDistributed);
  const partners = certificates.filter(({ use }) => use === "partner");
  const usesOf = (name: string, use: (typeof certificates)[number]["use"]): readonly Use[] => {
    switch (use) {
      case "endpoint":
        return endpoints.map((one) => ({
          key: keyOf("endpoint", one),
          what: `the endpoint ${one}`,
        }));
      case "partner":
        return links.filter((link) => isWith(link, name)).map(linkUse);
      case "authority":
        return [
          ...links.map(linkUse),
          ...partners.map((one) => ({
            key: keyOf("certificate", one.name),
            what: `the certificate ${one.name}, which it vouches for`,
          })),
        ];
    }
  };
  return [
    ...endpoints.map((name): Leftover => ({
      key: keyOf("endpoint", name),
      kind: "endpoint",
      name,
      server,
      sentence: `The endpoint ${name} on ${server}, which availability groups, links and database mirroring replicate through.`,
      uses: [...groups.map(groupUse), ...mirrored],
      isListedOnly: false,
    })),
    // A root goes after the certificates it vouches for.
    ...[...certificates]
      .sort((one, other) => order[one.use] - order[other.use])
      .map(({ name, use }): Leftover => ({
        key: keyOf("certificate", name),
        kind: "certificate",
        name,
        server,
        sentence: `The certificate ${name} on ${server}: ${certificateWords[use]}.`,
        uses: [
          ...usesOf(name, use),
          ...certificateUses
            .filter(({ certificate }) => certificate === name)
            .map(({ by }) => ({ what: by })),
        ],
        isListedOnly: false,
      })),
  ];
}

const order = { endpoint: 0, partner: 1, authority: 2 } as const;
const certificateWords = {
  endpoint: "its own, shown by the endpoint",
  partner: "of another server, kept to trust it",
  authority: "of an authority, kept to check others by",
} as const;

/** The instance's certificate is named exactly like its address (domain.md 2.1). */
function isWith({ replicas }: AvailabilityGroup, certificate: string): boolean {
  const hosts = replicas.map(({ endpointUrl }) => partnerOf(endpointUrl)?.host.toLowerCase());
  return hosts.includes(certificate.toLowerCase());
}

function trusted(estate: Estate, { trustCertificates }: SeenLeftovers): readonly Leftover[] {
  if (trustCertificates?.kind !== "seen") return [];
  const azure = azureOf(estate);
  const links = azure.kind === "seen" ? azure.links : [];
  const server = nameOf(estate.instance);
  return trustCertificates.value.map((name) => ({
    key: keyOf("trustCertificate", name),
    kind: "trustCertificate",
    name,
    server,
    sentence: `The certificate ${name} that ${server} trusts, in Azure.`,
    uses: links.map((link) => ({ what: `the link ${link.name} in Azure` })),
    isListedOnly: false,
  }));
}

function traceFlags(
  { box }: Estate,
  groups: readonly AvailabilityGroup[],
  seen: SeenLeftovers,
): readonly Leftover[] {
  if (seen.box.kind !== "seen") return [];
  const server = nameOf(box);
  const seeding =
    box.kind === "seen" && box.facts.seeding.kind === "seen" ? box.facts.seeding.value : [];
  const usesOf = ({ flag }: TraceFlag): readonly Use[] =>
    flag === retainsLog
      ? seeding.map(({ databaseName }) => ({ what: `the seeding of ${databaseName}` }))
      : groups.map(groupUse);
  return seen.box.value.traceFlags
    .filter(({ isOn, isStartup }) => isOn || isStartup)
    .map((one): Leftover => ({
      key: keyOf("traceFlag", String(one.flag)),
      kind: "traceFlag",
      name: String(one.flag),
      server,
      sentence: `Trace flag ${String(one.flag)} on ${server}: ${one.isOn ? "on" : "off"}${one.isStartup ? `, and among its startup parameters (-T${String(one.flag)})` : ""}.`,
      uses: usesOf(one),
      isListedOnly: !one.isOn,
    }));
}

/** Keeps the log while a link is seeded. */
const retainsLog = 12381;

function jobs(estate: Estate, { boxJobs, instanceJobs }: SeenLeftovers): readonly Leftover[] {
  return (
    [
      [estate.box, boxJobs],
      [estate.instance, instanceJobs],
    ] as const
  ).flatMap(([reading, fact]) =>
    (fact.kind === "seen" ? fact.value : []).map((name): Leftover => ({
      key: keyOf("job", name),
      kind: "job",
      name,
      server: nameOf(reading),
      sentence: `The job ${name} of SQL Server Agent on ${nameOf(reading)}, which tested the network of a link. Delete it by hand.`,
      uses: [],
      isListedOnly: true,
    })),
  );
}
