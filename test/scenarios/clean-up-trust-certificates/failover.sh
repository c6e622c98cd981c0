#!/usr/bin/env bash
# PRODUCTION. MI Link Failover: clean-up after the link DAG_AdatumBooks.
# Plan 838997e345b769adbe84173a07d1dc25bb02d481f76f7207cefcf6b324be23ba
#
# What the link DAG_AdatumBooks left behind is removed: trust certificate Cert_SQLBOX01_endpoint. No database is touched.
#
# Runs the whole plan from a computer that reaches SQLBOX01 and sqlmi1.0123456789ab.database.windows.net and Azure. Not for Azure Cloud Shell:
# that reaches neither server. Start this in a session that stays open.
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
# shellcheck disable=SC2016,SC2034

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

if (( $# > 0 )); then
  printf 'Usage: bash failover.sh\n' >&2
  exit 2
fi
clock=''

begun=no
declared=''
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

select_subscription() {
  local seen
  az account set --subscription "$subscription" || stop 3 "Sign in first: az login --tenant $tenant. Nothing was sent."
  seen=$(az account show --query tenantId --output tsv) || stop 3 "Azure was not read. Nothing was sent."
  if [[ ${seen%$'\r'} != "$tenant" ]]; then stop 3 "The subscription is in another tenant. Nothing was sent."; fi
}

# still_waiting LIMIT BEGAN SENTENCE WHY: says it once for each reason, and gives up after LIMIT seconds (0: never).
still_waiting() {
  if [[ $4 != "$waited_for" ]]; then say "Waiting until $3: $4"; fi
  waited_for=$4
  if (( $1 > 0 && SECONDS - $2 >= $1 )); then stop 4 "It was not seen in $1 s that $3. Read both sides before anything else. Nothing is sent again."; fi
  sleep 2
}

# azure_shows there|gone ADDRESS QUERY VALUE: Azure was read, and VALUE is, or is not, among what QUERY names.
azure_shows() {
  local shown
  shown=$(az rest --method get --url "$2" --query "$3" --output tsv) || return 1
  if grep -Fxq -- "$4" <<< "${shown//$'\r'/}"; then [[ $1 == there ]]; else [[ $1 == gone ]]; fi
}

select_subscription

# Step 1 of 1, on Azure. It was chosen, and sqlmi1.0123456789ab.database.windows.net has no link any more that it would be checked for.
# Done when: Azure lists the certificate Cert_SQLBOX01_endpoint no more among those that sqlmi1.0123456789ab.database.windows.net trusts.
step '1-remove-trust-certificate' 'Remove trust certificate ('\''Cert_SQLBOX01_endpoint'\'')'
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
END_OF_TSQL
begun=yes
az rest --method delete --url '/subscriptions/11111111-2222-4333-8444-555555555555/resourceGroups/rg-adatum-sql/providers/Microsoft.Sql/managedInstances/sqlmi1/serverTrustCertificates/Cert_SQLBOX01_endpoint?api-version=2025-01-01' --output none || stop 4 'Azure did not say that it took the request. Look at it in Azure before anything else.'
began=$SECONDS
until azure_shows gone '/subscriptions/11111111-2222-4333-8444-555555555555/resourceGroups/rg-adatum-sql/providers/Microsoft.Sql/managedInstances/sqlmi1/serverTrustCertificates?api-version=2025-01-01' 'value[].name' 'Cert_SQLBOX01_endpoint'; do
  still_waiting 1800 "$began" 'Azure lists the certificate no more' 'not yet'
done

say ''
say 'Done.'
