// The three channels between page and main process in Electron.

export const channels = {
  request: "app:request",
  cancel: "app:cancel",
  event: "app:event",
} as const;
