// msnodesqlv8, which logs in with the Windows session: no package of ours, so it is looked for beside the program when it is needed.
import { createRequire } from "node:module";
import { AppError } from "../../shared/errors/app-error.ts";

/** What is used of msnodesqlv8 5. */
export interface OdbcDriver {
  readonly promises: {
    /** `conn_timeout` in seconds. */
    open(how: {
      readonly conn_str: string;
      readonly conn_timeout: number;
    }): Promise<OdbcConnection>;
  };
}

export interface OdbcConnection {
  /** A bigint comes as BigInt, and not rounded to a number. */
  setUseBigIntAsNative(native: boolean): void;
  readonly promises: {
    /** One after another on a connection. `query_timeout` in seconds; a query cannot be cancelled before 5.6. */
    query(what: {
      readonly query_str: string;
      readonly query_timeout: number;
    }): Promise<OdbcAnswer>;
    close(): Promise<void>;
  };
}

/** Results by their place, each with its columns; one without columns is a statement that answers no rows. */
export interface OdbcAnswer {
  readonly meta: readonly (readonly { readonly name: string; readonly sqlType?: string }[])[];
  readonly results: readonly (readonly Readonly<Record<string, unknown>>[])[];
}

/** Where the driver is loaded from, and on which system. */
export interface OdbcPlace {
  readonly platform: NodeJS.Platform;
  /** Throws what `require` throws. */
  readonly load: () => OdbcDriver;
}

/**
 * Resolved as any package is, from the program's own files upwards: in a checkout its node_modules, in the packaged program
 * resources/node_modules beside the archive. Nothing is loaded from a folder of the operator's data.
 */
export const besideTheProgram: OdbcPlace = {
  platform: process.platform,
  load: () => {
    const fromHere = createRequire(import.meta.url);
    // What comes back is somebody else's package; README names the version this was written for.
    return fromHere("msnodesqlv8") as OdbcDriver;
  },
};

/** Throws AppError where this system has no Windows session, and where the driver is not there or does not load. */
export function loadOdbc({ platform, load }: OdbcPlace): OdbcDriver {
  if (platform !== "win32") {
    throw new AppError({
      code: "singleSignOnWindowsOnly",
      class: "block",
      summary: "Single sign-on works on Windows alone.",
      remedy: "Choose Windows Authentication (NTLM), or a SQL Server login, and type its password.",
    });
  }
  try {
    return load();
  } catch (error) {
    const detail = error instanceof Error ? error.message : String(error);
    throw new AppError(
      {
        code: "singleSignOnMissing",
        class: "block",
        summary: "Single sign-on needs msnodesqlv8, which does not load beside this program.",
        detail,
        remedy:
          "Install it as the README says (Connections), or choose Windows Authentication (NTLM) and type the password.",
      },
      error,
    );
  }
}
