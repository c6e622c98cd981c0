// sys.credentials, without their secrets, sys.dm_database_encryption_keys, and the keys that SQL Server holds itself.
import { ownKeyBytes } from "../world/own-key.ts";
import type { Credential } from "../world/state.ts";
import { databasesOf, linkedDatabaseId, type Database } from "./databases.ts";
import { localTime } from "./local-time.ts";
import { stableBytes } from "./stable-id.ts";
import { datetime, description, int, nvarchar, sysname, varbinary, varchar } from "./types.ts";
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
      "encryptor_thumbprint",
      varbinary(20),
      (_, { state }) =>
        state.engine.instanceEncryption === "serviceManaged"
          ? stableBytes("key of the service", 20)
          : ownKeyBytes(),
    ],
    [
      "encryptor_type",
      nvarchar(32),
      (_, { state }) =>
        state.engine.instanceEncryption === "serviceManaged" ? "CERTIFICATE" : "ASYMMETRIC KEY",
    ],
    ["encryption_state_desc", description, () => "ENCRYPTED", 2019],
  ],
});

/** SQL Server holds the key of the instance's database where the scenario says so, by a provider of its own. */
export const sysAsymmetricKeys = defineView<string>({
  name: "sys.asymmetric_keys",
  access: "definition",
  items: ({ state, server }) =>
    server.key === "box" && state.engine.instanceEncryption === "customerManaged"
      ? ["TDE_Key_Of_Instance"]
      : [],
  cells: [
    ["name", sysname, (name) => name],
    ["principal_id", int, () => 1],
    ["asymmetric_key_id", int, () => 256],
    ["pvt_key_encryption_type", varchar(2), () => "CP"],
    ["pvt_key_encryption_type_desc", description, () => "ENCRYPTED_BY_CRYPTOGRAPHIC_PROVIDER"],
    ["thumbprint", varbinary(32), () => ownKeyBytes()],
    ["algorithm", varchar(2), () => "2R"],
    ["algorithm_desc", description, () => "RSA_2048"],
    ["key_length", int, () => 2048],
  ],
});
