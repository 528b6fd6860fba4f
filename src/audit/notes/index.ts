/**
 * The texts and files in which the log is published, as C2SP writes them down: signed-note, tlog-checkpoint, tlog-cosignature,
 * tlog-tiles (paths and entry bundles) and tlog-proof. Pure. Whatever comes from outside is read in bounded time and memory, taken in one
 * spelling only, and refused with one `FormatFault` that has a code and no content. A note's text is believed only once it is opened.
 */
export { decodeEntryBundle, encodeEntryBundle, longestEntry } from './bundle.ts'
export { formatCheckpoint, openCheckpoint, parseCheckpoint, type Checkpoint, type OpenedCheckpoint } from './checkpoint.ts'
export { checkCosignature, createCosigner, type Cosigner } from './cosigner.ts'
export { fromBase64, readCount, readHash, readLines, toBase64 } from './encoding.ts'
export { FormatFault, formatFaultCodes, type FormatFaultCode } from './fault.ts'
export { parseVerifierKey, verifierKeyOf, verifierKeyText, type KeyType, type VerifierKey } from './keys.ts'
export {
  createNoteSigner,
  mostSignatures,
  openNote,
  signNote,
  splitNote,
  type CheckedSignature,
  type NoteSigner,
  type OpenedNote,
  type SignatureLine,
} from './note.ts'
export { entriesPath, parseTilePath, tilePath, type TilePath } from './paths.ts'
export { formatProof, parseProof, type EntryProof } from './proof.ts'
