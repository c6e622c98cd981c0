// What --control takes, for --help: every request and every fault.

/** S is box or instance, N a number, B true or false. A test holds it against the requests that are taken. */
export const controlHelp = `Requests of --control, one JSON object on one line; an "id" in it comes back in the answer:
  {"ask":"truth"}   Roles, rows and health of both sides, and every changing statement that was received.
  {"ask":"statements"}, {"ask":"changes"}, {"ask":"clock"}
  {"do":"workload","running":B}, {"do":"advance","ms":N}, {"do":"clock","speed":N}, {"do":"stop"}
  {"do":"fault","fault":F}, where F is one of:
    {"kind":"linkDisconnected","on":B}           The two servers lose each other.
    {"kind":"suspended","server":S,"on":B}       Data movement is suspended on one side.
    {"kind":"restart","server":S}                A server restarts.
    {"kind":"unreachable","server":S,"on":B}     Connections are cut, and new ones fall.
    {"kind":"blackhole","server":S,"on":B}       Connections stay open and are taken; nothing is answered.
    {"kind":"dropConnections","server":S}        All connections of a server are cut, once.
    {"kind":"connectionLost","server":S,"sessionId":N,"how":"cut"|"silence"}
                                                 One connection is cut, or goes silent and stays open.
    {"kind":"networkDelay","ms":N}               Log takes that long from one side to the other.
    {"kind":"rolesMoved"}                        Somebody else fails the link over.
    {"kind":"localGroupMoves","on":B}            SQL Server's node becomes SECONDARY of its own group.
    {"kind":"permissionTaken","server":S,"permission":"VIEW SERVER STATE","on":B}
                                                 The login loses a right while it is connected.
  and, for the next FAILOVER or role change alone:
    {"kind":"failoverOutcome","error":N,"rolesMoved":"none"|"half"|"all"}
                                                 FAILOVER ends with SQL error N; half: nobody is PRIMARY.
    {"kind":"roleChangeStalls","ms":N}           Both sides stay RESOLVING for that much longer.
    {"kind":"answerLost","afterMs":N,"how":"cut"|"silence"}
                                                 The client that sent FAILOVER never hears how it ended.
`;
