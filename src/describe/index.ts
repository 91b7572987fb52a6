import { posix } from 'node:path';
import type { Deployment, Descriptor, DescriptorFile, DescriptorKind } from '../model/deployment.js';
import type { Problem, Project } from '../model/input.js';
import { joined } from './joined.js';
import { ownNames } from './owner.js';
import { type Describer, type Loose, Source, type Surroundings } from './source.js';

/*
 * Turns the texts that say how an application is deployed into workloads, balancers and variables. Pure: texts in, values and
 * problems out. A reader is loaded when there is a file for it, since most projects have two or three kinds.
 */

const READERS: Readonly<Record<DescriptorKind, () => Promise<Describer>>> = {
  'cloud-foundry': async () => (await import('./platforms.js')).describeCloudFoundry,
  nginx: async () => (await import('./nginx.js')).describeNginx,
  haproxy: async () => (await import('./haproxy.js')).describeHaproxy,
  caddy: async () => (await import('./caddy.js')).describeCaddy,
  kustomization: async () => (await import('./kustomization.js')).describeKustomization,
  ecs: async () => (await import('./ecs.js')).describeEcs,
  cloudformation: async () => (await import('./cloudformation.js')).describeCloudFormation,
  terraform: async () => (await import('./terraform.js')).describeTerraform,
  nomad: async () => (await import('./nomad.js')).describeNomad,
  fly: async () => (await import('./fly.js')).describeFly,
  railway: async () => (await import('./railway.js')).describeRailway,
  heroku: async () => (await import('./platforms.js')).describeHeroku,
  render: async () => (await import('./platforms.js')).describeRender,
  'app-engine': async () => (await import('./platforms.js')).describeAppEngine,
  procfile: async () => (await import('./procfile.js')).describeProcfile,
  shell: async () => (await import('./shell.js')).describeShell,
  env: async () => (await import('./env.js')).describeEnv,
  crontab: async () => (await import('./crontab.js')).describeCrontab,
  systemd: async () => (await import('./systemd.js')).describeSystemd,
  pm2: async () => (await import('./pm2.js')).describePm2,
  'package-scripts': async () => (await import('./package-scripts.js')).describePackageScripts,
  kubernetes: async () => (await import('./kubernetes.js')).describeKubernetes,
  'helm-values': async () => (await import('./helm.js')).describeHelmValues,
  compose: async () => (await import('./compose.js')).describeCompose,
  traefik: async () => (await import('./traefik.js')).describeTraefik,
  dockerfile: async () => (await import('./dockerfile.js')).describeDockerfile,
};

export async function describe(project: Project): Promise<Deployment> {
  const files = [...(project.descriptors ?? []), ...scriptsOf(project)].sort((a, b) => (a.file < b.file ? -1 : 1));
  const around = surroundings(project, files);
  const descriptors: Descriptor[] = [];
  const problems: Problem[] = [];
  const loose: Loose[] = [];
  const readers = new Map<DescriptorKind, Describer>();
  for (const file of files) {
    const reader = readers.get(file.kind) ?? (await READERS[file.kind]());
    readers.set(file.kind, reader);
    const source = new Source(file);
    const { loose: found = [], ...described } = contained(reader, source, around);
    descriptors.push({
      file: file.file,
      kind: file.kind,
      purpose: 'unknown',
      why: 'nothing says what it is for',
      workloads: [],
      balancers: [],
      environment: {},
      commands: [],
      unread: source.unread,
      ...described,
    });
    loose.push(...found);
    // What tests are run on may be broken on purpose.
    const isTest = described.purpose === 'test';
    problems.push(...source.problems.map((one) => (isTest ? { ...one, level: 'note' as const } : one)));
  }
  return { descriptors: joined(descriptors, loose), problems };
}

/** A reader that fails costs what this one file says, which is told. */
function contained(reader: Describer, source: Source, around: Surroundings): ReturnType<Describer> {
  try {
    return reader(source, around);
  } catch (error) {
    const isDeep = error instanceof RangeError;
    const reason = error instanceof Error ? error.message.split('\n', 1)[0] : String(error);
    source.problems.push({
      kind: 'broken-descriptor',
      level: 'error',
      file: source.file,
      message: isDeep
        ? 'cannot be read: it is nested too deeply. What it says of the deployment is missing; if it is generated, name it in "ignores".'
        : `could not be read by the tool (${reason}), so what it says of the deployment is missing. This is a bug of mi-audit; please report it.`,
    });
    return {};
  }
}

/** Manifests are read already; their scripts say how things are started. */
function scriptsOf({ manifests }: Project): readonly DescriptorFile[] {
  return manifests.flatMap(({ dir, text, scripts }) =>
    text === undefined || Object.keys(scripts).length === 0
      ? []
      : [{ file: posix.join(dir, 'package.json'), kind: 'package-scripts' as const, text }],
  );
}

function surroundings(project: Project, files: readonly DescriptorFile[]): Surroundings {
  const texts = new Map(files.map(({ file, text }) => [file, text]));
  const names = project.manifests.map(({ name }) => name ?? '').filter((name) => name !== '');
  return {
    files: new Set(project.files),
    text: (file) => texts.get(file),
    imageFolders: new Set(
      files.flatMap(({ kind, file }) =>
        kind === 'dockerfile' ? [posix.basename(posix.dirname(file)).toLowerCase()] : [],
      ),
    ),
    isOwnName: ownNames(names, posix.basename(project.root.replaceAll('\\', '/'))),
  };
}
