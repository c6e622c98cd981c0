// What was read of the things a link leaves behind, on both servers and in Azure. Contract.
import type { EndpointCertificate, Fact } from "../estate/estate.ts";

/** On SQL Server, as one reading shows it. */
export interface BoxLeftovers {
  /** Mirroring endpoints; there is one at most. */
  readonly endpoints: readonly string[];
  /** Certificates in master that links live on. */
  readonly certificates: readonly Pick<EndpointCertificate, "name" | "use">[];
  /** Every certificate in master: one that is not among them is gone. */
  readonly certificateNames: readonly string[];
  /** What shows or was made of which certificate: `the Service Broker endpoint broker`. The mirroring endpoint is none of them. */
  readonly certificateUses: readonly { readonly certificate: string; readonly by: string }[];
  /** Databases in a session of database mirroring. */
  readonly mirroredDatabases: number;
  readonly traceFlags: readonly TraceFlag[];
}

export interface TraceFlag {
  readonly flag: number;
  readonly isOn: boolean;
  /** Among the startup parameters, where no T-SQL reaches. */
  readonly isStartup: boolean;
}

export interface SeenLeftovers {
  readonly box: Fact<BoxLeftovers>;
  /** Jobs of SQL Server Agent that test a link's network. */
  readonly boxJobs: Fact<readonly string[]>;
  readonly instanceJobs: Fact<readonly string[]>;
  /** Names; null where Azure was not asked. */
  readonly trustCertificates: Fact<readonly string[]> | null;
}
