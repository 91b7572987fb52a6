import type { Report } from '../../model/report.js';
import { worstFirst } from '../words.js';
import { SEVERITY_WORDS } from './findings.js';
import { type Markup, markup, NOTHING } from './markup.js';
import { ruleWords } from './words.js';

/** Shown by the script alone: without it nothing can be hidden, and every finding is there. */
export function filters({ findings, picture }: Report): Markup {
  const rules = [...new Set(worstFirst(findings).map(({ ruleId }) => ruleId))].sort();
  const severities = (['error', 'warning', 'info'] as const).filter((severity) =>
    findings.some((finding) => finding.severity === severity),
  );
  const processes = picture?.processes ?? [];
  return markup`<form id="filters" role="search" aria-label="Findings" hidden>
<label class="text">Search <input type="search" id="filter-text" autocomplete="off" spellcheck="false"></label>
<label>Rule <select id="filter-rule"><option value="">all</option>${rules.map((rule) => markup`<option value="${rule}">${ruleWords(rule)}</option>`)}</select></label>
${processes.length > 1 ? markup`<label>Process <select id="filter-process"><option value="">all</option>${processes.map(({ name }, index) => markup`<option value="${index}">${name}</option>`)}</select></label>\n` : NOTHING}<label>Bites at <select id="filter-trigger"><option value="">any event</option><option value="scale-out">two instances</option><option value="rolling-deploy">a rolling deploy</option><option value="restart">a restart</option><option value="crash">a crash</option></select></label>
${findings.some(({ live }) => live?.is === 'yes') ? markup`<label><input type="checkbox" id="filter-live"> live today</label>\n` : NOTHING}<fieldset><legend>Severity</legend>${severities.map((severity) => markup`<label><input type="checkbox" name="severity" value="${severity}" checked> ${SEVERITY_WORDS[severity]}s</label>`)}</fieldset>
<button type="reset">Show all</button>
<output id="filter-count" for="filter-text filter-rule filter-trigger"></output>
</form>
`;
}
