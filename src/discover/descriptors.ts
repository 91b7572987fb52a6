import { posix } from 'node:path';
import type { DescriptorFile, DescriptorKind } from '../model/deployment.js';
import type { Problem } from '../model/input.js';
import type { Files } from './read.js';

/*
 * Which files say how the application is deployed: by name where the tool that reads them knows them by name, and by what stands
 * in them where people may call them as they like.
 */

interface Sort {
  readonly kind: DescriptorKind;
  readonly name: RegExp;
  /** The pattern is of the path from the root, not of the name alone. */
  readonly isPath?: true;
  /** What must stand in it. */
  readonly content?: RegExp;
}

/** Lock files are large, and say nothing. */
const YAML = /(?<!-lock)\.ya?ml$/;
/** JSON is mostly data: it is looked into only where its path speaks of deploying. */
const JSON_NAME =
  /(?:^|[/._-])(?:k8s|kube\w*|deploy\w*|ecs|tasks?|task-?def\w*|services?|cloudformation|cfn|stacks?|templates?|infra\w*|aws|manifests?|pods?|clusters?)(?:[/._-][^\n]*)?\.json$/i;

/** The first that fits. */
const SORTS: readonly Sort[] = [
  {
    kind: 'dockerfile',
    name: /^(?:[\w.-]+\.)?(?:Docker|Container)file(?:[.-][\w.-]+)?$/i,
    content: /^[ \t]*(?:FROM|ARG)\s/im,
  },
  { kind: 'kustomization', name: /^kustomization\.ya?ml$|^Kustomization$/ },
  { kind: 'helm-values', name: /^values(?:[.-][\w.-]+)?\.ya?ml$/ },
  { kind: 'cloud-foundry', name: YAML, content: /^applications:\s*$/m },
  { kind: 'render', name: /^render\.ya?ml$/ },
  { kind: 'app-engine', name: /^app(?:[.-][\w-]+)?\.ya?ml$/, content: /^runtime:/m },
  { kind: 'compose', name: YAML, content: /^(?:services|["']services["']):\s*(?:#.*|[&{].*)?$/m },
  {
    kind: 'kubernetes',
    name: YAML,
    content: /^["']?apiVersion["']?:[\s\S]*^["']?kind["']?:|^["']?kind["']?:[\s\S]*^["']?apiVersion["']?:/m,
  },
  {
    kind: 'kubernetes',
    name: JSON_NAME,
    isPath: true,
    content: /^\s*\{[\s\S]{0,400}"apiVersion"\s*:\s*"[\w./]+"[\s\S]*"kind"\s*:\s*"[A-Z]/,
  },
  {
    kind: 'cloudformation',
    name: /(?<!-lock)\.(?:ya?ml|template)$/,
    content: /["']?AWSTemplateFormatVersion|Type["']?\s*:\s*["']?AWS::\w+::\w+/,
  },
  {
    kind: 'cloudformation',
    name: JSON_NAME,
    isPath: true,
    content: /"AWSTemplateFormatVersion"|"Type"\s*:\s*"AWS::\w+::\w+/,
  },
  { kind: 'ecs', name: JSON_NAME, isPath: true, content: /"(?:containerDefinitions|taskDefinition|desiredCount)"\s*:/ },
  { kind: 'traefik', name: /^traefik(?:[.-][\w-]+)?\.(?:ya?ml|toml)$|^dynamic(?:[.-][\w-]+)?\.ya?ml$/ },
  { kind: 'procfile', name: /^Procfile(?:\.[\w-]+)?$/ },
  {
    kind: 'heroku',
    name: /^app\.json$/,
    content: /"(?:formation|buildpacks|addons|env|scripts|stack|keywords|repository)"\s*:/,
  },
  { kind: 'fly', name: /^fly(?:[.-][\w.-]*)?\.toml$/ },
  { kind: 'railway', name: /^railway(?:[.-][\w.-]*)?\.(?:json|toml)$/ },
  { kind: 'nomad', name: /\.(?:nomad|nomad\.hcl|hcl)$/, content: /^[ \t]*job\s+"/m },
  {
    kind: 'pm2',
    name: /^(?:ecosystem(?:[.-][\w.-]+)?|pm2(?:[.-][\w.-]+)?|process)\.(?:json5?|ya?ml|[cm]?[jt]s)$/,
    content: /\bapps\b|\bscript\b/,
  },
  { kind: 'systemd', name: /\.(?:service|timer)$/, content: /^[ \t]*\[(?:Unit|Service|Timer|Install)\]/m },
  {
    kind: 'nginx',
    name: /nginx|\.conf(?:\.\w+)?$|\/sites-(?:available|enabled)\/|\/conf\.d\//i,
    isPath: true,
    content: /^[ \t]*(?:server|upstream\s+\S+|http)\s*\{/m,
  },
  { kind: 'haproxy', name: /haproxy.*\.cfg|\.cfg$/i, content: /^(?:backend|frontend|listen|defaults)\b/m },
  { kind: 'caddy', name: /^(?:[\w.-]+\.)?Caddyfile(?:[.-][\w-]+)?$|\.caddy(?:file)?$/ },
  { kind: 'terraform', name: /\.tf$/ },
  {
    kind: 'crontab',
    name: /(?:^|\/)(?:crontab(?:[.-][\w-]+)?|[\w.-]+\.cron(?:tab)?)$|\/cron\.d\/|\/crontabs\//,
    isPath: true,
  },
  { kind: 'env', name: /^(?:[\w-]*\.env(?:\.[\w.-]+)?|env\.(?:example|sample|template|dist))$/ },
  { kind: 'shell', name: /\.(?:sh|bash)$|^(?:[\w-]+-)?entrypoint$/ },
];

/** More of this than anybody writes by hand is data. */
const LARGEST = 512 * 1024;
const GLIMPSE = 16 * 1024;
/** Files whose name says nothing are looked at up to this number. */
const MOST = 3_000;

/** Folders of what others wrote, or what is only told. */
const ELSEWHERE =
  /(?:^|\/)(?:node_modules|vendor|third_party|locales?|i18n|lang|translations|__snapshots__|__fixtures__|fixtures)\//i;

/** Reads what says how the application is deployed; links are left out, since what they lead to is read in its own place. */
export function readDescriptors(
  paths: readonly string[],
  links: ReadonlySet<string>,
  files: Files,
): { readonly descriptors: readonly DescriptorFile[]; readonly problems: readonly Problem[] } {
  const descriptors: DescriptorFile[] = [];
  const problems: Problem[] = [];
  let looked = 0;
  for (const file of paths) {
    if (links.has(file) || ELSEWHERE.test(file)) continue;
    const sorts = SORTS.filter(({ name, isPath }) => name.test(isPath ? file : posix.basename(file)));
    if (sorts.length === 0 || looked++ >= MOST) continue;
    const text = files.textIfAny(file);
    if (text === undefined) continue;
    // Of what is far too long the beginning tells what it is.
    const shown = text.length > LARGEST ? text.slice(0, GLIMPSE) : text;
    const sort = sorts.find(({ content }) => content?.test(shown) ?? true);
    if (!sort || text.includes('\0')) continue;
    if (text.length <= LARGEST) descriptors.push({ file, kind: sort.kind, text });
    else
      problems.push({
        kind: 'too-large',
        level: 'note',
        file,
        message: `was not read as a deployment descriptor: it has ${Math.round(text.length / 1024)} KB, and ${LARGEST / 1024} KB is the limit.`,
      });
  }
  return { descriptors, problems };
}
