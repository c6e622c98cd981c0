// Changing the instance itself over HTTPS: what it is used for, and which certificates it trusts.
import { describe, expect, test } from "vitest";
import { dana } from "../../../practice/entra/directory.ts";
import { instancePath, version } from "./arm-client.ts";
import { asked, codes, fromInstance, given, toSync, type Given } from "./changing.ts";
import { plainly } from "./plain-client.ts";

const certificate = "Cert_SQLBOX01_endpoint";
const passive = { properties: { hybridSecondaryUsage: "Passive" } };

const send = (all: Given, method: string, suffix = "", body?: object) =>
  sendTo({ ...all, name: "sqlmi1" }, method, suffix, body);

const sendTo = (
  { estate, token, name }: Given & { readonly name: string },
  method: string,
  suffix = "",
  body?: object,
) =>
  plainly(estate, token, `${instancePath(estate, { name })}${suffix}${version}`, {
    method,
    ...(body === undefined ? {} : { body }),
  });

describe("hybridSecondaryUsage", () => {
  test("is set by PATCH, the instance Updating until it is done, and what is detected follows the role", () =>
    given(async (all) => {
      const { estate, poll } = all;
      const shown = async () => {
        const { body } = await send(all, "GET");
        // Read as it comes: the test says what is in it.
        const { properties } = body as { readonly properties: Readonly<Record<string, unknown>> };
        const { state, provisioningState, hybridSecondaryUsage } = properties;
        return [
          state,
          provisioningState,
          hybridSecondaryUsage,
          properties["hybridSecondaryUsageDetected"],
        ];
      };
      expect(await shown()).toEqual(["Ready", "Succeeded", "Active", "Passive"]);
      const accepted = await send(all, "PATCH", "", passive);
      expect(accepted.status).toBe(202);
      expect(accepted.headers.location).toContain("/managedInstanceOperationResults/");
      expect(await shown()).toEqual(["Updating", "Updating", "Active", "Passive"]);
      const refused = [await send(all, "PATCH", "", passive), await all.link.update(toSync)];
      expect(codes(refused)).toEqual([
        [409, "ConflictingServerOperation"],
        [409, "ConflictingServerOperation"],
      ]);
      estate.world.advance(20_000);
      expect(await poll(accepted)).toMatchObject({
        status: 200,
        body: { properties: { hybridSecondaryUsage: "Passive" } },
      });
      expect(await shown()).toEqual(["Ready", "Succeeded", "Passive", "Passive"]);
      expect(asked(estate)).toEqual([
        {
          server: "instance",
          text: "PATCH hybridSecondaryUsage Passive",
          count: 1,
          outcomes: ["done"],
        },
      ]);
    }));

  test("is detected Active on a primary", () =>
    given(async (all) => {
      expect((await send(all, "GET")).body).toMatchObject({
        properties: { hybridSecondaryUsageDetected: "Active" },
      });
    }, fromInstance));

  test("that is no usage is 400, and an instance that is stopped or only stands there is refused", () =>
    given(async (all) => {
      const { estate } = all;
      const stopped = await plainly(
        estate,
        all.token,
        `${instancePath(estate, { subscription: "19e4c7a2-85d3-4fb0-96c8-0b7d2f54e831", group: "rg-adatum-dev", name: "sqlmi-dev" })}${version}`,
        { method: "PATCH", body: passive },
      );
      expect(
        codes([
          await send(all, "PATCH", "", { properties: { hybridSecondaryUsage: "Sometimes" } }),
          stopped,
          await sendTo({ ...all, name: "sqlmi2" }, "PATCH", "", passive),
        ]),
      ).toEqual([
        [400, "InvalidRequestContent"],
        [400, "ManagedInstanceStoppingOrStopped"],
        [501, "NotImplemented"],
      ]);
      expect(asked(estate)).toEqual([]);
    }));

  test("waits for an operation on the link, answers directly where that is the setting, and may end with an error", () =>
    given(async (all) => {
      await all.link.update(toSync);
      expect((await send(all, "PATCH", "", passive)).code).toBe("ConflictingServerOperation");
      all.estate.world.advance(20_000);
      all.fault({ kind: "operationFails", code: "OperationTimedOut", carriedOut: false });
      const accepted = await send(all, "PATCH", "", passive);
      all.estate.world.advance(20_000);
      expect(codes([await all.poll(accepted)])).toEqual([[500, "OperationTimedOut"]]);
      expect(all.estate.world.state.instance.surroundings.hybridSecondaryUsage).toBe("Active");
    }));
});

describe("serverTrustCertificates", () => {
  const one = `/serverTrustCertificates/${certificate}`;

  test("are listed, read, and gone after DELETE: 202, then 204, and 204 for one that is not there", () =>
    given(async (all) => {
      const { estate, poll } = all;
      const named = { name: certificate, properties: { certificateName: certificate } };
      expect((await send(all, "GET", "/serverTrustCertificates")).body).toMatchObject({
        value: [named],
      });
      expect((await send(all, "GET", one)).body).toMatchObject(named);
      const accepted = await send(all, "DELETE", one);
      expect(accepted.status).toBe(202);
      expect(accepted.headers.location).toContain("/serverTrustCertificatesOperationResults/");
      estate.world.advance(20_000);
      expect((await poll(accepted)).status).toBe(204);
      expect(codes([await send(all, "GET", one)])).toEqual([[404, "ResourceNotFound"]]);
      expect((await send(all, "GET", "/serverTrustCertificates")).body).toEqual({ value: [] });
      expect((await send(all, "DELETE", one)).status).toBe(204);
    }));

  test("are kept from who may only read", () =>
    given(async (all) => {
      all.fault({ kind: "role", upn: dana.upn, role: "reader" });
      expect((await send(all, "GET", one)).status).toBe(200);
      expect(
        codes([await send(all, "DELETE", one), await send(all, "PATCH", "", passive)]),
      ).toEqual([
        [403, "AuthorizationFailed"],
        [403, "AuthorizationFailed"],
      ]);
    }));

  test("answer 200 where Azure answers directly, and an operation tells its end by itself where there are two addresses", () =>
    given(
      async (all) => {
        const answer = send(all, "DELETE", one);
        const advancing = setInterval(() => {
          all.estate.world.advance(1000);
        }, 20);
        expect((await answer).status).toBe(200);
        clearInterval(advancing);
      },
      undefined,
      { linkOperationAnswer: "direct" },
    ));
});
