// The key tokens are signed with: RS256, made at start, never written anywhere.
import { generateKeyPair, randomUUID, sign, verify } from "node:crypto";
import type { JsonWebKey } from "node:crypto";
import { promisify } from "node:util";

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

export async function createSigningKey(): Promise<SigningKey> {
  const { privateKey, publicKey } = await promisify(generateKeyPair)("rsa", {
    modulusLength: 2048,
  });
  const kid = randomUUID();
  const head = encoded({ alg: "RS256", typ: "JWT", kid });
  return {
    publicKey: { ...publicKey.export({ format: "jwk" }), kid, use: "sig", alg: "RS256" },
    sign: (claims) => {
      const signed = `${head}.${encoded(claims)}`;
      return `${signed}.${sign("RSA-SHA256", Buffer.from(signed), privateKey).toString("base64url")}`;
    },
    read: (token) => {
      const [tokenHead, body, signature, ...rest] = token.split(".");
      // This key writes one head only, so any other head is not its own.
      if (tokenHead !== head || body === undefined || signature === undefined || rest.length > 0) {
        return undefined;
      }
      const bytes = Buffer.from(signature, "base64url");
      if (!verify("RSA-SHA256", Buffer.from(`${head}.${body}`), publicKey, bytes)) return undefined;
      const claims: unknown = JSON.parse(Buffer.from(body, "base64url").toString("utf8"));
      return claims;
    },
  };
}

function encoded(value: object): string {
  return Buffer.from(JSON.stringify(value)).toString("base64url");
}
