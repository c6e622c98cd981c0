// Type names as DECLARE, CAST and parameter lists write them.
import type { StaticType } from "./static-type.ts";

/** Type arguments: numbers, or `max`. */
export type TypeArgument = number | "max";

const plain: Readonly<Record<string, StaticType>> = {
  bit: { name: "bit" },
  tinyint: { name: "tinyint" },
  smallint: { name: "smallint" },
  int: { name: "int" },
  integer: { name: "int" },
  bigint: { name: "bigint" },
  float: { name: "float" },
  real: { name: "float" },
  money: { name: "numeric", precision: 19, scale: 4 },
  smallmoney: { name: "numeric", precision: 10, scale: 4 },
  uniqueidentifier: { name: "uniqueidentifier" },
  datetime: { name: "datetime" },
  smalldatetime: { name: "datetime" },
  date: { name: "date" },
  sysname: { name: "nvarchar", length: 128 },
  sql_variant: { name: "variant" },
};

/**
 * The type called `name`; undefined for one the practice estate does not know. `defaultLength` is 1 in DECLARE and 30
 * in CAST and CONVERT ("char and varchar (Transact-SQL)").
 */
export function namedType(
  name: string,
  args: readonly TypeArgument[],
  defaultLength: number,
): StaticType | undefined {
  const key = name.toLowerCase();
  const [first, second] = args;
  const length = first ?? defaultLength;
  const count = first === "max" ? undefined : first;
  switch (key) {
    case "varchar":
    case "nvarchar":
    case "varbinary":
      return { name: key, length };
    case "binary":
      return { name: "varbinary", length };
    case "char":
    case "nchar":
      return length === "max" ? undefined : { name: key, length };
    case "numeric":
    case "decimal":
    case "dec":
      return {
        name: "numeric",
        precision: count ?? 18,
        scale: second === "max" ? 0 : (second ?? 0),
      };
    case "datetime2":
    case "datetimeoffset":
      return { name: key, scale: count ?? 7 };
    default:
      return plain[key];
  }
}
