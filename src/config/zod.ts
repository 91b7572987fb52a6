import { z } from 'zod';

// By itself, zod writes a program for each schema, which pays where a thousand values are checked and not where one is; and nothing
// that makes code of text is to run here.
z.config({ jitless: true });

export { z };
