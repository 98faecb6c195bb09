// Learns phrases and understands questions with nlp.js: JSON on stdin, JSON on stdout.
const { createRequire } = require('node:module');
const required = createRequire(process.argv[2] + '/');
const { NlpManager } = required('node-nlp');

(async () => {
  const { phrases, questions } = JSON.parse(require('node:fs').readFileSync(0, 'utf8'));
  const manager = new NlpManager({ languages: ['fi', 'en', 'sv'], nlu: { log: false }, autoSave: false, forceNER: false });
  for (const { language, text, intent } of phrases) manager.addDocument(language, text, intent);
  const begun = process.hrtime.bigint();
  await manager.train();
  const trained = Number(process.hrtime.bigint() - begun) / 1e9;
  const found = [];
  for (const { language, text } of questions) {
    const asked = process.hrtime.bigint();
    const { intent } = await manager.process(language, text);
    found.push([intent, Number(process.hrtime.bigint() - asked) / 1e9]);
  }
  process.stdout.write('\n' + JSON.stringify({ trained, found }) + '\n');
})();
