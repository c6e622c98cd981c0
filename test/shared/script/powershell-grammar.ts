// PowerShell's grammar without PowerShell: what does not fit, and which commands a script calls with which parameters.
import { createRequire } from "node:module";
import { Language, Parser } from "web-tree-sitter";
import type { Node } from "web-tree-sitter";

const { resolve } = createRequire(import.meta.url);

export interface PowershellCall {
  readonly name: string;
  /** Each with its hyphen, without a value. */
  readonly parameters: readonly string[];
}

export interface PowershellText {
  /** Line and text of everything the grammar does not take. */
  readonly errors: readonly string[];
  readonly calls: readonly PowershellCall[];
  /** The functions it defines, with the names of their parameters. */
  readonly functions: ReadonlyMap<string, readonly string[]>;
}

export async function powershellGrammar(): Promise<(text: string) => PowershellText> {
  await Parser.init();
  const parser = new Parser();
  parser.setLanguage(
    await Language.load(resolve("tree-sitter-powershell/tree-sitter-powershell.wasm")),
  );
  return (text) => {
    const tree = parser.parse(text.replace(/^\uFEFF/u, ""));
    if (tree === null) throw new Error("The parser gave nothing.");
    const all = [...nodesOf(tree.rootNode)];
    return {
      errors: all
        .filter((node) => node.isError || node.isMissing)
        .map((node) => `${node.startPosition.row + 1}: ${node.text.slice(0, 80)}`),
      calls: all.filter(({ type }) => type === "command").map(callOf),
      functions: new Map(all.filter(({ type }) => type === "function_statement").map(functionOf)),
    };
  };
}

function* nodesOf(node: Node): Generator<Node> {
  yield node;
  for (const child of node.children) yield* nodesOf(child);
}

function callOf(node: Node): PowershellCall {
  const own = node.children.flatMap((child) =>
    child.type === "command_elements" ? child.children : [child],
  );
  return {
    name: own.find((child) => child.type === "command_name")?.text ?? node.text,
    parameters: own.flatMap((child) =>
      child.type === "command_parameter" ? [child.text.replace(/:.*$/su, "")] : [],
    ),
  };
}

function functionOf(node: Node): [string, readonly string[]] {
  const all = [...nodesOf(node)];
  const parameters = all.filter(({ type }) => type === "script_parameter");
  return [
    all.find(({ type }) => type === "function_name")?.text ?? "",
    parameters.map(({ children }) => `-${children.at(-1)?.text.replace("$", "") ?? ""}`),
  ];
}
