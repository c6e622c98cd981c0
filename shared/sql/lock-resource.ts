// The name of the advisory lock that keeps two operators from failing over the same link at once.

/**
 * Resource of sp_getapplock, from the distributed group's group_id as that server tells it: the same for this tool and for
 * the scripts it writes. sys.dm_tran_locks shows the first 32 characters of a resource: the group's id comes first in it.
 */
export function lockResource(groupId: string): string {
  return `${groupId.replaceAll(/[^0-9a-fA-F]/g, "").toLowerCase()}-mi-link-failover`;
}
