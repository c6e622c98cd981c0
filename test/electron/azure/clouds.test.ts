import { describe, expect, test } from "vitest";
import { authorityOf, clouds, practiceCloud, reachedAt } from "../../../electron/azure/clouds.ts";
import { registrationOf } from "../../../electron/azure/registration.ts";

const practice = {
  armEndpoint: "https://127.0.0.1:4443",
  authority: "https://login.practice.invalid/organizations",
  authorityAddress: "http://127.0.0.1:8080",
  authorityPem: "PEM",
};

describe("the clouds", () => {
  test.each(Object.values(clouds))(
    "$name: everything is https, and both audiences are its own",
    (cloud) => {
      expect(new URL(cloud.armEndpoint).protocol).toBe("https:");
      expect(cloud.armScope).toBe(`${cloud.armEndpoint}/.default`);
      expect(cloud.sqlScope).toMatch(/^https:\/\/database\..+\/\.default$/);
      expect(cloud.practice).toBeUndefined();
    },
  );

  test("a tenant as it was typed stays one segment of the authority", () => {
    expect(authorityOf(clouds.public, "../evil?x#y z")).toBe(
      "https://login.microsoftonline.com/..%2Fevil%3Fx%23y%20z",
    );
    expect(authorityOf(clouds.public, null)).toBe(
      "https://login.microsoftonline.com/organizations",
    );
  });
});

describe("the practice estate's cloud", () => {
  test("its authority is reached on this computer, and nothing else is sent there", () => {
    const cloud = practiceCloud(practice);
    expect(reachedAt(cloud, "https://login.practice.invalid/organizations/x?y=1")).toBe(
      "http://127.0.0.1:8080/organizations/x?y=1",
    );
    const other = "https://login.practice.invalid.example/x";
    expect(reachedAt(cloud, other)).toBe(other);
  });

  test("a real cloud maps nothing, not even that name", () => {
    const url = "https://login.practice.invalid/x";
    expect(reachedAt(clouds.public, url)).toBe(url);
  });

  test.each([
    { ...practice, armEndpoint: "https://management.azure.com" },
    { ...practice, authorityAddress: "http://10.0.0.1:80" },
    { ...practice, authority: "https://login.microsoftonline.com/organizations" },
  ])("addresses that are not of the practice are refused: %o", (given) => {
    expect(() => practiceCloud(given)).toThrow("on this computer");
  });
});

describe("the registration of a sign-in", () => {
  const set = { cloud: "china", clientId: "set" } as const;

  test("is what is set, in its cloud", () => {
    expect(registrationOf(set, undefined)).toEqual({ cloud: clouds.china, clientId: "set" });
  });

  test("has the client id that this start was given before the one that is set", () => {
    expect(registrationOf(set, "given")).toEqual({ cloud: clouds.china, clientId: "given" });
  });

  test("has none where none is set", () => {
    const { clientId } = registrationOf({ cloud: "public", clientId: null }, undefined);
    expect(clientId).toBeUndefined();
  });
});
