#!/usr/bin/env bash
# PRODUCTION. MI Link Failover: planned failover of the link DAG_AdatumBooks.
# Plan 92ae7a84159cb8030ba5e9b1c7b31113a11b5eaa774bd2d8884fe8ba43e72856
#
# AdatumBooks moves from sqlmi1.0123456789ab.database.windows.net to SQLBOX01. No committed data is given up. The link stays, and you can fail over again.
#
# Runs the whole plan from a computer that reaches SQLBOX01 and sqlmi1.0123456789ab.database.windows.net. Not for Azure Cloud Shell:
# that reaches neither server. Stop the workload first; start this in a session that stays open.
#
# It looks before it acts: each batch checks server, version, group and role on the very connection that acts.
# It sends nothing when a side cannot be read or the gate is shut, and nothing twice.
# Every batch takes the lock of the link and gives it back; between two batches nobody holds it.
#
# Ends with 0 done, 1 failed or loss at risk, 2 wrong usage, 3 not ready and nothing sent, 4 unknown: read both sides.
#
# Needs bash, sqlcmd. Environment:
#   BOX_USER, BOX_PASSWORD  the login on SQLBOX01
#   MI_USER, MI_PASSWORD    the login on sqlmi1.0123456789ab.database.windows.net
#   BOX_SERVER, MI_SERVER   where they are reached by another address than here
#   BOX_TRUST_CERTIFICATE=yes, MI_TRUST_CERTIFICATE=yes  take that server's certificate unseen (sqlcmd -C)
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

if (( $# > 0 )); then
  printf 'Usage: bash failover.sh\n' >&2
  exit 2
fi
clock=''

begun=no
declared=''
held_positions=''
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
IF @guardSeen IS NULL OR @guardSeen NOT IN (N'17.0.1000.7')
BEGIN
    SET @guardRefusal = N'Refused: the version of SQLBOX01 must be 17.0.1000.7, and it is ' + ISNULL(@guardSeen, N'not visible to this login') + N'. Nothing was changed. Read both sides and make a new plan.';
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
IF @guardSeen IS NULL OR @guardSeen NOT IN (N'SECONDARY')
BEGIN
    SET @guardRefusal = N'Refused: the role of SQLBOX01 in the link DAG_AdatumBooks must be SECONDARY, and it is ' + ISNULL(@guardSeen, N'not visible to this login') + N'. Nothing was changed. Read both sides and make a new plan.';
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
SET @own0 = (SELECT MIN(d.last_commit_lsn)
    FROM sys.dm_hadr_database_replica_states AS d
    WHERE (d.is_local = 1 OR d.is_primary_replica = 1)
      AND d.database_id = DB_ID(N'AdatumBooks'));
SET @problem = CASE
    WHEN @suspended IS NULL OR @suspended > 0 THEN N'data movement is suspended, or this login may not see it.'
    WHEN @own0 IS NULL OR @own0 = 0 THEN N'the own last_commit_lsn of AdatumBooks is not known here; use MI Link Failover, which sees both sides.'
    END;
SELECT CASE WHEN @problem IS NULL THEN N'open' + N' ' + ISNULL(CAST(@own0 AS nvarchar(30)), N'0') ELSE N'shut ' + @problem END AS answer;
IF APPLOCK_MODE(N'public', N'6f9619ff8b86d011b42d00c04fc964ff-mi-link-failover', N'Session') <> N'NoLock'
    EXEC sys.sp_releaseapplock @Resource = N'6f9619ff8b86d011b42d00c04fc964ff-mi-link-failover', @LockOwner = N'Session';
END_OF_TSQL
}

gate_of_primary() {
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
IF @guardSeen IS NULL OR @guardSeen NOT IN (N'17.0.4035.6')
BEGIN
    SET @guardRefusal = N'Refused: the version of sqlmi1.0123456789ab.database.windows.net must be 17.0.4035.6, and it is ' + ISNULL(@guardSeen, N'not visible to this login') + N'. Nothing was changed. Read both sides and make a new plan.';
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
IF @guardSeen IS NULL OR @guardSeen NOT IN (N'PRIMARY')
BEGIN
    SET @guardRefusal = N'Refused: the role of sqlmi1.0123456789ab.database.windows.net in the link DAG_AdatumBooks must be PRIMARY, and it is ' + ISNULL(@guardSeen, N'not visible to this login') + N'. Nothing was changed. Read both sides and make a new plan.';
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
IF APPLOCK_MODE(N'public', N'0e984725c51c4bf49960e1c80e27aba0-mi-link-failover', N'Session') <> N'NoLock'
    EXEC sys.sp_releaseapplock @Resource = N'0e984725c51c4bf49960e1c80e27aba0-mi-link-failover', @LockOwner = N'Session';
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

# Step 1 of 3, on SQLBOX01 and sqlmi1.0123456789ab.database.windows.net. Neither server can tell alone; the engine does not stop the applications.
# Done when: SQLBOX01 holds the last commit of sqlmi1.0123456789ab.database.windows.net, unchanged for 5 s in at least 5 readings. Both are connected and not suspended, and nobody writes to AdatumBooks.
step '1-wait-for-gate' 'Wait until both sides hold the same log'
wait_at_gate

# Step 2 of 3, on sqlmi1.0123456789ab.database.windows.net. sqlmi1.0123456789ab.database.windows.net is the primary, and the planned failover of a link can be started only there.
# Done when: The statement returned without error, sqlmi1.0123456789ab.database.windows.net shows SECONDARY and SQLBOX01 shows PRIMARY.
step '2-failover' 'Perform planned failover to SQL Server'
gate_is_open
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
IF @guardSeen IS NULL OR @guardSeen NOT IN (N'17.0.4035.6')
BEGIN
    SET @guardRefusal = N'Refused: the version of sqlmi1.0123456789ab.database.windows.net must be 17.0.4035.6, and it is ' + ISNULL(@guardSeen, N'not visible to this login') + N'. Nothing was changed. Read both sides and make a new plan.';
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
IF @guardSeen IS NULL OR @guardSeen NOT IN (N'PRIMARY')
BEGIN
    SET @guardRefusal = N'Refused: the role of sqlmi1.0123456789ab.database.windows.net in the link DAG_AdatumBooks must be PRIMARY, and it is ' + ISNULL(@guardSeen, N'not visible to this login') + N'. Nothing was changed. Read both sides and make a new plan.';
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
EXEC (N'ALTER AVAILABILITY GROUP [DAG_AdatumBooks] FAILOVER;');
IF APPLOCK_MODE(N'public', N'0e984725c51c4bf49960e1c80e27aba0-mi-link-failover', N'Session') <> N'NoLock'
    EXEC sys.sp_releaseapplock @Resource = N'0e984725c51c4bf49960e1c80e27aba0-mi-link-failover', @LockOwner = N'Session';
END_OF_TSQL

# Step 3 of 3, on SQLBOX01 and sqlmi1.0123456789ab.database.windows.net. The answer of one server is no proof of the other.
# Done when: sqlmi1.0123456789ab.database.windows.net shows SECONDARY and HEALTHY, SQLBOX01 shows PRIMARY and HEALTHY, and AdatumBooks is READ_WRITE on SQLBOX01.
step '3-verify-roles' 'Verify the roles on both sides'
prove box << 'END_OF_TSQL'
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
IF @verifySeen IS NULL OR @verifySeen NOT IN (N'SQLBOX01')
BEGIN
    SET @verifyRefusal = N'Refused: the server must be SQLBOX01, and it is ' + ISNULL(@verifySeen, N'not visible to this login') + N'. Nothing was changed. Connect to SQLBOX01 and run it there.';
    THROW 50002, @verifyRefusal, 1;
END;
SET @verifySeen = NULL;
SET @verifySeen = (SELECT rs.role_desc
    FROM sys.dm_hadr_availability_replica_states AS rs
    JOIN sys.availability_groups AS ag ON ag.group_id = rs.group_id
    WHERE ag.is_distributed = 0 AND ag.name = N'AG_AdatumBooks' AND rs.is_local = 1);
IF @verifySeen IS NULL OR @verifySeen NOT IN (N'PRIMARY')
BEGIN
    SET @verifyRefusal = N'Refused: the role of SQLBOX01 in the local availability group AG_AdatumBooks must be PRIMARY, and it is ' + ISNULL(@verifySeen, N'not visible to this login') + N'. Nothing was changed. Connect to the node that is PRIMARY of that group.';
    THROW 50004, @verifyRefusal, 1;
END;
DECLARE @looks int = 0;
WHILE @looks < 12
BEGIN
    SET @verifySeen = NULL;
    SET @verifySeen = (SELECT rs.role_desc + N', ' + ISNULL(rs.synchronization_health_desc, N'health unknown')
        FROM sys.dm_hadr_availability_replica_states AS rs
        JOIN sys.availability_groups AS ag ON ag.group_id = rs.group_id
        WHERE ag.is_distributed = 1 AND ag.name = N'DAG_AdatumBooks' AND rs.is_local = 1);
    IF @verifySeen IN (N'PRIMARY, HEALTHY') AND CAST(DATABASEPROPERTYEX(N'AdatumBooks', N'Updateability') AS nvarchar(128)) = N'READ_WRITE' BREAK;
    IF @verifySeen LIKE N'SECONDARY,%' BREAK;
    WAITFOR DELAY '00:00:05';
    SET @looks = @looks + 1;
END;
SET @verifySeen = NULL;
SET @verifySeen = (SELECT rs.role_desc + N', ' + ISNULL(rs.synchronization_health_desc, N'health unknown')
    FROM sys.dm_hadr_availability_replica_states AS rs
    JOIN sys.availability_groups AS ag ON ag.group_id = rs.group_id
    WHERE ag.is_distributed = 1 AND ag.name = N'DAG_AdatumBooks' AND rs.is_local = 1);
IF @verifySeen IS NULL OR @verifySeen NOT IN (N'PRIMARY, HEALTHY')
BEGIN
    SET @verifyRefusal = N'Not proved: SQLBOX01 in the link DAG_AdatumBooks must be PRIMARY, HEALTHY, and it is ' + ISNULL(@verifySeen, N'not visible to this login') + N'. Read both sides before any other step.';
    THROW 50020, @verifyRefusal, 1;
END;
SET @verifySeen = NULL;
SET @verifySeen = CAST(DATABASEPROPERTYEX(N'AdatumBooks', N'Updateability') AS nvarchar(128));
IF @verifySeen IS NULL OR @verifySeen NOT IN (N'READ_WRITE')
BEGIN
    SET @verifyRefusal = N'Not proved: Updateability of AdatumBooks on SQLBOX01 must be READ_WRITE, and it is ' + ISNULL(@verifySeen, N'not visible to this login') + N'. Read both sides before any other step.';
    THROW 50020, @verifyRefusal, 1;
END;
PRINT N'Read back on SQLBOX01: DAG_AdatumBooks is PRIMARY, HEALTHY, READ_WRITE.';
END_OF_TSQL
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
    SET @verifySeen = (SELECT rs.role_desc + N', ' + ISNULL(rs.synchronization_health_desc, N'health unknown')
        FROM sys.dm_hadr_availability_replica_states AS rs
        JOIN sys.availability_groups AS ag ON ag.group_id = rs.group_id
        WHERE ag.is_distributed = 1 AND ag.name = N'DAG_AdatumBooks' AND rs.is_local = 1);
    IF @verifySeen IN (N'SECONDARY, HEALTHY') BREAK;
    IF @verifySeen LIKE N'PRIMARY,%' BREAK;
    WAITFOR DELAY '00:00:05';
    SET @looks = @looks + 1;
END;
SET @verifySeen = NULL;
SET @verifySeen = (SELECT rs.role_desc + N', ' + ISNULL(rs.synchronization_health_desc, N'health unknown')
    FROM sys.dm_hadr_availability_replica_states AS rs
    JOIN sys.availability_groups AS ag ON ag.group_id = rs.group_id
    WHERE ag.is_distributed = 1 AND ag.name = N'DAG_AdatumBooks' AND rs.is_local = 1);
IF @verifySeen IS NULL OR @verifySeen NOT IN (N'SECONDARY, HEALTHY')
BEGIN
    SET @verifyRefusal = N'Not proved: sqlmi1.0123456789ab.database.windows.net in the link DAG_AdatumBooks must be SECONDARY, HEALTHY, and it is ' + ISNULL(@verifySeen, N'not visible to this login') + N'. Read both sides before any other step.';
    THROW 50020, @verifyRefusal, 1;
END;
PRINT N'Read back on sqlmi1.0123456789ab.database.windows.net: DAG_AdatumBooks is SECONDARY, HEALTHY.';
END_OF_TSQL

say ''
say 'Done.'
say 'Repoint the applications to SQLBOX01 (sqlbox01.adatum.example,1433), or to the listener of its availability group.'
say 'Resume the log backups on SQLBOX01 at once: Azure does not take them any more, and the log grows.'
