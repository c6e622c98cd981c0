// What the engine refuses of a role that the service wants set, with SQL Server's error numbers (domain.md 7.2).
import { SqlError } from "../sql-types.ts";

/** 41965 */
export function alreadyInRole(group: string, role: string): SqlError {
  return new SqlError(
    41965,
    `The role of distributed availability group '${group}' cannot be set: the instance is already in the ${role} role.`,
  );
}

/** 41968 */
export function roleChangeInProgress(group: string): SqlError {
  return new SqlError(
    41968,
    `The role of distributed availability group '${group}' cannot be set: a role change is already in progress.`,
  );
}

/** 41969 */
export function setRoleFailed(group: string): SqlError {
  return new SqlError(
    41969,
    `Setting the role of distributed availability group '${group}' failed.`,
  );
}

/** 41970 */
export function plannedToPrimary(group: string): SqlError {
  return new SqlError(
    41970,
    `A planned change of distributed availability group '${group}' to the PRIMARY role is not supported.`,
  );
}
