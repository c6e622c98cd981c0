// What a parsed batch consists of: expressions, queries, statements.
import type { SqlValue } from "../../sql-types.ts";
import type { ServerStatement } from "../host.ts";
import type { StaticType } from "../types/static-type.ts";

export type ArithmeticOperator = "+" | "-" | "*" | "/" | "%" | "&" | "|" | "^";
export type Comparison = "=" | "<>" | "<" | ">" | "<=" | ">=";

/** Scalars and conditions; which of the two may stand where is the parser's business. */
export type Expression =
  | { readonly kind: "literal"; readonly value: SqlValue; readonly type: StaticType }
  | { readonly kind: "variable"; readonly name: string }
  | { readonly kind: "global"; readonly name: string; readonly line: number }
  | { readonly kind: "column"; readonly path: readonly string[]; readonly line: number }
  | { readonly kind: "negate"; readonly operand: Expression }
  | {
      readonly kind: "arithmetic";
      readonly operator: ArithmeticOperator;
      readonly left: Expression;
      readonly right: Expression;
    }
  | { readonly kind: "call"; readonly call: Call }
  | {
      readonly kind: "convert";
      readonly to: StaticType;
      readonly operand: Expression;
      readonly style?: Expression;
      /** TRY_CAST and TRY_CONVERT answer NULL where the others fail. */
      readonly onFailure: "error" | "null";
    }
  | {
      readonly kind: "case";
      readonly subject?: Expression;
      readonly branches: readonly { readonly when: Expression; readonly then: Expression }[];
      readonly otherwise?: Expression;
    }
  | { readonly kind: "subquery"; readonly query: Query }
  | { readonly kind: "collate"; readonly operand: Expression; readonly caseSensitive: boolean }
  | Condition;

export type Condition =
  | {
      readonly kind: "compare";
      readonly operator: Comparison;
      readonly left: Expression;
      readonly right: Expression;
    }
  | {
      readonly kind: "logical";
      readonly operator: "AND" | "OR";
      readonly left: Expression;
      readonly right: Expression;
    }
  | { readonly kind: "not"; readonly operand: Expression }
  | { readonly kind: "isNull"; readonly operand: Expression }
  | {
      readonly kind: "between";
      readonly operand: Expression;
      readonly low: Expression;
      readonly high: Expression;
    }
  | { readonly kind: "inList"; readonly operand: Expression; readonly list: readonly Expression[] }
  | { readonly kind: "inQuery"; readonly operand: Expression; readonly query: Query }
  | {
      readonly kind: "like";
      readonly operand: Expression;
      readonly pattern: Expression;
      readonly escape?: Expression;
    }
  | { readonly kind: "exists"; readonly query: Query };

export interface Call {
  /** Upper case. */
  readonly name: string;
  readonly arguments: readonly Expression[];
  /** COUNT(*) and COUNT(DISTINCT x). */
  readonly quantifier?: "star" | "distinct";
  /** STRING_AGG(...) WITHIN GROUP (ORDER BY ...). */
  readonly withinGroup?: readonly OrderItem[];
  readonly over?: Window;
  readonly line: number;
}

export interface Window {
  readonly partitionBy: readonly Expression[];
  readonly orderBy: readonly OrderItem[];
}

export interface OrderItem {
  readonly expression: Expression;
  readonly direction: "ASC" | "DESC";
}

export interface Query {
  readonly commonTables: readonly CommonTable[];
  readonly body: QueryBody;
  readonly orderBy: readonly OrderItem[];
  readonly offset?: Expression;
  readonly fetch?: Expression;
}

export interface CommonTable {
  readonly name: string;
  readonly columns: readonly string[];
  readonly query: Query;
}

export type SetOperator = "UNION" | "UNION ALL" | "EXCEPT" | "INTERSECT";
export type QueryBody =
  | Select
  | {
      readonly kind: "set";
      readonly operator: SetOperator;
      readonly left: QueryBody;
      readonly right: QueryBody;
    };

export interface Select {
  readonly kind: "select";
  readonly rows: "all" | "distinct";
  readonly top?: Expression;
  readonly items: readonly SelectItem[];
  readonly from: readonly Source[];
  readonly where?: Expression;
  readonly groupBy: readonly Expression[];
  readonly having?: Expression;
  readonly line: number;
}

export type SelectItem =
  | { readonly kind: "star"; readonly qualifier: readonly string[]; readonly line: number }
  | { readonly kind: "expression"; readonly expression: Expression; readonly alias?: string }
  | { readonly kind: "assign"; readonly variable: string; readonly expression: Expression };

export type JoinType =
  "INNER" | "LEFT" | "RIGHT" | "FULL" | "CROSS" | "CROSS APPLY" | "OUTER APPLY";
export type Source =
  | {
      readonly kind: "table";
      readonly path: readonly string[];
      readonly alias?: string;
      /** Present for a table-valued function. */
      readonly arguments?: readonly Expression[];
      readonly line: number;
    }
  | {
      readonly kind: "tableVariable";
      /** Lower case, with @. */
      readonly name: string;
      readonly alias?: string;
    }
  | {
      readonly kind: "derived";
      readonly query: Query;
      readonly alias: string;
      readonly columns: readonly string[];
    }
  | {
      readonly kind: "join";
      readonly type: JoinType;
      readonly left: Source;
      readonly right: Source;
      readonly on?: Expression;
    };

/** An argument of EXEC procedure: a constant, a variable, or a bare word (a string). */
export interface ProcedureArgument {
  readonly name?: string;
  readonly value: Expression;
  readonly direction: "in" | "output";
}

export type Statement = { readonly line: number } & (
  | { readonly kind: "select"; readonly query: Query }
  | { readonly kind: "use"; readonly database: string }
  | { readonly kind: "assign"; readonly variable: string; readonly expression: Expression }
  | { readonly kind: "setOption"; readonly option: string; readonly value: string }
  | { readonly kind: "print"; readonly expression: Expression }
  | {
      readonly kind: "if";
      readonly condition: Expression;
      readonly then: Statement;
      readonly otherwise?: Statement;
    }
  | { readonly kind: "while"; readonly condition: Expression; readonly body: Statement }
  | { readonly kind: "block"; readonly body: readonly Statement[] }
  | {
      readonly kind: "try";
      readonly body: readonly Statement[];
      readonly handler: readonly Statement[];
    }
  | { readonly kind: "return"; readonly value?: Expression }
  | { readonly kind: "break" }
  | { readonly kind: "continue" }
  | { readonly kind: "waitfor"; readonly delay: Expression }
  | { readonly kind: "raiserror"; readonly arguments: readonly Expression[] }
  | { readonly kind: "throw"; readonly arguments: readonly Expression[] }
  | { readonly kind: "executeText"; readonly parts: readonly Expression[] }
  | {
      readonly kind: "executeProcedure";
      readonly procedure: string;
      readonly arguments: readonly ProcedureArgument[];
      readonly result?: string;
    }
  /** INSERT @table (columns) EXEC (text). `columns`: which of the table's each value goes to. */
  | {
      readonly kind: "insertExecute";
      readonly table: string;
      readonly columns: readonly number[];
      readonly parts: readonly Expression[];
    }
  | { readonly kind: "delete"; readonly table: string; readonly where?: Expression }
  | { readonly kind: "transaction"; readonly action: "BEGIN" | "COMMIT" | "ROLLBACK" }
  | { readonly kind: "backup"; readonly backup: Backup }
  | { readonly kind: "server"; readonly verb: string; readonly statement: ServerStatement }
);

/** BACKUP and RESTORE name database, files and options by literals or variables. */
export interface Backup {
  readonly what: "LOG" | "DATABASE" | "VERIFYONLY" | "HEADERONLY" | "FILELISTONLY" | "RESTORE";
  readonly database: Expression;
  readonly media: readonly { readonly kind: "DISK" | "URL"; readonly path: Expression }[];
  readonly options: readonly { readonly name: string; readonly value?: Expression }[];
  readonly moves?: readonly { readonly file: Expression; readonly to: Expression }[];
}

/** A column of a table variable. */
export interface TableColumn {
  readonly name: string;
  readonly type: StaticType;
  readonly allowsNull: boolean;
}

/** A batch ready to run: its statements, and every variable and table variable it declares by lower-case name. */
export interface Batch {
  readonly statements: readonly Statement[];
  readonly variables: ReadonlyMap<string, StaticType>;
  readonly tables: ReadonlyMap<string, readonly TableColumn[]>;
}
