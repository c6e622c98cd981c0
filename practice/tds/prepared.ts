// Statements a client prepared (sp_prepare and its kin), kept by handle until the connection ends or is reset.
import { SqlError } from "../sql-types.ts";
import type { SqlParameter } from "../sql-types.ts";
import type { RpcCall } from "./rpc.ts";
import { returnValue } from "./tokens.ts";

/** What a call by RPC comes down to. `returnValues` are finished tokens. */
export type RpcWork =
  | {
      readonly kind: "execute";
      readonly text: string;
      readonly parameters: readonly SqlParameter[];
      readonly returnValues: Buffer;
    }
  | {
      readonly kind: "call";
      readonly procedure: string;
      readonly parameters: readonly SqlParameter[];
    }
  | { readonly kind: "nothing"; readonly returnValues: Buffer };

interface Statement {
  readonly text: string;
  readonly declarations: string;
}

export interface PreparedStatements {
  /**
   * Throws SqlError 8179 for a handle that is not there, 214 for parameters of the wrong kind, and 40517 for an output
   * parameter of the client's: nothing would come back in it.
   */
  readonly plan: (call: RpcCall) => RpcWork;
  readonly clear: () => void;
}

const nothing = Buffer.alloc(0);

export function preparedStatements(): PreparedStatements {
  const statements = new Map<number, Statement>();
  let lastHandle = 0;

  const prepare = (procedure: string, parameters: readonly SqlParameter[]): Buffer => {
    lastHandle += 1;
    statements.set(lastHandle, {
      declarations: textAt(procedure, parameters, 1),
      text: textAt(procedure, parameters, 2),
    });
    return returnValue(1, parameters[0]?.name ?? "", { name: "int" }, lastHandle);
  };
  const execute = (handle: number, values: readonly SqlParameter[]): RpcWork => {
    const { text, declarations } = statements.get(handle) ?? unknownHandle(handle);
    return {
      kind: "execute",
      text,
      parameters: named(declarations, values),
      returnValues: nothing,
    };
  };

  return {
    plan: ({ procedure, parameters }) => {
      const name = procedure.toLowerCase().replace(/^sys\./u, "");
      switch (name) {
        case "sp_executesql":
          refuseOutputs(name, parameters);
          return {
            kind: "execute",
            text: textAt(name, parameters, 0),
            parameters: named(
              parameters.length > 1 ? textAt(name, parameters, 1) : "",
              parameters.slice(2),
            ),
            returnValues: nothing,
          };
        case "sp_prepare":
          return { kind: "nothing", returnValues: prepare(name, parameters) };
        case "sp_prepexec": {
          refuseOutputs(name, parameters.slice(3));
          const returnValues = prepare(name, parameters);
          return { ...execute(lastHandle, parameters.slice(3)), returnValues };
        }
        case "sp_execute":
          refuseOutputs(name, parameters);
          return execute(handleOf(name, parameters), parameters.slice(1));
        case "sp_unprepare": {
          const handle = handleOf(name, parameters);
          if (!statements.delete(handle)) unknownHandle(handle);
          return { kind: "nothing", returnValues: nothing };
        }
        default:
          refuseOutputs(procedure, parameters);
          return { kind: "call", procedure, parameters };
      }
    },
    clear: () => {
      statements.clear();
    },
  };
}

function unknownHandle(handle: number): never {
  throw new SqlError(8179, `Could not find prepared statement with handle ${handle}.`, {
    state: 4,
  });
}

function refuseOutputs(procedure: string, parameters: readonly SqlParameter[]): void {
  const output = parameters.find((parameter) => parameter.output);
  if (output === undefined) return;
  throw new SqlError(
    40517,
    `Keyword or statement option '${output.name || "parameter"} OUTPUT' of '${procedure}' is not implemented in the practice estate.`,
    { procedure },
  );
}

function wrongType(procedure: string, parameter: string, expected: string): never {
  throw new SqlError(214, `Procedure expects parameter '${parameter}' of type '${expected}'.`, {
    state: 2,
    procedure,
  });
}

/** A text argument; NULL (no parameters declared) is the empty text. */
function textAt(procedure: string, parameters: readonly SqlParameter[], index: number): string {
  const value = parameters[index]?.value;
  if (value === null) return "";
  return typeof value === "string"
    ? value
    : wrongType(procedure, index === 0 ? "@statement" : "@params", "ntext/nchar/nvarchar");
}

function handleOf(procedure: string, parameters: readonly SqlParameter[]): number {
  const value = parameters[0]?.value;
  return typeof value === "number" ? value : wrongType(procedure, "@handle", "int");
}

/** Clients may send values without names (JDBC does); they then stand in the order of the declarations. */
function named(declarations: string, values: readonly SqlParameter[]): readonly SqlParameter[] {
  const names = declarations.match(/@[\p{L}\p{N}_@#$]+/gu) ?? [];
  return values.map((value, index) => ({ ...value, name: value.name || (names[index] ?? "") }));
}
