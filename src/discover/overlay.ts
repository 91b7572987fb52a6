import path from 'node:path';
import picomatch from 'picomatch';
import type { Overlay } from './git.js';
import { type Listing, NEVER, withContents } from './list.js';
import { fromRoot, isInside, isUnder } from './paths.js';
import type { Disk } from '../disk/index.js';

/** Reads the index where it differs from the work tree. */
export function laidOver(disk: Pick<Disk, 'read'>, { contents }: Overlay): Pick<Disk, 'read'> {
  return { read: (absolute) => contents.get(absolute) ?? disk.read(absolute) };
}

/** The listing as the index has it: without what only the work tree has, and with what was deleted there alone. */
export function withOverlay(listing: Listing, overlay: Overlay, root: string, ignores: readonly string[]): Listing {
  const hidden = overlay.hidden
    .filter((absolute) => isInside(absolute, root))
    .map((absolute) => fromRoot(root, absolute));
  const singles = new Set(hidden);
  const folders = hidden.filter((file) => !listing.files.includes(file));
  const isHidden = (file: string) => singles.has(file) || folders.some((folder) => isUnder(file, folder));
  const isIgnored = picomatch([...NEVER.map((name) => `**/${name}/**`), ...ignores.flatMap(withContents)], {
    dot: true,
  });
  const known = new Set(listing.files);
  const deleted = [...overlay.contents.keys()]
    .filter((absolute) => isInside(absolute, root))
    .map((absolute) => fromRoot(root, absolute))
    .filter((file) => !known.has(file) && !isIgnored(file));
  const links = new Set(listing.links);
  // In the index it may be a file all the same.
  for (const absolute of overlay.contents.keys()) links.delete(fromRoot(root, path.normalize(absolute)));
  return { ...listing, files: [...listing.files.filter((file) => !isHidden(file)), ...deleted].sort(), links };
}
