import type { Stated } from '../model/deployment.js';
import { parseDotenv } from '../parse/dotenv.js';
import { purposeOfEnv } from './purpose.js';
import type { Describer } from './source.js';

/** An `.env` file: names with their places. The values are for deciding with, and are never shown. */
export const describeEnv: Describer = (source) => {
  const { variables } = parseDotenv(source.text);
  const environment = Object.fromEntries(
    variables.map(({ name, value, computed, raw }): [string, Stated<string>] => [
      name,
      { ...(computed ? {} : { value }), place: source.at(raw) },
    ]),
  );
  return { environment, ...purposeOfEnv(source.file) };
};
