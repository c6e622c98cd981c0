// Holds what an operator typed, in memory alone, until the one connection that it is for takes it.
import { AppError } from "../../shared/errors/app-error.ts";

export interface Secrets {
  /** Answers the id under which it can be taken once. */
  keep(secret: string): string;
  /** Hands the secret out and forgets it. Throws AppError `secretGone`. */
  take(secretId: string): string;
  forgetAll(): void;
}

/** A page that keeps and never connects fills nothing: the oldest is forgotten. */
const most = 8;

/** `newId` answers a name that nobody can guess. */
export function createSecrets(newId: () => string): Secrets {
  const held = new Map<string, string>();
  return {
    keep(secret) {
      const oldest = held.keys().next();
      if (held.size >= most && oldest.done === false) held.delete(oldest.value);
      const id = newId();
      held.set(id, secret);
      return id;
    },
    take(secretId) {
      const secret = held.get(secretId);
      held.delete(secretId);
      if (secret === undefined) throw gone();
      return secret;
    },
    forgetAll() {
      held.clear();
    },
  };
}

function gone(): AppError {
  return new AppError({
    code: "secretGone",
    class: "block",
    summary: "The password is not held any more: it is used once and then forgotten.",
    remedy: "Type the password again.",
  });
}
