import { applicationConventions } from './lifecycle/applications.js';
import { pageConventions } from './lifecycle/pages.js';
import type { FileConvention } from './types.js';

export { functionTypes } from './lifecycle/function-types.js';
export { baseClasses, lifecycleMethods } from './lifecycle/methods.js';

/** Files whose exports a framework runs. */
export const fileConventions: readonly FileConvention[] = [...pageConventions, ...applicationConventions];
