#!/usr/bin/env bash
# PRODUCTION. MI Link Failover: repair of the link LINK_Adatum.
# Plan 3b07fe859dc3b7eca0b1c8e170562c5b7bb38c72448739a90aaf183ced442171
#
# Split brain: sqlmi1.a0b1c2.database.windows.net stays primary. SQLBOX01 is saved, made secondary and follows sqlmi1.a0b1c2.database.windows.net again.
#
# DATA IS DISCARDED.
# What only SQLBOX01 holds is discarded on SQLBOX01. It is saved before, in C:\backup\Adatum-1-20261121T100000Z-1.bak and, where the log moves meanwhile, C:\backup\Adatum-1-20261121T100000Z-2.bak, and is then nowhere else. Keep every log backup of SQLBOX01 since the forced failover: they restore it only together.
# sqlmi1.a0b1c2.database.windows.net stays primary; nothing of it is changed.
#
# Runs the whole plan from a computer that reaches SQLBOX01 and sqlmi1.a0b1c2.database.windows.net. Not for Azure Cloud Shell:
# that reaches neither server. Stop every writer of SQLBOX01 first.
#
# It saves SQLBOX01, and makes it secondary only when nothing was written since and sqlmi1.a0b1c2.database.windows.net is PRIMARY.
# Before that it wants the name of the link typed. No switch answers for that.
# It reads positions by last_commit_lsn alone: where that is not told, it proves less than the application does.
# Every batch takes the lock of the link and gives it back; between two batches nobody holds it.
#
# Ends with 0 done, 1 failed or loss at risk, 2 wrong usage, 3 not ready and nothing sent, 4 unknown: read both sides.
#
# Needs bash, sqlcmd. Environment:
#   BOX_USER, BOX_PASSWORD  the login on SQLBOX01
#   MI_USER, MI_PASSWORD    the login on sqlmi1.a0b1c2.database.windows.net
#   BOX_SERVER, MI_SERVER   where they are reached by another address than here
#   BOX_TRUST_CERTIFICATE=yes, MI_TRUST_CERTIFICATE=yes  take that server's certificate unseen (sqlcmd -C)
# Without a keyboard: bash failover.sh --link-name NAME
# shellcheck disable=SC2016,SC2034

set -euo pipefail
umask 077

: "${BOX_USER:?set it; the header says what it is}"
: "${BOX_PASSWORD:?set it; the header says what it is}"
: "${MI_USER:?set it; the header says what it is}"
: "${MI_PASSWORD:?set it; the header says what it is}"
BOX_SERVER=${BOX_SERVER:-'sqlbox01,1433'}
MI_SERVER=${MI_SERVER:-'sqlmi1,1433'}
BOX_TRUST_CERTIFICATE=${BOX_TRUST_CERTIFICATE:-no}
MI_TRUST_CERTIFICATE=${MI_TRUST_CERTIFICATE:-no}
link='LINK_Adatum'

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
  case $1 in
    box) on_server "$BOX_SERVER" "$BOX_USER" "$BOX_PASSWORD" "$BOX_TRUST_CERTIFICATE" ;;
    *) on_server "$MI_SERVER" "$MI_USER" "$MI_PASSWORD" "$MI_TRUST_CERTIFICATE" ;;
  esac
}

name_of() {
  case $1 in
    box) say 'SQLBOX01' ;;
    *) say 'sqlmi1.a0b1c2.database.windows.net' ;;
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

# Goes on only when the link's name was typed, here or as --link-name: nothing else stands for it.
confirm_loss() {
  say 'DATA IS DISCARDED.'
  say 'What only SQLBOX01 holds is discarded on SQLBOX01. It is saved before, in C:\backup\Adatum-1-20261121T100000Z-1.bak and, where the log moves meanwhile, C:\backup\Adatum-1-20261121T100000Z-2.bak, and is then nowhere else. Keep every log backup of SQLBOX01 since the forced failover: they restore it only together.'
  say 'sqlmi1.a0b1c2.database.windows.net stays primary; nothing of it is changed.'
  if [[ $is_typed == no ]]; then
    printf '%s' 'Type the name of the link to force it: ' >&2
    IFS= read -r typed || stop 2 "The name of the link was not given. Nothing was sent."
  fi
  if [[ $typed != "$link" ]]; then stop 3 "The name of the link was not typed. Nothing was sent."; fi
}

# Step 1 of 6, on SQLBOX01. What is written on SQLBOX01 after it was saved would be discarded.
# Done when: For 10 s no session has an open transaction that has written to Adatum on SQLBOX01.
step '1-wait-for-no-writers' 'Wait until nobody writes on SQLBOX01'
confirm_loss
prove box << 'END_OF_TSQL'
DECLARE @lock int = -999;
IF APPLOCK_MODE(N'public', N'd-mi-link-failover', N'Session') = N'NoLock'
    EXEC @lock = sys.sp_getapplock @Resource = N'd-mi-link-failover', @LockMode = N'Exclusive', @LockOwner = N'Session', @LockTimeout = 0;
ELSE
    SET @lock = 0;
IF @lock < 0
    THROW 50009, N'Refused: somebody else is running a failover of this link. Nothing was changed. Find out who before anything else.', 1;
DECLARE @quietSeen nvarchar(4000), @quietRefusal nvarchar(2048);
SET @quietSeen = NULL;
SET @quietSeen = DB_NAME();
IF @quietSeen IS NULL OR @quietSeen NOT IN (N'master')
BEGIN
    SET @quietRefusal = N'Refused: the database in use must be master, and it is ' + ISNULL(@quietSeen, N'not visible to this login') + N'. Nothing was changed. Switch to master and run it again.';
    THROW 50001, @quietRefusal, 1;
END;
SET @quietSeen = NULL;
SET @quietSeen = CAST(SERVERPROPERTY(N'ServerName') AS nvarchar(128));
IF @quietSeen IS NULL OR @quietSeen NOT IN (N'SQLBOX01')
BEGIN
    SET @quietRefusal = N'Refused: the server must be SQLBOX01, and it is ' + ISNULL(@quietSeen, N'not visible to this login') + N'. Nothing was changed. Connect to SQLBOX01 and run it there.';
    THROW 50002, @quietRefusal, 1;
END;
SET @quietSeen = NULL;
SET @quietSeen = (SELECT rs.role_desc
    FROM sys.dm_hadr_availability_replica_states AS rs
    JOIN sys.availability_groups AS ag ON ag.group_id = rs.group_id
    WHERE ag.is_distributed = 0 AND ag.name = N'AG_Adatum' AND rs.is_local = 1);
IF @quietSeen IS NULL OR @quietSeen NOT IN (N'PRIMARY')
BEGIN
    SET @quietRefusal = N'Refused: the role of SQLBOX01 in the local availability group AG_Adatum must be PRIMARY, and it is ' + ISNULL(@quietSeen, N'not visible to this login') + N'. Nothing was changed. Connect to the node that is PRIMARY of that group.';
    THROW 50004, @quietRefusal, 1;
END;
SET @quietSeen = NULL;
SET @quietSeen = (SELECT rs.role_desc
    FROM sys.dm_hadr_availability_replica_states AS rs
    JOIN sys.availability_groups AS ag ON ag.group_id = rs.group_id
    WHERE ag.is_distributed = 1 AND ag.name = N'LINK_Adatum' AND rs.is_local = 1);
IF @quietSeen IS NULL OR @quietSeen NOT IN (N'PRIMARY')
BEGIN
    SET @quietRefusal = N'Refused: the role of SQLBOX01 in the link LINK_Adatum must be PRIMARY, and it is ' + ISNULL(@quietSeen, N'not visible to this login') + N'. Nothing was changed. Read both sides and make a new plan.';
    THROW 50006, @quietRefusal, 1;
END;
SET @quietSeen = NULL;
SET @quietSeen = CAST((SELECT COUNT(*)
    FROM sys.dm_tran_database_transactions AS dt
    LEFT JOIN sys.dm_tran_active_transactions AS act ON act.transaction_id = dt.transaction_id
    LEFT JOIN sys.dm_tran_session_transactions AS st ON st.transaction_id = dt.transaction_id
    LEFT JOIN sys.dm_exec_sessions AS s ON s.session_id = st.session_id
    WHERE dt.database_id IN (DB_ID(N'Adatum'))
      AND dt.database_transaction_begin_lsn IS NOT NULL
      AND ISNULL(act.transaction_type, 0) <> 3 AND ISNULL(s.is_user_process, 1) = 1) AS nvarchar(10));
IF @quietSeen IS NULL OR @quietSeen NOT IN (N'0')
BEGIN
    SET @quietRefusal = N'Refused: the number of open transactions that have written must be 0, and it is ' + ISNULL(@quietSeen, N'not visible to this login') + N'. Nothing was changed. Stop the applications that write here.';
    THROW 50009, @quietRefusal, 1;
END;
END_OF_TSQL

# Step 2 of 6, on SQLBOX01. What only SQLBOX01 holds is discarded when it becomes secondary: this backup is then the only copy.
# Done when: msdb on SQLBOX01 shows the backup, sound, of this recovery fork and ending behind the position noted before, RESTORE VERIFYONLY accepts it, and the log stands where it stood.
step '2-save-copy-box' 'Back up the log of Adatum on SQLBOX01'
change box stop << 'END_OF_TSQL'
SET NOCOUNT ON;
DECLARE @lock int = -999;
IF APPLOCK_MODE(N'public', N'd-mi-link-failover', N'Session') = N'NoLock'
    EXEC @lock = sys.sp_getapplock @Resource = N'd-mi-link-failover', @LockMode = N'Exclusive', @LockOwner = N'Session', @LockTimeout = 0;
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
IF @guardSeen IS NULL OR @guardSeen NOT IN (N'16.0.4195.2')
BEGIN
    SET @guardRefusal = N'Refused: the version of SQLBOX01 must be 16.0.4195.2, and it is ' + ISNULL(@guardSeen, N'not visible to this login') + N'. Nothing was changed. Read both sides and make a new plan.';
    THROW 50003, @guardRefusal, 1;
END;
SET @guardSeen = NULL;
SET @guardSeen = (SELECT rs.role_desc
    FROM sys.dm_hadr_availability_replica_states AS rs
    JOIN sys.availability_groups AS ag ON ag.group_id = rs.group_id
    WHERE ag.is_distributed = 0 AND ag.name = N'AG_Adatum' AND rs.is_local = 1);
IF @guardSeen IS NULL OR @guardSeen NOT IN (N'PRIMARY')
BEGIN
    SET @guardRefusal = N'Refused: the role of SQLBOX01 in the local availability group AG_Adatum must be PRIMARY, and it is ' + ISNULL(@guardSeen, N'not visible to this login') + N'. Nothing was changed. Connect to the node that is PRIMARY of that group.';
    THROW 50004, @guardRefusal, 1;
END;
SET @guardSeen = NULL;
SET @guardSeen = (SELECT CAST(ag.group_id AS nvarchar(36))
    FROM sys.availability_groups AS ag
    WHERE ag.is_distributed = 1 AND ag.name = N'LINK_Adatum');
IF @guardSeen IS NULL OR @guardSeen NOT IN (N'LINK-ID')
BEGIN
    SET @guardRefusal = N'Refused: the group_id of the link LINK_Adatum must be LINK-ID, and it is ' + ISNULL(@guardSeen, N'not visible to this login') + N'. Nothing was changed. Read both sides and make a new plan.';
    THROW 50005, @guardRefusal, 1;
END;
SET @guardSeen = NULL;
SET @guardSeen = (SELECT rs.role_desc
    FROM sys.dm_hadr_availability_replica_states AS rs
    JOIN sys.availability_groups AS ag ON ag.group_id = rs.group_id
    WHERE ag.is_distributed = 1 AND ag.name = N'LINK_Adatum' AND rs.is_local = 1);
IF @guardSeen IS NULL OR @guardSeen NOT IN (N'PRIMARY')
BEGIN
    SET @guardRefusal = N'Refused: the role of SQLBOX01 in the link LINK_Adatum must be PRIMARY, and it is ' + ISNULL(@guardSeen, N'not visible to this login') + N'. Nothing was changed. Read both sides and make a new plan.';
    THROW 50006, @guardRefusal, 1;
END;
SET @guardSeen = NULL;
SET @guardSeen = CAST((SELECT COUNT(*)
    FROM sys.dm_tran_database_transactions AS dt
    LEFT JOIN sys.dm_tran_active_transactions AS act ON act.transaction_id = dt.transaction_id
    LEFT JOIN sys.dm_tran_session_transactions AS st ON st.transaction_id = dt.transaction_id
    LEFT JOIN sys.dm_exec_sessions AS s ON s.session_id = st.session_id
    WHERE dt.database_id IN (DB_ID(N'Adatum'))
      AND dt.database_transaction_begin_lsn IS NOT NULL
      AND ISNULL(act.transaction_type, 0) <> 3 AND ISNULL(s.is_user_process, 1) = 1) AS nvarchar(10));
IF @guardSeen IS NULL OR @guardSeen NOT IN (N'0')
BEGIN
    SET @guardRefusal = N'Refused: the number of open transactions that have written must be 0, and it is ' + ISNULL(@guardSeen, N'not visible to this login') + N'. Nothing was changed. Stop the applications that write here.';
    THROW 50009, @guardRefusal, 1;
END;
EXEC (N'BACKUP LOG [Adatum] TO DISK = N''C:\backup\Adatum-1-20261121T100000Z-1.bak'' WITH CHECKSUM;');
IF NOT EXISTS (SELECT 1
    FROM msdb.dbo.backupset AS b
    JOIN msdb.dbo.backupmediafamily AS m ON m.media_set_id = b.media_set_id
    WHERE b.database_name = N'Adatum' AND m.physical_device_name = N'C:\backup\Adatum-1-20261121T100000Z-1.bak')
    THROW 50020, N'Not proved: msdb does not show this backup. Nothing is demoted without it.', 1;
BEGIN TRY
    EXEC (N'RESTORE VERIFYONLY FROM DISK = N''C:\backup\Adatum-1-20261121T100000Z-1.bak'' WITH CHECKSUM;');
END TRY
BEGIN CATCH
    THROW;
END CATCH;
IF APPLOCK_MODE(N'public', N'd-mi-link-failover', N'Session') <> N'NoLock'
    EXEC sys.sp_releaseapplock @Resource = N'd-mi-link-failover', @LockOwner = N'Session';
END_OF_TSQL

# Step 3 of 6, on SQLBOX01. What only SQLBOX01 holds is discarded when it becomes secondary: this backup is then the only copy.
# Done when: The same, or the first backup held everything.
step '3-save-copy-box-again' 'Back up the log of Adatum on SQLBOX01, once more where the log has moved'
change box stop << 'END_OF_TSQL'
SET NOCOUNT ON;
DECLARE @lock int = -999;
IF APPLOCK_MODE(N'public', N'd-mi-link-failover', N'Session') = N'NoLock'
    EXEC @lock = sys.sp_getapplock @Resource = N'd-mi-link-failover', @LockMode = N'Exclusive', @LockOwner = N'Session', @LockTimeout = 0;
ELSE
    SET @lock = 0;
IF @lock < 0
    THROW 50009, N'Refused: somebody else is running a failover of this link. Nothing was changed. Find out who before anything else.', 1;
IF (SELECT CASE
      WHEN (SELECT MAX(b.last_lsn)
        FROM msdb.dbo.backupset AS b
        JOIN msdb.dbo.backupmediafamily AS m ON m.media_set_id = b.media_set_id
        JOIN sys.database_recovery_status AS r ON r.database_id = DB_ID(N'Adatum')
        WHERE b.database_name = N'Adatum' AND b.is_damaged = 0
          AND b.database_guid = r.database_guid AND b.last_recovery_fork_guid = r.recovery_fork_guid
          AND m.physical_device_name IN (N'C:\backup\Adatum-1-20261121T100000Z-1.bak')) IS NULL THEN N'not saved'
      WHEN ISNULL((SELECT MAX(d.last_commit_lsn)
    FROM sys.dm_hadr_database_replica_states AS d
    WHERE (d.is_local = 1 OR d.is_primary_replica = 1)
      AND d.database_id = DB_ID(N'Adatum')), 0) = 0 THEN N'not known'
      WHEN (SELECT MAX(d.last_commit_lsn)
    FROM sys.dm_hadr_database_replica_states AS d
    WHERE (d.is_local = 1 OR d.is_primary_replica = 1)
      AND d.database_id = DB_ID(N'Adatum')) < (SELECT MAX(b.last_lsn)
        FROM msdb.dbo.backupset AS b
        JOIN msdb.dbo.backupmediafamily AS m ON m.media_set_id = b.media_set_id
        JOIN sys.database_recovery_status AS r ON r.database_id = DB_ID(N'Adatum')
        WHERE b.database_name = N'Adatum' AND b.is_damaged = 0
          AND b.database_guid = r.database_guid AND b.last_recovery_fork_guid = r.recovery_fork_guid
          AND m.physical_device_name IN (N'C:\backup\Adatum-1-20261121T100000Z-1.bak')) THEN N'covered'
      ELSE N'not covered' END) <> N'covered'
BEGIN
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
IF @guardSeen IS NULL OR @guardSeen NOT IN (N'16.0.4195.2')
BEGIN
    SET @guardRefusal = N'Refused: the version of SQLBOX01 must be 16.0.4195.2, and it is ' + ISNULL(@guardSeen, N'not visible to this login') + N'. Nothing was changed. Read both sides and make a new plan.';
    THROW 50003, @guardRefusal, 1;
END;
SET @guardSeen = NULL;
SET @guardSeen = (SELECT rs.role_desc
    FROM sys.dm_hadr_availability_replica_states AS rs
    JOIN sys.availability_groups AS ag ON ag.group_id = rs.group_id
    WHERE ag.is_distributed = 0 AND ag.name = N'AG_Adatum' AND rs.is_local = 1);
IF @guardSeen IS NULL OR @guardSeen NOT IN (N'PRIMARY')
BEGIN
    SET @guardRefusal = N'Refused: the role of SQLBOX01 in the local availability group AG_Adatum must be PRIMARY, and it is ' + ISNULL(@guardSeen, N'not visible to this login') + N'. Nothing was changed. Connect to the node that is PRIMARY of that group.';
    THROW 50004, @guardRefusal, 1;
END;
SET @guardSeen = NULL;
SET @guardSeen = (SELECT CAST(ag.group_id AS nvarchar(36))
    FROM sys.availability_groups AS ag
    WHERE ag.is_distributed = 1 AND ag.name = N'LINK_Adatum');
IF @guardSeen IS NULL OR @guardSeen NOT IN (N'LINK-ID')
BEGIN
    SET @guardRefusal = N'Refused: the group_id of the link LINK_Adatum must be LINK-ID, and it is ' + ISNULL(@guardSeen, N'not visible to this login') + N'. Nothing was changed. Read both sides and make a new plan.';
    THROW 50005, @guardRefusal, 1;
END;
SET @guardSeen = NULL;
SET @guardSeen = (SELECT rs.role_desc
    FROM sys.dm_hadr_availability_replica_states AS rs
    JOIN sys.availability_groups AS ag ON ag.group_id = rs.group_id
    WHERE ag.is_distributed = 1 AND ag.name = N'LINK_Adatum' AND rs.is_local = 1);
IF @guardSeen IS NULL OR @guardSeen NOT IN (N'PRIMARY')
BEGIN
    SET @guardRefusal = N'Refused: the role of SQLBOX01 in the link LINK_Adatum must be PRIMARY, and it is ' + ISNULL(@guardSeen, N'not visible to this login') + N'. Nothing was changed. Read both sides and make a new plan.';
    THROW 50006, @guardRefusal, 1;
END;
SET @guardSeen = NULL;
SET @guardSeen = CAST((SELECT COUNT(*)
    FROM sys.dm_tran_database_transactions AS dt
    LEFT JOIN sys.dm_tran_active_transactions AS act ON act.transaction_id = dt.transaction_id
    LEFT JOIN sys.dm_tran_session_transactions AS st ON st.transaction_id = dt.transaction_id
    LEFT JOIN sys.dm_exec_sessions AS s ON s.session_id = st.session_id
    WHERE dt.database_id IN (DB_ID(N'Adatum'))
      AND dt.database_transaction_begin_lsn IS NOT NULL
      AND ISNULL(act.transaction_type, 0) <> 3 AND ISNULL(s.is_user_process, 1) = 1) AS nvarchar(10));
IF @guardSeen IS NULL OR @guardSeen NOT IN (N'0')
BEGIN
    SET @guardRefusal = N'Refused: the number of open transactions that have written must be 0, and it is ' + ISNULL(@guardSeen, N'not visible to this login') + N'. Nothing was changed. Stop the applications that write here.';
    THROW 50009, @guardRefusal, 1;
END;
EXEC (N'BACKUP LOG [Adatum] TO DISK = N''C:\backup\Adatum-1-20261121T100000Z-2.bak'' WITH CHECKSUM;');
IF NOT EXISTS (SELECT 1
    FROM msdb.dbo.backupset AS b
    JOIN msdb.dbo.backupmediafamily AS m ON m.media_set_id = b.media_set_id
    WHERE b.database_name = N'Adatum' AND m.physical_device_name = N'C:\backup\Adatum-1-20261121T100000Z-2.bak')
    THROW 50020, N'Not proved: msdb does not show this backup. Nothing is demoted without it.', 1;
BEGIN TRY
    EXEC (N'RESTORE VERIFYONLY FROM DISK = N''C:\backup\Adatum-1-20261121T100000Z-2.bak'' WITH CHECKSUM;');
END TRY
BEGIN CATCH
    THROW;
END CATCH;
END;
ELSE PRINT N'The first backup holds everything.';
IF APPLOCK_MODE(N'public', N'd-mi-link-failover', N'Session') <> N'NoLock'
    EXEC sys.sp_releaseapplock @Resource = N'd-mi-link-failover', @LockOwner = N'Session';
END_OF_TSQL

# Step 4 of 6, on SQLBOX01. SQLBOX01 is the old primary, and a role is given up where it is held.
# Done when: SQLBOX01 shows SECONDARY while sqlmi1.a0b1c2.database.windows.net is PRIMARY.
step '4-demote' 'Make SQLBOX01 secondary'
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
IF @verifySeen IS NULL OR @verifySeen NOT IN (N'sqlmi1.a0b1c2.database.windows.net')
BEGIN
    SET @verifyRefusal = N'Refused: the server must be sqlmi1.a0b1c2.database.windows.net, and it is ' + ISNULL(@verifySeen, N'not visible to this login') + N'. Nothing was changed. Connect to sqlmi1.a0b1c2.database.windows.net and run it there.';
    THROW 50002, @verifyRefusal, 1;
END;
DECLARE @looks int = 0;
WHILE @looks < 12
BEGIN
    SET @verifySeen = NULL;
    SET @verifySeen = (SELECT rs.role_desc
        FROM sys.dm_hadr_availability_replica_states AS rs
        JOIN sys.availability_groups AS ag ON ag.group_id = rs.group_id
        WHERE ag.is_distributed = 1 AND ag.name = N'LINK_Adatum' AND rs.is_local = 1);
    IF @verifySeen IN (N'PRIMARY') AND CAST(DATABASEPROPERTYEX(N'Adatum', N'Updateability') AS nvarchar(128)) = N'READ_WRITE' BREAK;
    WAITFOR DELAY '00:00:05';
    SET @looks = @looks + 1;
END;
SET @verifySeen = NULL;
SET @verifySeen = (SELECT rs.role_desc
    FROM sys.dm_hadr_availability_replica_states AS rs
    JOIN sys.availability_groups AS ag ON ag.group_id = rs.group_id
    WHERE ag.is_distributed = 1 AND ag.name = N'LINK_Adatum' AND rs.is_local = 1);
IF @verifySeen IS NULL OR @verifySeen NOT IN (N'PRIMARY')
BEGIN
    SET @verifyRefusal = N'Not proved: sqlmi1.a0b1c2.database.windows.net in the link LINK_Adatum must be PRIMARY, and it is ' + ISNULL(@verifySeen, N'not visible to this login') + N'. Read both sides before any other step.';
    THROW 50020, @verifyRefusal, 1;
END;
SET @verifySeen = NULL;
SET @verifySeen = CAST(DATABASEPROPERTYEX(N'Adatum', N'Updateability') AS nvarchar(128));
IF @verifySeen IS NULL OR @verifySeen NOT IN (N'READ_WRITE')
BEGIN
    SET @verifyRefusal = N'Not proved: Updateability of Adatum on sqlmi1.a0b1c2.database.windows.net must be READ_WRITE, and it is ' + ISNULL(@verifySeen, N'not visible to this login') + N'. Read both sides before any other step.';
    THROW 50020, @verifyRefusal, 1;
END;
PRINT N'Read back on sqlmi1.a0b1c2.database.windows.net: LINK_Adatum is PRIMARY, READ_WRITE.';
END_OF_TSQL
change box unknown << 'END_OF_TSQL'
SET NOCOUNT ON;
DECLARE @lock int = -999;
IF APPLOCK_MODE(N'public', N'd-mi-link-failover', N'Session') = N'NoLock'
    EXEC @lock = sys.sp_getapplock @Resource = N'd-mi-link-failover', @LockMode = N'Exclusive', @LockOwner = N'Session', @LockTimeout = 0;
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
IF @guardSeen IS NULL OR @guardSeen NOT IN (N'16.0.4195.2')
BEGIN
    SET @guardRefusal = N'Refused: the version of SQLBOX01 must be 16.0.4195.2, and it is ' + ISNULL(@guardSeen, N'not visible to this login') + N'. Nothing was changed. Read both sides and make a new plan.';
    THROW 50003, @guardRefusal, 1;
END;
SET @guardSeen = NULL;
SET @guardSeen = (SELECT rs.role_desc
    FROM sys.dm_hadr_availability_replica_states AS rs
    JOIN sys.availability_groups AS ag ON ag.group_id = rs.group_id
    WHERE ag.is_distributed = 0 AND ag.name = N'AG_Adatum' AND rs.is_local = 1);
IF @guardSeen IS NULL OR @guardSeen NOT IN (N'PRIMARY')
BEGIN
    SET @guardRefusal = N'Refused: the role of SQLBOX01 in the local availability group AG_Adatum must be PRIMARY, and it is ' + ISNULL(@guardSeen, N'not visible to this login') + N'. Nothing was changed. Connect to the node that is PRIMARY of that group.';
    THROW 50004, @guardRefusal, 1;
END;
SET @guardSeen = NULL;
SET @guardSeen = (SELECT CAST(ag.group_id AS nvarchar(36))
    FROM sys.availability_groups AS ag
    WHERE ag.is_distributed = 1 AND ag.name = N'LINK_Adatum');
IF @guardSeen IS NULL OR @guardSeen NOT IN (N'LINK-ID')
BEGIN
    SET @guardRefusal = N'Refused: the group_id of the link LINK_Adatum must be LINK-ID, and it is ' + ISNULL(@guardSeen, N'not visible to this login') + N'. Nothing was changed. Read both sides and make a new plan.';
    THROW 50005, @guardRefusal, 1;
END;
SET @guardSeen = NULL;
SET @guardSeen = (SELECT rs.role_desc
    FROM sys.dm_hadr_availability_replica_states AS rs
    JOIN sys.availability_groups AS ag ON ag.group_id = rs.group_id
    WHERE ag.is_distributed = 1 AND ag.name = N'LINK_Adatum' AND rs.is_local = 1);
IF @guardSeen IS NULL OR @guardSeen NOT IN (N'PRIMARY')
BEGIN
    SET @guardRefusal = N'Refused: the role of SQLBOX01 in the link LINK_Adatum must be PRIMARY, and it is ' + ISNULL(@guardSeen, N'not visible to this login') + N'. Nothing was changed. Read both sides and make a new plan.';
    THROW 50006, @guardRefusal, 1;
END;
SET @guardSeen = NULL;
SET @guardSeen = CAST((SELECT COUNT(*)
    FROM sys.dm_tran_database_transactions AS dt
    LEFT JOIN sys.dm_tran_active_transactions AS act ON act.transaction_id = dt.transaction_id
    LEFT JOIN sys.dm_tran_session_transactions AS st ON st.transaction_id = dt.transaction_id
    LEFT JOIN sys.dm_exec_sessions AS s ON s.session_id = st.session_id
    WHERE dt.database_id IN (DB_ID(N'Adatum'))
      AND dt.database_transaction_begin_lsn IS NOT NULL
      AND ISNULL(act.transaction_type, 0) <> 3 AND ISNULL(s.is_user_process, 1) = 1) AS nvarchar(10));
IF @guardSeen IS NULL OR @guardSeen NOT IN (N'0')
BEGIN
    SET @guardRefusal = N'Refused: the number of open transactions that have written must be 0, and it is ' + ISNULL(@guardSeen, N'not visible to this login') + N'. Nothing was changed. Stop the applications that write here.';
    THROW 50009, @guardRefusal, 1;
END;
SET @guardSeen = NULL;
SET @guardSeen = (SELECT CASE
      WHEN (SELECT MAX(b.last_lsn)
        FROM msdb.dbo.backupset AS b
        JOIN msdb.dbo.backupmediafamily AS m ON m.media_set_id = b.media_set_id
        JOIN sys.database_recovery_status AS r ON r.database_id = DB_ID(N'Adatum')
        WHERE b.database_name = N'Adatum' AND b.is_damaged = 0
          AND b.database_guid = r.database_guid AND b.last_recovery_fork_guid = r.recovery_fork_guid
          AND m.physical_device_name IN (N'C:\backup\Adatum-1-20261121T100000Z-1.bak', N'C:\backup\Adatum-1-20261121T100000Z-2.bak')) IS NULL THEN N'not saved'
      WHEN ISNULL((SELECT MAX(d.last_commit_lsn)
    FROM sys.dm_hadr_database_replica_states AS d
    WHERE (d.is_local = 1 OR d.is_primary_replica = 1)
      AND d.database_id = DB_ID(N'Adatum')), 0) = 0 THEN N'not known'
      WHEN (SELECT MAX(d.last_commit_lsn)
    FROM sys.dm_hadr_database_replica_states AS d
    WHERE (d.is_local = 1 OR d.is_primary_replica = 1)
      AND d.database_id = DB_ID(N'Adatum')) < (SELECT MAX(b.last_lsn)
        FROM msdb.dbo.backupset AS b
        JOIN msdb.dbo.backupmediafamily AS m ON m.media_set_id = b.media_set_id
        JOIN sys.database_recovery_status AS r ON r.database_id = DB_ID(N'Adatum')
        WHERE b.database_name = N'Adatum' AND b.is_damaged = 0
          AND b.database_guid = r.database_guid AND b.last_recovery_fork_guid = r.recovery_fork_guid
          AND m.physical_device_name IN (N'C:\backup\Adatum-1-20261121T100000Z-1.bak', N'C:\backup\Adatum-1-20261121T100000Z-2.bak')) THEN N'covered'
      ELSE N'not covered' END);
IF @guardSeen IS NULL OR @guardSeen NOT IN (N'covered')
BEGIN
    SET @guardRefusal = N'Refused: the log of Adatum in its backup must be covered, and it is ' + ISNULL(@guardSeen, N'not visible to this login') + N'. Nothing was changed. Something was written after the backup: save it again.';
    THROW 50009, @guardRefusal, 1;
END;
EXEC (N'ALTER AVAILABILITY GROUP [LINK_Adatum] SET (ROLE = SECONDARY);');
IF APPLOCK_MODE(N'public', N'd-mi-link-failover', N'Session') <> N'NoLock'
    EXEC sys.sp_releaseapplock @Resource = N'd-mi-link-failover', @LockOwner = N'Session';
END_OF_TSQL

# Step 5 of 6, on SQLBOX01. A forced role can leave the copy on SQLBOX01 suspended.
# Done when: Adatum on SQLBOX01 is not suspended.
step '5-resume-data' 'Resume data movement of Adatum on SQLBOX01, where it is suspended'
change box warn << 'END_OF_TSQL'
SET NOCOUNT ON;
DECLARE @lock int = -999;
IF APPLOCK_MODE(N'public', N'd-mi-link-failover', N'Session') = N'NoLock'
    EXEC @lock = sys.sp_getapplock @Resource = N'd-mi-link-failover', @LockMode = N'Exclusive', @LockOwner = N'Session', @LockTimeout = 0;
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
IF @guardSeen IS NULL OR @guardSeen NOT IN (N'16.0.4195.2')
BEGIN
    SET @guardRefusal = N'Refused: the version of SQLBOX01 must be 16.0.4195.2, and it is ' + ISNULL(@guardSeen, N'not visible to this login') + N'. Nothing was changed. Read both sides and make a new plan.';
    THROW 50003, @guardRefusal, 1;
END;
SET @guardSeen = NULL;
SET @guardSeen = (SELECT rs.role_desc
    FROM sys.dm_hadr_availability_replica_states AS rs
    JOIN sys.availability_groups AS ag ON ag.group_id = rs.group_id
    WHERE ag.is_distributed = 0 AND ag.name = N'AG_Adatum' AND rs.is_local = 1);
IF @guardSeen IS NULL OR @guardSeen NOT IN (N'PRIMARY')
BEGIN
    SET @guardRefusal = N'Refused: the role of SQLBOX01 in the local availability group AG_Adatum must be PRIMARY, and it is ' + ISNULL(@guardSeen, N'not visible to this login') + N'. Nothing was changed. Connect to the node that is PRIMARY of that group.';
    THROW 50004, @guardRefusal, 1;
END;
SET @guardSeen = NULL;
SET @guardSeen = (SELECT CAST(ag.group_id AS nvarchar(36))
    FROM sys.availability_groups AS ag
    WHERE ag.is_distributed = 1 AND ag.name = N'LINK_Adatum');
IF @guardSeen IS NULL OR @guardSeen NOT IN (N'LINK-ID')
BEGIN
    SET @guardRefusal = N'Refused: the group_id of the link LINK_Adatum must be LINK-ID, and it is ' + ISNULL(@guardSeen, N'not visible to this login') + N'. Nothing was changed. Read both sides and make a new plan.';
    THROW 50005, @guardRefusal, 1;
END;
SET @guardSeen = NULL;
SET @guardSeen = (SELECT rs.role_desc
    FROM sys.dm_hadr_availability_replica_states AS rs
    JOIN sys.availability_groups AS ag ON ag.group_id = rs.group_id
    WHERE ag.is_distributed = 1 AND ag.name = N'LINK_Adatum' AND rs.is_local = 1);
IF @guardSeen IS NULL OR @guardSeen NOT IN (N'SECONDARY')
BEGIN
    SET @guardRefusal = N'Refused: the role of SQLBOX01 in the link LINK_Adatum must be SECONDARY, and it is ' + ISNULL(@guardSeen, N'not visible to this login') + N'. Nothing was changed. Read both sides and make a new plan.';
    THROW 50006, @guardRefusal, 1;
END;
EXEC (N'ALTER DATABASE [Adatum] SET HADR RESUME;');
IF APPLOCK_MODE(N'public', N'd-mi-link-failover', N'Session') <> N'NoLock'
    EXEC sys.sp_releaseapplock @Resource = N'd-mi-link-failover', @LockOwner = N'Session';
END_OF_TSQL

# Step 6 of 6, on SQLBOX01 and sqlmi1.a0b1c2.database.windows.net. The answer of one server is no proof of the other.
# Done when: SQLBOX01 shows SECONDARY and HEALTHY, sqlmi1.a0b1c2.database.windows.net shows PRIMARY and HEALTHY, and Adatum is READ_WRITE on sqlmi1.a0b1c2.database.windows.net.
step '6-verify-roles' 'Verify the roles on both sides'
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
    WHERE ag.is_distributed = 0 AND ag.name = N'AG_Adatum' AND rs.is_local = 1);
IF @verifySeen IS NULL OR @verifySeen NOT IN (N'PRIMARY')
BEGIN
    SET @verifyRefusal = N'Refused: the role of SQLBOX01 in the local availability group AG_Adatum must be PRIMARY, and it is ' + ISNULL(@verifySeen, N'not visible to this login') + N'. Nothing was changed. Connect to the node that is PRIMARY of that group.';
    THROW 50004, @verifyRefusal, 1;
END;
DECLARE @looks int = 0;
WHILE @looks < 12
BEGIN
    SET @verifySeen = NULL;
    SET @verifySeen = (SELECT rs.role_desc + N', ' + ISNULL(rs.synchronization_health_desc, N'health unknown')
        FROM sys.dm_hadr_availability_replica_states AS rs
        JOIN sys.availability_groups AS ag ON ag.group_id = rs.group_id
        WHERE ag.is_distributed = 1 AND ag.name = N'LINK_Adatum' AND rs.is_local = 1);
    IF @verifySeen IN (N'SECONDARY, HEALTHY') BREAK;
    IF @verifySeen LIKE N'PRIMARY,%' BREAK;
    WAITFOR DELAY '00:00:05';
    SET @looks = @looks + 1;
END;
SET @verifySeen = NULL;
SET @verifySeen = (SELECT rs.role_desc + N', ' + ISNULL(rs.synchronization_health_desc, N'health unknown')
    FROM sys.dm_hadr_availability_replica_states AS rs
    JOIN sys.availability_groups AS ag ON ag.group_id = rs.group_id
    WHERE ag.is_distributed = 1 AND ag.name = N'LINK_Adatum' AND rs.is_local = 1);
IF @verifySeen IS NULL OR @verifySeen NOT IN (N'SECONDARY, HEALTHY')
BEGIN
    SET @verifyRefusal = N'Not proved: SQLBOX01 in the link LINK_Adatum must be SECONDARY, HEALTHY, and it is ' + ISNULL(@verifySeen, N'not visible to this login') + N'. Read both sides before any other step.';
    THROW 50020, @verifyRefusal, 1;
END;
PRINT N'Read back on SQLBOX01: LINK_Adatum is SECONDARY, HEALTHY.';
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
IF @verifySeen IS NULL OR @verifySeen NOT IN (N'sqlmi1.a0b1c2.database.windows.net')
BEGIN
    SET @verifyRefusal = N'Refused: the server must be sqlmi1.a0b1c2.database.windows.net, and it is ' + ISNULL(@verifySeen, N'not visible to this login') + N'. Nothing was changed. Connect to sqlmi1.a0b1c2.database.windows.net and run it there.';
    THROW 50002, @verifyRefusal, 1;
END;
DECLARE @looks int = 0;
WHILE @looks < 12
BEGIN
    SET @verifySeen = NULL;
    SET @verifySeen = (SELECT rs.role_desc + N', ' + ISNULL(rs.synchronization_health_desc, N'health unknown')
        FROM sys.dm_hadr_availability_replica_states AS rs
        JOIN sys.availability_groups AS ag ON ag.group_id = rs.group_id
        WHERE ag.is_distributed = 1 AND ag.name = N'LINK_Adatum' AND rs.is_local = 1);
    IF @verifySeen IN (N'PRIMARY, HEALTHY') AND CAST(DATABASEPROPERTYEX(N'Adatum', N'Updateability') AS nvarchar(128)) = N'READ_WRITE' BREAK;
    IF @verifySeen LIKE N'SECONDARY,%' BREAK;
    WAITFOR DELAY '00:00:05';
    SET @looks = @looks + 1;
END;
SET @verifySeen = NULL;
SET @verifySeen = (SELECT rs.role_desc + N', ' + ISNULL(rs.synchronization_health_desc, N'health unknown')
    FROM sys.dm_hadr_availability_replica_states AS rs
    JOIN sys.availability_groups AS ag ON ag.group_id = rs.group_id
    WHERE ag.is_distributed = 1 AND ag.name = N'LINK_Adatum' AND rs.is_local = 1);
IF @verifySeen IS NULL OR @verifySeen NOT IN (N'PRIMARY, HEALTHY')
BEGIN
    SET @verifyRefusal = N'Not proved: sqlmi1.a0b1c2.database.windows.net in the link LINK_Adatum must be PRIMARY, HEALTHY, and it is ' + ISNULL(@verifySeen, N'not visible to this login') + N'. Read both sides before any other step.';
    THROW 50020, @verifyRefusal, 1;
END;
SET @verifySeen = NULL;
SET @verifySeen = CAST(DATABASEPROPERTYEX(N'Adatum', N'Updateability') AS nvarchar(128));
IF @verifySeen IS NULL OR @verifySeen NOT IN (N'READ_WRITE')
BEGIN
    SET @verifyRefusal = N'Not proved: Updateability of Adatum on sqlmi1.a0b1c2.database.windows.net must be READ_WRITE, and it is ' + ISNULL(@verifySeen, N'not visible to this login') + N'. Read both sides before any other step.';
    THROW 50020, @verifyRefusal, 1;
END;
PRINT N'Read back on sqlmi1.a0b1c2.database.windows.net: LINK_Adatum is PRIMARY, HEALTHY, READ_WRITE.';
END_OF_TSQL

say ''
say 'Done.'
say 'Repoint the applications to sqlmi1,1433.'
