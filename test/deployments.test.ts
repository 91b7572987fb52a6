import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { rules } from '../rules/index.js';
import { blankExpectations } from '../src/api/expectations.js';
import { audit } from '../src/audit.js';
import { describe as read } from '../src/describe/index.js';
import { discover } from '../src/discover/index.js';
import { judge, toReport } from '../src/judge/index.js';
import type { Config } from '../src/model/config.js';
import type { Declaration } from '../src/model/production.js';
import { deployed } from '../src/report/deployed.js';
import { ROOT } from './catalogue.js';

/*
 * The same application under several descriptors: only what they say changes, and with it the first line, what is live and how
 * much it weighs.
 */

const FOLDER = path.join(ROOT, 'fixtures/apps/pottery-classes');

/** Changes the text of one descriptor. */
type Change = (text: string) => string;

async function audited(file: string | undefined, change: Change = (text) => text, deployment?: Declaration) {
  const { project } = await discover(['.'], FOLDER, []);
  const inputs = project.inputs.map((input) => ({ ...input, text: blankExpectations(input.text) }));
  const descriptors = (project.descriptors ?? [])
    .filter((one) => one.file === file || one.kind === 'dockerfile')
    .map((one) => ({ ...one, text: blankExpectations(one.file === file ? change(one.text) : one.text) }));
  const given = { ...project, inputs, descriptors };
  const config: Config = {
    rules: {},
    only: [],
    failOn: 'error',
    minConfidence: 'medium',
    ignores: [],
    guards: [],
    sharedStores: [],
    knowledge: {},
    ...(deployment ? { deployment } : {}),
  };
  const found = await audit(given, rules, undefined, config, await read(given));
  const knownRuleIds = rules.map(({ meta }) => meta.id);
  const verdicts = judge(found, config, [], knownRuleIds);
  const report = toReport(found, verdicts, {
    version: '0.0.0',
    root: FOLDER,
    cwd: FOLDER,
    config,
    reportPaths: [],
    knownRuleIds,
    rules: [],
  });
  return {
    first: deployed(report),
    findings: report.findings.map(
      ({ ruleId, severity, live }) =>
        `${severity} ${ruleId}: ${live?.is === 'yes' ? live.at.join(', ') : live?.is}${live?.place ? ` @${live.place.file}:${live.place.span[0]}` : ''}`,
    ),
    // The rules that what a descriptor says can settle here.
    safe: report.safe
      .filter(({ ruleId }) => ['in-memory-session', 'oversized-connection-pool'].includes(ruleId))
      .map(({ ruleId, reason }) => `${ruleId}: ${reason}`),
  };
}

describe('one application, deployed in several ways', () => {
  it('as three instances: live, and it weighs more', async () => {
    expect(await audited('manifest.yml')).toMatchInlineSnapshot(`
      {
        "findings": [
          "error module-level-mutable-state: scale-out, restart, crash @manifest.yml:3",
          "warning oversized-connection-pool: scale-out @manifest.yml:3",
        ],
        "first": "Your production descriptors run 3 instances of pottery: 2 findings are live today.",
        "safe": [
          "in-memory-session: sessions are kept in \`connect-redis\`: production has REDIS_URL set (manifest.yml:8)",
        ],
      }
    `);
  });

  it('as one that is replaced by starting the next beside it: live at each deploy', async () => {
    expect(await audited('k8s/web.yaml')).toMatchInlineSnapshot(`
      {
        "findings": [
          "warning single-instance-deployment: restart, crash",
          "error module-level-mutable-state: rolling-deploy, restart, crash @k8s/web.yaml:10",
          "warning oversized-connection-pool: rolling-deploy @k8s/web.yaml:10",
          "error in-memory-session: rolling-deploy, restart, crash @k8s/web.yaml:10",
        ],
        "first": "One instance of web with a rolling update: 3 findings bite at each deploy, and 1 more at a restart or a crash.",
        "safe": [],
      }
    `);
  });

  it('as one that is stopped first: latent', async () => {
    expect(await audited('compose.yaml')).toMatchInlineSnapshot(`
      {
        "findings": [
          "warning single-instance-deployment: restart, crash",
          "error module-level-mutable-state: restart, crash @compose.yaml:8",
          "warning oversized-connection-pool: no @compose.yaml:8",
          "error in-memory-session: restart, crash @compose.yaml:8",
        ],
        "first": "One instance of web, stopped before the next one starts: 3 findings bite at a restart or a crash, and 1 more waits for a second instance.",
        "safe": [],
      }
    `);
  });

  it('by nobody knows what', async () => {
    expect(await audited(undefined)).toMatchInlineSnapshot(`
      {
        "findings": [
          "error module-level-mutable-state: restart, crash",
          "error in-memory-session: restart, crash",
        ],
        "first": "No descriptor says how many instances run: 2 findings bite at a restart or a crash.",
        "safe": [
          "oversized-connection-pool: 2 instances × 40 + 3 reserved = 83: within the 100 connections that PostgreSQL takes as it is installed",
        ],
      }
    `);
  });

  it('only what a descriptor says of it changes', async () => {
    const three = await audited('k8s/web.yaml', (text) => text.replace('replicas: 1', 'replicas: 3'));
    expect([three.first, ...three.findings]).toMatchInlineSnapshot(`
      [
        "Your production descriptors run 3 instances of web: 3 findings are live today.",
        "error module-level-mutable-state: scale-out, rolling-deploy, restart, crash @k8s/web.yaml:6",
        "error oversized-connection-pool: scale-out, rolling-deploy @k8s/web.yaml:6",
        "error in-memory-session: scale-out, rolling-deploy, restart, crash @k8s/web.yaml:6",
      ]
    `);
    const recreated = await audited('k8s/web.yaml', (text) =>
      text.replace(/strategy:[\s\S]*?(?= {2}selector)/, 'strategy: { type: Recreate }\n'),
    );
    expect([recreated.first, ...recreated.findings]).toMatchInlineSnapshot(`
      [
        "One instance of web, stopped before the next one starts: 3 findings bite at a restart or a crash, and 1 more waits for a second instance.",
        "warning single-instance-deployment: restart, crash",
        "warning single-instance-deployment: rolling-deploy @k8s/web.yaml:7",
        "error module-level-mutable-state: restart, crash @k8s/web.yaml:6",
        "warning oversized-connection-pool: no @k8s/web.yaml:6",
        "error in-memory-session: restart, crash @k8s/web.yaml:6",
      ]
    `);
  });

  it('as the configuration says', async () => {
    const place = { file: '.mi-auditrc.json', span: [1, 1, 1, 1] as const };
    const said = await audited(undefined, undefined, {
      instances: 2,
      strategy: 'rolling',
      databaseMaxConnections: 400,
      environment: { REDIS_URL: 'redis://sessions' },
      place,
    });
    expect(said).toMatchInlineSnapshot(`
      {
        "findings": [
          "error module-level-mutable-state: scale-out, rolling-deploy, restart, crash @.mi-auditrc.json:1",
        ],
        "first": "By the configuration production runs 2 instances of the application: 1 finding is live today.",
        "safe": [
          "oversized-connection-pool: 2 instances × 40 + 3 reserved = 83, and 3 × 40 + 3 = 123 while a deploy replaces them: within the 400 connections that PostgreSQL takes by the configuration",
          "in-memory-session: sessions are kept in \`connect-redis\`: production has REDIS_URL set (.mi-auditrc.json:1)",
        ],
      }
    `);
  });
});
