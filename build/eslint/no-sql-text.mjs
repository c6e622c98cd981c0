// An ESLint rule: SQL text stands only in the rooms made for it, so that quoting and statements cannot be written twice.

/** Words that begin SQL that changes or reads something, as T-SQL writes them: capitals, then the object. */
const sqlText = new RegExp(
  [
    String.raw`\bALTER\s+(AVAILABILITY\s+GROUP|DATABASE|LOGIN|SERVER)\b`,
    String.raw`\b(DROP|CREATE)\s+(AVAILABILITY\s+GROUP|DATABASE|LOGIN|ENDPOINT|CERTIFICATE|TABLE)\b`,
    String.raw`\bSELECT\b[\s\S]*\b(FROM|AS)\b`,
    String.raw`\bSELECT\s+(@|CAST|CONVERT|COUNT|TOP|[A-Z_]+\()`,
    String.raw`\bEXEC(UTE)?\s*(\(|@|N'|sys\.|sp_|master\.)`,
    String.raw`\b(BACKUP|RESTORE)\s+(LOG|DATABASE|VERIFYONLY)\b`,
    String.raw`\bSET\s+(HADR|\(ROLE)\b`,
    String.raw`\bKILL\s+(\d|@|$)`,
    String.raw`\bINSERT\s+INTO\b|\bDELETE\s+FROM\b|\bUPDATE\s+\S+\s+SET\b`,
    String.raw`\b(GRANT|DENY|REVOKE)\s+(ALTER|VIEW|CONTROL|CONNECT|EXECUTE)\b`,
    String.raw`\bFROM\s+(sys|msdb|master)\.`,
  ].join("|"),
);

export const noSqlText = {
  meta: {
    type: "problem",
    schema: [],
    messages: {
      sql: "SQL text belongs into shared/sql, shared/plan/actions or electron/estate/queries.",
    },
  },
  create(context) {
    const look = (node, text) => {
      if (sqlText.test(text)) context.report({ node, messageId: "sql" });
    };
    return {
      Literal: (node) => {
        if (typeof node.value === "string") look(node, node.value);
      },
      TemplateLiteral: (node) => {
        look(node, node.quasis.map((part) => part.value.cooked ?? part.value.raw).join("x"));
      },
      // 'ALTER AVAILABILITY ' + 'GROUP': the parts of a sum are looked at together, from its top.
      BinaryExpression: (node) => {
        if (node.operator !== "+" || node.parent.type === "BinaryExpression") return;
        look(node, sumText(node));
      },
    };
  },
};

function sumText(node) {
  if (node.type === "BinaryExpression" && node.operator === "+") {
    return sumText(node.left) + sumText(node.right);
  }
  return node.type === "Literal" ? String(node.value) : "x";
}
