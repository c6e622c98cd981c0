// The three messages of NTLM as bytes ([MS-NLMP] 2.2.1): NEGOTIATE and AUTHENTICATE are read, CHALLENGE is written.
import { join, u16, u32, ucs2 } from "../wire-writer.ts";

/** The computer that asks for the proof, and its domain. */
export interface WindowsHost {
  /** NetBIOS names. */
  readonly domain: string;
  readonly computer: string;
  readonly dnsDomain: string;
}

const signature = Buffer.from("NTLMSSP\0", "latin1");
const messageType = { negotiate: 1, challenge: 2, authenticate: 3 };

/** 2.2.2.5. */
const flag = {
  unicode: 0x00000001,
  requestTarget: 0x00000004,
  ntlm: 0x00000200,
  alwaysSign: 0x00008000,
  targetIsDomain: 0x00010000,
  extendedSessionSecurity: 0x00080000,
  targetInfo: 0x00800000,
  version: 0x02000000,
  bits128: 0x20000000,
  bits56: 0x80000000,
};

/** What a client may ask for and gets. No key is exchanged: nothing is ever signed or sealed with one. */
const granted =
  flag.requestTarget |
  flag.ntlm |
  flag.alwaysSign |
  flag.extendedSessionSecurity |
  flag.version |
  flag.bits128 |
  flag.bits56;

/** AvId of 2.2.2.1. */
const av = {
  end: 0,
  computer: 1,
  domain: 2,
  dnsComputer: 3,
  dnsDomain: 4,
  dnsTree: 5,
  timestamp: 7,
};

/** NEGOTIATE_MESSAGE (2.2.1.1): the client's flags. Undefined for anything else, a ticket of Kerberos for one. */
export function readNegotiate(message: Buffer): number | undefined {
  if (!isMessage(message, messageType.negotiate) || message.length < 16) return undefined;
  const flags = message.readUInt32LE(12);
  // Text in a code page of the client's own is not spoken here.
  return (flags & flag.unicode) === 0 ? undefined : flags;
}

export interface Challenge {
  /** Of the NEGOTIATE message. */
  readonly flags: number;
  readonly serverChallenge: Buffer;
  readonly nowMs: number;
}

/** CHALLENGE_MESSAGE (2.2.1.2). The payload follows the 56 fixed bytes, the target's name first, as clients expect it. */
export function writeChallenge(
  host: WindowsHost,
  { flags, serverChallenge, nowMs }: Challenge,
): Buffer {
  const target = ucs2(host.domain);
  const info = targetInfo(host, nowMs);
  const fixedBytes = 56;
  const answer = (flags & granted) | flag.unicode | flag.targetIsDomain | flag.targetInfo;
  return join(
    signature,
    u32(messageType.challenge),
    field(target.length, fixedBytes),
    u32(answer >>> 0),
    serverChallenge,
    Buffer.alloc(8),
    field(info.length, fixedBytes + target.length),
    version,
    target,
    info,
  );
}

/** VERSION (2.2.2.10): Windows Server 2022, NTLMSSP_REVISION_W2K3. */
const version = Buffer.from([10, 0, 0x7c, 0x4f, 0, 0, 0, 15]);

function targetInfo({ domain, computer, dnsDomain }: WindowsHost, nowMs: number): Buffer {
  const pair = (id: number, value: Buffer) => join(u16(id), u16(value.length), value);
  return join(
    pair(av.domain, ucs2(domain)),
    pair(av.computer, ucs2(computer)),
    pair(av.dnsDomain, ucs2(dnsDomain)),
    pair(av.dnsComputer, ucs2(`${computer.toLowerCase()}.${dnsDomain}`)),
    pair(av.dnsTree, ucs2(dnsDomain)),
    pair(av.timestamp, fileTime(nowMs)),
    pair(av.end, Buffer.alloc(0)),
  );
}

/** FILETIME: tenths of a microsecond since 1601. */
function fileTime(ms: number): Buffer {
  const bytes = Buffer.alloc(8);
  bytes.writeBigUInt64LE((BigInt(ms) + 11_644_473_600_000n) * 10_000n);
  return bytes;
}

const field = (bytes: number, offset: number): Buffer => join(u16(bytes), u16(bytes), u32(offset));

export interface Authenticate {
  readonly domain: string;
  readonly user: string;
  readonly lmResponse: Buffer;
  readonly ntResponse: Buffer;
}

/** AUTHENTICATE_MESSAGE (2.2.1.3). Undefined for what is none, or points outside itself. */
export function readAuthenticate(message: Buffer): Authenticate | undefined {
  if (!isMessage(message, messageType.authenticate) || message.length < 64) return undefined;
  const part = (at: number): Buffer | undefined => {
    const start = message.readUInt32LE(at + 4);
    const end = start + message.readUInt16LE(at);
    return end > message.length ? undefined : message.subarray(start, end);
  };
  const [lmResponse, ntResponse, domain, user] = [part(12), part(20), part(28), part(36)];
  if (!lmResponse || !ntResponse || !domain || !user) return undefined;
  return {
    lmResponse,
    ntResponse,
    domain: domain.toString("utf16le"),
    user: user.toString("utf16le"),
  };
}

function isMessage(message: Buffer, type: number): boolean {
  return (
    message.length >= 12 &&
    message.subarray(0, 8).equals(signature) &&
    message.readUInt32LE(8) === type
  );
}
