// The SQL Server Browser's answer, from a socket that speaks like it.
import { createSocket } from "node:dgram";
import { describe, expect, test } from "vitest";
import { findInstancePort } from "../../../electron/sql/find-instance-port.ts";

/** Answers the first question with `reply`, and tells what was asked. */
async function browser(reply: (question: Buffer) => Buffer) {
  const socket = createSocket("udp4");
  await new Promise<void>((resolve) => {
    socket.bind(0, "127.0.0.1", resolve);
  });
  const asked = new Promise<Buffer>((resolve) => {
    socket.once("message", (question, from) => {
      socket.send(reply(question), from.port, from.address);
      resolve(question);
    });
  });
  return { port: socket.address().port, asked, close: () => socket.close() };
}

function answer(text: string): Buffer {
  const body = Buffer.from(text, "latin1");
  return Buffer.concat([Buffer.from([5, body.length & 0xff, body.length >> 8]), body]);
}

const never = new AbortController().signal;

describe("findInstancePort", () => {
  test("asks for the instance by its name and takes the port of its tcp entry", async () => {
    const found =
      "ServerName;SQLBOX02;InstanceName;SALES;IsClustered;No;Version;16.0.1000.6;tcp;51433;;";
    const at = await browser(() => answer(found));
    expect(await findInstancePort("127.0.0.1", "SALES", never, at.port)).toBe(51433);
    expect(await at.asked).toEqual(Buffer.from("\u0004SALES\0", "latin1"));
    at.close();
  });

  test.each(["ServerName;SQLBOX02;InstanceName;SALES;np;\\\\x;;", "tcp;0;;", "tcp;99999;;", ""])(
    "says of the answer %j that there is no TCP port",
    async (text) => {
      const at = await browser(() => answer(text));
      await expect(findInstancePort("127.0.0.1", "SALES", never, at.port)).rejects.toThrow(
        "EINSTLOOKUP",
      );
      at.close();
    },
  );

  test("gives up when it is told to", async () => {
    const silent = createSocket("udp4");
    await new Promise<void>((resolve) => {
      silent.bind(0, "127.0.0.1", resolve);
    });
    const abort = new AbortController();
    const found = findInstancePort("127.0.0.1", "SALES", abort.signal, silent.address().port);
    silent.once("message", () => {
      abort.abort(new Error("enough"));
    });
    await expect(found).rejects.toThrow("enough");
    silent.close();
  });
});
