#!/usr/bin/env bash
# PRODUCTION. MI Link Failover: forced failover of the link DAG_AdatumBooks.
# Plan 4ff3f02c4e8cbcd383e123b70c4d027afa248f08e928d7430defe53f293dcdfe
#
# AdatumBooks is forced over to sqlmi1.0123456789ab.database.windows.net. Data can be lost: AdatumBooks: sqlbox01.adatum.example is alive and goes on committing. Everything that has not arrived on sqlmi1.0123456789ab.database.windows.net at the moment of the failover is lost; how much is not known before.
#
# DATA CAN BE LOST.
# AdatumBooks: sqlbox01.adatum.example is alive and goes on committing. Everything that has not arrived on sqlmi1.0123456789ab.database.windows.net at the moment of the failover is lost; how much is not known before.
# Reason given: Drill of 21 November, agreed with the owner of AdatumBooks.
#
# Runs the whole plan from a computer that reaches sqlmi1.0123456789ab.database.windows.net. Not for Azure Cloud Shell:
# that does not reach it. sqlbox01.adatum.example is not asked: make sure that it is gone and stays away.
#
# It looks before it acts: can the copy be primary. That the other side is alive was accepted.
# Then it says what is lost and wants the name of the link typed. No switch answers for that.
# It sends nothing while that server cannot be read, and nothing twice.
# Every batch takes the lock of the link and gives it back; between two batches nobody holds it.
#
# Ends with 0 done, 1 failed or loss at risk, 2 wrong usage, 3 not ready and nothing sent, 4 unknown: read both sides.
#
# Needs bash, sqlcmd. Environment:
#   MI_USER, MI_PASSWORD    the login on sqlmi1.0123456789ab.database.windows.net
#   MI_SERVER               where it is reached by another address than here
#   MI_TRUST_CERTIFICATE=yes  take that server's certificate unseen (sqlcmd -C)
# Without a keyboard: bash failover.sh --link-name NAME
# shellcheck disable=SC2016,SC2034

set -euo pipefail
umask 077

: "${MI_USER:?set it; the header says what it is}"
: "${MI_PASSWORD:?set it; the header says what it is}"
MI_SERVER=${MI_SERVER:-'sqlmi1.0123456789ab.database.windows.net,1433'}
MI_TRUST_CERTIFICATE=${MI_TRUST_CERTIFICATE:-no}
link='DAG_AdatumBooks'

is_typed=no
typed=''
if (( $# == 2 )) && [[ $1 == --link-name ]]; then
  is_typed=yes
  typed=$2
elif (( $# > 0 )); then
  printf 'Usage: bash failover.sh [--link-name NAME]\n' >&2
  exit 2
fi
clock=''

begun=no
declared=''
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

say() { printf '%s\n' "$*"; }

# stop CODE SENTENCE: before anything was begun that cannot be called back, what was set is set back.
stop() {
  local code=$1
  shift
  say "$*" >&2
  if [[ $begun == no ]]; then take_back; fi
  exit "$code"
}

interrupted() {
  if [[ $begun == no ]]; then stop 1 "Stopped. Nothing was sent."; fi
  stop 4 "Stopped. Read both sides before anything else. Nothing is sent again."
}
trap interrupted INT TERM

step() {
  say ""
  say "== $1: $2"
}

take_back() {
  :
}

# Sends one batch as sqlcmd takes it; what the server says goes to $work/said.
on_server() {
  local options=(-S "$1" -d master -l 30 -b -x -h -1 -W -w 65535 -i "$work/batch.sql")
  if [[ $4 == yes ]]; then options+=(-C); fi
  SQLCMDUSER=$2 SQLCMDPASSWORD=$3 sqlcmd "${options[@]}" > "$work/said" 2>&1
}

# send SIDE: the batch on standard input. A batch of comments takes the byte order mark, GO is on lines of its own.
send() {
  {
    printf '\xef\xbb\xbf-- MI Link Failover\nGO\n%s\n' "$declared"
    cat
    printf '\nGO\n'
  } > "$work/batch.sql"
  on_server "$MI_SERVER" "$MI_USER" "$MI_PASSWORD" "$MI_TRUST_CERTIFICATE"
}

name_of() {
  say 'sqlmi1.0123456789ab.database.windows.net'
}

not_read() {
  cat "$work/said" >&2
  if [[ $begun == no ]]; then stop 3 "$(name_of "$1") could not be read, or is not as planned. Nothing was sent."; fi
  stop 4 "$(name_of "$1") could not be read, or is not as planned. Read both sides before anything else. Nothing is sent again."
}

# ask SIDE: a reading, one row. Sets answer, and lsns to what follows an open.
ask() {
  local line
  if ! send "$1"; then not_read "$1"; fi
  answer=''
  lsns=''
  while IFS= read -r line; do
    line=${line%$'\r'}
    case $line in
      open | 'open '*)
        answer=open
        lsns=${line#open}
        ;;
      'shut '* | 'at '* | 'unproved '*) answer=$line ;;
    esac
  done < "$work/said"
  if [[ -z $answer ]]; then not_read "$1"; fi
}

# ask_since SIDE: the same with the time of the failover, in the instance's own clock, declared before it.
ask_since() {
  if [[ ! $clock =~ ^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9:.]+$ ]]; then
    stop 2 "The time of the failover is missing: 2026-11-21T20:00:00, by the instance's own clock."
  fi
  declared="DECLARE @since datetime = CONVERT(datetime, '$clock', 126);"
  ask "$1"
  declared=''
}

# prove SIDE: a batch that ends by an error where something is not as it must be.
prove() {
  if send "$1"; then
    cat "$work/said"
    return
  fi
  not_read "$1"
}

# change SIDE stop|warn|unknown: a batch that changes something, once.
change() {
  if [[ $2 == unknown ]]; then begun=yes; fi
  if send "$1"; then
    cat "$work/said"
    return
  fi
  cat "$work/said" >&2
  case $2 in
    warn) say "Warning: this was not done, and the rest goes on." >&2 ;;
    stop) stop 1 "$(name_of "$1") refused it. What was done before stays done." ;;
    *)
      # The batch's own guard speaks before anything is sent on.
      if grep -q 'Refused: ' "$work/said"; then
        begun=no
        stop 3 "$(name_of "$1") is not as planned. Nothing was sent."
      fi
      stop 4 "$(name_of "$1") did not say that it is done. Read both sides before anything else. Nothing is sent again."
      ;;
  esac
}

# Goes on only when the link's name was typed, here or as --link-name: nothing else stands for it.
confirm_loss() {
  say 'DATA CAN BE LOST.'
  say 'AdatumBooks: sqlbox01.adatum.example is alive and goes on committing. Everything that has not arrived on sqlmi1.0123456789ab.database.windows.net at the moment of the failover is lost; how much is not known before.'
  say 'Reason given: Drill of 21 November, agreed with the owner of AdatumBooks.'
  if [[ $is_typed == no ]]; then
    printf '%s' 'Type the name of the link to force it: ' >&2
    IFS= read -r typed || stop 2 "The name of the link was not given. Nothing was sent."
  fi
  if [[ $typed != "$link" ]]; then stop 3 "The name of the link was not typed. Nothing was sent."; fi
}

# Step 1 of 3, on sqlmi1.0123456789ab.database.windows.net. sqlbox01.adatum.example may be back since the plan was approved, and only sqlmi1.0123456789ab.database.windows.net can be asked.
# Done when: sqlmi1.0123456789ab.database.windows.net can still be forced. That sqlbox01.adatum.example is alive was accepted.
step '1-look-before-force' 'Look once more whether sqlbox01.adatum.example is alive'
prove instance << 'END_OF_TSQL'
SET NOCOUNT ON;
DECLARE @lock int = -999;
IF APPLOCK_MODE(N'public', N'0e984725c51c4bf49960e1c80e27aba0-mi-link-failover', N'Session') = N'NoLock'
    EXEC @lock = sys.sp_getapplock @Resource = N'0e984725c51c4bf49960e1c80e27aba0-mi-link-failover', @LockMode = N'Exclusive', @LockOwner = N'Session', @LockTimeout = 0;
ELSE
    SET @lock = 0;
IF @lock < 0
    THROW 50009, N'Refused: somebody else is running a failover of this link. Nothing was changed. Find out who before anything else.', 1;
DECLARE @lookSeen nvarchar(4000), @lookRefusal nvarchar(2048);
SET @lookSeen = NULL;
SET @lookSeen = DB_NAME();
IF @lookSeen IS NULL OR @lookSeen NOT IN (N'master')
BEGIN
    SET @lookRefusal = N'Refused: the database in use must be master, and it is ' + ISNULL(@lookSeen, N'not visible to this login') + N'. Nothing was changed. Switch to master and run it again.';
    THROW 50001, @lookRefusal, 1;
END;
SET @lookSeen = NULL;
SET @lookSeen = CAST(SERVERPROPERTY(N'ServerName') AS nvarchar(128));
IF @lookSeen IS NULL OR @lookSeen NOT IN (N'sqlmi1.0123456789ab.database.windows.net')
BEGIN
    SET @lookRefusal = N'Refused: the server must be sqlmi1.0123456789ab.database.windows.net, and it is ' + ISNULL(@lookSeen, N'not visible to this login') + N'. Nothing was changed. Connect to sqlmi1.0123456789ab.database.windows.net and run it there.';
    THROW 50002, @lookRefusal, 1;
END;
SET @lookSeen = NULL;
SET @lookSeen = CAST(SERVERPROPERTY(N'ProductVersion') AS nvarchar(128));
IF @lookSeen IS NULL OR @lookSeen NOT IN (N'12.0.2000.8')
BEGIN
    SET @lookRefusal = N'Refused: the version of sqlmi1.0123456789ab.database.windows.net must be 12.0.2000.8, and it is ' + ISNULL(@lookSeen, N'not visible to this login') + N'. Nothing was changed. Read both sides and make a new plan.';
    THROW 50003, @lookRefusal, 1;
END;
SET @lookSeen = NULL;
SET @lookSeen = (SELECT CAST(ag.group_id AS nvarchar(36))
    FROM sys.availability_groups AS ag
    WHERE ag.is_distributed = 1 AND ag.name = N'DAG_AdatumBooks');
IF @lookSeen IS NULL OR @lookSeen NOT IN (N'0E984725-C51C-4BF4-9960-E1C80E27ABA0')
BEGIN
    SET @lookRefusal = N'Refused: the group_id of the link DAG_AdatumBooks must be 0E984725-C51C-4BF4-9960-E1C80E27ABA0, and it is ' + ISNULL(@lookSeen, N'not visible to this login') + N'. Nothing was changed. Read both sides and make a new plan.';
    THROW 50005, @lookRefusal, 1;
END;
SET @lookSeen = NULL;
SET @lookSeen = (SELECT rs.role_desc
    FROM sys.dm_hadr_availability_replica_states AS rs
    JOIN sys.availability_groups AS ag ON ag.group_id = rs.group_id
    WHERE ag.is_distributed = 1 AND ag.name = N'DAG_AdatumBooks' AND rs.is_local = 1);
IF @lookSeen IS NULL OR @lookSeen NOT IN (N'SECONDARY', N'RESOLVING')
BEGIN
    SET @lookRefusal = N'Refused: the role of sqlmi1.0123456789ab.database.windows.net in the link DAG_AdatumBooks must be SECONDARY or RESOLVING, and it is ' + ISNULL(@lookSeen, N'not visible to this login') + N'. Nothing was changed. Read both sides and make a new plan.';
    THROW 50006, @lookRefusal, 1;
END;
SET @lookSeen = NULL;
SET @lookSeen = CAST((SELECT COUNT(*)
    FROM sys.databases AS b
    LEFT JOIN sys.dm_hadr_database_replica_states AS d ON d.database_id = b.database_id AND (d.is_local = 1 OR d.is_primary_replica = 1)
    WHERE b.database_id IN (DB_ID(N'AdatumBooks'))
      AND (b.state_desc IN (N'RESTORING', N'INITIALIZING', N'REVERTING') OR d.database_state_desc IN (N'RESTORING', N'INITIALIZING', N'REVERTING') OR d.synchronization_state_desc IN (N'RESTORING', N'INITIALIZING', N'REVERTING'))) AS nvarchar(10));
IF @lookSeen IS NULL OR @lookSeen NOT IN (N'0')
BEGIN
    SET @lookRefusal = N'Refused: the number of databases that are RESTORING or INITIALIZING or REVERTING must be 0, and it is ' + ISNULL(@lookSeen, N'not visible to this login') + N'. Nothing was changed. Forced now, such a database could not be started as primary.';
    THROW 50009, @lookRefusal, 1;
END;
SET @lookSeen = NULL;
SET @lookSeen = CAST((SELECT COUNT(*)
    FROM sys.dm_hadr_database_replica_states AS d
    WHERE (d.is_local = 1 OR d.is_primary_replica = 1)
      AND d.database_id IN (DB_ID(N'AdatumBooks')) AND d.is_suspended = 1) AS nvarchar(10));
IF @lookSeen IS NULL OR @lookSeen NOT IN (N'0')
BEGIN
    SET @lookRefusal = N'Refused: the number of databases whose data movement is suspended must be 0, and it is ' + ISNULL(@lookSeen, N'not visible to this login') + N'. Nothing was changed. More than usual may be missing: plan it anew, with a reason.';
    THROW 50007, @lookRefusal, 1;
END;
IF APPLOCK_MODE(N'public', N'0e984725c51c4bf49960e1c80e27aba0-mi-link-failover', N'Session') <> N'NoLock'
    EXEC sys.sp_releaseapplock @Resource = N'0e984725c51c4bf49960e1c80e27aba0-mi-link-failover', @LockOwner = N'Session';
END_OF_TSQL

# Step 2 of 3, on sqlmi1.0123456789ab.database.windows.net. sqlmi1.0123456789ab.database.windows.net is the secondary, and a failover is forced on the side that takes over.
# Done when: sqlmi1.0123456789ab.database.windows.net shows PRIMARY.
step '2-force' 'Perform forced failover to SQL Managed Instance'
confirm_loss
change instance unknown << 'END_OF_TSQL'
SET NOCOUNT ON;
DECLARE @lock int = -999;
IF APPLOCK_MODE(N'public', N'0e984725c51c4bf49960e1c80e27aba0-mi-link-failover', N'Session') = N'NoLock'
    EXEC @lock = sys.sp_getapplock @Resource = N'0e984725c51c4bf49960e1c80e27aba0-mi-link-failover', @LockMode = N'Exclusive', @LockOwner = N'Session', @LockTimeout = 0;
ELSE
    SET @lock = 0;
IF @lock < 0
    THROW 50009, N'Refused: somebody else is running a failover of this link. Nothing was changed. Find out who before anything else.', 1;
-- Acts only on sqlmi1.0123456789ab.database.windows.net as it was planned; otherwise ends with an error 50001 to 50009 and has changed nothing.
DECLARE @guardSeen nvarchar(4000), @guardRefusal nvarchar(2048);
SET @guardSeen = NULL;
SET @guardSeen = DB_NAME();
IF @guardSeen IS NULL OR @guardSeen NOT IN (N'master')
BEGIN
    SET @guardRefusal = N'Refused: the database in use must be master, and it is ' + ISNULL(@guardSeen, N'not visible to this login') + N'. Nothing was changed. Switch to master and run it again.';
    THROW 50001, @guardRefusal, 1;
END;
SET @guardSeen = NULL;
SET @guardSeen = CAST(SERVERPROPERTY(N'ServerName') AS nvarchar(128));
IF @guardSeen IS NULL OR @guardSeen NOT IN (N'sqlmi1.0123456789ab.database.windows.net')
BEGIN
    SET @guardRefusal = N'Refused: the server must be sqlmi1.0123456789ab.database.windows.net, and it is ' + ISNULL(@guardSeen, N'not visible to this login') + N'. Nothing was changed. Connect to sqlmi1.0123456789ab.database.windows.net and run it there.';
    THROW 50002, @guardRefusal, 1;
END;
SET @guardSeen = NULL;
SET @guardSeen = CAST(SERVERPROPERTY(N'ProductVersion') AS nvarchar(128));
IF @guardSeen IS NULL OR @guardSeen NOT IN (N'12.0.2000.8')
BEGIN
    SET @guardRefusal = N'Refused: the version of sqlmi1.0123456789ab.database.windows.net must be 12.0.2000.8, and it is ' + ISNULL(@guardSeen, N'not visible to this login') + N'. Nothing was changed. Read both sides and make a new plan.';
    THROW 50003, @guardRefusal, 1;
END;
SET @guardSeen = NULL;
SET @guardSeen = (SELECT CAST(ag.group_id AS nvarchar(36))
    FROM sys.availability_groups AS ag
    WHERE ag.is_distributed = 1 AND ag.name = N'DAG_AdatumBooks');
IF @guardSeen IS NULL OR @guardSeen NOT IN (N'0E984725-C51C-4BF4-9960-E1C80E27ABA0')
BEGIN
    SET @guardRefusal = N'Refused: the group_id of the link DAG_AdatumBooks must be 0E984725-C51C-4BF4-9960-E1C80E27ABA0, and it is ' + ISNULL(@guardSeen, N'not visible to this login') + N'. Nothing was changed. Read both sides and make a new plan.';
    THROW 50005, @guardRefusal, 1;
END;
SET @guardSeen = NULL;
SET @guardSeen = (SELECT rs.role_desc
    FROM sys.dm_hadr_availability_replica_states AS rs
    JOIN sys.availability_groups AS ag ON ag.group_id = rs.group_id
    WHERE ag.is_distributed = 1 AND ag.name = N'DAG_AdatumBooks' AND rs.is_local = 1);
IF @guardSeen IS NULL OR @guardSeen NOT IN (N'SECONDARY', N'RESOLVING')
BEGIN
    SET @guardRefusal = N'Refused: the role of sqlmi1.0123456789ab.database.windows.net in the link DAG_AdatumBooks must be SECONDARY or RESOLVING, and it is ' + ISNULL(@guardSeen, N'not visible to this login') + N'. Nothing was changed. Read both sides and make a new plan.';
    THROW 50006, @guardRefusal, 1;
END;
EXEC (N'ALTER AVAILABILITY GROUP [DAG_AdatumBooks] FORCE_FAILOVER_ALLOW_DATA_LOSS;');
IF APPLOCK_MODE(N'public', N'0e984725c51c4bf49960e1c80e27aba0-mi-link-failover', N'Session') <> N'NoLock'
    EXEC sys.sp_releaseapplock @Resource = N'0e984725c51c4bf49960e1c80e27aba0-mi-link-failover', @LockOwner = N'Session';
END_OF_TSQL

# Step 3 of 3, on sqlmi1.0123456789ab.database.windows.net. Only the new primary can be asked.
# Done when: sqlmi1.0123456789ab.database.windows.net shows PRIMARY, and AdatumBooks is READ_WRITE there.
step '3-verify-forced' 'Verify the new primary'
prove instance << 'END_OF_TSQL'
DECLARE @verifySeen nvarchar(4000), @verifyRefusal nvarchar(2048);
SET @verifySeen = NULL;
SET @verifySeen = DB_NAME();
IF @verifySeen IS NULL OR @verifySeen NOT IN (N'master')
BEGIN
    SET @verifyRefusal = N'Refused: the database in use must be master, and it is ' + ISNULL(@verifySeen, N'not visible to this login') + N'. Nothing was changed. Switch to master and run it again.';
    THROW 50001, @verifyRefusal, 1;
END;
SET @verifySeen = NULL;
SET @verifySeen = CAST(SERVERPROPERTY(N'ServerName') AS nvarchar(128));
IF @verifySeen IS NULL OR @verifySeen NOT IN (N'sqlmi1.0123456789ab.database.windows.net')
BEGIN
    SET @verifyRefusal = N'Refused: the server must be sqlmi1.0123456789ab.database.windows.net, and it is ' + ISNULL(@verifySeen, N'not visible to this login') + N'. Nothing was changed. Connect to sqlmi1.0123456789ab.database.windows.net and run it there.';
    THROW 50002, @verifyRefusal, 1;
END;
DECLARE @looks int = 0;
WHILE @looks < 12
BEGIN
    SET @verifySeen = NULL;
    SET @verifySeen = (SELECT rs.role_desc
        FROM sys.dm_hadr_availability_replica_states AS rs
        JOIN sys.availability_groups AS ag ON ag.group_id = rs.group_id
        WHERE ag.is_distributed = 1 AND ag.name = N'DAG_AdatumBooks' AND rs.is_local = 1);
    IF @verifySeen IN (N'PRIMARY') AND CAST(DATABASEPROPERTYEX(N'AdatumBooks', N'Updateability') AS nvarchar(128)) = N'READ_WRITE' BREAK;
    WAITFOR DELAY '00:00:05';
    SET @looks = @looks + 1;
END;
SET @verifySeen = NULL;
SET @verifySeen = (SELECT rs.role_desc
    FROM sys.dm_hadr_availability_replica_states AS rs
    JOIN sys.availability_groups AS ag ON ag.group_id = rs.group_id
    WHERE ag.is_distributed = 1 AND ag.name = N'DAG_AdatumBooks' AND rs.is_local = 1);
IF @verifySeen IS NULL OR @verifySeen NOT IN (N'PRIMARY')
BEGIN
    SET @verifyRefusal = N'Not proved: sqlmi1.0123456789ab.database.windows.net in the link DAG_AdatumBooks must be PRIMARY, and it is ' + ISNULL(@verifySeen, N'not visible to this login') + N'. Read both sides before any other step.';
    THROW 50020, @verifyRefusal, 1;
END;
SET @verifySeen = NULL;
SET @verifySeen = CAST(DATABASEPROPERTYEX(N'AdatumBooks', N'Updateability') AS nvarchar(128));
IF @verifySeen IS NULL OR @verifySeen NOT IN (N'READ_WRITE')
BEGIN
    SET @verifyRefusal = N'Not proved: Updateability of AdatumBooks on sqlmi1.0123456789ab.database.windows.net must be READ_WRITE, and it is ' + ISNULL(@verifySeen, N'not visible to this login') + N'. Read both sides before any other step.';
    THROW 50020, @verifyRefusal, 1;
END;
PRINT N'Read back on sqlmi1.0123456789ab.database.windows.net: DAG_AdatumBooks is PRIMARY, READ_WRITE.';
END_OF_TSQL

say ''
say 'Done.'
say 'Repoint the applications to sqlmi1.0123456789ab.database.windows.net,1433.'
say 'It was forced: sqlbox01.adatum.example still takes itself for the primary when it comes back.'
