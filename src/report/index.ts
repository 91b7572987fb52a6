export { explanation } from './explanation.js';
export { json } from './json.js';
export { jsonExplanation } from './json-explanation.js';
export { answerLine, brief, pretty } from './pretty.js';
