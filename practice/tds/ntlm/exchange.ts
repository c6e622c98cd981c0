// One proof by NTLMv2: the server's challenge, and whether the client's answer was made with a password ([MS-NLMP] 3.3.2).
import { createHmac, randomBytes, timingSafeEqual } from "node:crypto";
import { md4 } from "./md4.ts";
import { readAuthenticate, readNegotiate, writeChallenge } from "./messages.ts";
import type { Authenticate, WindowsHost } from "./messages.ts";
import { join, ucs2 } from "../wire-writer.ts";

/** Who a client says it is, and the test of it. The password itself is never sent. */
export interface WindowsProof {
  readonly domain: string;
  readonly user: string;
  /** Neither name nor answer: a client without an account, which Windows calls ANONYMOUS LOGON. */
  readonly isAnonymous: boolean;
  isProvedBy(password: string): boolean;
}

export interface NtlmExchange {
  /** CHALLENGE_MESSAGE. */
  readonly challenge: Buffer;
  /** Takes AUTHENTICATE_MESSAGE; undefined where that is none. */
  finish(message: Buffer): WindowsProof | undefined;
}

const proofBytes = 16;
const lmv2Bytes = 24;

/** Answers NEGOTIATE_MESSAGE; undefined for anything else (Kerberos, SPNEGO, a code page instead of Unicode). */
export function beginExchange(negotiate: Buffer, host: WindowsHost): NtlmExchange | undefined {
  const flags = readNegotiate(negotiate);
  if (flags === undefined) return undefined;
  const serverChallenge = randomBytes(8);
  return {
    challenge: writeChallenge(host, { flags, serverChallenge, nowMs: Date.now() }),
    finish(message) {
      const answer = readAuthenticate(message);
      if (answer === undefined) return undefined;
      const { domain, user, ntResponse } = answer;
      return {
        domain,
        user,
        isAnonymous: user === "" && ntResponse.length === 0,
        isProvedBy: (password) => isProved(answer, serverChallenge, password),
      };
    },
  };
}

/**
 * By NTLMv2_RESPONSE (2.2.2.8), or by LMv2_RESPONSE (2.2.2.4), which counts where the other does not: tedious declares 16
 * bytes of the former and so proves itself by the latter. The older LM and NTLM responses prove nothing here, as where
 * LmCompatibilityLevel is 5.
 */
export function isProved(
  { domain, user, lmResponse, ntResponse }: Authenticate,
  serverChallenge: Buffer,
  password: string,
): boolean {
  const key = responseKey(password, user, domain);
  const proves = (response: Buffer): boolean =>
    timingSafeEqual(
      response.subarray(0, proofBytes),
      hmacMd5(key, join(serverChallenge, response.subarray(proofBytes))),
    );
  if (ntResponse.length > lmv2Bytes && isClientChallenge(ntResponse)) {
    if (proves(ntResponse)) return true;
  }
  return lmResponse.length === lmv2Bytes && proves(lmResponse);
}

/** NTLMv2_CLIENT_CHALLENGE (2.2.2.7) begins with RespType and HiRespType, both 1. */
function isClientChallenge(ntResponse: Buffer): boolean {
  return ntResponse.readUInt16LE(proofBytes) === 0x0101;
}

/** NTOWFv2: the name without case, the domain as it was sent. */
export function responseKey(password: string, user: string, domain: string): Buffer {
  return hmacMd5(md4(ucs2(password)), ucs2(user.toUpperCase() + domain));
}

function hmacMd5(key: Buffer, data: Buffer): Buffer {
  return createHmac("md5", key).update(data).digest();
}
