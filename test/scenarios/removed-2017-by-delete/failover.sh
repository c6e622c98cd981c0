#!/usr/bin/env bash
# PRODUCTION. MI Link Failover: planned failover of the link DAG_AdatumBooks.
# Plan 8624742a143833ae6a69080505996298d74e0d5d4c51f8aa877b4dd868347e24
#
# AdatumBooks moves from SQLBOX01 to sqlmi1.0123456789ab.database.windows.net. No committed data is given up. The link is removed: afterwards both copies can be written and are independent, and you cannot come back over it.
#
# Runs the whole plan from a computer that reaches SQLBOX01 and sqlmi1.0123456789ab.database.windows.net and Azure. Not for Azure Cloud Shell:
# that reaches neither server. Stop the workload first; start this in a session that stays open.
#
# It looks before it acts: each batch checks server, version, group and role on the very connection that acts.
# It sends nothing when a side cannot be read or the gate is shut, and nothing twice.
# Every batch takes the lock of the link and gives it back; between two batches nobody holds it.
#
# Ends with 0 done, 1 failed or loss at risk, 2 wrong usage, 3 not ready and nothing sent, 4 unknown: read both sides.
#
# Needs bash, sqlcmd and the Azure CLI 2.67.0 or later, signed in. Environment:
#   BOX_USER, BOX_PASSWORD  the login on SQLBOX01
#   MI_USER, MI_PASSWORD    the login on sqlmi1.0123456789ab.database.windows.net
#   BOX_SERVER, MI_SERVER   where they are reached by another address than here
#   BOX_TRUST_CERTIFICATE=yes, MI_TRUST_CERTIFICATE=yes  take that server's certificate unseen (sqlcmd -C)
# bash failover.sh remove-link does what T-SQL files cannot: it looks at both servers, deletes the link, and waits for the end.
# shellcheck disable=SC2016

set -euo pipefail
umask 077

: "${BOX_USER:?set it; the header says what it is}"
: "${BOX_PASSWORD:?set it; the header says what it is}"
: "${MI_USER:?set it; the header says what it is}"
: "${MI_PASSWORD:?set it; the header says what it is}"
BOX_SERVER=${BOX_SERVER:-'sqlbox01.adatum.example,1433'}
MI_SERVER=${MI_SERVER:-'sqlmi1.0123456789ab.database.windows.net,1433'}
BOX_TRUST_CERTIFICATE=${BOX_TRUST_CERTIFICATE:-no}
MI_TRUST_CERTIFICATE=${MI_TRUST_CERTIFICATE:-no}
tenant='7b0d4c2e-0000-4000-8000-00000000a001'
subscription='11111111-2222-4333-8444-555555555555'
resource_group='rg-adatum-sql'
instance='sqlmi1'
link='DAG_AdatumBooks'

case ${1:-whole} in
  whole | remove-link) part=${1:-whole} ;;
  *)
    printf 'Usage: bash failover.sh [remove-link [TIME]]\n' >&2
    exit 2
    ;;
esac
clock=${2:-}

begun=no
declared=''
held_positions=''
waited_for=''
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

set_by_1=no
set_by_2=no
take_back() {
  if [[ $set_by_2 == yes ]]; then
    set_by_2=no
    if set_replication_mode Async; then
      say "What step 2 had set is set back." >&2
    else
      say "What step 2 had set is NOT set back: set it back by hand." >&2
    fi
  fi
  if [[ $set_by_1 == yes ]]; then
    set_by_1=no
    if send box << 'END_OF_TSQL'
SET NOCOUNT ON;
DECLARE @lock int = -999;
IF APPLOCK_MODE(N'public', N'6f9619ff8b86d011b42d00c04fc964ff-mi-link-failover', N'Session') = N'NoLock'
    EXEC @lock = sys.sp_getapplock @Resource = N'6f9619ff8b86d011b42d00c04fc964ff-mi-link-failover', @LockMode = N'Exclusive', @LockOwner = N'Session', @LockTimeout = 0;
ELSE
    SET @lock = 0;
IF @lock < 0
    THROW 50009, N'Refused: somebody else is running a failover of this link. Nothing was changed. Find out who before anything else.', 1;
-- Acts only on SQLBOX01 as it was planned; otherwise ends with an error 50001 to 50009 and has changed nothing.
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
IF @guardSeen IS NULL OR @guardSeen NOT IN (N'SQLBOX01')
BEGIN
    SET @guardRefusal = N'Refused: the server must be SQLBOX01, and it is ' + ISNULL(@guardSeen, N'not visible to this login') + N'. Nothing was changed. Connect to SQLBOX01 and run it there.';
    THROW 50002, @guardRefusal, 1;
END;
SET @guardSeen = NULL;
SET @guardSeen = CAST(SERVERPROPERTY(N'ProductVersion') AS nvarchar(128));
IF @guardSeen IS NULL OR @guardSeen NOT IN (N'14.0.3490.10')
BEGIN
    SET @guardRefusal = N'Refused: the version of SQLBOX01 must be 14.0.3490.10, and it is ' + ISNULL(@guardSeen, N'not visible to this login') + N'. Nothing was changed. Read both sides and make a new plan.';
    THROW 50003, @guardRefusal, 1;
END;
SET @guardSeen = NULL;
SET @guardSeen = (SELECT rs.role_desc
    FROM sys.dm_hadr_availability_replica_states AS rs
    JOIN sys.availability_groups AS ag ON ag.group_id = rs.group_id
    WHERE ag.is_distributed = 0 AND ag.name = N'AG_AdatumBooks' AND rs.is_local = 1);
IF @guardSeen IS NULL OR @guardSeen NOT IN (N'PRIMARY')
BEGIN
    SET @guardRefusal = N'Refused: the role of SQLBOX01 in the local availability group AG_AdatumBooks must be PRIMARY, and it is ' + ISNULL(@guardSeen, N'not visible to this login') + N'. Nothing was changed. Connect to the node that is PRIMARY of that group.';
    THROW 50004, @guardRefusal, 1;
END;
SET @guardSeen = NULL;
SET @guardSeen = (SELECT CAST(ag.group_id AS nvarchar(36))
    FROM sys.availability_groups AS ag
    WHERE ag.is_distributed = 1 AND ag.name = N'DAG_AdatumBooks');
IF @guardSeen IS NULL OR @guardSeen NOT IN (N'6F9619FF-8B86-D011-B42D-00C04FC964FF')
BEGIN
    SET @guardRefusal = N'Refused: the group_id of the link DAG_AdatumBooks must be 6F9619FF-8B86-D011-B42D-00C04FC964FF, and it is ' + ISNULL(@guardSeen, N'not visible to this login') + N'. Nothing was changed. Read both sides and make a new plan.';
    THROW 50005, @guardRefusal, 1;
END;
SET @guardSeen = NULL;
SET @guardSeen = (SELECT rs.role_desc
    FROM sys.dm_hadr_availability_replica_states AS rs
    JOIN sys.availability_groups AS ag ON ag.group_id = rs.group_id
    WHERE ag.is_distributed = 1 AND ag.name = N'DAG_AdatumBooks' AND rs.is_local = 1);
IF @guardSeen IS NULL OR @guardSeen NOT IN (N'PRIMARY')
BEGIN
    SET @guardRefusal = N'Refused: the role of SQLBOX01 in the link DAG_AdatumBooks must be PRIMARY, and it is ' + ISNULL(@guardSeen, N'not visible to this login') + N'. Nothing was changed. Read both sides and make a new plan.';
    THROW 50006, @guardRefusal, 1;
END;
EXEC (N'ALTER AVAILABILITY GROUP [DAG_AdatumBooks] MODIFY AVAILABILITY GROUP ON N''AG_AdatumBooks'' WITH (AVAILABILITY_MODE = ASYNCHRONOUS_COMMIT), N''AG_AdatumBooks_MI'' WITH (AVAILABILITY_MODE = ASYNCHRONOUS_COMMIT);');
IF APPLOCK_MODE(N'public', N'6f9619ff8b86d011b42d00c04fc964ff-mi-link-failover', N'Session') <> N'NoLock'
    EXEC sys.sp_releaseapplock @Resource = N'6f9619ff8b86d011b42d00c04fc964ff-mi-link-failover', @LockOwner = N'Session';
END_OF_TSQL
  then
      say "What step 1 had set is set back." >&2
    else
      say "What step 1 had set is NOT set back: set it back by hand." >&2
    fi
  fi
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
  case $1 in
    box) on_server "$BOX_SERVER" "$BOX_USER" "$BOX_PASSWORD" "$BOX_TRUST_CERTIFICATE" ;;
    *) on_server "$MI_SERVER" "$MI_USER" "$MI_PASSWORD" "$MI_TRUST_CERTIFICATE" ;;
  esac
}

name_of() {
  case $1 in
    box) say 'SQLBOX01' ;;
    *) say 'sqlmi1.0123456789ab.database.windows.net' ;;
  esac
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

gate_of_secondary() {
  ask instance << 'END_OF_TSQL'
SET NOCOUNT ON;
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
IF @guardSeen IS NULL OR @guardSeen NOT IN (N'SECONDARY')
BEGIN
    SET @guardRefusal = N'Refused: the role of sqlmi1.0123456789ab.database.windows.net in the link DAG_AdatumBooks must be SECONDARY, and it is ' + ISNULL(@guardSeen, N'not visible to this login') + N'. Nothing was changed. Read both sides and make a new plan.';
    THROW 50006, @guardRefusal, 1;
END;
DECLARE @lock int = -999;
IF APPLOCK_MODE(N'public', N'0e984725c51c4bf49960e1c80e27aba0-mi-link-failover', N'Session') = N'NoLock'
    EXEC @lock = sys.sp_getapplock @Resource = N'0e984725c51c4bf49960e1c80e27aba0-mi-link-failover', @LockMode = N'Exclusive', @LockOwner = N'Session', @LockTimeout = 0;
ELSE
    SET @lock = 0;
IF @lock < 0
    THROW 50009, N'Refused: somebody else is running a failover of this link. Nothing was changed. Find out who before anything else.', 1;
DECLARE @problem nvarchar(1000);
DECLARE @connected nvarchar(60), @suspended int, @writers int;
DECLARE @own0 numeric(25, 0);
SET @connected = NULL; SET @suspended = NULL; SET @writers = NULL;
SET @connected = (SELECT rs.connected_state_desc
    FROM sys.dm_hadr_availability_replica_states AS rs
    JOIN sys.availability_groups AS ag ON ag.group_id = rs.group_id
    WHERE ag.is_distributed = 1 AND ag.name = N'DAG_AdatumBooks' AND rs.is_local = 0);
SET @suspended = (SELECT COUNT(*)
    FROM sys.dm_hadr_database_replica_states AS d
    JOIN sys.availability_groups AS ag ON ag.group_id = d.group_id
    WHERE (d.is_local = 1 OR (ag.is_distributed = 1 AND ag.name = N'DAG_AdatumBooks'))
      AND d.database_id IN (DB_ID(N'AdatumBooks'))
      AND ISNULL(d.is_suspended, 1) = 1);
SET @writers = (SELECT COUNT(*)
    FROM sys.dm_tran_database_transactions AS dt
    LEFT JOIN sys.dm_tran_active_transactions AS act ON act.transaction_id = dt.transaction_id
    LEFT JOIN sys.dm_tran_session_transactions AS st ON st.transaction_id = dt.transaction_id
    LEFT JOIN sys.dm_exec_sessions AS s ON s.session_id = st.session_id
    WHERE dt.database_id IN (DB_ID(N'AdatumBooks'))
      AND dt.database_transaction_begin_lsn IS NOT NULL
      AND ISNULL(act.transaction_type, 0) <> 3 AND ISNULL(s.is_user_process, 1) = 1);
SET @own0 = (SELECT MIN(d.last_commit_lsn)
    FROM sys.dm_hadr_database_replica_states AS d
    WHERE (d.is_local = 1 OR d.is_primary_replica = 1)
      AND d.database_id = DB_ID(N'AdatumBooks'));
SET @problem = CASE
    WHEN @suspended IS NULL OR @suspended > 0 THEN N'data movement is suspended, or this login may not see it.'
    WHEN @own0 IS NULL OR @own0 = 0 THEN N'the own last_commit_lsn of AdatumBooks is not known here; use MI Link Failover, which sees both sides.'
    END;
SELECT CASE WHEN @problem IS NULL THEN N'open' + N' ' + ISNULL(CAST(@own0 AS nvarchar(30)), N'0') ELSE N'shut ' + @problem END AS answer;
IF APPLOCK_MODE(N'public', N'0e984725c51c4bf49960e1c80e27aba0-mi-link-failover', N'Session') <> N'NoLock'
    EXEC sys.sp_releaseapplock @Resource = N'0e984725c51c4bf49960e1c80e27aba0-mi-link-failover', @LockOwner = N'Session';
END_OF_TSQL
}

gate_of_primary() {
  ask box << 'END_OF_TSQL'
SET NOCOUNT ON;
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
IF @guardSeen IS NULL OR @guardSeen NOT IN (N'SQLBOX01')
BEGIN
    SET @guardRefusal = N'Refused: the server must be SQLBOX01, and it is ' + ISNULL(@guardSeen, N'not visible to this login') + N'. Nothing was changed. Connect to SQLBOX01 and run it there.';
    THROW 50002, @guardRefusal, 1;
END;
SET @guardSeen = NULL;
SET @guardSeen = CAST(SERVERPROPERTY(N'ProductVersion') AS nvarchar(128));
IF @guardSeen IS NULL OR @guardSeen NOT IN (N'14.0.3490.10')
BEGIN
    SET @guardRefusal = N'Refused: the version of SQLBOX01 must be 14.0.3490.10, and it is ' + ISNULL(@guardSeen, N'not visible to this login') + N'. Nothing was changed. Read both sides and make a new plan.';
    THROW 50003, @guardRefusal, 1;
END;
SET @guardSeen = NULL;
SET @guardSeen = (SELECT rs.role_desc
    FROM sys.dm_hadr_availability_replica_states AS rs
    JOIN sys.availability_groups AS ag ON ag.group_id = rs.group_id
    WHERE ag.is_distributed = 0 AND ag.name = N'AG_AdatumBooks' AND rs.is_local = 1);
IF @guardSeen IS NULL OR @guardSeen NOT IN (N'PRIMARY')
BEGIN
    SET @guardRefusal = N'Refused: the role of SQLBOX01 in the local availability group AG_AdatumBooks must be PRIMARY, and it is ' + ISNULL(@guardSeen, N'not visible to this login') + N'. Nothing was changed. Connect to the node that is PRIMARY of that group.';
    THROW 50004, @guardRefusal, 1;
END;
SET @guardSeen = NULL;
SET @guardSeen = (SELECT CAST(ag.group_id AS nvarchar(36))
    FROM sys.availability_groups AS ag
    WHERE ag.is_distributed = 1 AND ag.name = N'DAG_AdatumBooks');
IF @guardSeen IS NULL OR @guardSeen NOT IN (N'6F9619FF-8B86-D011-B42D-00C04FC964FF')
BEGIN
    SET @guardRefusal = N'Refused: the group_id of the link DAG_AdatumBooks must be 6F9619FF-8B86-D011-B42D-00C04FC964FF, and it is ' + ISNULL(@guardSeen, N'not visible to this login') + N'. Nothing was changed. Read both sides and make a new plan.';
    THROW 50005, @guardRefusal, 1;
END;
SET @guardSeen = NULL;
SET @guardSeen = (SELECT rs.role_desc
    FROM sys.dm_hadr_availability_replica_states AS rs
    JOIN sys.availability_groups AS ag ON ag.group_id = rs.group_id
    WHERE ag.is_distributed = 1 AND ag.name = N'DAG_AdatumBooks' AND rs.is_local = 1);
IF @guardSeen IS NULL OR @guardSeen NOT IN (N'PRIMARY')
BEGIN
    SET @guardRefusal = N'Refused: the role of SQLBOX01 in the link DAG_AdatumBooks must be PRIMARY, and it is ' + ISNULL(@guardSeen, N'not visible to this login') + N'. Nothing was changed. Read both sides and make a new plan.';
    THROW 50006, @guardRefusal, 1;
END;
DECLARE @lock int = -999;
IF APPLOCK_MODE(N'public', N'6f9619ff8b86d011b42d00c04fc964ff-mi-link-failover', N'Session') = N'NoLock'
    EXEC @lock = sys.sp_getapplock @Resource = N'6f9619ff8b86d011b42d00c04fc964ff-mi-link-failover', @LockMode = N'Exclusive', @LockOwner = N'Session', @LockTimeout = 0;
ELSE
    SET @lock = 0;
IF @lock < 0
    THROW 50009, N'Refused: somebody else is running a failover of this link. Nothing was changed. Find out who before anything else.', 1;
DECLARE @problem nvarchar(1000);
DECLARE @connected nvarchar(60), @suspended int, @writers int;
DECLARE @own0 numeric(25, 0);
SET @connected = NULL; SET @suspended = NULL; SET @writers = NULL;
SET @connected = (SELECT rs.connected_state_desc
    FROM sys.dm_hadr_availability_replica_states AS rs
    JOIN sys.availability_groups AS ag ON ag.group_id = rs.group_id
    WHERE ag.is_distributed = 1 AND ag.name = N'DAG_AdatumBooks' AND rs.is_local = 0);
SET @suspended = (SELECT COUNT(*)
    FROM sys.dm_hadr_database_replica_states AS d
    JOIN sys.availability_groups AS ag ON ag.group_id = d.group_id
    WHERE (d.is_local = 1 OR (ag.is_distributed = 1 AND ag.name = N'DAG_AdatumBooks'))
      AND d.database_id IN (DB_ID(N'AdatumBooks'))
      AND ISNULL(d.is_suspended, 1) = 1);
SET @writers = (SELECT COUNT(*)
    FROM sys.dm_tran_database_transactions AS dt
    LEFT JOIN sys.dm_tran_active_transactions AS act ON act.transaction_id = dt.transaction_id
    LEFT JOIN sys.dm_tran_session_transactions AS st ON st.transaction_id = dt.transaction_id
    LEFT JOIN sys.dm_exec_sessions AS s ON s.session_id = st.session_id
    WHERE dt.database_id IN (DB_ID(N'AdatumBooks'))
      AND dt.database_transaction_begin_lsn IS NOT NULL
      AND ISNULL(act.transaction_type, 0) <> 3 AND ISNULL(s.is_user_process, 1) = 1);
SET @own0 = (SELECT MAX(d.last_commit_lsn)
    FROM sys.dm_hadr_database_replica_states AS d
    WHERE (d.is_local = 1 OR d.is_primary_replica = 1)
      AND d.database_id = DB_ID(N'AdatumBooks'));
SET @problem = CASE
    WHEN @connected IS NULL OR @connected <> N'CONNECTED' THEN N'the other side is not connected, or this login may not see it.'
    WHEN @suspended IS NULL OR @suspended > 0 THEN N'data movement is suspended, or this login may not see it.'
    WHEN @writers IS NULL OR @writers > 0 THEN N'sessions are still writing, or this login may not see them. Stop the workload.'
    WHEN @own0 IS NULL OR @own0 = 0 THEN N'the own last_commit_lsn of AdatumBooks is not known here; use MI Link Failover, which sees both sides.'
    END;
SELECT CASE WHEN @problem IS NULL THEN N'open' + N' ' + ISNULL(CAST(@own0 AS nvarchar(30)), N'0') ELSE N'shut ' + @problem END AS answer;
IF APPLOCK_MODE(N'public', N'6f9619ff8b86d011b42d00c04fc964ff-mi-link-failover', N'Session') <> N'NoLock'
    EXEC sys.sp_releaseapplock @Resource = N'6f9619ff8b86d011b42d00c04fc964ff-mi-link-failover', @LockOwner = N'Session';
END_OF_TSQL
}

# at_least A B: numbers of up to 25 digits, longer than the shell can count; neither begins with 0.
at_least() {
  if (( ${#1} != ${#2} )); then (( ${#1} > ${#2} )); else [[ ! $1 < $2 ]]; fi
}

# holds HAVE NEED: every position is known, and what the secondary has is at least what the primary has.
holds() {
  local have need index
  read -r -a have <<< "$1"
  read -r -a need <<< "$2"
  if (( ${#have[@]} != 1 || ${#need[@]} != 1 )); then return 1; fi
  for (( index = 0; index < 1; index++ )); do
    [[ ${have[index]} =~ ^[1-9][0-9]*$ && ${need[index]} =~ ^[1-9][0-9]*$ ]] || return 1
    at_least "${have[index]}" "${need[index]}" || return 1
  done
}

# One reading of both servers, the secondary first: what it holds then the primary had committed before.
read_gate() {
  local secondary reached
  gate_of_secondary
  secondary=$answer
  reached=$lsns
  gate_of_primary
  gate_positions=$lsns
  gate_problem=''
  if [[ $secondary != open ]]; then
    gate_problem="on the secondary, ${secondary#shut }"
  elif [[ $answer != open ]]; then
    gate_problem="on the primary, ${answer#shut }"
  elif ! holds "$reached" "$gate_positions"; then
    gate_problem='the secondary does not hold the last commit of the primary yet.'
  fi
}

# Until every reading of 5 s, at least 5, was open and the primary unmoved.
wait_at_gate() {
  local readings=0 since=0 shown='' deadline=$((SECONDS + 60))
  while true; do
    read_gate
    if [[ -z $gate_problem ]] && (( readings > 0 )) && [[ $gate_positions != "$held_positions" ]]; then
      gate_problem='something still commits.'
    fi
    if [[ -n $gate_problem ]]; then
      if [[ $gate_problem != "$shown" ]]; then say "Not ready: $gate_problem"; fi
      shown=$gate_problem
      readings=0
      if (( SECONDS >= deadline )); then stop 3 "The gate stayed shut. Nothing was sent."; fi
    else
      if (( readings == 0 )); then since=$SECONDS; fi
      readings=$((readings + 1))
      held_positions=$gate_positions
      # SECONDS counts whole ones: more than N of them are at least N.
      if (( readings >= 5 && SECONDS - since > 5 )); then break; fi
    fi
    sleep 1
  done
  say "Ready: both sides hold the same log."
}

# Once more, directly before what cannot be called back.
gate_is_open() {
  read_gate
  if [[ -n $gate_problem ]]; then stop 3 "The gate has shut again. Nothing was sent. $gate_problem"; fi
  if [[ $gate_positions != "$held_positions" ]]; then stop 3 "The gate has shut again. Nothing was sent. something still commits."; fi
}

select_subscription() {
  local seen
  az account set --subscription "$subscription" || stop 3 "Sign in first: az login --tenant $tenant. Nothing was sent."
  seen=$(az account show --query tenantId --output tsv) || stop 3 "Azure was not read. Nothing was sent."
  if [[ ${seen%$'\r'} != "$tenant" ]]; then stop 3 "The subscription is in another tenant. Nothing was sent."; fi
}

set_replication_mode() {
  az sql mi link update --resource-group "$resource_group" --instance-name "$instance" --name "$link" --replication-mode "$1" --output none
}

# Sets link_seen: yes, no (az ends with 3 where there is no such link), or unknown.
look_for_link() {
  local code=0
  az sql mi link show --resource-group "$resource_group" --instance-name "$instance" --name "$link" --output none 2> "$work/said" || code=$?
  case $code in
    0) link_seen=yes ;;
    3) link_seen=no ;;
    *) link_seen=unknown ;;
  esac
}

# still_waiting LIMIT BEGAN SENTENCE WHY: says it once for each reason, and gives up after LIMIT seconds (0: never).
still_waiting() {
  if [[ $4 != "$waited_for" ]]; then say "Waiting until $3: $4"; fi
  waited_for=$4
  if (( $1 > 0 && SECONDS - $2 >= $1 )); then stop 4 "It was not seen in $1 s that $3. Read both sides before anything else. Nothing is sent again."; fi
  sleep 2
}

# moved NOW BEFORE: a known position that is higher than it was.
moved() {
  local now old index
  read -r -a now <<< "$1"
  read -r -a old <<< "$2"
  for (( index = 0; index < ${#now[@]}; index++ )); do
    if [[ ${now[index]} == 0 || ${old[index]:-0} == 0 ]]; then continue; fi
    if ! at_least "${old[index]}" "${now[index]}"; then return 0; fi
  done
  return 1
}

reading_4_5() {
  ask instance << 'END_OF_TSQL'
SET NOCOUNT ON;
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
DECLARE @problem nvarchar(1000);
SET @problem = CASE
    WHEN (SELECT CAST(ag.group_id AS nvarchar(36))
    FROM sys.availability_groups AS ag
    WHERE ag.is_distributed = 1 AND ag.name = N'DAG_AdatumBooks') IS NOT NULL THEN N'the link is still shown.'
    WHEN ISNULL(CAST(DATABASEPROPERTYEX(N'AdatumBooks', N'Updateability') AS nvarchar(128)), N'') <> N'READ_WRITE' THEN N'AdatumBooks cannot be written yet.'
    END;
SELECT CASE WHEN @problem IS NULL THEN N'open' ELSE N'shut ' + @problem END AS answer;
END_OF_TSQL
}

reading_5_1() {
  ask box << 'END_OF_TSQL'
SET NOCOUNT ON;
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
IF @guardSeen IS NULL OR @guardSeen NOT IN (N'SQLBOX01')
BEGIN
    SET @guardRefusal = N'Refused: the server must be SQLBOX01, and it is ' + ISNULL(@guardSeen, N'not visible to this login') + N'. Nothing was changed. Connect to SQLBOX01 and run it there.';
    THROW 50002, @guardRefusal, 1;
END;
SET @guardSeen = NULL;
SET @guardSeen = (SELECT rs.role_desc
    FROM sys.dm_hadr_availability_replica_states AS rs
    JOIN sys.availability_groups AS ag ON ag.group_id = rs.group_id
    WHERE ag.is_distributed = 0 AND ag.name = N'AG_AdatumBooks' AND rs.is_local = 1);
IF @guardSeen IS NULL OR @guardSeen NOT IN (N'PRIMARY')
BEGIN
    SET @guardRefusal = N'Refused: the role of SQLBOX01 in the local availability group AG_AdatumBooks must be PRIMARY, and it is ' + ISNULL(@guardSeen, N'not visible to this login') + N'. Nothing was changed. Connect to the node that is PRIMARY of that group.';
    THROW 50004, @guardRefusal, 1;
END;
DECLARE @problem nvarchar(1000);
SET @problem = CASE
    WHEN (SELECT rs.connected_state_desc
    FROM sys.dm_hadr_availability_replica_states AS rs
    JOIN sys.availability_groups AS ag ON ag.group_id = rs.group_id
    WHERE ag.is_distributed = 1 AND ag.name = N'DAG_AdatumBooks' AND rs.is_local = 0) = N'CONNECTED' THEN N'the other side of the link still answers.'
    END;
SELECT CASE WHEN @problem IS NULL THEN N'open' ELSE N'shut ' + @problem END AS answer;
END_OF_TSQL
}

reading_6_1() {
  ask box << 'END_OF_TSQL'
SET NOCOUNT ON;
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
IF @guardSeen IS NULL OR @guardSeen NOT IN (N'SQLBOX01')
BEGIN
    SET @guardRefusal = N'Refused: the server must be SQLBOX01, and it is ' + ISNULL(@guardSeen, N'not visible to this login') + N'. Nothing was changed. Connect to SQLBOX01 and run it there.';
    THROW 50002, @guardRefusal, 1;
END;
SET @guardSeen = NULL;
SET @guardSeen = (SELECT rs.role_desc
    FROM sys.dm_hadr_availability_replica_states AS rs
    JOIN sys.availability_groups AS ag ON ag.group_id = rs.group_id
    WHERE ag.is_distributed = 0 AND ag.name = N'AG_AdatumBooks' AND rs.is_local = 1);
IF @guardSeen IS NULL OR @guardSeen NOT IN (N'PRIMARY')
BEGIN
    SET @guardRefusal = N'Refused: the role of SQLBOX01 in the local availability group AG_AdatumBooks must be PRIMARY, and it is ' + ISNULL(@guardSeen, N'not visible to this login') + N'. Nothing was changed. Connect to the node that is PRIMARY of that group.';
    THROW 50004, @guardRefusal, 1;
END;
DECLARE @problem nvarchar(1000);
DECLARE @connected nvarchar(60), @suspended int, @writers int;
DECLARE @own0 numeric(25, 0);
SET @connected = NULL; SET @suspended = NULL; SET @writers = NULL;
SET @connected = (SELECT rs.connected_state_desc
    FROM sys.dm_hadr_availability_replica_states AS rs
    JOIN sys.availability_groups AS ag ON ag.group_id = rs.group_id
    WHERE ag.is_distributed = 1 AND ag.name = N'DAG_AdatumBooks' AND rs.is_local = 0);
SET @suspended = (SELECT COUNT(*)
    FROM sys.dm_hadr_database_replica_states AS d
    JOIN sys.availability_groups AS ag ON ag.group_id = d.group_id
    WHERE (d.is_local = 1 OR (ag.is_distributed = 1 AND ag.name = N'DAG_AdatumBooks'))
      AND d.database_id IN (DB_ID(N'AdatumBooks'))
      AND ISNULL(d.is_suspended, 1) = 1);
SET @writers = (SELECT COUNT(*)
    FROM sys.dm_tran_database_transactions AS dt
    LEFT JOIN sys.dm_tran_active_transactions AS act ON act.transaction_id = dt.transaction_id
    LEFT JOIN sys.dm_tran_session_transactions AS st ON st.transaction_id = dt.transaction_id
    LEFT JOIN sys.dm_exec_sessions AS s ON s.session_id = st.session_id
    WHERE dt.database_id IN (DB_ID(N'AdatumBooks'))
      AND dt.database_transaction_begin_lsn IS NOT NULL
      AND ISNULL(act.transaction_type, 0) <> 3 AND ISNULL(s.is_user_process, 1) = 1);
SET @own0 = (SELECT MAX(d.last_commit_lsn)
    FROM sys.dm_hadr_database_replica_states AS d
    WHERE (d.is_local = 1 OR d.is_primary_replica = 1)
      AND d.database_id = DB_ID(N'AdatumBooks'));
SET @problem = CASE
    WHEN @writers IS NULL OR @writers > 0 THEN N'sessions write to it.'
    END;
SELECT CASE WHEN @problem IS NULL THEN N'open' + N' ' + ISNULL(CAST(@own0 AS nvarchar(30)), N'0') ELSE N'shut ' + @problem END AS answer;
END_OF_TSQL
}

select_subscription

# Step 1 of 8, on SQLBOX01. This version of SQL Server does not switch by itself, and the end of the link must lose nothing that SQLBOX01 has committed.
# Done when: SQLBOX01 shows SYNCHRONOUS_COMMIT for AG_AdatumBooks and AG_AdatumBooks_MI.
if [[ $part == whole ]]; then
step '1-set-commit-mode' 'Alter SQL Server link replication mode to Synchronous'
change box stop << 'END_OF_TSQL'
SET NOCOUNT ON;
DECLARE @lock int = -999;
IF APPLOCK_MODE(N'public', N'6f9619ff8b86d011b42d00c04fc964ff-mi-link-failover', N'Session') = N'NoLock'
    EXEC @lock = sys.sp_getapplock @Resource = N'6f9619ff8b86d011b42d00c04fc964ff-mi-link-failover', @LockMode = N'Exclusive', @LockOwner = N'Session', @LockTimeout = 0;
ELSE
    SET @lock = 0;
IF @lock < 0
    THROW 50009, N'Refused: somebody else is running a failover of this link. Nothing was changed. Find out who before anything else.', 1;
-- Acts only on SQLBOX01 as it was planned; otherwise ends with an error 50001 to 50009 and has changed nothing.
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
IF @guardSeen IS NULL OR @guardSeen NOT IN (N'SQLBOX01')
BEGIN
    SET @guardRefusal = N'Refused: the server must be SQLBOX01, and it is ' + ISNULL(@guardSeen, N'not visible to this login') + N'. Nothing was changed. Connect to SQLBOX01 and run it there.';
    THROW 50002, @guardRefusal, 1;
END;
SET @guardSeen = NULL;
SET @guardSeen = CAST(SERVERPROPERTY(N'ProductVersion') AS nvarchar(128));
IF @guardSeen IS NULL OR @guardSeen NOT IN (N'14.0.3490.10')
BEGIN
    SET @guardRefusal = N'Refused: the version of SQLBOX01 must be 14.0.3490.10, and it is ' + ISNULL(@guardSeen, N'not visible to this login') + N'. Nothing was changed. Read both sides and make a new plan.';
    THROW 50003, @guardRefusal, 1;
END;
SET @guardSeen = NULL;
SET @guardSeen = (SELECT rs.role_desc
    FROM sys.dm_hadr_availability_replica_states AS rs
    JOIN sys.availability_groups AS ag ON ag.group_id = rs.group_id
    WHERE ag.is_distributed = 0 AND ag.name = N'AG_AdatumBooks' AND rs.is_local = 1);
IF @guardSeen IS NULL OR @guardSeen NOT IN (N'PRIMARY')
BEGIN
    SET @guardRefusal = N'Refused: the role of SQLBOX01 in the local availability group AG_AdatumBooks must be PRIMARY, and it is ' + ISNULL(@guardSeen, N'not visible to this login') + N'. Nothing was changed. Connect to the node that is PRIMARY of that group.';
    THROW 50004, @guardRefusal, 1;
END;
SET @guardSeen = NULL;
SET @guardSeen = (SELECT CAST(ag.group_id AS nvarchar(36))
    FROM sys.availability_groups AS ag
    WHERE ag.is_distributed = 1 AND ag.name = N'DAG_AdatumBooks');
IF @guardSeen IS NULL OR @guardSeen NOT IN (N'6F9619FF-8B86-D011-B42D-00C04FC964FF')
BEGIN
    SET @guardRefusal = N'Refused: the group_id of the link DAG_AdatumBooks must be 6F9619FF-8B86-D011-B42D-00C04FC964FF, and it is ' + ISNULL(@guardSeen, N'not visible to this login') + N'. Nothing was changed. Read both sides and make a new plan.';
    THROW 50005, @guardRefusal, 1;
END;
SET @guardSeen = NULL;
SET @guardSeen = (SELECT rs.role_desc
    FROM sys.dm_hadr_availability_replica_states AS rs
    JOIN sys.availability_groups AS ag ON ag.group_id = rs.group_id
    WHERE ag.is_distributed = 1 AND ag.name = N'DAG_AdatumBooks' AND rs.is_local = 1);
IF @guardSeen IS NULL OR @guardSeen NOT IN (N'PRIMARY')
BEGIN
    SET @guardRefusal = N'Refused: the role of SQLBOX01 in the link DAG_AdatumBooks must be PRIMARY, and it is ' + ISNULL(@guardSeen, N'not visible to this login') + N'. Nothing was changed. Read both sides and make a new plan.';
    THROW 50006, @guardRefusal, 1;
END;
SET @guardSeen = NULL;
SET @guardSeen = CAST((SELECT COUNT(*)
    FROM sys.dm_hadr_database_replica_states AS d
    JOIN sys.availability_groups AS ag ON ag.group_id = d.group_id
    WHERE (d.is_local = 1 OR (ag.is_distributed = 1 AND ag.name = N'DAG_AdatumBooks'))
      AND d.database_id IN (DB_ID(N'AdatumBooks'))
      AND ISNULL(d.is_suspended, 1) = 1) AS nvarchar(10));
IF @guardSeen IS NULL OR @guardSeen NOT IN (N'0')
BEGIN
    SET @guardRefusal = N'Refused: the number of suspended database copies must be 0, and it is ' + ISNULL(@guardSeen, N'not visible to this login') + N'. Nothing was changed. Bring the link back to health first.';
    THROW 50007, @guardRefusal, 1;
END;
SET @guardSeen = NULL;
SET @guardSeen = (SELECT rs.connected_state_desc
    FROM sys.dm_hadr_availability_replica_states AS rs
    JOIN sys.availability_groups AS ag ON ag.group_id = rs.group_id
    WHERE ag.is_distributed = 1 AND ag.name = N'DAG_AdatumBooks' AND rs.is_local = 0);
IF @guardSeen IS NULL OR @guardSeen NOT IN (N'CONNECTED')
BEGIN
    SET @guardRefusal = N'Refused: the connection to the other side must be CONNECTED, and it is ' + ISNULL(@guardSeen, N'not visible to this login') + N'. Nothing was changed. Bring the link back to health first.';
    THROW 50008, @guardRefusal, 1;
END;
EXEC (N'ALTER AVAILABILITY GROUP [DAG_AdatumBooks] MODIFY AVAILABILITY GROUP ON N''AG_AdatumBooks'' WITH (AVAILABILITY_MODE = SYNCHRONOUS_COMMIT), N''AG_AdatumBooks_MI'' WITH (AVAILABILITY_MODE = SYNCHRONOUS_COMMIT);');
IF APPLOCK_MODE(N'public', N'6f9619ff8b86d011b42d00c04fc964ff-mi-link-failover', N'Session') <> N'NoLock'
    EXEC sys.sp_releaseapplock @Resource = N'6f9619ff8b86d011b42d00c04fc964ff-mi-link-failover', @LockOwner = N'Session';
END_OF_TSQL
set_by_1=yes
fi

# Step 2 of 8, on Azure. The mode on sqlmi1.0123456789ab.database.windows.net is set by the service. The gate does not depend on it.
# Done when: Azure shows replicationMode Sync for the link.
step '2-set-replication-mode' 'Alter SQL Managed Instance link replication mode to Synchronous'
set_replication_mode Sync || say "Warning: this was not done, and the rest goes on." >&2
set_by_2=yes

# Step 3 of 8, on SQLBOX01 and sqlmi1.0123456789ab.database.windows.net. Neither server can tell alone; the engine does not stop the applications.
# Done when: sqlmi1.0123456789ab.database.windows.net holds the last commit of SQLBOX01, unchanged for 5 s in at least 5 readings. Both are connected and not suspended, and nobody writes to AdatumBooks.
step '3-wait-for-gate' 'Wait until both sides hold the same log'
wait_at_gate

# Step 4 of 8, on Azure. The service ends the instance's side of the link; nothing else can.
# Done when: Azure does not know the link any more (404), sqlmi1.0123456789ab.database.windows.net does not show it, and AdatumBooks is READ_WRITE there.
step '4-remove-link' 'End replication on SQL Managed Instance (delete the link)'
look_for_link
if [[ $link_seen != yes ]]; then stop 3 "Azure does not show the link, so nothing is deleted."; fi
gate_is_open
begun=yes
az sql mi link delete --resource-group "$resource_group" --instance-name "$instance" --name "$link" --yes --output none || stop 4 "Azure did not say that the link is deleted. Read Azure and both servers before anything else."
began=$SECONDS
while look_for_link; [[ $link_seen != no ]]; do
  still_waiting 1800 "$began" 'Azure has deleted the link' "link shown: $link_seen"
done
began=$SECONDS
while reading_4_5; [[ $answer != open ]]; do
  still_waiting 600 "$began" 'sqlmi1.0123456789ab.database.windows.net has let go of the link and can be written' "${answer#shut }"
done

# Step 5 of 8, on SQLBOX01. Azure has removed its side; SQLBOX01 keeps its own until it is dropped there.
# Done when: SQLBOX01 does not show the distributed availability group DAG_AdatumBooks any more.
if [[ $part == whole ]]; then
step '5-drop-distributed-group' 'Drop distributed availability group (database '\''AdatumBooks'\'')'
began=$SECONDS
while reading_5_1; [[ $answer != open ]]; do
  still_waiting 120 "$began" 'SQLBOX01 has noticed that the other side is gone' "${answer#shut }"
done
change box stop << 'END_OF_TSQL'
SET NOCOUNT ON;
DECLARE @lock int = -999;
IF APPLOCK_MODE(N'public', N'6f9619ff8b86d011b42d00c04fc964ff-mi-link-failover', N'Session') = N'NoLock'
    EXEC @lock = sys.sp_getapplock @Resource = N'6f9619ff8b86d011b42d00c04fc964ff-mi-link-failover', @LockMode = N'Exclusive', @LockOwner = N'Session', @LockTimeout = 0;
ELSE
    SET @lock = 0;
IF @lock < 0
    THROW 50009, N'Refused: somebody else is running a failover of this link. Nothing was changed. Find out who before anything else.', 1;
-- Acts only on SQLBOX01 as it was planned; otherwise ends with an error 50001 to 50009 and has changed nothing.
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
IF @guardSeen IS NULL OR @guardSeen NOT IN (N'SQLBOX01')
BEGIN
    SET @guardRefusal = N'Refused: the server must be SQLBOX01, and it is ' + ISNULL(@guardSeen, N'not visible to this login') + N'. Nothing was changed. Connect to SQLBOX01 and run it there.';
    THROW 50002, @guardRefusal, 1;
END;
SET @guardSeen = NULL;
SET @guardSeen = CAST(SERVERPROPERTY(N'ProductVersion') AS nvarchar(128));
IF @guardSeen IS NULL OR @guardSeen NOT IN (N'14.0.3490.10')
BEGIN
    SET @guardRefusal = N'Refused: the version of SQLBOX01 must be 14.0.3490.10, and it is ' + ISNULL(@guardSeen, N'not visible to this login') + N'. Nothing was changed. Read both sides and make a new plan.';
    THROW 50003, @guardRefusal, 1;
END;
SET @guardSeen = NULL;
SET @guardSeen = (SELECT rs.role_desc
    FROM sys.dm_hadr_availability_replica_states AS rs
    JOIN sys.availability_groups AS ag ON ag.group_id = rs.group_id
    WHERE ag.is_distributed = 0 AND ag.name = N'AG_AdatumBooks' AND rs.is_local = 1);
IF @guardSeen IS NULL OR @guardSeen NOT IN (N'PRIMARY')
BEGIN
    SET @guardRefusal = N'Refused: the role of SQLBOX01 in the local availability group AG_AdatumBooks must be PRIMARY, and it is ' + ISNULL(@guardSeen, N'not visible to this login') + N'. Nothing was changed. Connect to the node that is PRIMARY of that group.';
    THROW 50004, @guardRefusal, 1;
END;
SET @guardSeen = NULL;
SET @guardSeen = (SELECT CAST(ag.group_id AS nvarchar(36))
    FROM sys.availability_groups AS ag
    WHERE ag.is_distributed = 1 AND ag.name = N'DAG_AdatumBooks');
IF @guardSeen IS NULL OR @guardSeen NOT IN (N'6F9619FF-8B86-D011-B42D-00C04FC964FF')
BEGIN
    SET @guardRefusal = N'Refused: the group_id of the link DAG_AdatumBooks must be 6F9619FF-8B86-D011-B42D-00C04FC964FF, and it is ' + ISNULL(@guardSeen, N'not visible to this login') + N'. Nothing was changed. Read both sides and make a new plan.';
    THROW 50005, @guardRefusal, 1;
END;
SET @guardSeen = NULL;
SET @guardSeen = (SELECT rs.role_desc
    FROM sys.dm_hadr_availability_replica_states AS rs
    JOIN sys.availability_groups AS ag ON ag.group_id = rs.group_id
    WHERE ag.is_distributed = 1 AND ag.name = N'DAG_AdatumBooks' AND rs.is_local = 1);
IF @guardSeen IS NULL OR @guardSeen NOT IN (N'PRIMARY', N'SECONDARY', N'RESOLVING')
BEGIN
    SET @guardRefusal = N'Refused: the role of SQLBOX01 in the link DAG_AdatumBooks must be PRIMARY or SECONDARY or RESOLVING, and it is ' + ISNULL(@guardSeen, N'not visible to this login') + N'. Nothing was changed. Read both sides and make a new plan.';
    THROW 50006, @guardRefusal, 1;
END;
SET @guardSeen = NULL;
SET @guardSeen = ISNULL((SELECT rs.connected_state_desc
    FROM sys.dm_hadr_availability_replica_states AS rs
    JOIN sys.availability_groups AS ag ON ag.group_id = rs.group_id
    WHERE ag.is_distributed = 1 AND ag.name = N'DAG_AdatumBooks' AND rs.is_local = 0), N'not shown');
IF @guardSeen IS NULL OR @guardSeen NOT IN (N'DISCONNECTED', N'not shown')
BEGIN
    SET @guardRefusal = N'Refused: the connection to the other side must be DISCONNECTED or not shown, and it is ' + ISNULL(@guardSeen, N'not visible to this login') + N'. Nothing was changed. Delete the link in Azure first.';
    THROW 50008, @guardRefusal, 1;
END;
EXEC (N'DROP AVAILABILITY GROUP [DAG_AdatumBooks];');
IF APPLOCK_MODE(N'public', N'6f9619ff8b86d011b42d00c04fc964ff-mi-link-failover', N'Session') <> N'NoLock'
    EXEC sys.sp_releaseapplock @Resource = N'6f9619ff8b86d011b42d00c04fc964ff-mi-link-failover', @LockOwner = N'Session';
END_OF_TSQL
fi

# Step 6 of 8, on SQLBOX01. SQLBOX01 keeps a copy that can be written.
# Done when: The last commit of AdatumBooks on SQLBOX01 has not moved since the gate was last open, and no session writes there.
if [[ $part == whole ]]; then
step '6-look-at-old-copy' 'Look for writes on the old copy (SQL Server)'
before=$held_positions
began=$SECONDS
while reading_6_1; true; do
  if [[ $answer != open ]]; then stop 1 "Loss at risk: the old copy was written after the move, and it is on no other server. Nothing more is dropped. ${answer#shut }"; fi
  before=${before:-$lsns}
  if moved "$lsns" "$before"; then stop 1 "Loss at risk: the old copy was written after the move, and it is on no other server. Nothing more is dropped."; fi
  if (( SECONDS - began > 5 )); then break; fi
  sleep 1
done
case " $lsns " in
  *' 0 '*) say "Its log position is not told: no session writes to it, and nothing more is proved." ;;
  *) say 'Nothing was written to it.' ;;
esac
fi

# Step 7 of 8, on SQLBOX01 and sqlmi1.0123456789ab.database.windows.net. The answer of one server is no proof of the other.
# Done when: Azure answers 404 for the link, neither server shows it, AdatumBooks is READ_WRITE on sqlmi1.0123456789ab.database.windows.net, and AdatumBooks is SYNCHRONIZED in the availability group AG_AdatumBooks on SQLBOX01.
if [[ $part == whole ]]; then
step '7-verify-removed' 'Verify that the link is gone on both sides'
look_for_link
if [[ $link_seen != no ]]; then stop 4 "Azure does not say that the link is gone. Read both sides before anything else. Nothing is sent again."; fi
prove box << 'END_OF_TSQL'
DECLARE @removedSeen nvarchar(4000), @removedRefusal nvarchar(2048);
SET @removedSeen = NULL;
SET @removedSeen = DB_NAME();
IF @removedSeen IS NULL OR @removedSeen NOT IN (N'master')
BEGIN
    SET @removedRefusal = N'Refused: the database in use must be master, and it is ' + ISNULL(@removedSeen, N'not visible to this login') + N'. Nothing was changed. Switch to master and run it again.';
    THROW 50001, @removedRefusal, 1;
END;
SET @removedSeen = NULL;
SET @removedSeen = CAST(SERVERPROPERTY(N'ServerName') AS nvarchar(128));
IF @removedSeen IS NULL OR @removedSeen NOT IN (N'SQLBOX01')
BEGIN
    SET @removedRefusal = N'Refused: the server must be SQLBOX01, and it is ' + ISNULL(@removedSeen, N'not visible to this login') + N'. Nothing was changed. Connect to SQLBOX01 and run it there.';
    THROW 50002, @removedRefusal, 1;
END;
SET @removedSeen = NULL;
SET @removedSeen = ISNULL((SELECT CAST(ag.group_id AS nvarchar(36))
    FROM sys.availability_groups AS ag
    WHERE ag.is_distributed = 1 AND ag.name = N'DAG_AdatumBooks'), N'gone');
IF @removedSeen IS NULL OR @removedSeen NOT IN (N'gone')
BEGIN
    SET @removedRefusal = N'Not proved: the link DAG_AdatumBooks on SQLBOX01 must be gone, and it is ' + ISNULL(@removedSeen, N'not visible to this login') + N'. Read both sides before any other step.';
    THROW 50020, @removedRefusal, 1;
END;
PRINT N'AdatumBooks on SQLBOX01: ' + ISNULL(CAST(DATABASEPROPERTYEX(N'AdatumBooks', N'Updateability') AS nvarchar(128)), N'not visible') + N'.';
END_OF_TSQL
prove instance << 'END_OF_TSQL'
DECLARE @removedSeen nvarchar(4000), @removedRefusal nvarchar(2048);
SET @removedSeen = NULL;
SET @removedSeen = DB_NAME();
IF @removedSeen IS NULL OR @removedSeen NOT IN (N'master')
BEGIN
    SET @removedRefusal = N'Refused: the database in use must be master, and it is ' + ISNULL(@removedSeen, N'not visible to this login') + N'. Nothing was changed. Switch to master and run it again.';
    THROW 50001, @removedRefusal, 1;
END;
SET @removedSeen = NULL;
SET @removedSeen = CAST(SERVERPROPERTY(N'ServerName') AS nvarchar(128));
IF @removedSeen IS NULL OR @removedSeen NOT IN (N'sqlmi1.0123456789ab.database.windows.net')
BEGIN
    SET @removedRefusal = N'Refused: the server must be sqlmi1.0123456789ab.database.windows.net, and it is ' + ISNULL(@removedSeen, N'not visible to this login') + N'. Nothing was changed. Connect to sqlmi1.0123456789ab.database.windows.net and run it there.';
    THROW 50002, @removedRefusal, 1;
END;
SET @removedSeen = NULL;
SET @removedSeen = ISNULL((SELECT CAST(ag.group_id AS nvarchar(36))
    FROM sys.availability_groups AS ag
    WHERE ag.is_distributed = 1 AND ag.name = N'DAG_AdatumBooks'), N'gone');
IF @removedSeen IS NULL OR @removedSeen NOT IN (N'gone')
BEGIN
    SET @removedRefusal = N'Not proved: the link DAG_AdatumBooks on sqlmi1.0123456789ab.database.windows.net must be gone, and it is ' + ISNULL(@removedSeen, N'not visible to this login') + N'. Read both sides before any other step.';
    THROW 50020, @removedRefusal, 1;
END;
SET @removedSeen = NULL;
SET @removedSeen = CAST(DATABASEPROPERTYEX(N'AdatumBooks', N'Updateability') AS nvarchar(128));
IF @removedSeen IS NULL OR @removedSeen NOT IN (N'READ_WRITE')
BEGIN
    SET @removedRefusal = N'Not proved: Updateability of AdatumBooks on sqlmi1.0123456789ab.database.windows.net must be READ_WRITE, and it is ' + ISNULL(@removedSeen, N'not visible to this login') + N'. Read both sides before any other step.';
    THROW 50020, @removedRefusal, 1;
END;
PRINT N'AdatumBooks on sqlmi1.0123456789ab.database.windows.net: ' + ISNULL(CAST(DATABASEPROPERTYEX(N'AdatumBooks', N'Updateability') AS nvarchar(128)), N'not visible') + N'.';
END_OF_TSQL
fi

# Step 8 of 8, on sqlmi1.0123456789ab.database.windows.net. Logins are the server's: AdatumBooks came to sqlmi1.0123456789ab.database.windows.net without them.
# Done when: sqlmi1.0123456789ab.database.windows.net has told the compatibility level of AdatumBooks and the users that have no login there.
if [[ $part == whole ]]; then
step '8-check-migration' 'Look at what is left to do after the migration'
prove instance << 'END_OF_TSQL'
-- Changes nothing. model shows the level that a new database gets here.
SELECT d.name, d.compatibility_level
FROM sys.databases AS d
WHERE d.name IN (N'AdatumBooks', N'model')
ORDER BY d.database_id;
-- Users of AdatumBooks without a login here.
DECLARE @users0 nvarchar(max) = N'SELECT p.name, p.type_desc, p.sid' + NCHAR(10) + N'FROM [AdatumBooks].sys.database_principals AS p' + NCHAR(10) + N'WHERE p.principal_id > 4 AND p.type IN (''S'', ''U'', ''E'', ''X'')' + NCHAR(10) + N'  AND p.authentication_type_desc IN (N''INSTANCE'', N''WINDOWS'')' + NCHAR(10) + N'  AND NOT EXISTS (SELECT 1 FROM sys.server_principals AS s WHERE s.sid = p.sid)' + NCHAR(10) + N'ORDER BY p.name;';
EXEC (@users0);
END_OF_TSQL
fi

if [[ $part != whole ]]; then
  say 'The link is gone. Go on with the T-SQL files for what follows.'
  exit 0
fi
say ''
say 'Done.'
say 'Repoint the applications to sqlmi1.0123456789ab.database.windows.net,1433.'
