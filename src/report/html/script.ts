/**
 * What the page does by itself: the switch of the theme, the filters, and opening what is folded before it is printed. It reads
 * attributes and text of the page only, and puts in no markup.
 */
export const SCRIPT = `'use strict';
(() => {
  const root = document.documentElement;
  const byId = (id) => document.getElementById(id);
  const theme = byId('theme');
  const dark = () =>
    root.dataset.theme ? root.dataset.theme === 'dark' : matchMedia('(prefers-color-scheme: dark)').matches;
  const remembered = () => { try { return localStorage.getItem('mi-audit-theme'); } catch { return null; } };
  const remember = (value) => { try { localStorage.setItem('mi-audit-theme', value); } catch {} };
  const stored = remembered();
  if (stored === 'dark' || stored === 'light') root.dataset.theme = stored;
  const show = () => theme.setAttribute('aria-pressed', String(dark()));
  theme.hidden = false;
  show();
  theme.addEventListener('click', () => {
    root.dataset.theme = dark() ? 'light' : 'dark';
    remember(root.dataset.theme);
    show();
  });

  addEventListener('beforeprint', () => {
    for (const details of document.querySelectorAll('details')) details.open = true;
  });

  const form = byId('filters');
  if (!form) return;
  const findings = [...document.querySelectorAll('.finding')].map((element) => ({
    element,
    section: element.closest('.rule'),
    data: element.dataset,
    processes: element.dataset.process.split(' '),
    triggers: element.dataset.triggers.split(' '),
    text: undefined,
  }));
  const sections = [...document.querySelectorAll('section.rule')];
  const value = (id) => byId(id)?.value ?? '';
  const apply = () => {
    const words = value('filter-text').trim().toLowerCase();
    const rule = value('filter-rule');
    const process = value('filter-process');
    const trigger = value('filter-trigger');
    const onlyLive = byId('filter-live')?.checked === true;
    const boxes = [...form.querySelectorAll('[name=severity]')];
    const severities = new Set(boxes.filter((box) => box.checked).map((box) => box.value));
    const filled = new Set();
    let count = 0;
    for (const finding of findings) {
      const { data } = finding;
      if (words !== '') finding.text ??= finding.element.textContent.toLowerCase();
      const shown =
        severities.has(data.severity) &&
        (!onlyLive || data.live === 'yes') &&
        (rule === '' || data.rule === rule) &&
        (process === '' || finding.processes.includes(process)) &&
        (trigger === '' || finding.triggers.includes(trigger)) &&
        (words === '' || finding.text.includes(words));
      finding.element.hidden = !shown;
      if (shown) {
        count++;
        filled.add(finding.section);
      }
    }
    for (const section of sections) section.hidden = !filled.has(section);
    byId('filter-count').textContent = count === findings.length ? count + ' findings' : count + ' of ' + findings.length + ' findings';
  };
  form.hidden = false;
  form.addEventListener('input', apply);
  form.addEventListener('change', apply);
  form.addEventListener('submit', (event) => event.preventDefault());
  form.addEventListener('reset', () => setTimeout(apply));
  apply();
  // A link to a rule leads there although its findings are filtered away.
  document.addEventListener('click', (event) => {
    const link = event.target instanceof Element && event.target.closest('a[href^="#rule-"]');
    const target = link && byId(link.getAttribute('href').slice(1));
    if (target?.closest('[hidden]')) form.reset();
  });
})();
`;
