// @ts-check
import { defineCollector } from 'mi-audit';

/** Writes down which functions say in a comment that they are for one instance: `// @single-instance: the night shift's`. */
export default defineCollector({
  name: 'annotations',
  version: 1,
  text: ['@single-instance'],
  collect(source, emit) {
    const lines = source.text.split('\n');
    for (const node of source.find('FunctionDeclaration', 'MethodDeclaration', 'ArrowFunction', 'FunctionExpression')) {
      // The line above the function, which is where such a comment stands.
      const [, why] = /@single-instance:\s*(.+)/.exec(lines[node.span[0] - 2] ?? '') ?? [];
      if (why !== undefined) emit(node, { why });
    }
  },
});
