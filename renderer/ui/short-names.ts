// A sentence of the engine where room is short: the instance by the first part of its name, as in the head of the page.
import { shortName } from "./short-name.ts";

/** `instanceName` is SERVERPROPERTY('ServerName') of the instance. Not for addresses that are to be typed or copied. */
export function withShortNames(sentence: string, instanceName: string): string {
  if (instanceName === "") return sentence;
  return sentence.replaceAll(instanceName, () => shortName("instance", instanceName));
}
