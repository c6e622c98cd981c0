// SET options that change how the practice estate answers; the others are accepted and change nothing here.
import type { Session } from "./session.ts";

export function setOption(session: Session, option: string, value: string): void {
  const isOn = value === "ON";
  switch (option) {
    case "NOCOUNT":
      session.noCount = isOn;
      break;
    case "XACT_ABORT":
      session.xactAbort = isOn;
      break;
    case "QUOTED_IDENTIFIER":
    case "ANSI_DEFAULTS":
      session.quotedIdentifier = isOn;
      break;
    case "LOCK_TIMEOUT":
      session.lockTimeoutMs = Number(value);
      break;
    default:
      break;
  }
}
