// What the practice world's own account says about a planned failover from SQL Server to the instance.

/**
 * @param {object} truth the answer to the estate's control request `{"ask":"truth"}`
 * @returns {readonly string[]} what is not as it should be; empty when all is well
 */
export function complaints(truth) {
  const { box, instance } = truth;
  const failovers = truth.changes.filter(({ text }) => /\bFAILOVER\b/.test(text));
  const sent = failovers.reduce((sum, { count }) => sum + count, 0);
  const expectations = [
    [instance.role === "PRIMARY", `${instance.name} is ${instance.role}, not PRIMARY`],
    [box.role === "SECONDARY", `${box.name} is ${box.role}, not SECONDARY`],
    [instance.updateability === "READ_WRITE", `${instance.name} does not accept writes`],
    [
      instance.rows.hasEveryAcknowledged,
      `committed rows are missing on ${instance.name}: ${instance.rows.missing.join(", ")}`,
    ],
    [truth.acknowledgedRows > 0, "the application never committed a row"],
    [box.health === "HEALTHY" && instance.health === "HEALTHY", "the link is not healthy"],
    [sent === 1, `FAILOVER reached the engine ${sent} times`],
  ];
  return expectations.filter(([holds]) => !holds).map(([, complaint]) => complaint);
}

/** One line for people. */
export function describe(truth) {
  const { box, instance } = truth;
  return (
    `${instance.name} is ${instance.role}, ${box.name} is ${box.role}; ` +
    `${truth.acknowledgedRows} rows were committed by the application, ` +
    `${instance.rows.count} of them are on ${instance.name}; the link is ${instance.health}.`
  );
}
