// The words of remembered connections: the list of pairs, and the window that connects one.
export const pairWords = {
  list: "Recent and pinned connections",
  pinned: "Pinned",
  pin: (name: string) => `Pin ${name}`,
  unpin: (name: string) => `Unpin ${name}`,
  rename: (name: string) => `Rename ${name}`,
  remove: (name: string) => `Remove ${name}`,
  newName: "Name",
  newNameHint: "Empty: the names of its servers",
  save: "Save name",
  title: (name: string) => `Connect ${name}`,
  gone: "This pair is not remembered any more.",
  isConnected: "Connected.",
  passwordRemembered: "Remembered; type another one to replace it",
  edit: (side: string) => `Edit ${side}…`,
  remember: "Remember password",
  rememberHow: "Encrypted by this system's key store, for this login at this server",
  rememberLocked:
    "Locked: this window has no key store of the system. The password is typed each time.",
  opening: "Logging in.",
  import: "Import…",
  export: "Export…",
  exportName: "connections.json",
  imported: (added: number, merged: number, leftOut: number) =>
    [
      `${String(added)} new, ${String(merged)} known already.`,
      leftOut === 0 ? "" : ` ${String(leftOut)} left out: practice and real servers never mix.`,
      " Passwords and trust in certificates are given on this computer.",
    ].join(""),
  connected: (server: string) => `Connected to ${server}.`,
} as const;
