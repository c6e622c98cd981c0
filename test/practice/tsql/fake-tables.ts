// The tables of the fake server: one link as SQL Server's catalog shows it while it is the primary.
import type { Column, SqlType, SqlValue } from "../../../practice/sql-types.ts";
import type { TableDefinition } from "../../../practice/tsql/host.ts";

interface FakeTable {
  readonly definition: TableDefinition;
  readonly rows: readonly (readonly SqlValue[])[];
}

const types: Readonly<Record<string, SqlType>> = {
  bit: { name: "bit" },
  tinyint: { name: "tinyint" },
  int: { name: "int" },
  bigint: { name: "bigint" },
  guid: { name: "uniqueidentifier" },
  datetime: { name: "datetime" },
  sysname: { name: "nvarchar", length: 128 },
  desc: { name: "nvarchar", length: 60 },
  lsn: { name: "numeric", precision: 25, scale: 0 },
  size: { name: "numeric", precision: 20, scale: 0 },
  char1: { name: "varchar", length: 1 },
  char2: { name: "varchar", length: 2 },
  utc: { name: "datetime2", scale: 7 },
};

/** `columns` as "name type name type". */
function table(
  path: string,
  columns: string,
  rows: readonly (readonly SqlValue[])[],
  argumentCount?: number,
): FakeTable {
  const [database = "", schema = "", name = ""] = path.split(".");
  const words = columns.split(" ");
  const list: Column[] = [];
  for (let index = 0; index < words.length; index += 2) {
    list.push({ name: words[index] ?? "", type: types[words[index + 1] ?? ""] ?? { name: "int" } });
  }
  const definition = { database, schema, name, columns: list };
  return {
    definition: argumentCount === undefined ? definition : { ...definition, argumentCount },
    rows,
  };
}

export const dag = "A0000000-0000-0000-0000-0000000000D1";
export const local = "A0000000-0000-0000-0000-0000000000A1";
export const boxReplica = "B0000000-0000-0000-0000-000000000001";
export const instanceReplica = "B0000000-0000-0000-0000-000000000002";
export const nodeReplica = "B0000000-0000-0000-0000-000000000003";

export const fakeTables: readonly FakeTable[] = [
  table("master.sys.availability_groups", "group_id guid name sysname is_distributed bit", [
    [dag, "AdatumLink", true],
    [local, "AdatumAG", false],
  ]),
  table(
    "master.sys.availability_replicas",
    "replica_id guid group_id guid replica_server_name sysname endpoint_url sysname availability_mode_desc desc",
    [
      [boxReplica, dag, "AdatumAG", "tcp://sql1:5022", "ASYNCHRONOUS_COMMIT"],
      [instanceReplica, dag, "sqlmi1", "tcp://sqlmi1:5022", "ASYNCHRONOUS_COMMIT"],
      [nodeReplica, local, "SQL1", "tcp://sql1:5022", "SYNCHRONOUS_COMMIT"],
    ],
  ),
  table(
    "master.sys.dm_hadr_availability_replica_states",
    "replica_id guid group_id guid is_local bit role tinyint role_desc desc operational_state_desc desc connected_state_desc desc synchronization_health_desc desc last_connect_error_number int last_connect_error_description desc last_connect_error_timestamp datetime",
    [
      [boxReplica, dag, true, 1, "PRIMARY", "ONLINE", "CONNECTED", "HEALTHY", null, null, null],
      [
        instanceReplica,
        dag,
        false,
        2,
        "SECONDARY",
        null,
        "CONNECTED",
        "HEALTHY",
        10061,
        "refused",
        "2026-11-21T07:00:00.000",
      ],
      [nodeReplica, local, true, 1, "PRIMARY", "ONLINE", "CONNECTED", "HEALTHY", null, null, null],
    ],
  ),
  table(
    "master.sys.dm_hadr_database_replica_states",
    "database_id int group_id guid replica_id guid is_local bit is_primary_replica bit synchronization_state_desc desc synchronization_health_desc desc end_of_log_lsn lsn last_hardened_lsn lsn last_commit_lsn lsn secondary_lag_seconds bigint",
    [
      [
        5,
        dag,
        boxReplica,
        true,
        true,
        "SYNCHRONIZED",
        "HEALTHY",
        "1234567890123456789012345",
        null,
        "1234567890123456789012344",
        null,
      ],
      [
        5,
        dag,
        instanceReplica,
        false,
        false,
        "SYNCHRONIZING",
        "HEALTHY",
        "1234567890123456789012345",
        "37000000012300001",
        "1234567890123456789012343",
        0n,
      ],
    ],
  ),
  table(
    "master.sys.databases",
    "name sysname database_id int create_date datetime state_desc desc",
    [
      ["master", 1, "2003-04-08T09:13:36.390", "ONLINE"],
      ["msdb", 4, "2022-10-08T06:31:51.000", "ONLINE"],
      ["Adatum", 5, "2026-01-02T03:04:05.007", "ONLINE"],
    ],
  ),
  table(
    "master.sys.certificates",
    "name sysname certificate_id int pvt_key_encryption_type char2 subject sysname issuer_name sysname start_date datetime expiry_date datetime",
    [
      [
        "Cert_SQL1_endpoint",
        257,
        "MK",
        "SQL1",
        "SQL1",
        "2026-01-01T00:00:00.000",
        "2030-12-30T00:00:00.000",
      ],
      [
        "sqlmi1.zone.database.windows.net",
        258,
        "NA",
        "sqlmi1",
        "Microsoft Corporation",
        "2026-01-01T00:00:00.000",
        "2027-01-01T00:00:00.000",
      ],
    ],
  ),
  table(
    "master.sys.dm_hadr_physical_seeding_stats",
    "local_physical_seeding_id guid local_database_name sysname internal_state_desc desc database_size_bytes bigint transferred_size_bytes bigint transfer_rate_bytes_per_second bigint total_disk_io_wait_time_ms bigint total_network_wait_time_ms bigint is_compression_enabled bit start_time_utc datetime estimate_time_complete_utc datetime",
    [
      [
        dag,
        "Adatum",
        "ReadingAndSendingData",
        107374182400n,
        53687091200n,
        104857600n,
        5000n,
        2500n,
        true,
        "2026-11-21T06:00:00.000",
        "2026-11-21T07:30:05.000",
      ],
    ],
  ),
  table(
    "master.sys.dm_hadr_automatic_seeding",
    "operation_id guid current_state desc is_source bit completion_time datetime number_of_attempts int",
    [[dag, "SEEDING", true, null, 1]],
  ),
  table(
    "msdb.dbo.backupset",
    "media_set_id int database_name sysname type char1 is_copy_only bit has_backup_checksums bit backup_size size compressed_backup_size size backup_start_date datetime backup_finish_date datetime",
    [
      [
        1,
        "Adatum",
        "D",
        false,
        true,
        "104857600",
        "20971520",
        "2026-11-20T20:00:00.000",
        "2026-11-20T20:01:30.000",
      ],
      [
        2,
        "Adatum",
        "L",
        false,
        true,
        "1048576",
        "1048576",
        "2026-11-21T07:55:00.000",
        "2026-11-21T07:55:02.000",
      ],
      [
        3,
        "Adatum",
        "D",
        false,
        true,
        "209715200",
        "41943040",
        "2026-11-21T02:00:00.000",
        "2026-11-21T02:02:00.000",
      ],
    ],
  ),
  table("msdb.dbo.backupmediafamily", "media_set_id int physical_block_size int", [
    [1, 512],
    [2, 512],
    [3, 65536],
  ]),
  table("Adatum.dbo.Orders", "Id int Customer sysname", [
    [1, "Ann"],
    [2, "bob"],
    [3, "Ann"],
    [4, null],
  ]),
  table("master.sys.dm_secret", "a int", []),
  table(
    "master.sys.dm_db_log_stats",
    "database_id int log_since_last_log_backup_mb int",
    [
      [5, 12],
      [4, 1],
    ],
    1,
  ),
];
