// The tree as flat rows with level, position and set size: what is drawn, walked by keys and read aloud.
import type { TreeNode } from "../../shared/estate/tree-node.ts";

export interface Row {
  readonly node: TreeNode;
  /** 1 for a server. */
  readonly level: number;
  /** 1-based, among the rows of the same parent. */
  readonly position: number;
  readonly setSize: number;
  readonly parentId: string | undefined;
  readonly isBranch: boolean;
  readonly isOpen: boolean;
}

/** Rows that can be seen: those below a closed node are left out. `toggled`: nodes that are not as they open by default. */
export function rowsOf(
  nodes: readonly TreeNode[],
  toggled: ReadonlySet<string>,
  parent?: { readonly id: string; readonly level: number },
): readonly Row[] {
  const level = (parent?.level ?? 0) + 1;
  return nodes.flatMap((node, index) => {
    const isBranch = node.children.length > 0;
    const isOpen = isBranch && node.opensByDefault !== toggled.has(node.id);
    const row: Row = {
      node,
      level,
      position: index + 1,
      setSize: nodes.length,
      parentId: parent?.id,
      isBranch,
      isOpen,
    };
    return [row, ...(isOpen ? rowsOf(node.children, toggled, { id: node.id, level }) : [])];
  });
}
