// The functions at the head of an az script: asking a server, the gate, Azure, and how it ends. Plain bash, the same for every plan.
import type { Side } from "../estate/estate.ts";
import type { Plan } from "../plan/plan.ts";
import { sinceLine } from "../sql/script-readings.ts";
import { bashLiteral } from "./bash-literal.ts";
import type { Sent } from "./batches.ts";
import type { Deeds, GateDeeds } from "./deeds.ts";
import { asksAzure, asksFor, azTakesName } from "./deeds.ts";
import { endings, lossToConfirm, nameOf, sidesReached } from "./whole-plan.ts";

/** A here-document: nothing in it is special to bash, and no line of T-SQL is this word. */
export function hereDocument({ batch }: Pick<Sent, "batch">): string {
  return `<< 'END_OF_TSQL'\n${batch}\nEND_OF_TSQL`;
}

export function azFunctions(plan: Plan, deeds: Deeds): string {
  return [
    ending,
    takeBack(deeds),
    sending(plan),
    ...(deeds.gate === null ? [] : [gate(plan, deeds.gate)]),
    ...(asksAzure(deeds, azTakesName(plan)) ? [selecting] : []),
    ...(asksFor(deeds, "setReplicationMode") ? [settingMode] : []),
    ...(asksFor(deeds, "linkIsThere") ? [looking] : []),
    ...(asksFor(deeds, "waitUntil") || asksFor(deeds, "waitUntilAzureShows") ? [waiting] : []),
    ...(asksFor(deeds, "azureMustShow") || asksFor(deeds, "waitUntilAzureShows")
      ? [azureShows]
      : []),
    ...(asksFor(deeds, "lookAtOldCopy") ? [oldCopy] : []),
    ...(asksFor(deeds, "confirmLoss") ? [confirming(plan)] : []),
  ].join("\n\n");
}

const ending = String.raw`say() { printf '%s\n' "$*"; }

# stop CODE SENTENCE: before anything was begun that cannot be called back, what was set is set back.
stop() {
  local code=$1
  shift
  say "$*" >&2
  if [[ $begun == no ]]; then take_back; fi
  exit "$code"
}

interrupted() {
  if [[ $begun == no ]]; then stop 1 "${endings.stopped} ${endings.nothingSent}"; fi
  stop 4 "${endings.stopped} ${endings.readBoth}"
}
trap interrupted INT TERM

step() {
  say ""
  say "== $1: $2"
}`;

/** The newest first; a failure to set back is told and changes no exit code. */
function takeBack({ takenBack }: Deeds): string {
  const parts = [...takenBack].reverse().map(([number, what]) => {
    const attempt =
      what === "replicationMode"
        ? "set_replication_mode Async"
        : `send ${what.side} ${hereDocument(what)}`;
    const act = what === "replicationMode" ? `${attempt}; then` : `${attempt}\n  then`;
    return `  if [[ $set_by_${number} == yes ]]; then
    set_by_${number}=no
    if ${act}
      say "What step ${number} had set is set back." >&2
    else
      say "What step ${number} had set is NOT set back: set it back by hand." >&2
    fi
  fi`;
  });
  const flags = [...takenBack.keys()].map((number) => `set_by_${number}=no\n`).join("");
  return `${flags}take_back() {\n${parts.length === 0 ? "  :" : parts.join("\n")}\n}`;
}

/** How the environment's variables of a side begin. */
export const variableOf = { box: "BOX", instance: "MI" } as const;

function sending(plan: Plan): string {
  const [first, ...others] = sidesReached(plan);
  const chosen = (act: (side: Side) => string) =>
    first === undefined || others.length === 0
      ? `  ${first === undefined ? ":" : act(first)}`
      : [
          "  case $1 in",
          `    ${first}) ${act(first)} ;;`,
          ...others.map((side) => `    *) ${act(side)} ;;`),
          "  esac",
        ].join("\n");
  const connect = (side: Side) => {
    const [own] = [variableOf[side]];
    return `on_server "$${own}_SERVER" "$${own}_USER" "$${own}_PASSWORD" "$${own}_TRUST_CERTIFICATE"`;
  };
  return String.raw`# Sends one batch as sqlcmd takes it; what the server says goes to $work/said.
on_server() {
  local options=(-S "$1" -d master -l 30 -b -x -h -1 -W -w 65535 -i "$work/batch.sql")
  if [[ $4 == yes ]]; then options+=(-C); fi
  SQLCMDUSER=$2 SQLCMDPASSWORD=$3 sqlcmd "${"$"}{options[@]}" > "$work/said" 2>&1
}

# send SIDE: the batch on standard input. A batch of comments takes the byte order mark, GO is on lines of its own.
send() {
  {
    printf '\xef\xbb\xbf-- MI Link Failover\nGO\n%s\n' "$declared"
    cat
    printf '\nGO\n'
  } > "$work/batch.sql"
${chosen(connect)}
}

name_of() {
${chosen((side) => `say ${bashLiteral(nameOf(plan, side))}`)}
}

not_read() {
  cat "$work/said" >&2
  if [[ $begun == no ]]; then stop 3 "$(name_of "$1") ${endings.notRead} ${endings.nothingSent}"; fi
  stop 4 "$(name_of "$1") ${endings.notRead} ${endings.readBoth}"
}

# ask SIDE: a reading, one row. Sets answer, and lsns to what follows an open.
ask() {
  local line
  if ! send "$1"; then not_read "$1"; fi
  answer=''
  lsns=''
  while IFS= read -r line; do
    line=${"$"}{line%$'\r'}
    case $line in
      open | 'open '*)
        answer=open
        lsns=${"$"}{line#open}
        ;;
      'shut '* | 'at '* | 'unproved '*) answer=$line ;;
    esac
  done < "$work/said"
  if [[ -z $answer ]]; then not_read "$1"; fi
}

# ask_since SIDE: the same with the time of the failover, in the instance's own clock, declared before it.
ask_since() {
  if [[ ! $clock =~ ^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9:.]+$ ]]; then
    stop 2 "${endings.noTime}"
  fi
  declared="${sinceLine("$clock")}"
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
    warn) say "${endings.warned}" >&2 ;;
    stop) stop 1 "$(name_of "$1") ${endings.refused}" ;;
    *)
      # The batch's own guard speaks before anything is sent on.
      if grep -q 'Refused: ' "$work/said"; then
        begun=no
        stop 3 "$(name_of "$1") ${endings.notPlanned}"
      fi
      stop 4 "$(name_of "$1") ${endings.notSaid}"
      ;;
  esac
}`;
}

function gate(plan: Plan, { settings, readings: asked, patienceSeconds }: GateDeeds): string {
  const readings = asked.map(
    ({ end, sent }) => `gate_of_${end}() {\n  ask ${sent.side} ${hereDocument(sent)}\n}`,
  );
  const positions = settings.acceptUnproved ? 0 : plan.link.databases.length;
  return [
    ...readings,
    String.raw`# at_least A B: numbers of up to 25 digits, longer than the shell can count; neither begins with 0.
at_least() {
  if (( ${"$"}{#1} != ${"$"}{#2} )); then (( ${"$"}{#1} > ${"$"}{#2} )); else [[ ! $1 < $2 ]]; fi
}

# holds HAVE NEED: every position is known, and what the secondary has is at least what the primary has.
holds() {
  local have need index
  read -r -a have <<< "$1"
  read -r -a need <<< "$2"
  if (( ${"$"}{#have[@]} != ${positions} || ${"$"}{#need[@]} != ${positions} )); then return 1; fi
  for (( index = 0; index < ${positions}; index++ )); do
    [[ ${"$"}{have[index]} =~ ^[1-9][0-9]*$ && ${"$"}{need[index]} =~ ^[1-9][0-9]*$ ]] || return 1
    at_least "${"$"}{have[index]}" "${"$"}{need[index]}" || return 1
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
    gate_problem="on the secondary, ${"$"}{secondary#shut }"
  elif [[ $answer != open ]]; then
    gate_problem="on the primary, ${"$"}{answer#shut }"
  elif ! holds "$reached" "$gate_positions"; then
    gate_problem='${endings.behind}'
  fi
}

# Until every reading of ${settings.stableSeconds} s, at least ${settings.leastReadings}, was open and the primary unmoved.
wait_at_gate() {
  local readings=0 since=0 shown='' deadline=$((SECONDS + ${patienceSeconds}))
  while true; do
    read_gate
    if [[ -z $gate_problem ]] && (( readings > 0 )) && [[ $gate_positions != "$held_positions" ]]; then
      gate_problem='${endings.stillMoving}'
    fi
    if [[ -n $gate_problem ]]; then
      if [[ $gate_problem != "$shown" ]]; then say "Not ready: $gate_problem"; fi
      shown=$gate_problem
      readings=0
      if (( SECONDS >= deadline )); then stop 3 "${endings.gateShut}"; fi
    else
      if (( readings == 0 )); then since=$SECONDS; fi
      readings=$((readings + 1))
      held_positions=$gate_positions
      # SECONDS counts whole ones: more than N of them are at least N.
      if (( readings >= ${settings.leastReadings} && SECONDS - since > ${settings.stableSeconds} )); then break; fi
    fi
    sleep 1
  done
  say "${endings.ready}"
}

# Once more, directly before what cannot be called back.
gate_is_open() {
  read_gate
  if [[ -n $gate_problem ]]; then stop 3 "${endings.gateShutAgain} $gate_problem"; fi
  if [[ $gate_positions != "$held_positions" ]]; then stop 3 "${endings.gateShutAgain} ${endings.stillMoving}"; fi
}`,
  ].join("\n\n");
}

function confirming(plan: Plan): string {
  const lines = lossToConfirm(plan).map((line) => `  say ${bashLiteral(line)}`);
  return String.raw`# Goes on only when the link's name was typed, here or as --link-name: nothing else stands for it.
confirm_loss() {
${lines.join("\n")}
  if [[ $is_typed == no ]]; then
    printf '%s' 'Type the name of the link to force it: ' >&2
    IFS= read -r typed || stop 2 "${endings.noName}"
  fi
  if [[ $typed != "$link" ]]; then stop 3 "${endings.otherName}"; fi
}`;
}

const settingMode = String.raw`set_replication_mode() {
  az sql mi link update --resource-group "$resource_group" --instance-name "$instance" --name "$link" --replication-mode "$1" --output none
}`;

const looking = String.raw`# Sets link_seen: yes, no (az ends with 3 where there is no such link), or unknown.
look_for_link() {
  local code=0
  az sql mi link show --resource-group "$resource_group" --instance-name "$instance" --name "$link" --output none 2> "$work/said" || code=$?
  case $code in
    0) link_seen=yes ;;
    3) link_seen=no ;;
    *) link_seen=unknown ;;
  esac
}`;

const azureShows = String.raw`# azure_shows there|gone ADDRESS QUERY VALUE: Azure was read, and VALUE is, or is not, among what QUERY names.
azure_shows() {
  local shown
  shown=$(az rest --method get --url "$2" --query "$3" --output tsv) || return 1
  if grep -Fxq -- "$4" <<< "${"$"}{shown//$'\r'/}"; then [[ $1 == there ]]; else [[ $1 == gone ]]; fi
}`;

const selecting = String.raw`select_subscription() {
  local seen
  az account set --subscription "$subscription" || stop 3 "Sign in first: az login --tenant $tenant. ${endings.nothingSent}"
  seen=$(az account show --query tenantId --output tsv) || stop 3 "Azure was not read. ${endings.nothingSent}"
  if [[ ${"$"}{seen%$'\r'} != "$tenant" ]]; then stop 3 "${endings.otherTenant}"; fi
}`;

const waiting = String.raw`# still_waiting LIMIT BEGAN SENTENCE WHY: says it once for each reason, and gives up after LIMIT seconds (0: never).
still_waiting() {
  if [[ $4 != "$waited_for" ]]; then say "Waiting until $3: $4"; fi
  waited_for=$4
  if (( $1 > 0 && SECONDS - $2 >= $1 )); then stop 4 "It was not seen in $1 s that $3. ${endings.readBoth}"; fi
  sleep 2
}`;

const oldCopy = String.raw`# moved NOW BEFORE: a known position that is higher than it was.
moved() {
  local now old index
  read -r -a now <<< "$1"
  read -r -a old <<< "$2"
  for (( index = 0; index < ${"$"}{#now[@]}; index++ )); do
    if [[ ${"$"}{now[index]} == 0 || ${"$"}{old[index]:-0} == 0 ]]; then continue; fi
    if ! at_least "${"$"}{old[index]}" "${"$"}{now[index]}"; then return 0; fi
  done
  return 1
}`;
