// The text of --help.

export const help = `mi-link-failover: takes an Azure SQL Managed Instance link through a planned failover.

  mi-link-failover status|check|plan|script|run OPTIONS

  status   what both sides say of themselves and their links, and runs that were left without an end
  check    every check, with what to do
  plan     the plan with its hash; changes nothing
  script   the plan as T-SQL for each server, and the whole as PowerShell and as bash
  run      runs the plan that was approved

Servers
  --sql-server HOST[\\INSTANCE][,PORT]       --managed-instance HOST[,PORT]
  --sql-server-login LOGIN                  --managed-instance-login LOGIN
  --sql-server-password-env VARIABLE        --managed-instance-password-env VARIABLE
  --sql-server-password-fd NUMBER           --managed-instance-password-fd NUMBER
  --sql-server-encrypt MODE                 --managed-instance-encrypt MODE
  --sql-server-certificate-name NAME        --managed-instance-certificate-name NAME
  A password is never an argument. Without -env and -fd it is asked for on the terminal.
  MODE: strict, mandatory (default), or optional: then nothing is encrypted, the password included.
  --ca-file FILE            certificate authority (PEM) to trust for both servers
  --environment WORD        practice, test or production (default)
  --link NAME               the link (distributed availability group), where there are several

Plan
  --to SIDE                 who is to become primary: box (SQL Server) or instance (the managed instance);
                            default: the one that is not
  --stable-seconds N        how long both sides must hold the same log, at least and by default 5
  --wait-seconds N          give up waiting at the gate after N s (exit code 3); default: wait
  --accept-unproved         fail over without our proof where none can be had; the engine itself waits
                            and refuses (47514 to 47516). Goes into the plan and the report
  --no-let-sql-server-be-read   leave out the last step, which lets SQL Server's copy be read; a failover
                            to SQL Server has no such step

Run
  --approve HASH            the plan's hash; without a terminal it is required
  Ctrl+C once finishes the step in flight and starts no more. Twice leaves at once: the server goes on
  with what it was sent, and the next start looks what became of it.

Output
  --json                    one JSON document on standard output; run writes each event as a JSON line
                            on standard error
  --out FOLDER              where script writes its files (default: here)
  --data-dir FOLDER         where journals and reports are kept

Exit codes: 0 done, 1 failed or stopped, 2 wrong usage, 3 not ready (nothing was sent), 4 unknown.
`;
