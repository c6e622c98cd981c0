// What the window asks about connecting: a server's certificate, a login, and the pairs that are remembered. Contract.
import { z } from "zod";
import type { Problem } from "../errors/app-error.ts";
import type { Side } from "../estate/estate.ts";
import type { CertificateFacts, ConnectionFacts } from "../ipc.ts";
import type { LayerResult } from "./layers.ts";
import { mostCharacters } from "./pair-exchange.ts";
import type { Merged } from "./pair-exchange.ts";
import { windowsLogin } from "./saved-pair.ts";
import type { SavedPair } from "./saved-pair.ts";

const text = (max: number) => z.string().min(1).max(max);
const side = z.enum(["box", "instance"]);
const id = z.string().regex(/^[a-z0-9-]{1,64}$/);
const environment = z.enum(["practice", "test", "production"]);

/** Where a server is, as the operator typed it: `name`, `name\instance`, `name,port`. */
const address = z.strictObject({ side, server: text(300), usePublicEndpoint: z.boolean() });

const openInput = address.extend({
  encrypt: z.enum(["strict", "mandatory", "optional"]),
  authentication: z.discriminatedUnion("kind", [
    /** `secretId` null: the password that is remembered for this login at this address. */
    z.strictObject({ kind: z.literal("sqlLogin"), login: text(128), secretId: id.nullable() }),
    z.strictObject({ kind: z.literal("entra"), accountId: text(300) }),
    /** NTLM. */
    z.strictObject({
      kind: z.literal("windows"),
      login: windowsLogin,
      secretId: id.nullable(),
    }),
    /** Single sign-on as who runs this program; reads alone. */
    z.strictObject({ kind: z.literal("windowsSession") }),
  ]),
  /** SHA-256 fingerprint of the one certificate the operator trusts for this server; null: the system's trust decides. */
  trustedFingerprint: z
    .string()
    .regex(/^[0-9A-F]{64}$/)
    .nullable(),
  environment,
  /** Once it is logged in: the password is remembered by the system's key store, or forgotten there. Absent: left as it is. */
  rememberPassword: z.boolean().optional(),
});

export const connectRequests = {
  /** PRELOGIN and TLS only: shows the certificate before any login. */
  "connection.probe": address.extend({ encrypt: z.enum(["strict", "mandatory", "optional"]) }),
  "connection.open": openInput,
  /** The same connection, tried layer by layer and closed again; the tick says nothing here. */
  "connection.test": openInput,
  /** Pairs of servers that were connected before, pinned ones first, then the latest. */
  "pairs.list": z.strictObject({}),
  /** Answers the list afterwards. A pair that is gone is no error. */
  "pairs.change": z.strictObject({
    pairId: text(700),
    change: z.discriminatedUnion("kind", [
      z.strictObject({ kind: z.literal("pin"), isPinned: z.boolean() }),
      z.strictObject({
        kind: z.literal("rename"),
        name: z.string().trim().min(1).max(100).nullable(),
      }),
      z.strictObject({ kind: z.literal("remove") }),
    ]),
  }),
  /** The text of a file for another computer, without a secret. */
  "pairs.export": z.strictObject({}),
  "pairs.import": z.strictObject({ text: z.string().max(mostCharacters) }),
} as const;

export interface ConnectOutputs {
  "connection.probe": { readonly certificate: CertificateFacts | null };
  "connection.open": ConnectionFacts;
  "pairs.list": SavedPairs;
  "pairs.change": SavedPairs;
  "connection.test": readonly LayerResult[];
  "pairs.export": { readonly text: string };
  "pairs.import": Omit<Merged, "pairs"> & { readonly saved: SavedPairs };
}

export interface SavedPairs {
  readonly pairs: readonly SavedPairFacts[];
  /** False where passwords are typed each time: this window has no key store of the system. */
  readonly canRememberPasswords: boolean;
  /** The file of the pairs could not be read or written. */
  readonly problem?: Problem;
}

export interface SavedPairFacts extends SavedPair {
  readonly pairId: string;
  readonly isPasswordKept: Readonly<Record<Side, boolean>>;
}
