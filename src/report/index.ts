export { json } from './json.js';
export { answerLine, brief, pretty } from './pretty.js';
