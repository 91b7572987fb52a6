/** What `mi-audit explain unsound-directive` shows; rules that look at a program have their page in their folder. */
export const directivePage = `# unsound-directive

A directive is a comment that accepts a finding:

\`\`\`js
// mi-audit-disable-next-line in-memory-session -- one instance until we have Redis
app.use(session({ secret }));
\`\`\`

## The directives

- \`mi-audit-disable-next-line RULE -- reason\`: findings that start on the next line of code.
- \`mi-audit-disable-line RULE -- reason\`: findings that start on the comment's own line.
- \`mi-audit-disable RULE -- reason\` on a line of its own: from here to \`mi-audit-enable RULE\`, or to the end of the file.
- \`mi-audit-disable-file RULE -- reason\`: the whole file.

Several rules are separated by commas. The reason is required: whoever raises the number of instances later has to know
whether the risk was understood, and whether it still holds.

Before the reason it can say until when it holds, and who answers for it:

\`\`\`js
// mi-audit-disable-next-line in-memory-session expires=2026-12-31 owner=@web -- no Redis yet
\`\`\`

After that day the finding is reported again, and so is the directive. A rule that the configuration lists in \`enforce\`
cannot be silenced at all. \`--no-ignores\` shows what directives and the baseline hide.

## What is reported

- A directive without a reason.
- A directive that names no rule, or one that does not exist.
- A directive whose word is misspelt, or a block that starts behind code.
- A directive whose day has passed, or for a rule that is enforced.
- A directive that silences nothing, because the finding has gone or stands elsewhere.

A directive with one of the first four faults silences nothing.

## How to fix it

Write the directive as above, directly above the line that the report names, or remove it. A directive for a rule that
did not run is left alone.
`;
