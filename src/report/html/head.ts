import type { Finding, Severity, Trigger } from '../../model/finding.js';
import type { Report } from '../../model/report.js';
import type { RuleMeta } from '../../model/rule.js';
import { answer, plural, QUESTION } from '../answer.js';
import { deployed } from '../deployed.js';
import { TRIGGER_WORDS } from '../words.js';
import { type Markup, markup, NOTHING, sentence } from './markup.js';
import { anchor, CATEGORY_WORDS, ruleWords } from './words.js';

const LOOKS = {
  No: 'no',
  'Not yet': 'unknown',
  Yes: 'yes',
  'Not fully audited': 'unknown',
  'Nothing was audited': 'unknown',
  'Not known': 'unknown',
} as const;

/** The answer, which has to be seen before anything else. */
export function verdict(report: Report): Markup {
  const { short, text } = answer(report);
  const rest = text.startsWith(short) ? text.slice(short.length).replace(/^[:,.]\s*/, '') : text;
  const runs = report.stats.serving === 0 && report.summary.deployment.runs.length === 0 ? '' : deployed(report);
  return markup`<section class="verdict ${LOOKS[short]}" aria-labelledby="question">
<h2 id="question">${QUESTION}</h2>
<p class="short">${short}</p>
<p class="rest">${sentence(rest.charAt(0).toUpperCase() + rest.slice(1))}</p>
${runs === '' ? NOTHING : markup`<p class="runs">${sentence(runs)}</p>\n`}${bites(report.findings)}
</section>
`;
}

const TRIGGERS: readonly Trigger[] = ['scale-out', 'rolling-deploy', 'restart', 'crash'];

/** Also with one instance a deploy runs two for minutes: which findings matter at which event. */
function bites(findings: readonly Finding[]): Markup {
  if (findings.length === 0) return NOTHING;
  const rows = TRIGGERS.map((trigger) => {
    const count = findings.filter(({ triggers }) => triggers.includes(trigger)).length;
    return markup`<div><dt>${TRIGGER_WORDS[trigger]}</dt><dd>${count}</dd></div>`;
  });
  return markup`<dl class="bites">${rows}</dl>`;
}

/** One card a category: what was found there, and by which rules. */
export function categories(report: Report): Markup {
  const cards = (Object.keys(CATEGORY_WORDS) as RuleMeta['category'][]).map((category) => card(category, report));
  return markup`<section class="categories" aria-labelledby="categories"><h2 id="categories">${report.findings.length > 0 ? 'Where it hurts' : 'What was looked at'}</h2>
<ul>${cards}</ul></section>
`;
}

function card(category: RuleMeta['category'], { findings, verdicts, rules }: Report): Markup {
  const ran = rules.filter((rule) => rule.category === category);
  const found = findings.filter(({ ruleId }) => ran.some(({ id }) => id === ruleId));
  // Nobody asks how the directives are unless something is wrong with them.
  if (ran.length === 0 || (category === 'directives' && found.length === 0)) return NOTHING;
  const held = verdicts.filter(
    ({ finding, status }) =>
      (status === 'silenced' || status === 'baselined') && ran.some(({ id }) => id === finding.ruleId),
  ).length;
  const ids = [...new Set(found.map(({ ruleId }) => ruleId))];
  const worst = (['error', 'warning', 'info'] as const).find((severity) =>
    found.some((finding) => finding.severity === severity),
  );
  return markup`<li class="card ${worst ?? (held > 0 ? 'held' : 'safe')}"><h3>${CATEGORY_WORDS[category]}</h3><p class="counts">${found.length === 0 && held > 0 ? 'nothing new' : countWords(found)}</p>${
    ids.length > 0
      ? markup`<ul>${ids.map((id) => markup`<li><a href="#${anchor('rule', id)}">${ruleWords(id)}</a> <span>${found.filter(({ ruleId }) => ruleId === id).length}</span></li>`)}</ul>`
      : markup`<p class="none">${plural(ran.length, 'rule')} found nothing${held > 0 ? ' new' : ''}</p>`
  }${held > 0 ? markup`<p class="none">${plural(held, 'finding')} accepted</p>` : NOTHING}</li>
`;
}

function countWords(found: readonly Finding[]): string {
  const count = (severity: Severity) => found.filter((finding) => finding.severity === severity).length;
  const parts = [
    count('error') > 0 ? plural(count('error'), 'blocker') : '',
    count('warning') > 0 ? plural(count('warning'), 'risk') : '',
    count('info') > 0 ? plural(count('info'), 'note') : '',
  ].filter((part) => part !== '');
  return parts.length > 0 ? parts.join(', ') : 'clear';
}
