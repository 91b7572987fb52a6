import { describe, expect, it } from 'vitest';
import type { Sources } from '../../test/in-memory.js';
import { told } from '../../test/deployment-text.js';

const deployment = (spec: readonly string[], pod: readonly string[], kind = 'Deployment') =>
  [
    'apiVersion: apps/v1',
    `kind: ${kind}`,
    'metadata:',
    '  name: shop',
    'spec:',
    ...spec.map((line) => `  ${line}`),
    '  template:',
    '    spec:',
    '      containers:',
    '        - name: api',
    '          image: acme/shop:1',
    ...pod.map((line) => `          ${line}`),
  ].join('\n');

const lines = async (text: string, more: Sources = {}) =>
  (await told({ 'k8s/app.yaml': text, ...more, 'package.json': { name: 'shop' } })).lines;

describe('a Kubernetes manifest', () => {
  it('is read with the places of all it says, from several documents', async () => {
    const text = [
      deployment(
        ['replicas: 3', 'strategy:', '  type: RollingUpdate', '  rollingUpdate: { maxSurge: 25%, maxUnavailable: 0 }'],
        [
          'command: [node, server.js]',
          'env:',
          '  - { name: NODE_ENV, value: production }',
          '  - { name: SECRET, valueFrom: { secretKeyRef: { name: s, key: k } } }',
          'envFrom: [{ configMapRef: { name: settings } }]',
          'ports: [{ containerPort: 3000, hostPort: 80 }]',
          'readinessProbe: { httpGet: { path: /ready, port: 3000 } }',
          'livenessProbe:',
          '  exec: { command: [curl, "http://localhost:3000/live"] }',
          'lifecycle: { preStop: { exec: { command: [sleep, "5"] } } }',
        ],
      ),
      '      terminationGracePeriodSeconds: 45',
      '      initContainers:',
      '        - name: migrate',
      '          command: ["sh", "-c", "npm run migrate"]',
      '---',
      'apiVersion: v1',
      'kind: Service',
      'metadata: { name: shop }',
      'spec:',
      '  sessionAffinity: ClientIP',
      '  selector: { app: shop }',
    ].join('\n');
    expect(await lines(text)).toEqual([
      'Deployment shop: web, own @13:17',
      '  image acme/shop:1 @14:18',
      '  instances {"min":3,"max":3} @6:13',
      '  update rolling @8:11, surge 25% @9:32, unavailable 0 @9:53',
      '  NODE_ENV=production @17:15',
      '  SECRET=? @18:15',
      '  variables from settings @19:45',
      '  probe readiness /ready @21:11',
      '  probe liveness /live by `curl http://localhost:3000/live` @22:11',
      '  grace 45 @25:38',
      '  pin host-port 80 @20:52',
      '  port 80:3000 @20:52',
      '  start (exec) @15:20',
      '    node server.js @15:21',
      '  before (shell, migrate) @28:20',
      '    npm run migrate @28:34',
      '  before-stop (exec) @24:52',
      '    sleep 5 @24:53',
      'balancer shop @32:19',
      '  sticky ClientIP @34:20',
      '  to app=shop @35:20',
    ]);
  });

  it.each<[string, string[], string]>([
    ['Recreate', ['strategy: { type: Recreate }'], '  update recreate @6:21'],
    ['OnDelete', ['strategy: { type: OnDelete }'], '  update manual @6:21'],
    ['nothing known', ['strategy: { type: Other }'], '  update unknown @6:21'],
  ])('is updated by %s', async (_, spec, expected) => {
    expect(await lines(deployment(spec, []))).toContain(expected);
  });

  it.each<[string, string, string]>([
    ['emptyDir: {}', '', 'instance'],
    ['hostPath: { path: /var/data }', '', 'host, keeps (/var/data)'],
    ['nfs: { server: a, path: /b }', '', 'shared, keeps'],
    ['persistentVolumeClaim: { claimName: data }', 'ReadWriteMany', 'shared, keeps (data)'],
    ['persistentVolumeClaim: { claimName: data }', 'ReadWriteOnce', 'instance, keeps (data)'],
    ['persistentVolumeClaim: { claimName: elsewhere }', 'ReadWriteOnce', 'unknown, keeps (elsewhere)'],
    ['csi: { driver: x }', '', 'unknown'],
  ])('spreads a volume of `%s` with %j: %s', async (volume, mode, expected) => {
    const text = `${deployment([], ['volumeMounts: [{ name: data, mountPath: /data }]'])}\n      volumes:\n        - name: data\n          ${volume}\n`;
    const claim = `apiVersion: v1\nkind: PersistentVolumeClaim\nmetadata: { name: data }\nspec:\n  accessModes: [${mode}]\n`;
    expect(await lines(text, mode ? { 'k8s/claim.yaml': claim } : {})).toContain(`  volume /data: ${expected} @14:11`);
  });

  it('gives each instance of a StatefulSet its own claim', async () => {
    const text = deployment(
      ['volumeClaimTemplates:', '  - metadata: { name: data }', '    spec: { accessModes: [ReadWriteOnce] }'],
      ['volumeMounts: [{ name: data, mountPath: /data }]'],
      'StatefulSet',
    );
    expect(await lines(text)).toContain('  volume /data: instance, keeps (data) @8:28');
  });

  it('finds autoscalers and budgets in other files', async () => {
    const scaler =
      'apiVersion: autoscaling/v2\nkind: HorizontalPodAutoscaler\nmetadata: { name: x }\nspec:\n  scaleTargetRef: { kind: Deployment, name: shop }\n  minReplicas: 2\n  maxReplicas: 8\n';
    const budget =
      'apiVersion: policy/v1\nkind: PodDisruptionBudget\nmetadata: { name: x }\nspec:\n  minAvailable: 1\n  selector: { matchLabels: { app: shop } }\n';
    const text = deployment(['replicas: 1'], []).replace(
      '  template:',
      '  template:\n    metadata: { labels: { app: shop } }',
    );
    const found = await lines(text, { 'k8s/hpa.yaml': scaler, 'k8s/pdb.yaml': budget });
    expect(found).toContain('  instances {"min":2,"max":8} @k8s/hpa.yaml:7:16');
    expect(found).toContain('  autoscaled @k8s/hpa.yaml:7:16');
    expect(found).toContain('  budget minAvailable 1 @k8s/pdb.yaml:5:17');
  });

  it('takes variables from settings that stand elsewhere, behind its own', async () => {
    const settings = 'apiVersion: v1\nkind: ConfigMap\nmetadata: { name: common }\ndata:\n  MODE: a\n  PORT: "1"\n';
    const text = deployment([], ['env: [{ name: PORT, value: "2" }]', 'envFrom: [{ configMapRef: { name: common } }]']);
    const found = await lines(text, { 'k8s/settings.yaml': settings });
    expect(found.filter((line) => /^ {2}(?:MODE|PORT)/.test(line))).toEqual([
      '  MODE=a @k8s/settings.yaml:5:9',
      '  PORT=2 @11:17',
    ]);
  });

  it('knows jobs, crons, lists, sidecars and hooks of a release', async () => {
    const text = [
      'apiVersion: v1',
      'kind: List',
      'items:',
      '  - apiVersion: batch/v1',
      '    kind: CronJob',
      '    metadata: { name: report }',
      '    spec:',
      "      schedule: '0 3 * * *'",
      '      jobTemplate: { spec: { template: { spec: { containers: [{ name: a, image: acme/shop, args: [report.js] }] } } } }',
      '  - apiVersion: batch/v1',
      '    kind: Job',
      '    metadata: { name: shop-migrate, annotations: { helm.sh/hook: pre-upgrade } }',
      '    spec: { template: { spec: { containers: [{ name: a, image: acme/shop, command: [npm, run, migrate] }] } } }',
      '  - apiVersion: v1',
      '    kind: Pod',
      '    metadata: { name: two }',
      '    spec: { containers: [{ name: app, image: acme/shop }, { name: proxy, image: envoyproxy/envoy }] }',
    ].join('\n');
    expect(await lines(text)).toEqual([
      'CronJob report: cron, own @9:71',
      '  image acme/shop @9:81',
      '  schedule 0 3 * * * @8:17',
      '  start (exec, arguments) @9:98',
      '    report.js @9:99',
      'Job shop-migrate: migration, own @13:54',
      '  image acme/shop @13:64',
      '  release (exec) @13:84',
      '    npm run migrate @13:85',
      'Pod two/app: web, own @17:34',
      '  image acme/shop @17:46',
      'Pod two/proxy: unknown, foreign @17:67',
      '  image envoyproxy/envoy @17:81',
    ]);
  });

  it('knows sticky ingresses', async () => {
    const text = [
      'apiVersion: networking.k8s.io/v1',
      'kind: Ingress',
      'metadata:',
      '  name: shop',
      '  annotations:',
      '    nginx.ingress.kubernetes.io/affinity: cookie',
      'spec:',
      '  rules: [{ http: { paths: [{ backend: { service: { name: shop } } }] } }]',
    ].join('\n');
    expect(await lines(text)).toEqual(['balancer shop @4:9', '  sticky cookie @6:43', '  to shop @8:59']);
  });

  it('is read as JSON, too', async () => {
    const text =
      '{"apiVersion": "apps/v1", "kind": "Deployment", "metadata": {"name": "shop"},\n "spec": {"replicas": 2, "template": {"spec": {"containers": [{"name": "a", "image": "redis"}]}}}}';
    expect((await told({ 'deploy/app.json': text })).lines).toEqual([
      'Deployment shop: unknown, foreign @2:72',
      '  image redis @2:86',
      '  instances {"min":2,"max":2} @2:23',
    ]);
  });

  it('says nothing of kinds it does not know, and where it is broken', async () => {
    expect(await lines('apiVersion: acme.io/v1\nkind: Shop\nmetadata: { name: a }\nspec: { replicas: 1 }\n')).toEqual(
      [],
    );
    const { problems, lines: found } = await told({
      'k8s/app.yaml': `${deployment(['replicas: 2'], [])}\n---\napiVersion: v1\nkind: Service\nmetadata: { name: "x\n`,
    });
    expect(found[0]).toContain('Deployment shop');
    expect(problems).toHaveLength(1);
    expect(problems[0]).toMatch(/^error k8s\/app.yaml:1[4-9]:\d+ cannot be read as YAML/);
  });
});

describe('a chart', () => {
  const chart = (values: string, more: Sources = {}): Sources => ({
    'chart/Chart.yaml': 'name: shop\n',
    'chart/values.yaml': values,
    ...more,
  });
  const template = (text: readonly string[]) => text.join('\n');

  it('takes the values that its templates name from the defaults, and leaves the rest unknown', async () => {
    const text = template([
      'apiVersion: apps/v1',
      'kind: Deployment',
      'metadata:',
      '  name: {{ include "shop.fullname" . }}-api',
      'spec:',
      '  {{- if not .Values.autoscaling.enabled }}',
      '  replicas: {{ .Values.replicaCount }}',
      '  {{- end }}',
      '  template:',
      '    spec:',
      '      containers:',
      '        - name: {{ .Chart.Name }}',
      '          image: "{{ .Values.image.repository }}:{{ .Values.image.tag | default .Chart.AppVersion }}"',
      '          args: ["{{ .Values.mode }}"]',
      '          {{- if .Values.probe }}',
      '          readinessProbe:',
      '            {{- toYaml .Values.probe | nindent 12 }}',
      '          {{- end }}',
      '          env:',
      '            - name: TOKEN',
      '              value: {{ .Values.token | quote }}',
      '            {{- range .Values.more }}',
      '            - name: {{ .name }}',
      '            {{- end }}',
    ]);
    const found = await told({
      'chart/templates/deployment.yaml': text,
      ...chart(
        'replicaCount: 2\nautoscaling:\n  enabled: false\nimage:\n  repository: acme/shop\nprobe: { httpGet: {} }\ntoken: abc\n',
      ),
      'package.json': { name: 'shop' },
    });
    expect(found.lines).toEqual([
      'Deployment chart-api: web, own @12:17',
      '  image acme/shop @13:18',
      '  instances {"min":2,"max":2} @chart/values.yaml:1:15',
      '  TOKEN=abc @20:15',
      '  probe readiness @16:11',
      '  start (exec, unknown, arguments) @14:17',
      '    "{{ .Values.mode }}" @14:18',
      'unread 4:9',
      'unread 7:13',
      'unread 12:17',
      'unread 13:19',
      'unread 13:50',
      'unread 14:19',
      'unread 17:13',
      'unread 21:22',
      'unread 22:38',
    ]);
    expect(found.problems).toEqual([]);
  });

  it('leaves out what the defaults switch off', async () => {
    const text = template([
      '{{- if .Values.autoscaling.enabled }}',
      'apiVersion: autoscaling/v2',
      'kind: HorizontalPodAutoscaler',
      'spec: { maxReplicas: {{ .Values.autoscaling.max }} }',
      '{{- else if .Values.fixed }}',
      'apiVersion: v1',
      'kind: Service',
      'metadata: { name: fixed }',
      'spec: { selector: { app: a } }',
      '{{- else }}',
      'apiVersion: v1',
      'kind: Service',
      'metadata: { name: other }',
      'spec: { selector: { app: a } }',
      '{{- end }}',
    ]);
    const of = async (values: string) => (await told({ 'chart/templates/a.yaml': text, ...chart(values) })).lines[0];
    expect(await of('fixed: true\nautoscaling: { enabled: false }\n')).toBe('balancer fixed @8:19');
    expect(await of('fixed: false\nautoscaling: { enabled: false }\n')).toBe('balancer other @13:19');
  });

  it('says in a note, and no error, that a template could not be read', async () => {
    const text = 'apiVersion: v1\nkind: Service\nmetadata:\n  name: a\n {{ .Values.x }}: b: c\n';
    const { problems } = await told({ 'chart/templates/a.yaml': text, ...chart('x: y\n') });
    expect(problems).toHaveLength(1);
    expect(problems[0]).toMatch(
      /^note chart\/templates\/a.yaml:\d+:\d+ is a template, of which a part could not be read/,
    );
  });

  it('is nothing but unknown without its values', async () => {
    const text = template([
      'apiVersion: apps/v1',
      'kind: Deployment',
      'metadata: { name: a }',
      'spec:',
      '  replicas: {{ .Values.n }}',
      '  template: { spec: { containers: [{ name: a, image: redis }] } }',
    ]);
    expect((await told({ 'templates/a.yaml': text })).lines).toContain('  instances ? @5:13');
  });
});

describe('a kustomization', () => {
  const base = {
    'base/app.yaml': deployment(['replicas: 1'], []),
    'base/kustomization.yaml': 'resources: [app.yaml]\n',
    'package.json': { name: 'shop' },
  };

  it('lays what it changes over its base', async () => {
    const overlay = [
      'resources: [../../base]',
      'replicas:',
      '  - name: shop',
      '    count: 4',
      'patches:',
      '  - patch: |-',
      '      apiVersion: apps/v1',
      '      kind: Deployment',
      '      metadata: { name: shop }',
      '      spec:',
      '        strategy: { type: Recreate }',
    ].join('\n');
    const found = await told({ 'overlays/prod/kustomization.yaml': overlay, ...base });
    expect(found.lines).toEqual([
      'Deployment shop: unknown, own @base/app.yaml:10:17',
      '  image acme/shop:1 @base/app.yaml:11:18',
      '  instances {"min":4,"max":4} @4:12',
      '  update recreate @11:27',
    ]);
    expect(found.purpose).toBe('production');
  });

  it('reads patches from files and by path, and tells those that it does not understand', async () => {
    const overlay = [
      'resources: [../../base]',
      'patches:',
      '  - path: more.yaml',
      '  - target: { kind: Deployment, name: shop }',
      '    patch: |-',
      '      - { op: replace, path: /spec/replicas, value: 2 }',
      '      - { op: add, path: /spec/paused, value: true }',
    ].join('\n');
    const more = 'apiVersion: apps/v1\nkind: Deployment\nmetadata: { name: shop }\nspec:\n  replicas: 3\n';
    const found = await told({ 'overlays/dev/kustomization.yaml': overlay, 'overlays/dev/more.yaml': more, ...base });
    expect(found.lines.slice(2)).toEqual(['  instances {"min":2,"max":2} @6:53', 'unread 7:47']);
    expect(found.purpose).toBe('development');
  });

  it('says nothing of its own where it only lists files', async () => {
    expect((await told({ 'kustomization.yaml': 'resources: [base/app.yaml]\n', ...base })).lines).toEqual([]);
  });
});
