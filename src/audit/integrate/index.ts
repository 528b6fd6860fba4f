/**
 * Integrate: the signer's half of the log. Gives entries their places in batches that grow the log by the same measure whether anything
 * happened or not, and signs a checkpoint of each. Runs in the background process alone, with a database login and keys that the web process has not.
 */
export { createCosign, type NamedWitness, type WitnessOutcome } from './cosign.ts'
export { createIntegrator, type Integrated, type Integrator, type IntegratorDeps } from './integrator.ts'
export { createLogKeys, type LogKeyFiles, type LogKeys } from './log-keys.ts'
export { readLastPublished } from './batch-store.ts'
export { batchSchedule, demonstrationPace, isLate, realPace, type Pace } from './pace.ts'
export { LogRefused, type LogFault } from './refused.ts'
