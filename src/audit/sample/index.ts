/**
 * Sample: which concerns an auditor may ask to see, drawn so that nobody chose them. Pure but for the reading of the population; what becomes of
 * a drawn concern is `concerns`' business. The verifier redraws each from the bundle, with no code of ours.
 */
export { drawSample, mostDrawn, requireSamplePeriod, requireSampleSize, sampleBounds, sampleSeedOf, type SampleSeed } from './draw.ts'
export { readDrawnEntry, readSampleBase, readSamplePopulation } from './sample-store.ts'
