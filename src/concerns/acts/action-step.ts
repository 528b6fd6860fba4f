import type { Directory, StaffContext } from '../../accounts/index.ts'
import type { AuditDraft, EntryActor } from '../../audit/index.ts'
import type { Tx } from '../../database/index.ts'
import type { UserId } from '../../kernel/index.ts'
import type { StaffCause } from '../../notifications/index.ts'
import type { ClockReading } from '../../timeliness/index.ts'
import type { Facts, Move } from '../../workflow/index.ts'
import type { ConcernChange } from '../concern-store.ts'
import type { ConcernSettings } from '../dependencies.ts'
import type { ActionInput, ActionName } from './handling-inputs.ts'
import type { GrantRow, ItemRow, OpenCompartment } from '../sealing/sealed-parts.ts'
import type { Writer } from './staff-writing.ts'

/** Whom an act of staff tells something, and why. */
export interface Telling {
  readonly cause: StaffCause
  readonly person: UserId
}

/** All that a step is decided and written with. The concern's row is locked for as long as this lives. */
export interface Acting<A extends ActionName> extends Writer {
  readonly ctx: StaffContext
  readonly directory: Directory
  /** The public half of the duty key. */
  readonly dutyKey: Uint8Array
  readonly actor: EntryActor
  readonly facts: Facts
  readonly input: ActionInput<A>
  readonly move: Move
  /** The clocks as they stand before this step. */
  readonly clocks: readonly ClockReading[]
  /** What they were reckoned by. */
  readonly settings: Pick<ConcernSettings, 'rules' | 'calendar'>
}

/** What a step writes. Status, version, clocks and lapsed requests are the same for all and done here. */
export interface Step {
  readonly change?: ConcernChange
  readonly items: readonly ItemRow[]
  readonly parts?: readonly OpenCompartment[]
  readonly grants?: readonly GrantRow[]
  readonly entries: readonly [AuditDraft, ...AuditDraft[]]
  /** Rows of the step's own, once the concern is changed. */
  readonly also?: (tx: Tx) => Promise<void>
  /** Who is told by mail that there is something for them; never who acts, nor who is kept from the concern. */
  readonly tells?: readonly Telling[]
}

/** The items of a step as its entry names them: one id, or several. */
export function itemsOf(items: readonly ItemRow[]): string | readonly string[] {
  return items.length === 1 && items[0] ? items[0].id : items.map(({ id }) => id)
}
