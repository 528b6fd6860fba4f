import type { Random } from './random.ts'

declare const brand: unique symbol
type Branded<Name extends string> = string & { readonly [brand]: Name }

export type ConcernId = Branded<'ConcernId'>
export type UserId = Branded<'UserId'>
export type ItemId = Branded<'ItemId'>
export type CompartmentId = Branded<'CompartmentId'>
export type ApprovalId = Branded<'ApprovalId'>
export type EntryId = Branded<'EntryId'>
export type IntakeGroupId = Branded<'IntakeGroupId'>
export type SessionId = Branded<'SessionId'>
/** A name that only the log uses: one per concern and one per person, so that log and tables can be told apart. */
export type Alias = Branded<'Alias'>

/** A random UUID, version 4. Never version 7: that one holds the millisecond a reporter pressed Send (P2). */
export function newId<Id extends Branded<string>>(random: Random): Id {
  const b = random.bytes(16)
  b[6] = (b[6]! & 0x0f) | 0x40
  b[8] = (b[8]! & 0x3f) | 0x80
  const hex = Buffer.from(b).toString('hex')
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-') as Id
}

const uuidShape = /^[0-9a-f]{8}-[0-9a-f]{4}-[1-8][0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/

/** The id as a branded string, or null where the text is no UUID: hostile path parameters end here. */
export function readId<Id extends Branded<string>>(text: string): Id | null {
  return uuidShape.test(text) ? (text as Id) : null
}
