// What --control takes, for --help: every request and every fault.

/** S is box or instance, N a number, B true or false, T a tenant's id, U a user's name. A test holds it against the requests that are taken. */
export const controlHelp = `Requests of --control, one JSON object on one line; an "id" in it comes back in the answer:
  {"ask":"truth"}   Roles, rows, health and disabled logins of both sides, and every changing statement received.
  {"ask":"statements"}, {"ask":"changes"}, {"ask":"clock"}
  {"ask":"azure"}   What the directory and ARM were asked, without tokens.
  {"do":"workload","running":B}, {"do":"advance","ms":N}, {"do":"clock","speed":N}, {"do":"stop"}
  {"do":"startOver","scenario":"NAME"}   The world begins anew with a scenario of --list; logins and addresses stay.
  {"do":"fault","fault":F}, where F is one of:
    {"kind":"linkDisconnected","on":B}           The two servers lose each other.
    {"kind":"suspended","server":S,"on":B}       Data movement is suspended on one side.
    {"kind":"restart","server":S}                A server restarts.
    {"kind":"unreachable","server":S,"on":B,"how":"falls"|"refused"}
                                                 Connections are cut, and new ones fall (also without "how") or are refused.
    {"kind":"blackhole","server":S,"on":B}       Connections stay open and are taken; nothing is answered.
    {"kind":"dropConnections","server":S}        All connections of a server are cut, once.
    {"kind":"connectionLost","server":S,"sessionId":N,"how":"cut"|"silence"}
                                                 One connection is cut, or goes silent and stays open.
    {"kind":"networkDelay","ms":N}               Log takes that long from one side to the other.
    {"kind":"rolesMoved"}                        Somebody else fails the link over.
    {"kind":"localGroupMoves","on":B}            SQL Server's node becomes SECONDARY of its own group.
    {"kind":"permissionTaken","server":S,"permission":"VIEW SERVER STATE","on":B}
                                                 The login loses a right while it is connected.
    {"kind":"noAutomaticBackups","on":B}         The instance makes no backups of its own.
    {"kind":"userCommits","server":S,"rows":N}   Users commit N rows at once.
    {"kind":"commitDuringBackup","server":S,"times":"never"|"once"|"each"}
                                                 A user commits while a backup runs.
    {"kind":"commitAfterBackup","server":S,"times":"never"|"once"|"each","afterMs":N}
                                                 A user commits after a backup has ended.
    {"kind":"backupDevice","server":S,"how":"works"|"cannotOpen"|"writeFails"|"ioError"|"hangs"}
                                                 What backups are written to.
    {"kind":"backupDamage","server":S,"how":"none"|"flagged"|"unreadable"}
                                                 How backups come out from now on.
    {"kind":"logChain","server":S,"how":"simpleModel"|"logBackupMissing"|"otherFork"}
                                                 The chain of log backups is broken.
    {"kind":"forced","server":S}                 Somebody forces this server to be primary.
    {"kind":"demoted","server":S}                Somebody makes this server secondary.
    {"kind":"writersStopped"}                    The applications stop, those that never stop too.
  and, for the next FAILOVER or role change alone:
    {"kind":"failoverOutcome","error":N,"rolesMoved":"none"|"half"|"all"}
                                                 FAILOVER ends with SQL error N; half: nobody is PRIMARY.
    {"kind":"roleChangeStalls","ms":N}           Both sides stay RESOLVING for that much longer.
    {"kind":"answerLost","afterMs":N,"how":"cut"|"silence"}
                                                 The client that sent FAILOVER never hears how it ended.
  {"do":"entraFault","fault":F}, where F is one of:
      {"kind":"refreshTokensRevoked"}            Everybody has to sign in again.
      {"kind":"consentDeclined","on":B}          Whoever signs in declines.
      {"kind":"tenantFails","tenantId":"T","how":"mfaRequired"|"blocked"|"unavailable","on":B}
                                                 One tenant gives out no tokens.
      {"kind":"tokenLifetime","seconds":N}       Life of access tokens from now on.
      {"kind":"deviceCodes","lifetimeSeconds":N,"intervalSeconds":N}
                                                 Life of device codes, and how often a client may ask.
      {"kind":"slow","ms":N}                     Every answer comes that much later; 0 ends it.
      {"kind":"tenantSlow","tenantId":"T","ms":N}
                                                 The same for one tenant alone.
  {"do":"armFault","fault":F}, where F is one of:
      {"kind":"throttled","requests":N,"retryAfterSeconds":N}
                                                 The next N requests are refused with 429.
      {"kind":"unavailable","requests":N}        The next N requests are refused with 503.
      {"kind":"tokensRefused","requests":N}      The next N requests are told that their token has expired.
      {"kind":"role","upn":"U","role":"contributor"|"linkOperator"|"reader"|"none"|null}
                                                 A user's role in Azure; null: as it was.
      {"kind":"subscription","subscriptionId":"S","how":"works"|"forbidden"|"disabled"}
                                                 Nothing in it may be read, or changed.
      {"kind":"slow","ms":N}                     Every answer comes that much later; 0 ends it.
      {"kind":"operationResultsGone","on":B}     Azure remembers no operation that was begun.
    and, for the next change of the link that Azure accepts:
      {"kind":"operationNeverEnds","carriedOut":B}
                                                 Who asks after it hears 202 for ever.
      {"kind":"operationFails","code":"OperationTimedOut","carriedOut":B}
                                                 It ends with that error, whatever was done.
      {"kind":"operationAnswerLost"}             The client that sent it is cut off and hears nothing.
`;
