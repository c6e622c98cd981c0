// The key tokens are signed with: RS256, each estate's own, never written anywhere.
import { generateKeyPairSync, randomUUID, sign, verify } from "node:crypto";
import type { JsonWebKey, KeyPairKeyObjectResult } from "node:crypto";

export interface SigningKey {
  /** As the keys document lists it. */
  readonly publicKey: JsonWebKey & {
    readonly kid: string;
    readonly use: "sig";
    readonly alg: "RS256";
  };
  /** A JSON Web Token in compact form. */
  readonly sign: (claims: object) => string;
  /** The claims of a token this key has signed; undefined for anything else, `alg: none` included. */
  readonly read: (token: string) => unknown;
}

export function createSigningKey(): SigningKey {
  let made: KeyPairKeyObjectResult | undefined;
  // Made with the first token: it takes a good part of an estate's start, and many an estate is never asked for one.
  const pair = () => (made ??= generateKeyPairSync("rsa", { modulusLength: 2048 }));
  const kid = randomUUID();
  const head = encoded({ alg: "RS256", typ: "JWT", kid });
  return {
    get publicKey(): SigningKey["publicKey"] {
      return { ...pair().publicKey.export({ format: "jwk" }), kid, use: "sig", alg: "RS256" };
    },
    sign: (claims) => {
      const signed = `${head}.${encoded(claims)}`;
      return `${signed}.${sign("RSA-SHA256", Buffer.from(signed), pair().privateKey).toString("base64url")}`;
    },
    read: (token) => {
      const [tokenHead, body, signature, ...rest] = token.split(".");
      // This key writes one head only, so any other head is not its own.
      if (tokenHead !== head || body === undefined || signature === undefined || rest.length > 0) {
        return undefined;
      }
      const bytes = Buffer.from(signature, "base64url");
      const signed = Buffer.from(`${head}.${body}`);
      if (!verify("RSA-SHA256", signed, pair().publicKey, bytes)) return undefined;
      const claims: unknown = JSON.parse(Buffer.from(body, "base64url").toString("utf8"));
      return claims;
    },
  };
}

function encoded(value: object): string {
  return Buffer.from(JSON.stringify(value)).toString("base64url");
}
