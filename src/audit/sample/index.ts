/**
 * Sample: which concerns an auditor may ask to see, drawn so that nobody chose them: the auditor fixes a draw with a commitment to numbers, the
 * log signs its next checkpoint, then the numbers are given. Pure but for what is read of the log, which alone says what was fixed; what becomes
 * of a drawn concern is `concerns`' business. The verifier redraws each from the bundle, with no code of ours.
 */
export {
  drawSample,
  lastDayToAnswer,
  mostDrawn,
  requireSamplePeriod,
  requireSampleSize,
  sampleBounds,
  sampleCommitmentOf,
  sampleSeedOf,
  spellingsOf,
  type SampleSeed,
} from './draw.ts'
export { readFixedDraws, type FixedDraw, type SampleBase } from './fixed-store.ts'
export { readDrawnEntry, readSamplePopulation } from './sample-store.ts'
