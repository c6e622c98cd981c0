// NTLMv2 by the worked example of [MS-NLMP] 4.2.4, and what proves nothing.
import { createHmac } from "node:crypto";
import { describe, expect, test } from "vitest";
import { beginExchange, isProved, responseKey } from "../../../../practice/tds/ntlm/exchange.ts";

const bytes = (hex: string): Buffer => Buffer.from(hex.replaceAll(" ", ""), "hex");
const utf16 = (text: string): Buffer => Buffer.from(text, "utf16le");

// 4.2.1: User, Domain, Password, the server's challenge; 4.2.4.2: the two responses.
const serverChallenge = bytes("01 23 45 67 89 ab cd ef");
const lmResponse = bytes("86c35097ac9cec102554764a57cccc19 aaaaaaaaaaaaaaaa");
const targetInfo = bytes(
  "02000c00 44006f006d00610069006e00 01000c00 530065007200760065007200 00000000",
);
const ntResponse = Buffer.concat([
  bytes("68cd0ab851e51c96aabc927bebef6a1c"),
  bytes("01010000 00000000 0000000000000000 aaaaaaaaaaaaaaaa 00000000"),
  targetInfo,
  bytes("00000000"),
]);
const nothing = Buffer.alloc(0);
const answer = { domain: "Domain", user: "User", lmResponse: nothing, ntResponse };

describe("the example of the specification", () => {
  test("has this key, whatever the case of the user, and another one for another case of the domain", () => {
    const key = "0c868a403bfd7a93a3001ef22ef02e3f";
    expect(responseKey("Password", "User", "Domain").toString("hex")).toBe(key);
    expect(responseKey("Password", "uSER", "Domain").toString("hex")).toBe(key);
    expect(responseKey("Password", "User", "DOMAIN").toString("hex")).not.toBe(key);
  });

  test.each([
    ["its NTLMv2 response", answer],
    ["its LMv2 response", { ...answer, ntResponse: nothing, lmResponse }],
    [
      "its LMv2 response beside 16 bytes of the other, as tedious declares them",
      { ...answer, ntResponse: ntResponse.subarray(0, 16), lmResponse },
    ],
  ])("is proved by %s, for its own password and challenge alone", (_, given) => {
    expect(isProved(given, serverChallenge, "Password")).toBe(true);
    expect(isProved(given, serverChallenge, "password")).toBe(false);
    expect(isProved(given, Buffer.alloc(8), "Password")).toBe(false);
    expect(isProved({ ...given, user: "User2" }, serverChallenge, "Password")).toBe(false);
  });
});

test.each([
  ["nothing", nothing, nothing],
  ["zeros", Buffer.alloc(24), Buffer.alloc(48)],
  ["an answer whose blob was changed", nothing, Buffer.concat([ntResponse, Buffer.alloc(4)])],
  // 4.2.2.2: NTLMv1 and LM of the same password.
  [
    "the responses before version 2",
    bytes("98def7b87f88aa5dafe2df779688a172def11c7d5ccdef13"),
    bytes("67c43011f30298a2ad35ece64f16331c44bdbed927841f94"),
  ],
])("%s proves no password", (_, lm, nt) => {
  const given = { ...answer, lmResponse: lm, ntResponse: nt };
  expect(isProved(given, serverChallenge, "Password")).toBe(false);
});

describe("an exchange", () => {
  const host = { domain: "PRACTICE", computer: "SQLBOX01", dnsDomain: "practice.invalid" };
  const unicode = 0x00000001;
  const negotiate = (flags = 0xa2088207): Buffer => {
    const message = Buffer.alloc(40);
    message.write("NTLMSSP\0", "latin1");
    message.writeUInt32LE(1, 8);
    message.writeUInt32LE(flags, 12);
    return message;
  };
  const authenticate = (key: Buffer, challenge: Buffer, user: string): Buffer => {
    const infoAt = challenge.readUInt32LE(44);
    const info = challenge.subarray(infoAt, infoAt + challenge.readUInt16LE(40));
    const blob = Buffer.concat([
      bytes("01010000 00000000 0000000000000000 1122334455667788 00000000"),
      info,
    ]);
    const proof = createHmac("md5", key)
      .update(Buffer.concat([challenge.subarray(24, 32), blob]))
      .digest();
    const parts = [nothing, Buffer.concat([proof, blob]), utf16("PRACTICE"), utf16(user)];
    const head = Buffer.alloc(64);
    head.write("NTLMSSP\0", "latin1");
    head.writeUInt32LE(3, 8);
    let at = head.length;
    parts.forEach((part, index) => {
      head.writeUInt16LE(part.length, 12 + index * 8);
      head.writeUInt32LE(at, 16 + index * 8);
      at += part.length;
    });
    return Buffer.concat([head, ...parts]);
  };

  test("challenges anew each time, in the name of its domain, and grants what was asked but no key", () => {
    const [one, two] = [beginExchange(negotiate(), host), beginExchange(negotiate(), host)];
    const challenge = one?.challenge ?? nothing;
    expect(challenge.subarray(0, 12)).toEqual(Buffer.from("NTLMSSP\0\x02\0\0\0", "latin1"));
    expect(challenge.subarray(24, 32)).not.toEqual(two?.challenge.subarray(24, 32));
    expect(challenge.includes(utf16("sqlbox01.practice.invalid"))).toBe(true);
    // Unicode, target, NTLM, always sign, the target is a domain, extended session security, target info, version, 128, 56.
    expect(challenge.readUInt32LE(20)).toBe(0xa2898205);
  });

  test("is finished by an answer to its own challenge", () => {
    const exchange = beginExchange(negotiate(), host);
    const key = responseKey("P@ss", "dba", "PRACTICE");
    const given = authenticate(key, exchange?.challenge ?? nothing, "dba");
    const proof = exchange?.finish(given);
    expect(proof).toMatchObject({ domain: "PRACTICE", user: "dba", isAnonymous: false });
    expect([proof?.isProvedBy("P@ss"), proof?.isProvedBy("other")]).toEqual([true, false]);
    const later = beginExchange(negotiate(), host)?.finish(given);
    expect(later?.isProvedBy("P@ss")).toBe(false);
  });

  test("does not begin with a ticket, an empty token, or a client's own code page", () => {
    const spnego = Buffer.from([0x60, 0x28, 0x06, 0x06, 0x2b, 0x06, 0x01, 0x05, 0x05, 0x02]);
    expect(
      [spnego, nothing, negotiate().subarray(0, 12), negotiate(0xa2088207 - unicode)].map((token) =>
        beginExchange(token, host),
      ),
    ).toEqual([undefined, undefined, undefined, undefined]);
  });

  test("is not finished by a message that ends early, points outside itself or is another one", () => {
    const exchange = beginExchange(negotiate(), host);
    const good = authenticate(nothing, exchange?.challenge ?? nothing, "dba");
    const outside = Buffer.from(good);
    outside.writeUInt32LE(good.length, 40);
    expect(
      [good.subarray(0, 60), outside, negotiate(), nothing].map((one) => exchange?.finish(one)),
    ).toEqual([undefined, undefined, undefined, undefined]);
  });
});
