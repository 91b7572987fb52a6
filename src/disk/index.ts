export { decode } from './decode.js';
export { type Disk, type Entry, type Kind, LARGEST, realDisk, TooLarge, without } from './disk.js';
export { holds, type Recording, recording, type Trace } from './trace.js';
