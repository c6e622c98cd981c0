// Where a sign-in to Azure stands. Pure.
import type { Problem } from "../../shared/errors/app-error.ts";
import type { Events, RequestInput } from "../../shared/ipc.ts";

export type DeviceCode = Events["azure.deviceCode"];

export type SignInMethod = RequestInput<"azure.signIn">["method"];

export type SignInStage =
  | { readonly kind: "idle"; readonly problem?: Problem }
  | { readonly kind: "browser" }
  | { readonly kind: "azureCli" }
  /** `code` is absent until Azure has given one. */
  | { readonly kind: "deviceCode"; readonly code?: DeviceCode };

export type SignInEvent =
  | { readonly kind: "started"; readonly method: SignInMethod }
  | { readonly kind: "codeGiven"; readonly code: DeviceCode }
  | { readonly kind: "ended"; readonly problem?: Problem };

export function signInAfter(stage: SignInStage, event: SignInEvent): SignInStage {
  switch (event.kind) {
    case "started":
      return { kind: event.method };
    case "codeGiven":
      // A code that comes after the sign-in was cancelled is nobody's.
      return stage.kind === "deviceCode" ? { kind: "deviceCode", code: event.code } : stage;
    case "ended":
      return event.problem === undefined
        ? { kind: "idle" }
        : { kind: "idle", problem: event.problem };
  }
}
