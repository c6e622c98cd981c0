// Reads the LOGIN7 message ([MS-TDS] 2.2.6.4): who wants in, with what, and what the client can do.
import type { WindowsProof } from "./ntlm/exchange.ts";
import { WireError, wireReader } from "./wire-reader.ts";

export const feature = { fedAuth: 0x02, utf8Support: 0x0a };
const featureEnd = 0xff;
const fedAuthSecurityToken = 0x01;
const fixedBytes = 94;

/** How the client proves who it is. `unsupported` names what this server does not do. */
export type Credential =
  | { readonly kind: "password"; readonly login: string; readonly password: string }
  | { readonly kind: "token"; readonly token: string }
  /** fIntSecurity: the first message of a security package. */
  | { readonly kind: "sspi"; readonly data: Buffer }
  /** What the messages after it came to. */
  | { readonly kind: "windows"; readonly proof: WindowsProof }
  | { readonly kind: "unsupported"; readonly what: "fedAuthWithoutToken" };

export interface Login7 {
  /** As in the message, for example 0x74000004. */
  readonly tdsVersion: number;
  readonly packetBytes: number;
  readonly clientProcessId: number;
  readonly credential: Credential;
  readonly host: string;
  readonly program: string;
  readonly serverNameAsked: string;
  readonly clientLibrary: string;
  readonly database: string;
  readonly readOnlyIntent: boolean;
  /** Ids of the FEATUREEXT options. */
  readonly features: ReadonlySet<number>;
}

/** Throws WireError when the message is too short or points outside itself. */
export function readLogin7(body: Buffer): Login7 {
  if (body.length < fixedBytes) throw new WireError(`LOGIN7 of ${body.length} bytes`);
  const slice = (at: number, unitBytes: number): Buffer => {
    const start = body.readUInt16LE(at);
    const end = start + body.readUInt16LE(at + 2) * unitBytes;
    if (end > body.length) throw new WireError("a LOGIN7 field ends outside the message");
    return body.subarray(start, end);
  };
  const text = (at: number): string => slice(at, 2).toString("utf16le");
  const usesWindows = (body.readUInt8(25) & 0x80) !== 0;
  const hasExtension = (body.readUInt8(27) & 0x10) !== 0;
  const options = hasExtension ? readFeatures(body, slice(56, 1)) : new Map<number, Buffer>();
  return {
    tdsVersion: body.readUInt32LE(4),
    packetBytes: body.readUInt32LE(8),
    clientProcessId: body.readUInt32LE(16),
    credential: usesWindows
      ? { kind: "sspi", data: slice(78, 1) }
      : (readToken(options.get(feature.fedAuth)) ?? {
          kind: "password",
          login: text(40),
          password: unscramble(slice(44, 2)),
        }),
    host: text(36),
    program: text(48),
    serverNameAsked: text(52),
    clientLibrary: text(60),
    database: text(68),
    readOnlyIntent: (body.readUInt8(26) & 0x20) !== 0,
    features: new Set(options.keys()),
  };
}

/** Each byte of a password is sent with its nibbles swapped, then XOR 0xA5. */
function unscramble(bytes: Buffer): string {
  const plain = bytes.map((byte) => {
    const mixed = byte ^ 0xa5;
    return ((mixed & 0x0f) << 4) | (mixed >> 4);
  });
  return Buffer.from(plain).toString("utf16le");
}

function readFeatures(body: Buffer, pointer: Buffer): Map<number, Buffer> {
  if (pointer.length < 4) throw new WireError("a LOGIN7 extension without its place");
  const start = pointer.readUInt32LE();
  if (start > body.length) throw new WireError("a LOGIN7 extension outside the message");
  const reader = wireReader(body.subarray(start));
  const found = new Map<number, Buffer>();
  for (let id = reader.u8(); id !== featureEnd; id = reader.u8()) {
    found.set(id, reader.take(reader.u32()));
  }
  return found;
}

function readToken(option: Buffer | undefined): Credential | undefined {
  if (option === undefined) return undefined;
  const reader = wireReader(option);
  const library = reader.u8() >> 1;
  if (library !== fedAuthSecurityToken) {
    return { kind: "unsupported", what: "fedAuthWithoutToken" };
  }
  return { kind: "token", token: reader.take(reader.u32()).toString("utf16le") };
}
