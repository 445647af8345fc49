/** The same stories in every run; PROPERTY_SEED tells others. */
export const PROPERTY_SEED = Number(process.env.PROPERTY_SEED ?? 20_261_124);
