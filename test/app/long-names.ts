// A practice estate whose names are as long as names get: what has to be cut, wrapped or scrolled shows with it.
import { healthy } from "../../practice/scenarios/healthy.ts";
import type { Scenario } from "../../practice/scenarios/scenario.ts";

const boxName = "WESTEUROPESQLBX\\ORDERS_INSTANCE1";
const zone = "a0b1c2d3e4f5.database.windows.net";
const instanceName = `managed-instance-orders-west-europe-production-number-one.${zone}`;

export const longNames: Scenario = {
  ...healthy,
  name: "long-names",
  summary: "Server, link, group and database have long names.",
  link: {
    ...healthy.link,
    name: "LINK_Orders_and_Invoices_of_the_North_European_Branch_Offices_2026",
    database: "Orders_and_Invoices_of_the_North_European_Branch_Offices_2026",
  },
  box: {
    ...healthy.box,
    name: boxName,
    machineName: "WESTEUROPESQLBX",
    localPrimaryReplica: boxName,
    groupName: "AG_Orders_and_Invoices_of_the_North_European_Branch_Offices_2026",
  },
  instance: {
    ...healthy.instance,
    name: instanceName,
    localPrimaryReplica: instanceName,
    groupName: "AG_Orders_and_Invoices_of_the_North_European_Branch_Offices_2026_MI",
  },
};
