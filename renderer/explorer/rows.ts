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
export function rowsOf(nodes: readonly TreeNode[], toggled: ReadonlySet<string>): readonly Row[] {
  const rows: Row[] = [];
  addRows(rows, nodes, toggled, { id: undefined, level: 0 });
  return rows;
}

/** Into one list: thousands of rows are not copied from level to level. */
function addRows(
  rows: Row[],
  nodes: readonly TreeNode[],
  toggled: ReadonlySet<string>,
  parent: { readonly id: string | undefined; readonly level: number },
): void {
  const level = parent.level + 1;
  for (const [index, node] of nodes.entries()) {
    const isBranch = node.children.length > 0;
    const isOpen = isBranch && node.opensByDefault !== toggled.has(node.id);
    rows.push({
      node,
      level,
      position: index + 1,
      setSize: nodes.length,
      parentId: parent.id,
      isBranch,
      isOpen,
    });
    if (isOpen) addRows(rows, node.children, toggled, { id: node.id, level });
  }
}
