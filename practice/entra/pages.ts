// The pages a person sees: choose an account, type a device code, go back to the application. Every value is escaped.
import { randomBytes } from "node:crypto";
import type { WebAnswer } from "../web/web-server.ts";
import { users } from "./directory.ts";

/** Hidden fields of a form, by name. */
export type Fields = Iterable<readonly [string, string]>;

/** Choose an account or cancel; posts `fields` with `upn` or `choice=cancel` to `action`. */
export function accountPage(action: string, fields: Fields, problem?: string): WebAnswer {
  return page(
    problem === undefined ? 200 : 400,
    "Sign in",
    `${problemText(problem)}<form method="post" action="${escaped(action)}">${hidden(fields)}${accountButtons}</form>`,
  );
}

/** Type the code of a device, then choose an account; posts `user_code` with `upn` or `choice=cancel`. */
export function deviceLoginPage(action: string, userCode: string, problem?: string): WebAnswer {
  return page(
    problem === undefined ? 200 : 400,
    "Enter code",
    `${problemText(problem)}<form method="post" action="${escaped(action)}">
<p><label>Code <input name="user_code" autocomplete="off" autofocus required value="${escaped(userCode)}"></label></p>
${accountButtons}</form>`,
  );
}

/** Something to read, and nothing to do. */
export function messagePage(status: number, title: string, text: string): WebAnswer {
  return page(status, title, `<p>${escaped(text)}</p>`);
}

/** Carries the answer back to the application: a form that posts itself (OAuth 2.0 Form Post Response Mode). */
export function formPostPage(redirectUri: string, fields: Fields): WebAnswer {
  const nonce = randomBytes(16).toString("base64");
  return page(
    200,
    "Working…",
    `<form method="post" action="${escaped(redirectUri)}">${hidden(fields)}<button>Continue</button></form>
<script nonce="${nonce}">document.forms[0].submit();</script>`,
    `; script-src 'nonce-${nonce}'`,
  );
}

const accountButtons = [
  ...users.map(
    ({ upn, name }) => `<p><button name="upn" value="${upn}">${name}<br>${upn}</button></p>`,
  ),
  // Without a code to type, leaving must still work.
  `<p><button name="choice" value="cancel" formnovalidate>Cancel</button></p>`,
].join("\n");

function page(status: number, title: string, content: string, morePolicy = ""): WebAnswer {
  const policy = `default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; frame-ancestors 'none'; form-action 'self' http://localhost:* http://127.0.0.1:*${morePolicy}`;
  return {
    status,
    headers: {
      "content-type": "text/html; charset=utf-8",
      "content-security-policy": policy,
      "cache-control": "no-store",
      "referrer-policy": "no-referrer",
    },
    body: `<!doctype html><html lang="en"><meta charset="utf-8"><title>${title} — PRACTICE</title>
<style>body{font:16px/1.5 "Segoe UI",system-ui,sans-serif;margin:4em auto;max-width:28em;padding:0 1em}button{font:inherit;padding:.5em 1em;min-width:100%;text-align:start}input{font:inherit}</style>
<h1>${title}</h1><p>PRACTICE: this directory is on your computer and knows nobody else. No password is asked.</p>
${content}</html>`,
  };
}

function problemText(problem: string | undefined): string {
  return problem === undefined ? "" : `<p role="alert">${escaped(problem)}</p>`;
}

function hidden(fields: Fields): string {
  return [...fields]
    .map(
      ([name, value]) => `<input type="hidden" name="${escaped(name)}" value="${escaped(value)}">`,
    )
    .join("");
}

/** Line ends would be changed by the browser's parser, so they go as numbers too. */
function escaped(text: string): string {
  return text.replace(/[&<>"'\r\n]/g, (character) => `&#${character.charCodeAt(0)};`);
}
