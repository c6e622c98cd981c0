// The text of --help.

export const help = `mi-link-failover: takes an Azure SQL Managed Instance link through a planned failover.

  mi-link-failover status|check|readiness|plan|script|run|rows OPTIONS

  status   what both sides say of themselves and their links, and runs that were left without an end
  check    every check, with what to do
  readiness   every check, and what the link does not carry: logins, jobs, linked servers, credentials, log and
           disk space, collation, rights in Azure. Exit codes as check
  plan     the plan with its hash; changes nothing
  script   the plan as T-SQL for each server, and the whole as PowerShell and as bash
  run      runs the plan that was approved
  rows     how many rows both catalogs count in the tables of the link's databases; after a migration
           --database names it. Exit code 1 where they differ, 4 where a side was not read
  evidence --run ID   everything that was kept of a run as one new folder (--out FOLDER): report, plan, scripts, journal,
           checks, and a manifest with the SHA-256 of each file. Connects to nothing
  repair [plan|script|run]           two primaries, or none: saves what is given up, and makes one primary
  offline-fail-back [plan|script|run]   brings a database back from the instance by backup and restore
  clean-up [plan|script|run]         what a link that is gone has left behind, and what still uses it
  hybrid-benefit [plan|script|run]   tells Azure whether the instance only follows SQL Server

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
  --database NAME           of rows and offline-fail-back: the database, where no link shows it any more
  --link NAME               the link (distributed availability group), where there are several

Plan
  --to SIDE                 who is to become primary: box (SQL Server) or instance (the managed instance);
                            default: the one that is not
  --stable-seconds N        how long both sides must hold the same log, at least and by default 5
  --wait-seconds N          give up waiting at the gate after N s (exit code 3); default: wait
  --accept-unproved         fail over without our proof where none can be had; the engine itself waits
                            and refuses (47514 to 47516). Goes into the plan and the report
  --remove-link             one way: the link is removed after the move. Needs --azure-cli
  --both-copies-writable-understood   where the end of the link is the move itself (SQL Server 2016 to 2019, 2022
                            below CU13, failover mode None): afterwards both copies can be written and are
                            independent
  --drop-availability-group drop SQL Server's availability group too
  --leave-old-copy-writable do not keep the old copy from being written
  --failover-by-azure       from the instance: ask Azure to fail over; on 403 it is asked by T-SQL
  --budget-seconds N        past it everything done so far is undone, while neither FAILOVER nor DELETE has
                            begun; default 600, 0 is none
  --no-let-sql-server-be-read   leave out the last step, which lets SQL Server's copy be read; a failover
                            to SQL Server has no such step

Forced: the primary is gone, and data can be lost
  --force                   with check, plan, script and run, and with --to: the side that takes over. The other one need
                            not be named. The secondary is watched for 10 s first: while its log still arrives,
                            the primary is alive, and nothing is forced
  --despite-alive           force although the primary is alive: two primaries. Needs --reason
  --despite-suspended       force although data movement is suspended. Needs --reason
  --despite-working         force before everything that has arrived is redone
  --reason TEXT             goes into the plan and the report

Repair: two primaries after a forced failover, or none. What is given up is saved and proved first
  --keep box|instance       the side that is primary afterwards; without it \`repair check\` tells both sides
  --save-to PLACE           where what the other side holds is saved: a folder that SQL Server can write to, or
                            the URL of a container for the instance. May be repeated
  --remove-link             the other ending: the link is removed, and both copies stay, independent. Needs
                            --azure-cli
  --writers-stopped TEXT    why nobody can write there: a log that only backups move is then taken for theirs
  --failover-by-azure       ask Azure to make the instance secondary; needs --writers-stopped
  --role-change-type WORD   forced (default) or planned, of that request
  --stamp WORD              part of the backups' names; \`repair plan\` prints it, and a run by hash needs it

Offline fail back: SQL Server 2022 from update policy 2022, 2025 from 2025; nothing that is there is written over
  --backup-to URL           container for the COPY_ONLY backup; both servers need a credential for it
  --restore-to FOLDER       where SQL Server keeps the files of the restored database
  --restore-as NAME         its name there; default: the old one with _failback. Also of rows
  --over-old-name           under the old name, once you have renamed or dropped the old copy yourself
  --database-name NAME      the old name, typed; required by --over-old-name
  --writers-stopped TEXT    why nobody can write on the instance: only then a log that backups alone move is
                            taken for theirs. Goes into the plan and the report

Clean-up: nothing is removed unless it is named, nor while something uses it
  --link NAME               the link that is gone
  --remove WORDS            distributed-group, group, endpoint, certificates, trust-certificates, trace-flags, with
                            commas between, or one thing as the list writes it: certificate:NAME. May be
                            repeated. Trust certificates need --azure-cli

Hybrid failover benefit; activating it while an instance is created is not done here
  --usage WORD              passive or active. Needs --azure-cli, and an instance that is Ready
  --passive-replica-confirmed   "I confirm that this replica is passive: it is used for disaster recovery
                            alone, and no application reads from it."

Azure
  --azure-cli               use the sign-in of the Azure CLI (az login)
  --azure-cloud NAME        public (default), usGovernment or china
  --azure-tenant ID         the tenant of the instance, where it is not the Azure CLI's own
  --azure-endpoint URL      of a practice estate alone

Run
  --dry-run                 every check, right and guard against both servers, and every statement shown;
                            nothing that changes anything is sent. Exit code 3 where a run would not begin
  --approve HASH            the plan's hash; without a terminal it is required
  --link-name NAME          the link's name, typed, where a run forces, brings back offline, deletes the link or drops what it
                            left behind; required beside --approve without a terminal
  Ctrl+C once finishes the step in flight and starts no more. Twice leaves at once: the server goes on
  with what it was sent, and the next start looks what became of it.

Output
  --json                    one JSON document on standard output; run writes each event as a JSON line
                            on standard error
  --out FOLDER              where script writes its files (default: here)
  --export FOLDER           readiness: writes readiness.md, and a script of the logins that are missing
  --data-dir FOLDER         where journals and reports are kept

Exit codes: 0 done, 1 failed or stopped, 2 wrong usage, 3 not ready (nothing was sent), 4 unknown.
`;
