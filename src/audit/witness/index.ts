/**
 * Witnesses (C2SP tlog-witness): others who remember how large our log was and what its root was, and say so by a signature. Owns both
 * sides: the small server that a second trust, an internal auditor or the staff side runs, and the question that we put to such servers.
 * Promises that a cosigned checkpoint is never contradicted by a later one of the same witness, whatever is killed meanwhile.
 */
export {
  askWitness,
  collectCosignatures,
  type Fetch,
  type KnownWitness,
  type WitnessReply,
  type WitnessReport,
  type WitnessRound,
} from './ask.ts'
export { WitnessFault } from './folder.ts'
export { openWitnessFolder, type WitnessMemory } from './memory.ts'
export { formatRequest, parseRequest, type CheckpointRequest } from './request.ts'
export { createWitnessServer } from './server.ts'
export { createWitness, type WitnessAnswer } from './witness.ts'
