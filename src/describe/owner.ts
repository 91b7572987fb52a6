import { foreignImages, runtimeImages } from '../knowledge/images.js';
import type { Build, Stated, Workload } from '../model/deployment.js';
import type { Surroundings } from './source.js';

/*
 * Whose code a workload runs. What is built from this repository, or is called like it, is the project's own; databases, proxies
 * and other images that are known are not. Of the rest nobody can tell.
 */

type Ownership = Pick<Workload, 'owns' | 'ownsWhy'>;

export function ownership(
  image: Stated<string> | undefined,
  build: Build | undefined,
  around: Surroundings,
  runsHere = false,
  called?: string,
): Ownership {
  if (build) return { owns: true, ownsWhy: 'its image is built from this repository' };
  if (!image) return { owns: true, ownsWhy: 'no other image is named' };
  if (image.value === undefined && called !== undefined && around.isOwnName(called.toLowerCase()))
    return { owns: true, ownsWhy: `it is called \`${called}\`, as this project is` };
  if (image.value === undefined) return { owns: 'unknown', ownsWhy: 'the name of its image is put together elsewhere' };
  const path = imagePath(image.value);
  const last = path.at(-1) ?? '';
  // Of `acme/shop/backend` the last part that says anything is its name; what stands in front is who publishes it.
  const telling = path.findLast((part) => !VAGUE.has(part)) ?? '';
  // Docker alone publishes `mongo` and `library/mongo`, whatever a package here is called.
  const isOfficial =
    foreignImages.includes(last) && (path.length === 1 || (path.length === 2 && path[0] === 'library'));
  const own = !isOfficial && around.isOwnName(telling) ? telling : undefined;
  if (own !== undefined) return { owns: true, ownsWhy: `its image is called \`${own}\`, as this project is` };
  if (foreignImages.includes(last) || foreignImages.includes(path.slice(-2).join('/')))
    return { owns: false, ownsWhy: `its image is \`${last}\`` };
  if (around.imageFolders.has(last) && !runtimeImages.includes(last))
    return { owns: true, ownsWhy: `the folder \`${last}\` of this repository has a Dockerfile` };
  if (runtimeImages.includes(last))
    return runsHere
      ? { owns: true, ownsWhy: `it runs a command of its own in the plain image \`${last}\`` }
      : { owns: 'unknown', ownsWhy: `its image is the plain \`${last}\`` };
  // `acme/shop` is the image of `acmeshop`, and so is any that a service of that name runs.
  const whole = [path.join(''), called?.toLowerCase() ?? ''].find((name) => around.isOwnName(name));
  if (whole !== undefined) return { owns: true, ownsWhy: `it is called \`${whole}\`, as this project is` };
  return { owns: 'unknown', ownsWhy: `its image \`${path.join('/')}\` is not known` };
}

/** The parts of an image's name, without registry, tag, digest and variables: `ghcr.io/acme/shop:1.2` is `acme`, `shop`. */
function imagePath(image: string): readonly string[] {
  const plain = image
    .replace(/@sha256:.*$/, '')
    // `${REGISTRY:-docker.io}/shop:${TAG:-latest}`
    .replace(/\$\{[^}]*\}|\$\w+/g, '')
    .replace(/:[^/:]*$/, '')
    .toLowerCase();
  const parts = plain.split('/').filter((part) => part !== '');
  return parts.length > 1 && /[.:]|^localhost$/.test(parts[0] ?? '') ? parts.slice(1) : parts;
}

/** Names that say so much that images may be told by them: of the packages, their scope, and the folder of the project. */
export function ownNames(packages: readonly string[], folder: string): (name: string) => boolean {
  const names = new Set<string>();
  for (const name of [...packages, folder]) {
    const [, scope, plain] = /^(?:@([^/]+)\/)?(.+)$/.exec(name.toLowerCase()) ?? [];
    for (const part of [scope, plain]) if (part && !VAGUE.has(part) && part.length > 2) names.add(part);
    // `acme/shop-mailer` is the image of `@shop/mailer`.
    if (scope && plain) names.add(`${scope}-${plain}`);
  }
  const stems = new Set([...names].map(stem).filter((name) => !VAGUE.has(name) && name.length > 2));
  // `acme/shopfloor` is the image of `shop-floor`.
  const joined = new Set([...names, ...stems].map(unbroken));
  return (name) =>
    names.has(name) || stems.has(stem(name)) || joined.has(unbroken(name)) || joined.has(unbroken(stem(name)));
}

const VAGUE = new Set(
  'app api web www server client backend frontend worker root monorepo project service website main core lib common shared tools docs src ui node test tests example examples demo build types config utils cli sdk plugin plugins packages apps admin'.split(
    ' ',
  ),
);

function unbroken(name: string): string {
  return name.replace(/[-_.]/g, '');
}

function stem(name: string): string {
  return name.replace(
    /[-_](?:server|api|app|web|www|worker|backend|frontend|client|service|root|monorepo|prod|dev)$/,
    '',
  );
}
