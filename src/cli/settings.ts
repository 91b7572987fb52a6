import { sheetText } from '../report/settings/formats.js';
import { sheetOf } from '../report/settings/sheet.js';
import type { SettingsRequest } from './arguments.js';
import { type Io, print } from './io.js';
import type { Parts } from './parts.js';
import { reportOf } from './run-audit.js';

/** `mi-audit settings [PATH]`: what an operator has to set for two instances. It judges nothing, so that findings are no failure. */
export async function settings(request: SettingsRequest, version: string, io: Io, parts: Parts): Promise<number> {
  const report = await reportOf(
    {
      kind: 'audit',
      paths: [request.path],
      formats: [{ format: 'pretty' }],
      showSafe: false,
      color: false,
      quiet: true,
      ...(request.config === undefined ? {} : { config: request.config }),
    },
    version,
    io,
    parts,
  );
  await print(io.stdout, sheetText(sheetOf(report), request.format));
  return report.exitCode === 3 ? 3 : 0;
}
