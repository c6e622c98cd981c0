// Draws icon.svg in an installed browser and writes icon.ico and icon.png beside it. Run by hand when the drawing changes.
import { readFileSync, writeFileSync } from "node:fs";
import { chromium } from "playwright-core";
import { Data } from "resedit";
import { findBrowser, noBrowser } from "../find-browser.mjs";

const beside = (name) => new URL(name, import.meta.url);
const drawing = `data:image/svg+xml;base64,${readFileSync(beside("icon.svg"), "base64")}`;
const executablePath = findBrowser();
if (executablePath === undefined) throw new Error(noBrowser);

const browser = await chromium.launch({
  executablePath,
  chromiumSandbox: process.getuid?.() !== 0,
});
const page = await browser.newPage();

/** @returns {Promise<{rgba: Uint8Array, png: Buffer}>} the drawing as a square of this many pixels */
async function drawn(size) {
  const { rgba, url } = await page.evaluate(drawInPage, { drawing, size });
  return {
    rgba: Uint8Array.from(rgba),
    png: Buffer.from(url.slice(url.indexOf(",") + 1), "base64"),
  };
}

/** Sent to the page as text, so it refers to nothing outside itself. */
async function drawInPage({ drawing, size }) {
  const { document, Image } = globalThis;
  const image = Object.assign(new Image(size, size), { src: drawing });
  await image.decode();
  const canvas = Object.assign(document.createElement("canvas"), { width: size, height: size });
  const context = canvas.getContext("2d");
  context.drawImage(image, 0, 0, size, size);
  const rgba = [...context.getImageData(0, 0, size, size).data];
  return { rgba, url: canvas.toDataURL("image/png") };
}

/** Small pictures as bitmaps: not every part of Windows and of its installers reads small PNGs. */
function bitmap(size, rgba) {
  const header = Buffer.alloc(40);
  header.writeUInt32LE(40, 0);
  header.writeInt32LE(size, 4);
  // Colours and mask, one above the other.
  header.writeInt32LE(size * 2, 8);
  header.writeUInt16LE(1, 12);
  header.writeUInt16LE(32, 14);
  const maskRow = Math.ceil(size / 32) * 4;
  const colours = Buffer.alloc(size * size * 4);
  for (let y = 0; y < size; y += 1) {
    for (let x = 0; x < size; x += 1) {
      const from = (y * size + x) * 4;
      // Bottom row first, blue first.
      colours.set(
        [rgba[from + 2], rgba[from + 1], rgba[from], rgba[from + 3]],
        ((size - 1 - y) * size + x) * 4,
      );
    }
  }
  const all = Buffer.concat([header, colours, Buffer.alloc(maskRow * size)]);
  return Data.IconItem.from(size, size, all);
}

const icon = new Data.IconFile();
for (const size of [16, 24, 32, 48, 64]) {
  icon.icons.push({ data: bitmap(size, (await drawn(size)).rgba) });
}
icon.icons.push({ data: Data.RawIconItem.from((await drawn(256)).png, 256, 256, 32) });
writeFileSync(beside("icon.ico"), Buffer.from(icon.generate()));
writeFileSync(beside("icon.png"), (await drawn(512)).png);
await browser.close();
