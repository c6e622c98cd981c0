// Electron's empty window, to compare with: locked down as the product's, with nothing on its page.
import { app, BrowserWindow } from "electron";

app.enableSandbox();
void app.whenReady().then(() => {
  const window = new BrowserWindow({ width: 1280, height: 800 });
  return window.loadURL("data:text/html,<title>Blank</title><p>Blank</p>");
});
