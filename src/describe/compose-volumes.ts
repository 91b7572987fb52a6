import { posix } from 'node:path';
import type { Volume } from '../model/deployment.js';
import { booleanOf, entries, get, items, type Tree, textOf } from '../parse/tree.js';
import type { Source } from './source.js';

/** How far the volumes that a compose file declares reach. */
export interface Declared {
  readonly spread: Volume['spread'];
  readonly why: string;
}

/** Drivers whose volumes are the same on every host. */
const SHARING = /nfs|cifs|smb|efs|glusterfs|ceph|azure|rexray|netapp|longhorn|seaweed|s3|portworx|vieux/i;

export function declaredVolumes(tree: Tree | undefined): ReadonlyMap<string, Declared> {
  const found = new Map<string, Declared>();
  for (const { key, value } of entries(tree)) {
    const driver = textOf(get(value, 'driver')) ?? 'local';
    const type = textOf(get(value, 'driver_opts', 'type')) ?? '';
    const options = `${type} ${textOf(get(value, 'driver_opts', 'o')) ?? ''}`;
    if (SHARING.test(driver)) found.set(key, { spread: 'shared', why: `a volume of the driver \`${driver}\`` });
    else if (driver === 'local' && /^(?:nfs4?|cifs|smb3?)\b/.test(type))
      found.set(key, { spread: 'shared', why: `a volume over \`${type}\`` });
    else if (driver === 'local' && /\baddr=/.test(options))
      found.set(key, { spread: 'shared', why: 'a volume on another host' });
    else if (type === 'tmpfs') found.set(key, { spread: 'instance', why: 'a volume in memory' });
    else if (booleanOf(get(value, 'external')) === true || get(value, 'external')?.kind === 'map')
      found.set(key, { spread: 'unknown', why: 'a volume that is made elsewhere' });
    else if (driver === 'local') found.set(key, { spread: 'host', why: "a named volume of the host's own driver" });
    else found.set(key, { spread: 'unknown', why: `a volume of the driver \`${driver}\`` });
  }
  return found;
}

/** The volumes of a service; `mounted` are the folders of the project that are bound into it. */
export function volumesOf(
  source: Source,
  service: Tree,
  declared: ReadonlyMap<string, Declared>,
): { readonly volumes: readonly Volume[]; readonly mounted: readonly string[] } {
  const volumes: Volume[] = [];
  const mounted: string[] = [];
  const folder = posix.dirname(source.file);
  for (const item of items(get(service, 'volumes'))) {
    const place = source.place(item.span);
    const [from, path, mode] = item.kind === 'map' ? long(item) : short(textOf(item) ?? '');
    if (path === undefined) continue;
    const readOnly = mode !== undefined && /(?:^|,)ro(?:,|$)/.test(mode) ? { readOnly: true as const } : {};
    if (from === undefined) {
      volumes.push({ path, spread: 'instance', keeps: false, why: 'a volume without a name, of one container', place });
    } else if (/^[./~]|^\$\{?\w|^[A-Za-z]:[\\/]/.test(from)) {
      volumes.push({
        path,
        spread: 'host',
        keeps: true,
        name: from,
        why: 'a file or folder of the host',
        place,
        ...readOnly,
      });
      if (/^\.{1,2}(?:\/|$)/.test(from)) mounted.push(posix.join(folder, from));
    } else {
      const known = declared.get(from) ?? { spread: 'host' as const, why: "a named volume of the host's own driver" };
      volumes.push({
        path,
        ...known,
        keeps: known.spread !== 'instance',
        name: from,
        place,
        ...readOnly,
      });
    }
  }
  for (const item of tmpfs(service)) {
    const path = textOf(item)?.split(':')[0];
    if (path)
      volumes.push({
        path,
        spread: 'instance',
        keeps: false,
        why: 'a folder in memory',
        place: source.place(item.span),
      });
  }
  return { volumes, mounted };
}

function tmpfs(service: Tree): readonly Tree[] {
  const tree = get(service, 'tmpfs');
  return tree?.kind === 'list' ? tree.items : tree ? [tree] : [];
}

type Parts = readonly [from: string | undefined, path: string | undefined, mode: string | undefined];

function long(item: Tree): Parts {
  const type = textOf(get(item, 'type'));
  const readOnly = booleanOf(get(item, 'read_only')) === true ? 'ro' : undefined;
  const from = textOf(get(item, 'source'));
  const path = textOf(get(item, 'target'));
  if (type === 'bind' && from !== undefined && !/^[./~$]/.test(from)) return [`./${from}`, path, readOnly];
  return [type === 'tmpfs' ? undefined : from, path, readOnly];
}

/** `from:path:mode`; a colon in a variable's default or behind a drive's letter parts nothing. */
function short(text: string): Parts {
  const parts = text
    .replace(/\$\{[^}]*\}/g, (variable) => variable.replaceAll(':', '\0'))
    .replace(/^([A-Za-z]):(?=[\\/])/, '$1\0')
    .split(':')
    .map((part) => part.replaceAll('\0', ':'));
  if (parts.length === 1) return [undefined, parts[0] || undefined, undefined];
  return [parts[0], parts[1], parts[2]];
}
