import { createHash } from 'node:crypto';
import type { Problem } from '../../model/input.js';
import type { Report } from '../../model/report.js';
import { exitReason, lookedAt, plural } from '../answer.js';
import type { Look } from '../formats.js';
import { where } from '../layout.js';
import { worstFirst } from '../words.js';
import { filters } from './filters.js';
import { ruleSection, spot } from './findings.js';
import { categories, verdict } from './head.js';
import { Markup, markup, NOTHING, sentence } from './markup.js';
import { drawing, legend } from './picture.js';
import { SCRIPT } from './script.js';
import { STYLE } from './style.js';

/** One page that needs nothing else: no network, no fonts, and without its script every finding is still there. */
export function html(report: Report, { showSafe = false }: Partial<Pick<Look, 'showSafe'>> = {}): string {
  const { name } = report.source;
  return markup`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src '${digest(STYLE)}'; script-src '${digest(SCRIPT)}'; base-uri 'none'; form-action 'none'">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="generator" content="mi-audit ${report.tool.version}">
<meta name="referrer" content="no-referrer">
<title>${name}: ready for a second instance? - mi-audit</title>
<style>${new Markup(STYLE)}</style>
</head>
<body>
<a class="skip" href="#findings">To the findings</a>
<header class="top"><h1>${name} <span>audited for a second instance</span></h1><button type="button" id="theme" hidden>Dark</button></header>
<main>
${verdict(report)}${categories(report)}${picture(report)}${findings(report)}${problems(report)}${accepted(report)}${showSafe ? safe(report) : NOTHING}</main>
${footer(report)}
<script>${new Markup(SCRIPT)}</script>
</body>
</html>
`.text;
}

function digest(text: string): Markup {
  return new Markup(`sha256-${createHash('sha256').update(text).digest('base64')}`);
}

function picture(report: Report): Markup {
  const given = report.picture;
  if (!given || given.processes.length === 0) return NOTHING;
  const more =
    given.more > 0
      ? markup`<p class="note">${given.more} more ${given.more === 1 ? 'process is' : 'processes are'} not drawn.</p>`
      : NOTHING;
  return markup`<section aria-labelledby="picture"><h2 id="picture">The application, twice</h2>
<div class="scroll" tabindex="0" role="group" aria-label="Drawing of the application">${drawing(given)}</div>
${legend(given)}${more}</section>
`;
}

function findings(report: Report): Markup {
  const rules = [...new Set(worstFirst(report.findings).map(({ ruleId }) => ruleId))];
  const byRule = new Map(rules.map((rule) => [rule, report.findings.filter(({ ruleId }) => ruleId === rule)]));
  const list =
    rules.length > 0
      ? [filters(report), ...rules.map((rule) => ruleSection(rule, worstFirst(byRule.get(rule)!), report))]
      : [markup`<p>No findings.</p>\n`];
  return markup`<section aria-labelledby="findings"><h2 id="findings" tabindex="-1">Findings</h2>
${list}</section>
`;
}

function problems({ problems: all }: Report): Markup {
  const of = (level: Problem['level']) => all.filter((problem) => problem.level === level);
  return markup`${problemList('What could not be audited', of('error'))}${problemList('What was left out', of('note'))}`;
}

function problemList(title: string, list: readonly Problem[]): Markup {
  if (list.length === 0) return NOTHING;
  const id = title.toLowerCase().replaceAll(' ', '-');
  const rows = list.map(
    ({ file, span, message }) =>
      markup`<div><dt><code>${file === undefined ? '.' : span ? where({ file, span }) : file}</code></dt><dd>${sentence(message)}</dd></div>\n`,
  );
  return markup`<section aria-labelledby="${id}"><h2 id="${id}">${title}</h2><dl class="list">${rows}</dl></section>
`;
}

function accepted(report: Report): Markup {
  const silenced = report.verdicts.filter(({ status }) => status === 'silenced' || status === 'baselined');
  if (silenced.length === 0) return NOTHING;
  const rows = silenced.map(
    ({ finding, status, reason = status === 'baselined' ? 'in the baseline' : '', by }) =>
      markup`<div><dt>${spot(finding, report)} <code>${finding.ruleId}</code></dt><dd>${sentence(reason)}${by ? markup` (${spot(by, report)})` : NOTHING}</dd></div>\n`,
  );
  return markup`<section aria-labelledby="accepted"><h2 id="accepted">Accepted</h2><dl class="list">${rows}</dl></section>
`;
}

function safe(report: Report): Markup {
  if (report.safe.length === 0) return NOTHING;
  const rows = report.safe.map(
    ({ ruleId, reason, because, ...place }) =>
      markup`<div><dt>${spot(place, report)} <code>${ruleId}</code></dt><dd>${sentence(reason)}${because ? markup` (${spot(because, report)})` : NOTHING}</dd></div>\n`,
  );
  return markup`<section aria-labelledby="safe"><h2 id="safe">Looked at and found safe</h2><dl class="list">${rows}</dl></section>
`;
}

function footer(report: Report): Markup {
  const { stats, tool, notRun, source, exitCode } = report;
  const hidden =
    stats.lowConfidence > 0 ? ` ${plural(stats.lowConfidence, 'finding')} of less confidence not shown.` : '';
  const left = notRun.length > 0 ? ` ${plural(notRun.length, 'rule')} did not run.` : '';
  const revision = source.revision === undefined ? '' : ` Revision ${source.revision.slice(0, 12)}.`;
  return markup`<footer><p>${lookedAt(stats)}.${hidden}${left}${revision} Exit code ${exitCode}: ${exitReason(report)}.</p><p>mi-audit ${tool.version}, <a href="https://github.com/mi-audit/mi-audit" rel="noreferrer">what it is and how it knows</a></p></footer>`;
}
