/*
 * What folders that are mounted into a container hold, told by how they are called: what users leave there is what an instance
 * elsewhere misses; what an operator puts there, or what can be made again, is not.
 */

export interface VolumeNames {
  readonly holds: 'data' | 'something else';
  /** In words, for the reason of silence. */
  readonly words: string;
  /** Of one part of a path or name, in lower case. */
  readonly parts: RegExp;
}

/** The first that fits the last part of a path counts, then that of the volume's name. */
export const volumeNames: readonly VolumeNames[] = [
  {
    holds: 'data',
    words: 'data of the application',
    parts:
      /^(?:.*[_.-])?(?:data|datas|db|dbs|database|sqlite\d?|uploads?|uploaded|files|storage|media|attachments?|avatars|documents|backups?|persistent|persistence|userdata)(?:[_.-].*)?$/,
  },
  {
    holds: 'something else',
    words: 'what an operator puts there',
    parts:
      /^(?:custom|customi[sz]ations?|themes?|skins?|templates?|certs?|certificates?|ssl|tls|secrets?|plugins?|extensions?|addons?|locales?|i18n|fonts?|scripts?|hooks?|migrations?|init(?:db)?(?:\.d)?|docker-entrypoint.*|zoneinfo|localtime|timezone)$/,
  },
  {
    holds: 'something else',
    words: 'what can be made again',
    parts: /^(?:node_modules|\.next|\.nuxt|\.output|dist|build|caches?|\.cache|te?mp|shm|\.npm|\.yarn|\.pnpm-store)$/,
  },
  { holds: 'something else', words: 'logs', parts: /^(?:logs?|log-files)$/ },
  { holds: 'something else', words: 'the source tree', parts: /^(?:src|source|app-src|test|tests)$/ },
];

/** Files that databases are. */
export const DATABASE_FILE = /\.(?:db|sqlite3?|db3|mdb|realm|nedb)$/;
/** Sockets and files of the host's system. */
export const OF_THE_SYSTEM =
  /^\/(?:var\/run|run|dev|proc|sys)(?:\/|$)|^\/etc\/(?:localtime|timezone|hosts|passwd|group|resolv\.conf)$/;
