// The file of a certificate authority that the operator trusts for Azure, beside the ones that are trusted anyway.
import { X509Certificate } from "node:crypto";
import { readFileSync } from "node:fs";
import { AppError } from "../../shared/errors/app-error.ts";
import type { Problem } from "../../shared/errors/app-error.ts";
import { visibleText } from "../../shared/visible-text.ts";
import { isPracticeAuthority } from "../sql/practice-authority.ts";

/** Its text, PEM. Throws AppError `authorityFileNotRead`, `authorityOfPractice`. */
export function readAuthorityFile(path: string): string {
  const pem = certificatesIn(path);
  if (isPracticeAuthority(pem)) throw new AppError(ofPractice(path));
  return pem;
}

function certificatesIn(path: string): string {
  try {
    const pem = readFileSync(path, "utf8");
    // Throws for what is no certificate.
    new X509Certificate(pem);
    return pem;
  } catch (error) {
    throw new AppError({
      code: "authorityFileNotRead",
      class: "block",
      summary: `${visibleText(path)} is no certificate authority's file that can be read here.`,
      ...(error instanceof Error ? { detail: error.message } : {}),
      remedy:
        "Name a PEM file with the whole path, or take the file out: menu Azure > Network test.",
    });
  }
}

function ofPractice(path: string): Problem {
  return {
    code: "authorityOfPractice",
    class: "block",
    summary: `${visibleText(path)} is the practice estate's authority, and no real server is trusted by it.`,
    remedy: "Name the file of your own network's authority.",
  };
}
