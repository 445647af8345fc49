import { NEEDS, type Need } from '../need.js';
import type { RankedNeed, Understanding } from '../understand.js';
import type { CorpusRow } from './corpus.js';
import type { Fold } from './folds.js';
import type { Judged } from './measures.js';

/**
 * Public classifiers of French, judged on the same folds so that the choice of engine is shown. They are no
 * dependency of the product (docs/decisions/0011-language-engine.md): one that is not installed is left out.
 */
export const BASELINES = ['nlp.js', 'natural'] as const;
export type BaselineName = (typeof BASELINES)[number];

/** How to have them for one evaluation. */
export const INSTALL_BASELINES =
  'npm install --no-save @nlpjs/core@4.26.1 @nlpjs/nlp@4.27.0 @nlpjs/lang-fr@4.26.1 natural@8.1.1';

/** Needs, danger among them, most likely first. */
type Classify = (text: string) => Promise<RankedNeed[]>;
type Train = (rows: readonly CorpusRow[]) => Promise<Classify>;

/** The packages bring no types of ours: only what is called here is described. */
interface NlpModule {
  dockStart?: unknown;
  Nlp: new (
    settings: object,
  ) => {
    addLanguage(language: string): void;
    addDocument(language: string, text: string, intent: string): void;
    train(): Promise<void>;
    process(
      language: string,
      text: string,
    ): Promise<{ classifications: { intent: string; score: number }[] }>;
  };
}
interface CoreModule {
  containerBootstrap(): Promise<{ use(plugin: unknown): void }>;
}
interface NaturalModule {
  PorterStemmerFr: unknown;
  BayesClassifier: new (
    stemmer: unknown,
  ) => {
    addDocument(text: string, label: string): void;
    train(): void;
    getClassifications(text: string): { label: string; value: number }[];
  };
}

const load = async <T>(name: string): Promise<T> => {
  const module = (await import(name)) as { default?: T } & T;
  return module.default ?? module;
};

const trainers: Readonly<Record<BaselineName, Train>> = {
  async 'nlp.js'(rows) {
    const { containerBootstrap } = await load<CoreModule>('@nlpjs/core');
    const { Nlp } = await load<NlpModule>('@nlpjs/nlp');
    const { LangFr } = await load<{ LangFr: unknown }>('@nlpjs/lang-fr');
    const container = await containerBootstrap();
    container.use(LangFr);
    const nlp = new Nlp({ container, autoSave: false, autoLoad: false, nlu: { log: false } });
    nlp.addLanguage('fr');
    for (const { text, need } of rows) nlp.addDocument('fr', text, need);
    await nlp.train();
    return async (text) => {
      const { classifications } = await nlp.process('fr', text);
      return ranked(classifications.map(({ intent, score }) => ({ name: intent, score })));
    };
  },
  async natural(rows) {
    const { BayesClassifier, PorterStemmerFr } = await load<NaturalModule>('natural');
    const classifier = new BayesClassifier(PorterStemmerFr);
    for (const { text, need } of rows) classifier.addDocument(text, need);
    classifier.train();
    return async (text) =>
      ranked(classifier.getClassifications(text).map(({ label, value }) => ({ name: label, score: value })));
  },
};

function ranked(scored: readonly { name: string; score: number }[]): RankedNeed[] {
  const total = scored.reduce((sum, { score }) => sum + score, 0) || 1;
  return NEEDS.map((need) => ({
    need,
    confidence: (scored.find(({ name }) => name === need)?.score ?? 0) / total,
  })).sort((a, b) => b.confidence - a.confidence);
}

export async function isInstalled(baseline: BaselineName): Promise<boolean> {
  try {
    await import(baseline === 'natural' ? 'natural' : '@nlpjs/nlp');
    return true;
  } catch {
    return false;
  }
}

/** A baseline has one threshold and no question: danger is alerted when it is the likeliest need. */
export async function judgeByBaseline(baseline: BaselineName, { train, test }: Fold): Promise<Judged[]> {
  const classify = await trainers[baseline](train);
  const judged: Judged[] = [];
  for (const row of test) {
    const needs = await classify(row.text);
    const level = needs[0]?.need === 'crise' ? 'vital' : 'clear';
    judged.push({ row, level, reason: undefined, understanding: understandingOf(needs) });
  }
  return judged;
}

function understandingOf(needs: readonly RankedNeed[]): Understanding {
  const calm = needs.filter(({ need }) => need !== 'crise');
  const first: { need: Need; confidence: number } = calm[0] ?? { need: 'ecoute_psy', confidence: 0 };
  return { ...first, also: [], urgency: 'normale', ask: null, slots: {}, ranked: calm };
}
