import { parse as parseCsv } from 'csv-parse/sync';
import fc from 'fast-check';
import { marked } from 'marked';
import { Chalk } from 'chalk';
import { describe, expect, it } from 'vitest';
import { readFileSync } from 'node:fs';
import type { Finding } from '../src/model/finding.js';
import type { Report } from '../src/model/report.js';
import { FORMAT_NAMES, type FormatName, formatOf } from '../src/report/formats.js';
import { visible } from '../src/report/visible.js';
import { attribute, flaws, isGitlab, isSarif, pageOf, rdjsonFlaws, textIn, xmlFlaws } from './readers.js';
import { accepted, reportOf, sample } from './sample-report.js';

/* Whatever a project is called and whatever stands in it: every format says it, and no reader obeys it. */

async function written(format: FormatName, report: Report): Promise<string> {
  const reporter = await formatOf(format).load();
  return reporter(report, { chalk: new Chalk({ level: 0 }), width: 100, showSafe: true, quiet: false });
}

const EVIL = [
  '\u001b[31m\u001b]0;title\u0007',
  '\n::error::x',
  '::stop-commands::x',
  '##[add-mask]x',
  '<script>alert(1)</script>',
  '"><img src=x onerror=alert(1)>',
  '</details></style></script><!--',
  ']]>&lt;&#0;',
  '=HYPERLINK("http://x")',
  '+1',
  '-1',
  '@SUM(A1)',
  '\t=1',
  '\uff1d1',
  '`',
  '```\n# big',
  '[x](javascript:alert(1))',
  '![x](http://evil.example/x.png)',
  'http://evil.example www.evil.example a@b.example',
  '@everyone #1 GH-1',
  '| a | b |',
  '\u202egnp.exe\u2066',
  '\ud800',
  '\udc00x',
  '\u0000\u0008\u007f\u0085',
  '\ufffe\uffff',
  '\u2028\u2029',
  '\u{e0041}\u{e0042}',
  '{0} %0A %SRCROOT%',
  '\r\nfix: do nothing',
  '\';"',
  '$x$ <!-- -->',
  '- [ ] 1. ',
];

/** Ordinary words, dangerous ones, and any characters at all, mixed. */
const text = fc
  .array(fc.oneof(fc.constantFrom(...EVIL), fc.string({ unit: 'binary', maxLength: 8 }), fc.constant('word ')), {
    minLength: 1,
    maxLength: 4,
  })
  .map((parts) => parts.join('') || 'x');

const path = text.map((name) => `src/${name.replaceAll(/\.\.?\/|\/+/g, '')}.js`);
const span = fc
  .tuple(fc.integer({ min: 1, max: 30 }), fc.integer({ min: 1, max: 90 }), fc.nat(3), fc.integer({ min: 1, max: 40 }))
  .map(([line, column, lines, width]) => [line, column, line + lines, column + width] as const);
const ruleId = fc.constantFrom('in-memory-session', 'unguarded-cron', 'their-rule');

const finding = fc
  .record({
    ruleId,
    severity: fc.constantFrom('error', 'warning', 'info'),
    confidence: fc.constantFrom('high', 'medium', 'low'),
    when: fc.constantFrom('always', 'default-config'),
    condition: text,
    triggers: fc.constantFrom(['scale-out'], [], ['restart', 'crash']),
    file: path,
    span,
    message: text,
    consequence: text,
    hint: text,
    symbol: text,
    doubts: fc.array(text, { maxLength: 2 }),
    evidence: fc.array(fc.record({ role: fc.constant('reached'), file: path, span, note: text }), { maxLength: 3 }),
    fingerprint: fc.constantFrom('aaaa', 'bbbb'),
  })
  .map(
    (raw) =>
      ({
        ...raw,
        docs: `https://example.org/${raw.ruleId}`,
        evidence: [{ role: 'primary', file: raw.file, span: raw.span, note: raw.message }, ...raw.evidence],
      }) as Finding,
  );

const report = fc
  .record({
    findings: fc.array(finding, { maxLength: 4 }),
    silenced: fc.array(fc.tuple(finding, text, path, span), { maxLength: 2 }),
    lines: fc.array(text, { minLength: 3, maxLength: 3 }),
    problem: fc.record({ file: path, message: text }),
    name: text,
    processName: text,
  })
  .map(({ findings, silenced, lines, problem, name, processName }): Report => {
    const given = reportOf(findings, {
      problems: [{ kind: 'unparsable', level: 'error', ...problem }],
      source: { base: '', name },
    });
    const [first] = findings;
    return {
      ...given,
      verdicts: [
        ...given.verdicts,
        ...silenced.map(
          ([of, reason, file, at]) => ({ finding: of, status: 'silenced', reason, by: { file, span: at } }) as const,
        ),
      ],
      safe: findings.map(({ file, span: at, message }) => ({
        ruleId: 'unguarded-cron',
        file,
        span: at,
        reason: message,
      })),
      excerpts: Object.fromEntries(
        findings.map(({ file, span: [line] }) => [`${file}:${line}`, { file, start: Math.max(1, line - 1), lines }]),
      ),
      picture: {
        processes: first
          ? [
              {
                name: processName,
                role: 'server',
                entry: first.file,
                files: 1,
                items: [{ ruleId: first.ruleId, category: 'state', severity: 'error', count: 1, place: first }],
              },
            ]
          : [],
        more: 0,
        stores: [{ kind: 'volume', label: processName }],
        holders: Object.fromEntries(findings.map(({ file }) => [file, [0]])),
      },
    };
  });

const RUNS = { numRuns: 60, seed: 20_261_121 };

function holds(format: FormatName, check: (text: string, report: Report) => unknown) {
  return fc.assert(
    fc.asyncProperty(report, async (given) => {
      await check(await written(format, given), given);
    }),
    RUNS,
  );
}

/** What a terminal or a reader would obey, or not show: none of it may stand in a report as it is. */
const OBEYED =
  /[\u0000-\u0009\u000b\u000c\u000e-\u001f\u007f-\u009f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]|\p{Cs}/u;

describe('whatever the project holds', () => {
  it.each(FORMAT_NAMES)('%s is plain text', (format) =>
    holds(format, (printed) => {
      expect(OBEYED.exec(printed)).toBeNull();
      if (format !== 'csv') expect(printed).not.toContain('\r');
    }),
  );

  it('JSON is read as it was meant', () =>
    holds('json', (printed, { findings }) => {
      expect(JSON.parse(printed).findings.map(({ message }: Finding) => message)).toEqual(
        findings.map(({ message }) => message),
      );
    }));

  it('SARIF fits its schema, and its paths lead to the files', () =>
    holds('sarif', (printed, { verdicts }) => {
      const log = JSON.parse(printed);
      expect(flaws(isSarif, log)).toEqual([]);
      const uris = log.runs[0].results.map(
        (result: { locations: { physicalLocation: { artifactLocation: { uri: string } } }[] }) =>
          decodeURIComponent(result.locations[0]!.physicalLocation.artifactLocation.uri),
      );
      expect(uris).toEqual(verdicts.map(({ finding: { file } }) => file.replace(/\p{Cs}/gu, '\ufffd')));
    }));

  it('GitLab fits its schema, with a fingerprint for each', () =>
    holds('gitlab', (printed, { findings }) => {
      const issues = JSON.parse(printed) as { fingerprint: string }[];
      expect(flaws(isGitlab, issues)).toEqual([]);
      expect(new Set(issues.map(({ fingerprint }) => fingerprint)).size).toBe(findings.length);
    }));

  it('rdjson fits its schema', () =>
    holds('rdjson', async (printed, { findings }) => {
      expect(await rdjsonFlaws(printed)).toEqual([]);
      expect(JSON.parse(printed).diagnostics).toHaveLength(findings.length);
    }));

  it.each(['junit', 'checkstyle'] as const)('%s fits its schema', async (format) => {
    const reports = fc.sample(report, RUNS);
    const printed = await Promise.all(reports.map((given) => written(format, given)));
    expect(await xmlFlaws(`${format}.xsd`, printed)).toEqual([]);
  });

  it('CSV is a table without formulas', () =>
    holds('csv', (printed, { findings }) => {
      const rows: string[][] = parseCsv(printed, { relax_column_count: false, record_delimiter: '\r\n' });
      expect(rows).toHaveLength(findings.length + 1);
      for (const cell of rows.flat()) expect(cell).not.toMatch(/^[\s"]*[=+\-@\uff1d\uff0b\uff0d\uff20]/);
    }));

  it('HTML is one page with our elements and nothing else', () =>
    holds('html', (printed, { findings, source }) => {
      const { errors, elements } = pageOf(printed);
      expect(errors).toEqual([]);
      const named = (name: string) => elements.filter(({ tagName }) => tagName === name);
      expect(named('script')).toHaveLength(1);
      expect(named('style')).toHaveLength(1);
      expect([...named('img'), ...named('iframe'), ...named('link'), ...named('object'), ...named('base')]).toEqual([]);
      expect(elements.flatMap(({ attrs }) => attrs).filter(({ name }) => /^on|^style$|^src/.test(name))).toEqual([]);
      for (const link of named('a')) expect(attribute(link, 'href')).toMatch(/^(https:\/\/|#)/);
      expect(named('article')).toHaveLength(findings.length);
      const heads = named('h4').map(textIn);
      for (const { message } of findings) expect(heads).toContain(visible(message).replace(/`([^`]+)`/g, '$1'));
      expect(textIn(named('title')[0]!)).toContain(visible(source.name));
    }));

  it('Markdown becomes our elements and nothing else', () =>
    holds('markdown', (printed, { findings }) => {
      const { elements } = pageOf(`<!doctype html>${marked.parse(printed, { async: false, gfm: true })}`);
      const names = new Set(elements.map(({ tagName }) => tagName));
      const ours = [
        'html',
        'head',
        'body',
        'h2',
        'h3',
        'p',
        'strong',
        'table',
        'thead',
        'tbody',
        'tr',
        'th',
        'td',
        'a',
      ];
      const ours2 = ['code', 'pre', 'details', 'summary', 'b', 'sub', 'ul', 'li'];
      expect([...names].filter((name) => ![...ours, ...ours2].includes(name))).toEqual([]);
      expect(elements.filter(({ tagName }) => tagName === 'details')).toHaveLength(findings.length);
      for (const link of elements.filter(({ tagName }) => tagName === 'a'))
        expect(attribute(link, 'href')).toMatch(/^https:\/\/example\.org\/[\w-]+$/);
    }));

  it('GitHub is told of our annotations only', () =>
    holds('github', (printed, { findings }) => {
      // As the runner reads its log: a command at the start of a line behind blanks, an older one anywhere.
      const commands = printed.split('\n').flatMap((line) => {
        expect(line).not.toContain('##[');
        return /^\s*::([\w-]+)(?: (.*?))?::.*$/s.exec(line)?.slice(1, 3) ?? [];
      });
      const names = commands.filter((_, index) => index % 2 === 0);
      expect(names).toHaveLength(findings.length + 1);
      expect(names.filter((name) => !/^(error|warning|notice)$/.test(name!))).toEqual([]);
      for (const properties of commands.filter((_, index) => index % 2 === 1))
        expect(properties).toMatch(/^file=[^:,\n]+(,\w+=[^:,\n]+)*$/);
    }));

  const MATCHERS = ['vscode-problem-matcher.json', 'vscode-tasks.json', 'github-problem-matcher.json'].map((name) => {
    const matcher = readFileSync(new URL(`../editors/${name}`, import.meta.url), 'utf8');
    return new RegExp(
      /"regexp": ("[^\n]*"),/
        .exec(matcher)
        ?.slice(1)
        .map((quoted) => JSON.parse(quoted))[0],
    );
  });

  it('unix has a line for each finding, which editors understand', () =>
    holds('unix', (printed, { findings }) => {
      const lines = printed.trimEnd().split('\n');
      expect(lines).toHaveLength(findings.length + 2);
      for (const matcher of MATCHERS)
        for (const [index, { span: at, ruleId: rule, message }] of findings.entries()) {
          const [, , line, column, , said, code] = matcher.exec(lines[index]!) ?? [];
          expect({ line, column, code }).toEqual({ line: String(at[0]), column: String(at[1]), code: rule });
          expect(visible(message).endsWith(said!) || said!.endsWith(visible(message))).toBe(true);
        }
    }));

  it('agent has our headings only', () =>
    holds('agent', (printed, { findings }) => {
      const heads = printed
        .split('\n')
        .filter((line) => line !== '' && !/^ {2}(what|why|when|today|fix|see): | {2}/.test(line));
      expect(heads.filter((line) => /^\[\d+\] (error|warning|info) [\w-]+ /.test(line))).toHaveLength(findings.length);
      expect(heads.filter((line) => !/^(\[\d+\] |mi-audit |Fix each |accepted by |NOT AUDITED )/.test(line))).toEqual(
        [],
      );
    }));
});

describe('the sample', () => {
  it('fits every schema', async () => {
    expect(flaws(isSarif, JSON.parse(await written('sarif', sample)))).toEqual([]);
    expect(flaws(isGitlab, JSON.parse(await written('gitlab', sample)))).toEqual([]);
    expect(await rdjsonFlaws(await written('rdjson', sample))).toEqual([]);
    expect(await xmlFlaws('junit.xsd', [await written('junit', sample)])).toEqual([]);
    expect(await xmlFlaws('checkstyle.xsd', [await written('checkstyle', sample)])).toEqual([]);
    expect(pageOf(await written('html', sample)).errors).toEqual([]);
  });

  it('would not fit if something were wrong with it', async () => {
    const log = JSON.parse(await written('sarif', sample));
    log.runs[0].results[0].level = 'fatal';
    expect(flaws(isSarif, log)).not.toEqual([]);
    const [issue] = JSON.parse(await written('gitlab', sample));
    expect(flaws(isGitlab, [{ ...issue, severity: 'error' }])).not.toEqual([]);
    const junit = await written('junit', sample);
    expect(await xmlFlaws('junit.xsd', [junit.replace('<testcase ', '<testcase line="1" ')])).not.toEqual([]);
    expect(await rdjsonFlaws((await written('rdjson', sample)).replace('"WARNING"', '"BAD"'))).not.toEqual([]);
    expect(pageOf((await written('html', sample)).replace('<h4>', '<h4 hidden hidden>')).errors).not.toEqual([]);
  });
});

describe('sarif', () => {
  it('tells rules, paths, what was accepted and what went wrong', async () => {
    const [run] = JSON.parse(await written('sarif', sample)).runs;
    expect(run.results.map(({ level, kind }: Record<string, string>) => [level, kind])).toEqual([
      ['warning', 'fail'],
      ['error', 'fail'],
      ['warning', 'fail'],
      ['warning', 'fail'],
    ]);
    const [job, login, admin, old] = run.results;
    expect(run.tool.driver.rules[login.ruleIndex].id).toBe('in-memory-session');
    expect(run.tool.driver.rules[0].help.markdown).toContain(
      '](https://github.com/mi-audit/mi-audit/blob/main/rules/unguarded-cron/README.md)',
    );
    expect(login.locations[0].physicalLocation).toEqual({
      artifactLocation: { uri: 'apps/api/src/server.js', uriBaseId: '%SRCROOT%' },
      region: { startLine: 6, startColumn: 9, endLine: 6, endColumn: 28 },
    });
    const steps = login.codeFlows[0].threadFlows[0].locations.map(
      (step: { location: { physicalLocation: { region: { startLine: number } } } }) =>
        step.location.physicalLocation.region.startLine,
    );
    expect(steps).toEqual([5, 2, 6]);
    expect(login.relatedLocations).toHaveLength(2);
    expect(job).not.toHaveProperty('codeFlows');
    expect({ open: login.suppressions, accepted: admin.suppressions, old: old.suppressions }).toMatchObject({
      open: [],
      accepted: [{ kind: 'inSource', status: 'accepted', justification: 'the admin runs once' }],
      old: [{ kind: 'external', status: 'accepted' }],
    });
    expect(run.invocations[0]).toMatchObject({
      executionSuccessful: true,
      exitCode: 3,
      toolExecutionNotifications: [
        { level: 'error', descriptor: { id: 'unparsable' } },
        { level: 'error', associatedRule: { id: 'unguarded-cron', index: 1 } },
        { level: 'note' },
      ],
    });
    expect(run.versionControlProvenance[0]).toMatchObject({ revisionId: 'a'.repeat(40), branch: 'main' });
    expect(run.columnKind).toBe('utf16CodeUnits');
  });
});

describe('github', () => {
  it('says in words what GitHub would drop', async () => {
    const findings = Array.from({ length: 13 }, (_, index) => ({
      ...accepted,
      span: [index + 1, 1, index + 1, 5] as const,
    }));
    const lines = (await written('github', reportOf(findings))).trimEnd().split('\n');
    expect(lines.filter((line) => line.startsWith('::warning '))).toHaveLength(10);
    expect(lines.slice(10)).toEqual([
      '::group::3 more findings: GitHub annotates 10 of each severity in a step',
      ...[11, 12, 13].map((line) => `warning src/admin.js:${line}:1 unguarded-cron: Every instance runs this job.`),
      '::endgroup::',
      '3 findings are listed above without an annotation, and in the job summary: GitHub shows 10 of each severity in a step.',
      'Ready for a second instance? Yes, as far as this audit can see: no blockers, 13 risks.',
    ]);
  });
});

describe('junit', () => {
  it('fails where the command does', async () => {
    const printed = await written('junit', sample);
    expect(printed).toContain('<testsuites name="mi-audit" tests="7" failures="1" errors="2">');
    expect(printed).toContain('<skipped message="warning, below --fail-on error: Every instance runs this job."/>');
    expect(printed).toContain('<skipped message="Accepted: the admin runs once"/>');
    expect(printed).toContain('<testcase name="finds nothing" classname="local-log-file"/>');
  });
});

describe('rdjson', () => {
  it('counts bytes where it knows the line, and leaves columns out elsewhere', async () => {
    const [job, login] = JSON.parse(await written('rdjson', sample)).diagnostics;
    expect(login.location.range).toEqual({ start: { line: 6, column: 10 }, end: { line: 6, column: 25 } });
    expect(job.location.range.start).toEqual({ line: 3, column: 1 });
    expect(login.related_locations[0].location.range).toEqual({ start: { line: 5 } });
  });
});

describe('a thousand findings and more', () => {
  const many = reportOf(
    Array.from({ length: 2000 }, (_, index) => ({ ...sample.findings[1]!, file: `src/file-${index}.js` })),
  );

  it('fit into a comment, which says what did not', async () => {
    const printed = await written('markdown', many);
    expect(printed.length).toBeLessThanOrEqual(65_536);
    const shown = printed.match(/<details>/g)?.length ?? 0;
    expect(shown).toBeGreaterThan(20);
    expect(printed).toContain(`**${2000 - shown} more findings did not fit into a comment.**`);
  });

  it('are all on the page', async () => {
    const printed = await written('html', many);
    expect(printed.match(/<article /g)).toHaveLength(2000);
    expect(printed.length).toBeLessThan(8_000_000);
  });
});

describe('html', () => {
  it('answers first, and can do without network and script', async () => {
    const { elements } = pageOf(await written('html', sample));
    const text = (name: string, cls: string) =>
      elements.filter((element) => element.tagName === name && attribute(element, 'class') === cls).map(textIn);
    expect(text('p', 'short')).toEqual(['No']);
    const csp = elements.find((element) => attribute(element, 'http-equiv') === 'Content-Security-Policy');
    expect(attribute(csp!, 'content')).toMatch(
      /^default-src 'none'; style-src 'sha256-[\w+/=]+'; script-src 'sha256-[\w+/=]+'; base-uri 'none'; form-action 'none'$/,
    );
    // What only the script can work is hidden until it runs.
    const hidden = elements.filter((element) => attribute(element, 'hidden') !== undefined);
    expect(hidden.map((element) => attribute(element, 'id'))).toEqual(['theme', 'filters']);
    expect(elements.filter(({ tagName }) => tagName === 'h1')).toHaveLength(1);
    expect(
      elements.find(({ tagName }) => tagName === 'desc') && textIn(elements.find(({ tagName }) => tagName === 'desc')!),
    ).toBe(
      'npm start: In‑memory session, 2 findings; Unguarded cron, found safe. worker: nothing to report. Shared by all instances: ioredis.',
    );
  });
});
