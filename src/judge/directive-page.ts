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

## What is reported

- A directive without a reason.
- A directive that names no rule, or one that does not exist.
- A directive whose word is misspelt, or a block that starts behind code.
- A directive that silences nothing, because the finding has gone or stands elsewhere.

A directive with one of the first three faults silences nothing.

## How to fix it

Write the directive as above, directly above the line that the report names, or remove it. A directive for a rule that
did not run is left alone.
`;
