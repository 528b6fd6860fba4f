/** What tests and other programs may call of the verifier. It is one file without types, so that any Node can run it as it is. */
export interface VerifierKey {
  readonly name: string
  readonly id: string
  readonly witness: boolean
}
export interface Finding {
  readonly severity: 'tampered' | 'unusable' | 'incomplete' | 'restored'
  readonly check: string
  readonly code: string
  readonly message: string
  readonly index?: number
  readonly id?: string
  readonly size?: number
  /** Who acted and whom it names, where the bundle opens that. */
  readonly people?: readonly { readonly alias: string; readonly name: string }[]
}
export interface Verdict {
  readonly verdict: 'whole' | 'tampered' | 'unusable' | 'incomplete' | 'restored'
  readonly exitCode: 0 | 1 | 2 | 3 | 4
  readonly log: string
  readonly size: number
  readonly root: string
  /** The root in groups for people to compare, and those of the checkpoints that were brought, by size. */
  readonly fingerprint: string
  readonly kept: readonly { readonly size: number; readonly fingerprint: string }[]
  readonly checked: number
  readonly checks: readonly { readonly name: string; readonly title: string; readonly result: string; readonly notes: readonly string[] }[]
  readonly findings: readonly Finding[]
  readonly counts: { readonly [name: string]: unknown }
  readonly seconds: number
  readonly entriesPerSecond: number
  readonly speed?: { readonly rawHashesPerSecond: number; readonly peakMegabytes: number; readonly shareOfTime: number }
}
export interface Comparison {
  readonly verdict: Verdict['verdict']
  readonly exitCode: Verdict['exitCode']
  readonly sizes: readonly [number, number]
  readonly firstDifference: number | null
  readonly added: { readonly [kind: string]: number }
  readonly findings: readonly Finding[]
}
export interface ProofVerdict {
  readonly verdict: Verdict['verdict']
  readonly exitCode: Verdict['exitCode']
  readonly index: number
  readonly id: string | null
  readonly findings: readonly Finding[]
}
export interface ReceiptVerdict {
  readonly verdict: Verdict['verdict']
  /** 0 proven, 1 does not fit, 2 cannot be read, 3 not in the log yet. */
  readonly exitCode: Verdict['exitCode']
  readonly index?: number
  readonly size?: number
  readonly id: string | null
  /** The day of the entry. */
  readonly on: string | null
  /** How many parts were committed to, and those that are shown. */
  readonly kept: number
  readonly shown: { readonly [name: string]: unknown }
  readonly findings: readonly Finding[]
}
export interface SampleVerdict {
  readonly verdict: Verdict['verdict']
  readonly exitCode: Verdict['exitCode']
  readonly log: string
  readonly size: number
  readonly samples: readonly {
    readonly index: number
    readonly id: string
    readonly by: string
    readonly at: string
    readonly size: number
    readonly from: string
    readonly to: string
    readonly numbers: string
    readonly population: number
    readonly drawn: readonly string[]
    /** The entry that fixed it; null for one of an earlier release. */
    readonly fixed: { readonly index: number; readonly id: string; readonly at: string } | null
    readonly holds: boolean
    readonly unlocked: number
    readonly refused: number
    readonly viewed: number
  }[]
  readonly neverDrawn: readonly {
    readonly index: number
    readonly id: string
    readonly by: string
    readonly at: string
    readonly from: string
    readonly to: string
    readonly count: number
    readonly state: 'waiting' | 'lapsed'
  }[]
  readonly notes: readonly string[]
  readonly byHand?: {
    readonly seed: string
    readonly root: string
    readonly published: boolean
    readonly population: number
    readonly drawn: readonly { readonly alias: string; readonly score: string }[]
  }
  readonly findings: readonly Finding[]
}
/** A clock as the entries give it; dates as 2026-11-22. */
export interface ReckonedRow {
  readonly concern: string
  readonly code: string
  readonly version: number
  readonly cycle: number
  readonly of: string | null
  readonly round: number
  readonly startedOn: string
  readonly firstDueOn: string
  readonly dueOn: string
  readonly stoppedOn: string | null
  readonly outcome: string
  readonly workingDays: number
  readonly pausedDays: number
  readonly extensions: number
  readonly endedBy: string | null
  /** Places in the log. */
  readonly startedEntry: number | null
  readonly startedRole: string | null
  readonly stoppedEntry: number | null
  readonly stoppedRole: string | null
  readonly escalatedOn: string | null
  readonly escalatedEntry: number | null
  /** One after the other, with blanks between them. */
  readonly escalatedTo: string
  readonly escalatedRoles: string
}
/** A duty of the organisation as the entries give it. */
export interface ReckonedDuty {
  readonly duty: string
  readonly code: string
  readonly version: number
  readonly startedOn: string
  readonly firstDueOn: string
  readonly dueOn: string
  /** The last instant, where it runs in hours. */
  readonly dueAt: string | null
  readonly stoppedOn: string | null
  readonly outcome: string
  readonly workingDays: number
  /** Whole hours it took, of what runs in hours and is done. */
  readonly hours: number | null
  readonly pausedDays: number
  readonly extensions: number
  readonly force: string | null
  /** When its beginning and its end were written down, by which entries, in which role. */
  readonly recordedOn: string
  readonly startedEntry: number
  readonly startedRole: string | null
  readonly stopRecordedOn: string | null
  readonly stoppedEntry: number | null
  readonly stoppedRole: string | null
  readonly warnedOn: string | null
  readonly warnedEntry: number | null
  /** The first day on which somebody above was told; then everybody and their entries, with blanks between them. */
  readonly escalatedOn: string | null
  readonly escalatedTo: string
  readonly escalatedEntries: string
  readonly movedFor: string
}
export interface TimelinessVerdict {
  readonly verdict: Verdict['verdict']
  /** 0 agrees, 1 differs, 2 cannot be read, 3 not all of it is in the log yet. */
  readonly exitCode: Verdict['exitCode']
  readonly log: string
  readonly size: number
  readonly from: string | null
  readonly to: string | null
  readonly today: string | null
  readonly population: number
  readonly rules: readonly ({ readonly code: string } & { readonly [outcome: string]: number | string })[]
  /** Rows of the report that were compared; null where none was given. */
  readonly compared: number | null
  readonly rows?: readonly ReckonedRow[]
  readonly duties: readonly ({ readonly code: string } & { readonly [outcome: string]: number | string })[]
  /** Every duty where all rows were asked for, else those that are late. */
  readonly dutyRows: readonly ReckonedDuty[]
  readonly findings: readonly (Finding & {
    readonly concern?: string
    readonly duty?: string
    readonly rule?: string
    readonly differing?: readonly string[]
  })[]
}
export declare class Unusable extends Error {
  readonly code: string
}
export declare const kinds: { readonly [kind: string]: string }
export declare function fingerprintOf(root: Uint8Array): string
export declare function readVerifierKey(text: string): VerifierKey
export declare function verifyBundle(given: {
  readonly file: string
  readonly keys: readonly VerifierKey[]
  readonly witnesses?: readonly VerifierKey[]
  readonly checkpoints?: readonly string[]
  readonly speed?: boolean
}): Verdict
export declare function verifyProof(given: {
  readonly proof: string
  readonly entry: string
  readonly keys: readonly VerifierKey[]
  readonly witnesses?: readonly VerifierKey[]
}): ProofVerdict
export declare function verifyReceipt(given: {
  readonly file: string
  readonly keys: readonly VerifierKey[]
  readonly witnesses?: readonly VerifierKey[]
}): ReceiptVerdict
export declare function verifySamples(given: {
  readonly file: string
  readonly keys: readonly VerifierKey[]
  readonly witnesses?: readonly VerifierKey[]
  readonly checkpoints?: readonly string[]
  readonly draw?: {
    readonly size: number
    readonly from: string
    readonly to: string
    readonly numbers: string
    readonly count: number
    /** The entry that fixed it; left out for a draw of an earlier release. */
    readonly fixed?: string | undefined
  } | null
}): SampleVerdict
export declare function commitNumbers(numbers: string): { readonly exitCode: 0; readonly numbers: string; readonly commitment: string }
export declare function verifyTimeliness(given: {
  readonly file: string
  readonly keys: readonly VerifierKey[]
  readonly witnesses?: readonly VerifierKey[]
  readonly checkpoints?: readonly string[]
  readonly from?: string
  readonly to?: string
  readonly today?: string
  readonly report?: string
  readonly rows?: boolean
}): TimelinessVerdict
/** What happened, as the verifier has it: days since 1970, `none` as -2^31, items counted from 1. */
export interface ReckonedEvent {
  readonly event: string
  readonly clock: string
  readonly item: number
  readonly day: number
  readonly until: number
}
export declare function reckonClocks(given: {
  readonly events: readonly ReckonedEvent[]
  readonly rules: readonly object[]
  readonly holidays: ReadonlySet<number>
  readonly facts: { readonly danger: boolean; readonly reachable: boolean }
  readonly today: number
}): readonly {
  readonly code: string
  readonly version: number
  readonly cycle: number
  readonly item: number
  readonly round: number
  readonly startedOn: number
  readonly firstDueOn: number
  readonly dueOn: number
  readonly stoppedOn: number
  readonly pausedDays: number
  readonly extensions: number
  readonly outcome: string
  readonly workingDays: number
  readonly endedBy: string | null
  /** What started and what stopped it, as they were given. */
  readonly began: { readonly entry?: number | string }
  readonly stop: { readonly entry?: number | string } | null
}[]
export declare function compareBundles(given: {
  readonly older: string
  readonly newer: string
  readonly keys: readonly VerifierKey[]
}): Comparison
export declare function readDay(text: string): number
export declare function readInstant(text: string): number
export declare function londonDay(seconds: number): number
export declare function dueDay(
  rule: { readonly unit: string; readonly limit: number },
  start: number,
  holidays: ReadonlySet<number>,
): number
export declare function main(argv: readonly string[], out?: (text: string) => void): number
