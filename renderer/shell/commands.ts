// What the operator can do from the shell: the one list that menus, command bar and keys call.
import type { ZoomMove } from "../../shared/zoom.ts";

export interface Commands {
  /** Undefined while a window is open: it is never thrown away for another. The same holds for the others that open one. */
  readonly connect: (() => void) | undefined;
  readonly disconnect: (connectionId: string) => void;
  readonly refresh: () => void;
  /** Undefined while nothing is selected that belongs to a link. */
  readonly failover: (() => void) | undefined;
  /** Undefined while no link is selected and there is not only one. */
  readonly readiness: (() => void) | undefined;
  /** Undefined while no server is connected. */
  readonly cleanUp: (() => void) | undefined;
  /** Undefined while no link is selected and there is not only one. */
  readonly hybrid: (() => void) | undefined;
  /** Undefined while the link has exactly one primary. */
  readonly repair: (() => void) | undefined;
  /** Undefined while what is selected has nothing on the instance that could be brought back. */
  readonly offline: (() => void) | undefined;
  readonly signIn: (() => void) | undefined;
  readonly signOut: () => void;
  /** Cloud and client id. */
  readonly registration: (() => void) | undefined;
  /** Proxy, certificate authority, and a test of the way to Azure. */
  readonly network: (() => void) | undefined;
  readonly about: (() => void) | undefined;
  readonly exit: () => void;
  readonly focusExplorer: () => void;
  readonly focusDocument: () => void;
  /** F6: the next pane, Shift+F6: the one before. */
  readonly nextPane: (step: 1 | -1) => void;
  /** Explains the page or window that is shown. */
  readonly help: () => void;
  readonly log: (() => void) | undefined;
  readonly bundle: (() => void) | undefined;
  readonly zoom: (move: ZoomMove) => void;
  /** Whether the system tells of a run that ends or needs somebody. */
  readonly notify: (isOn: boolean) => void;
}

export interface Key {
  readonly key: string;
  readonly altKey: boolean;
  readonly shiftKey: boolean;
  readonly ctrlKey: boolean;
}

/** The command of a key anywhere in the window; undefined for every other key. None starts, stops or confirms a failover. */
export function commandOfKey(key: Key, commands: Commands): (() => void) | undefined {
  if (key.ctrlKey) return zoomOfKey(key, commands);
  switch (key.key) {
    case "F1":
      return commands.help;
    case "F5":
      return commands.refresh;
    case "F6":
      return () => {
        commands.nextPane(key.shiftKey ? -1 : 1);
      };
    case "F7":
      return commands.focusDocument;
    case "F8":
      return key.altKey ? commands.focusExplorer : undefined;
    default:
      return undefined;
  }
}

/** Plus is Shift and = on many keyboards, and its own key on others. */
const zoomKeys: Readonly<Record<string, ZoomMove>> = {
  "+": "in",
  "=": "in",
  "-": "out",
  "0": "reset",
};

function zoomOfKey({ key, altKey }: Key, { zoom }: Commands): (() => void) | undefined {
  const move = altKey ? undefined : zoomKeys[key];
  if (move === undefined) return undefined;
  return () => {
    zoom(move);
  };
}
