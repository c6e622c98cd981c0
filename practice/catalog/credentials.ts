// sys.credentials, without their secrets, and sys.dm_database_encryption_keys.
import type { Credential } from "../world/state.ts";
import { databasesOf, linkedDatabaseId, type Database } from "./databases.ts";
import { localTime } from "./local-time.ts";
import { datetime, description, int, nvarchar, sysname } from "./types.ts";
import { defineView } from "./view.ts";

export const sysCredentials = defineView<Credential>({
  name: "sys.credentials",
  access: "definition",
  items: ({ server }) => server.credentials,
  cells: [
    ["credential_id", int, (c) => c.id],
    ["name", sysname, (c) => c.name],
    ["credential_identity", nvarchar(4000), (c) => c.identity],
    ["create_date", datetime, (c, context) => localTime(c.createdMs, context)],
    ["modify_date", datetime, (c, context) => localTime(c.createdMs, context)],
    ["target_type", nvarchar(100), () => null],
    ["target_id", int, () => null],
  ],
});

/** Of the linked database on an instance that encrypts it: by a certificate of the service, or by a key of one's own. */
export const dmDatabaseEncryptionKeys = defineView<Database>({
  name: "sys.dm_database_encryption_keys",
  access: "serverState",
  items: ({ state, server }) =>
    server.key === "box" || state.engine.instanceEncryption === "none"
      ? []
      : databasesOf(state, server).filter(({ id }) => id === linkedDatabaseId),
  cells: [
    ["database_id", int, (d) => d.id],
    // 3: encrypted.
    ["encryption_state", int, () => 3],
    ["key_algorithm", nvarchar(32), () => "AES"],
    ["key_length", int, () => 256],
    ["percent_complete", int, () => 0],
    [
      "encryptor_type",
      nvarchar(32),
      (_, { state }) =>
        state.engine.instanceEncryption === "serviceManaged" ? "CERTIFICATE" : "ASYMMETRIC KEY",
    ],
    ["encryption_state_desc", description, () => "ENCRYPTED", 2019],
  ],
});
