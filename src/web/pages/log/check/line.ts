import { rootInGroups, type PublishedLog } from '../../../../audit/index.ts'
import { instantText, Refusal } from '../../../../kernel/index.ts'
import type { ShownFault } from '../../../layout/index.ts'
import { countText } from '../rows.ts'

/** A published checkpoint as it stands in the minutes. */
export interface MinutesLine {
  readonly entries: string
  readonly fingerprint: string
  readonly signedAt: string
}

export interface FoundLine {
  /** Null where nothing is signed yet, or nothing of so many entries. */
  readonly line: MinutesLine | null
  readonly faults: readonly ShownFault[]
}

/** The line for the checkpoint of so many entries, typed with commas or without; for the newest where nothing was typed. */
export async function findLine(log: Pick<PublishedLog, 'readCheckpoint'>, typed: string, unknown: string): Promise<FoundLine> {
  const digits = typed.replaceAll(/[\s,.]/g, '')
  const read = async (size?: number): Promise<MinutesLine | null> => {
    try {
      const found = await log.readCheckpoint(size)
      return { entries: countText(found.size), fingerprint: rootInGroups(found.root), signedAt: instantText(found.publishedAt) }
    } catch (error) {
      if (error instanceof Refusal && error.code === 'not_found') return null
      throw error
    }
  }
  if (digits === '') return { line: await read(), faults: [] }
  const line = /^\d{1,15}$/.test(digits) ? await read(Number(digits)) : null
  return line === null ? { line: await read(), faults: [{ field: 'entries', text: unknown }] } : { line, faults: [] }
}
