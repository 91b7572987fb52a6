import {
  doubtsOfReach,
  endNearby,
  keptFiles,
  lastingStoreOf,
  placeInWords,
  type Reach,
  type RuleContext,
  USER_PHASES,
  idleBecause,
} from '../../src/api/index.js';

/** Files of JSON that requests read and write, with nothing but `fs`. */
export function checkJsonStores(context: RuleContext): void {
  const { program } = context;
  const told = new Set<string>();
  for (const { write, reads, isRemade, isStore } of keptFiles(program)) {
    const { call, path } = write;
    const key = `${call.unit.manifest?.dir ?? '.'} ${write.place}`;
    if (!isStore || isRemade || write.isTemporary || told.has(key) || endNearby(program, call, path)) continue;
    told.add(key);
    const place = { file: call.unit.file, span: call.fact.span };
    const reach = write.reaches[0] as Reach;
    const setting = program.setting(program.conditions(call, reach.phase));
    if (setting.never || setting.developmentOnly || program.inSharedStore(call.fn)) {
      context.safe({
        ...place,
        reason: idleBecause(setting, 'used only outside production, or declared to be shared'),
      });
      continue;
    }
    const read = reads.find(({ reaches }) => reaches.some(({ phase }) => USER_PHASES.includes(phase)));
    const reader = read?.reaches.find(({ phase }) => USER_PHASES.includes(phase));
    context.report({
      ...place,
      confidence: reach.weak || reader?.weak ? 'medium' : 'high',
      doubts: doubtsOfReach(reach, reader),
      when: setting.when,
      ...(setting.words ? { condition: setting.words } : {}),
      symbol: program.symbol(place),
      message: `A JSON file on this instance's own disk is used as a database: ${placeInWords(write.place)}, written by ${reach.label}${reader ? ` and read by ${reader.label}` : ''}.`,
      consequence:
        'Each instance has a file of its own, so that users see other data depending on which one they reach; and two requests that read, change and write the file at once lose the change of one of them, on a shared volume too.',
      hint: `Keep this data in ${lastingStoreOf(program.stack(call.unit))}, with one row or document for what is one entry now.`,
      evidence: [
        { role: 'primary', ...place, note: 'the file is written here' },
        ...reach.path,
        ...(read
          ? [
              {
                role: 'read' as const,
                file: read.call.unit.file,
                span: read.call.fact.span,
                note: `read${reader ? ` by ${reader.label}` : ''}`,
              },
            ]
          : []),
        ...setting.evidence,
      ],
    });
  }
}
