// The bridge between page and main process in Electron: invoke, cancel and on, and nothing of Electron itself.
import { contextBridge, ipcRenderer } from "electron";
import type { Api } from "../shared/ipc.ts";
import { channels } from "./host/channels.ts";
import { noAnswer } from "./host/no-answer.ts";
import type { EventMessage } from "./ipc/tell.ts";

const api: Api = {
  invoke: (name, input, requestId) =>
    ipcRenderer.invoke(channels.request, { name, input, requestId }).catch(() => noAnswer),
  cancel(requestId) {
    ipcRenderer.send(channels.cancel, requestId);
  },
  on(name, listener) {
    const heard = (_event: unknown, message: EventMessage): void => {
      // A name has one type of payload, so what its listeners take is what is told.
      if (message.name === name) listener(message.payload as never);
    };
    ipcRenderer.on(channels.event, heard);
    return () => {
      ipcRenderer.removeListener(channels.event, heard);
    };
  },
};

contextBridge.exposeInMainWorld("api", api);
