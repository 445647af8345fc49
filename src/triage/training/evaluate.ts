import { createScreen } from '../../safety/screen.js';
import { createUnderstand } from '../understand.js';
import { readCorpus } from './corpus.js';
import { trainModels } from './train-models.js';

/** `npm run eval:triage`: five folds of the corpus, each judged by models that have not seen it. */
const FOLDS = 5;
const { rows, digest } = readCorpus('src/triage/corpus');
const totals = {
  vital: 0,
  alerted: 0,
  asked: 0,
  calm: 0,
  falseAlarms: 0,
  falseQuestions: 0,
  needs: 0,
  accepted: 0,
  top2: 0,
};

for (let fold = 0; fold < FOLDS; fold += 1) {
  const models = trainModels({ rows: rows.filter((_, index) => index % FOLDS !== fold), digest });
  const screen = createScreen(models.safety);
  const understand = createUnderstand(models.triage);
  for (const row of rows.filter((_, index) => index % FOLDS === fold)) {
    const { level } = screen(row.text, { askedAboutLife: false });
    if (row.urgency === 'vital') {
      totals.vital += 1;
      if (level === 'vital') totals.alerted += 1;
      if (level === 'unsure') totals.asked += 1;
      continue;
    }
    totals.calm += 1;
    if (level === 'vital') totals.falseAlarms += 1;
    if (level === 'unsure') totals.falseQuestions += 1;
    const right = [row.need, ...row.also];
    const { need, ask } = understand(row.text);
    totals.needs += 1;
    if (right.includes(need)) totals.accepted += 1;
    if (right.includes(need) || ask?.choices.some((choice) => right.includes(choice))) totals.top2 += 1;
  }
}

const share = (count: number, of: number): string => `${((100 * count) / of).toFixed(1)} %`;
process.stdout.write(
  [
    `utterances                     ${rows.length}, of one author: expect less on others' words`,
    `vital: alerted at once         ${share(totals.alerted, totals.vital)}`,
    `vital: alerted or asked        ${share(totals.alerted + totals.asked, totals.vital)}`,
    `others: alerted in error       ${share(totals.falseAlarms, totals.calm)}`,
    `others: touched                ${share(totals.falseAlarms + totals.falseQuestions, totals.calm)}`,
    `need right at once             ${share(totals.accepted, totals.needs)}`,
    `need right, or among the asked ${share(totals.top2, totals.needs)}`,
    '',
  ].join('\n'),
);
