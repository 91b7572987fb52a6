import type { Evidence, Finding, Severity } from '../../model/finding.js';
import type { Report } from '../../model/report.js';
import type { Place } from '../../model/span.js';
import { plural } from '../answer.js';
import { where } from '../layout.js';
import { browserLink } from '../places.js';
import { certaintyOf, consequenceLabel, today, whenItBites } from '../words.js';
import { code, link, type Markup, markup, NOTHING, sentence } from './markup.js';
import { anchor, ruleWords } from './words.js';

/** Of a very long line (a bundle, say), what can be read. */
const BEFORE = 120;
const AFTER = 240;

export const SEVERITY_WORDS: Record<Severity, string> = { error: 'blocker', warning: 'risk', info: 'note' };

/** The findings of one rule, under its title. */
export function ruleSection(ruleId: string, findings: readonly Finding[], report: Report): Markup {
  const title = report.rules.find(({ id }) => id === ruleId)?.title;
  const id = anchor('rule', ruleId);
  return markup`<section class="rule" aria-labelledby="${id}" data-rule="${ruleId}">
<header><h3 id="${id}">${ruleWords(ruleId)}</h3><p>${title === undefined ? NOTHING : markup`${sentence(title)}. `}${link(findings[0]?.docs, markup`About <code>${ruleId}</code>`)}</p></header>
${findings.map((finding) => article(finding, report))}
</section>
`;
}

function article(finding: Finding, report: Report): Markup {
  const { severity, ruleId, message, consequence, hint, file, evidence, doubts = [] } = finding;
  const holders = report.picture?.holders ?? {};
  const processes = Object.hasOwn(holders, file) ? holders[file]! : [];
  const steps = evidence.filter((step, index) => index > 0 || step.note !== message);
  const when = whenItBites(finding);
  const now = today(finding);
  return markup`<article class="finding ${severity}" data-severity="${severity}" data-rule="${ruleId}" data-process="${processes.join(' ')}" data-triggers="${finding.triggers.join(' ')}" data-live="${finding.live?.is ?? 'unknown'}">
<h4>${sentence(message)}</h4>
<p class="meta"><span class="chip ${severity}">${SEVERITY_WORDS[severity]}</span>${finding.live?.place && finding.live.is === 'yes' ? markup` <span class="chip live">live</span>` : NOTHING} ${spot(finding, report)} <span class="certainty">${certaintyOf(finding)}</span></p>
${frame(finding, report)}<dl>
<dt>${consequenceLabel(finding)}</dt><dd>${sentence(consequence)}</dd>
<dt>Fix</dt><dd>${sentence(hint)}</dd>
${when === '' ? NOTHING : markup`<dt>When</dt><dd>${sentence(when)}</dd>\n`}${now === '' ? NOTHING : markup`<dt>Today</dt><dd>${sentence(now)}</dd>\n`}${doubts.length === 0 ? NOTHING : markup`<dt>Doubts</dt><dd>${sentence(doubts.join('; '))}</dd>\n`}</dl>
${steps.length === 0 ? NOTHING : why(steps, severity, report)}</article>
`;
}

function why(steps: readonly Evidence[], severity: Severity, report: Report): Markup {
  const items = steps.map(
    (step) =>
      markup`<li>${spot(step, report)} ${sentence(step.note)}${step.guessed ? markup` <i>(guessed from the name)</i>` : NOTHING}</li>`,
  );
  return markup`<details${severity === 'error' ? markup` open` : NOTHING}><summary>Why: ${plural(steps.length, 'place')}</summary><ol>${items}</ol></details>
`;
}

export function spot(place: Place, report: Report): Markup {
  return link(browserLink(place, report), markup`<code class="place">${where(place)}</code>`);
}

function frame(finding: Finding, report: Report): Markup {
  const { file, span } = finding;
  const [line, column, endLine, endColumn] = span;
  const excerpt = report.excerpts[`${file}:${line}`];
  if (!excerpt) return NOTHING;
  const lines = dedented(excerpt.lines);
  const rows = lines.texts.map((text, index) => {
    const number = excerpt.start + index;
    if (number !== line) return row(number, '', code(text.slice(0, BEFORE + AFTER)));
    const from = Math.max(0, column - 1 - lines.indent);
    const to = endLine === line ? Math.max(from + 1, endColumn - 1 - lines.indent) : text.length;
    const [start, end] = [Math.max(0, from - BEFORE), from + AFTER];
    const marked = markup`<mark>${code(text.slice(from, Math.min(to, end)))}</mark>`;
    const shown = markup`${code(text.slice(start, from))}${marked}${code(text.slice(to, end))}`;
    return row(number, ' at', markup`${start > 0 ? '…' : ''}${shown}${text.length > end ? '…' : ''}`);
  });
  return markup`<pre class="frame"><code>${rows}</code></pre>
`;
}

function row(number: number, kind: string, content: Markup): Markup {
  return markup`<span class="line${kind}"><span class="no">${number}</span><span>${content}\n</span></span>`;
}

/** Shared indentation is taken away; tabs count as one character, as they do in columns. */
function dedented(lines: readonly string[]): { readonly texts: readonly string[]; readonly indent: number } {
  const indents = lines.filter((line) => line.trim() !== '').map((line) => line.length - line.trimStart().length);
  const indent = indents.length > 0 ? Math.min(...indents) : 0;
  return { texts: lines.map((line) => line.slice(indent)), indent };
}
