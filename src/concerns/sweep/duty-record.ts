import { z } from 'zod'
import type { Directory, DirectoryPerson } from '../../accounts/index.ts'
import { newId, readJson, type CompartmentId, type ConcernId, type Random, type UserId } from '../../kernel/index.ts'
import { openForDuty, sealForDuty, type CompartmentKeys } from '../../vault/index.ts'
import { holdersOf } from '../sealing/holders.ts'
import { grantTo, type GrantRow, type OpenCompartment } from '../sealing/sealed-parts.ts'

/** As whom the background process holds what the clock may act on. */
export const dutyHolder = 'duty'

/**
 * What the clock may act on without anybody's session: which leads may be told that a concern is late, since one of them may be who it is about; and
 * the grants that a non-executive lead gets if the person agreed to it and nobody answers, each sealed to that lead already (`security.md` 2).
 */
export interface DutyRecord {
  readonly leads: readonly UserId[]
  readonly standby: readonly GrantRow[]
}

const shape = z.object({
  leads: z.array(z.string()),
  standby: z.array(
    z.object({ part: z.string(), kind: z.enum(['shared', 'internal']), epoch: z.int(), holder: z.string(), sealed: z.base64() }),
  ),
})

export interface DutySeal {
  readonly random: Random
  readonly directory: Directory
  /** Of the duty key, 32 bytes. */
  readonly dutyKey: Uint8Array
  /** Staff it is about, or who declared a conflict. */
  readonly excluded: ReadonlySet<UserId>
  /** Whether its reporter agreed that the non-executive lead may read it if nobody answers in time. */
  readonly standby: boolean
  /** SHARED and INTERNAL. */
  readonly parts: readonly OpenCompartment[]
}

/** Bytes of a record without anybody, for each lead, and for each non-executive lead's two grants. */
const room = { frame: 64, lead: 40, standby: 640, step: 512 }

/**
 * The record as the grant of a holder named `duty`: beside the others it is a row like any. Its length depends on how many leads there are, never on
 * whom it is about or what the person agreed to. Null where nobody writes under SHARED any more.
 */
export function sealDutyRecord({ random, directory, dutyKey, excluded, standby, parts }: DutySeal): GrantRow | null {
  const shared = parts.find(({ kind }) => kind === 'shared')
  if (shared === undefined) return null
  const all = leadsIn(directory)
  const leads = all.filter(({ id }) => !excluded.has(id))
  const nonExecutives = leads.filter(isNonExecutive)
  const grants = standby
    ? parts.filter(isReadOnStandby).flatMap((part) => grantTo(random, part, holdersOf(directory, idsOf(nonExecutives))))
    : []
  const text = JSON.stringify({
    leads: idsOf(leads),
    standby: grants.map(({ compartmentId, kind, epoch, holder, sealed }) => ({
      ...{ part: compartmentId, kind, epoch, holder },
      sealed: Buffer.from(sealed).toString('base64'),
    })),
  })
  const least = room.frame + all.length * room.lead + all.filter(isNonExecutive).length * room.standby
  const size = Math.ceil(least / room.step) * room.step
  const { concernId, id: compartmentId, kind, epoch } = shared
  const sealed = sealForDuty(dutyKey, concernId, text, size)
  return { id: newId(random), concernId, compartmentId, kind, epoch, holder: dutyHolder, sealed }
}

/** The record again; null where it was sealed for another key or concern, or is not whole. */
export function openDutyRecord(random: Random, keys: CompartmentKeys, concernId: ConcernId, sealed: Uint8Array): DutyRecord | null {
  const read = shape.safeParse(readJson(openForDuty(keys, concernId, sealed)))
  if (!read.success) return null
  return {
    leads: read.data.leads as UserId[],
    standby: read.data.standby.map(({ part, kind, epoch, holder, sealed: inner }) => ({
      ...{ id: newId(random), concernId, compartmentId: part as CompartmentId, kind, epoch, holder },
      sealed: new Uint8Array(Buffer.from(inner, 'base64')),
    })),
  }
}

const isReadOnStandby = ({ kind }: OpenCompartment): boolean => kind === 'shared' || kind === 'internal'
const isNonExecutive = ({ roles }: DirectoryPerson): boolean => roles.includes('non_executive_lead')
const idsOf = (people: readonly DirectoryPerson[]): UserId[] => people.map(({ id }) => id)

function leadsIn(directory: Directory): readonly DirectoryPerson[] {
  return directory.people.filter(({ roles }) => roles.includes('executive_lead') || roles.includes('non_executive_lead'))
}
