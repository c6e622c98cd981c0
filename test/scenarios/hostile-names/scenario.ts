// Names that would break out of a string, a comment, a batch or a table if anything put them there unquoted.
import { adatum, plannedChoices } from "../linked-estate.ts";
import type { LinkShape } from "../linked-estate.ts";
import type { Scenario } from "../scenario.ts";

const shape: LinkShape = {
  ...adatum,
  link: "link]'\"; DROP\r\nGO\r\n-- $(x) 🏦",
  database: "Books $(SQLCMDSERVER) | `code` <b>&amp;</b>\nGO\n",
  boxGroup: "]".repeat(127) + "'",
  instanceGroup: "group\u202Etxet\u0001",
  box: { ...adatum.box, serverName: "SQL'BOX\\$(x)", address: "box[1]|x,1433" },
  instance: { ...adatum.instance, serverName: "mi $(y)\n# title *bold*" },
};

export const scenario: Scenario = {
  shape,
  choices: plannedChoices(shape),
  environment: "test",
};
