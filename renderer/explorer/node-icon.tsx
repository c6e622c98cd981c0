// The icon of a node.
import {
  CloudDatabaseRegular,
  DatabaseRegular,
  FolderRegular,
  InfoRegular,
  LinkRegular,
  OrganizationRegular,
  PlugDisconnectedRegular,
  ServerRegular,
  ShieldErrorRegular,
  WarningFilled,
  BranchForkFilled,
} from "@fluentui/react-icons";
import type { FluentIcon } from "@fluentui/react-icons";
import { createElement } from "react";
import type { TreeNode } from "../../shared/estate/tree-node.ts";

export function NodeIcon({ node }: { readonly node: TreeNode }) {
  return createElement(iconOf(node), { "aria-hidden": true });
}

function iconOf(node: TreeNode): FluentIcon {
  switch (node.kind) {
    case "server":
      if (node.isBad === true) return PlugDisconnectedRegular;
      return node.side === "box" ? ServerRegular : CloudDatabaseRegular;
    case "folder":
      return FolderRegular;
    case "database":
      return DatabaseRegular;
    case "link":
      return node.isSecondPrimary === true ? BranchForkFilled : LinkRegular;
    case "group":
    case "replica":
      return OrganizationRegular;
    case "message":
      if (node.isMissingRight === true) return ShieldErrorRegular;
      return node.isBad === true ? WarningFilled : InfoRegular;
  }
}
