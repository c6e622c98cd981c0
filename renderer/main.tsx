// Starts the window's page.
import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { App } from "./app.tsx";
import { tellPainted } from "./tell-painted.ts";

const place = document.getElementById("root");
if (place === null) throw new Error("index.html has no element root.");
createRoot(place).render(
  <StrictMode>
    <App />
  </StrictMode>,
);
tellPainted();
