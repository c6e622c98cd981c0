// The PRELOGIN exchange: versions, and whether the connection is encrypted ([MS-TDS] 2.2.6.5).
import { WireError } from "./wire-reader.ts";
import { join, u8, u16be } from "./wire-writer.ts";

const option = { version: 0, encryption: 1, instance: 2, threadId: 3, mars: 4, fedAuth: 6 };
const terminator = 0xff;
const wire = { off: 0, on: 1, notSupported: 2, required: 3 };

export interface PreloginRequest {
  readonly encryption: number;
  /** FEDAUTHREQUIRED, where the client sent it. */
  readonly asksFedAuth: boolean;
}

/** What follows PRELOGIN: no TLS, TLS for LOGIN7 alone, TLS for everything, or an end because the two cannot agree. */
export type EncryptionPlan = "none" | "loginOnly" | "full" | "refused";

export interface EncryptionAnswer {
  readonly plan: EncryptionPlan;
  /** The ENCRYPTION byte of the answer. */
  readonly answer: number;
}

/** Throws WireError when an option points outside the message. */
export function readPrelogin(body: Buffer): PreloginRequest {
  let encryption = wire.notSupported;
  let asksFedAuth = false;
  for (let at = 0; body[at] !== terminator; at += 5) {
    if (at + 5 > body.length) throw new WireError("PRELOGIN without its end");
    const id = body.readUInt8(at);
    const start = body.readUInt16BE(at + 1);
    const data = body.subarray(start, start + body.readUInt16BE(at + 3));
    if (id === option.encryption) encryption = (data[0] ?? wire.notSupported) & 0x03;
    if (id === option.fedAuth) asksFedAuth = true;
  }
  return { encryption, asksFedAuth };
}

/** The table of [MS-TDS] 2.2.6.5 for a server with a certificate. */
export function negotiateEncryption(
  asked: number,
  policy: "optional" | "required",
): EncryptionAnswer {
  if (asked === wire.on || asked === wire.required) return { plan: "full", answer: wire.on };
  if (policy === "required") {
    return { plan: asked === wire.off ? "full" : "refused", answer: wire.required };
  }
  return asked === wire.off
    ? { plan: "loginOnly", answer: wire.off }
    : { plan: "none", answer: wire.notSupported };
}

export interface PreloginAnswer {
  readonly version: readonly [number, number, number];
  readonly encryption: number;
  readonly fedAuth: boolean;
}

/** The server's PRELOGIN. `fedAuth` only where the client asked, or tedious refuses the answer. */
export function writePrelogin(answer: PreloginAnswer): Buffer {
  const [major, minor, build] = answer.version;
  const options: readonly (readonly [number, Buffer])[] = [
    [option.version, join(u8(major), u8(minor), u16be(build), u16be(0))],
    [option.encryption, u8(answer.encryption)],
    [option.instance, u8(0)],
    [option.threadId, Buffer.alloc(0)],
    [option.mars, u8(0)],
    ...(answer.fedAuth ? [[option.fedAuth, u8(1)] as const] : []),
  ];
  let start = options.length * 5 + 1;
  const heads = options.map(([id, data]) => {
    const head = join(u8(id), u16be(start), u16be(data.length));
    start += data.length;
    return head;
  });
  return join(...heads, u8(terminator), ...options.map(([, data]) => data));
}
