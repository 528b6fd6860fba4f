import { acceptRecoveredSet } from '../../accounts/index.ts'
import { leafHash, readConcernEntries } from '../../audit/index.ts'
import { invalid, type ConcernId, type UserId } from '../../kernel/index.ts'
import { verifyStatement } from '../../vault/index.ts'
import { lockConcern } from '../concern-store.ts'
import { conflictedIn, isConflicted } from '../lifecycle/conflicts.ts'
import type { RecoveryDeps } from './export-grants.ts'
import { recoveredContext, signedPart, type RecoveredGrants } from './recovery-file.ts'
import { carryEscalations, putGrants } from './recovery-store.ts'

/**
 * Puts what was rebuilt into the database: first the list of recipients, where one was signed, then concern by concern the person's keys. A run
 * that was killed is done again and finishes; one that was finished changes nothing. Records `recipient_set_recovered` and, in each
 * concern, `access_recovered`. Throws Refusal `invalid_input` where the recovery key did not sign the file, the person's keys are others by
 * now, or people have changed since the export; `not_set_up`, `intake_closed`.
 */
export function createImportGrants(deps: RecoveryDeps) {
  const { audited, clock, directory: directories, random } = deps
  return async (file: RecoveredGrants): Promise<{ readonly name: string }> => {
    assertSigned(file, deps)
    const { id, keys } = file.person
    await putSetInForce(file, deps)
    const directory = await directories.current()
    const person = directory.find(id as UserId)
    if (person === undefined || Buffer.compare(person.keys.box, keys.box) !== 0)
      throw invalid('/person', 'keys_changed', 'The person’s keys are others by now. Start again with the export.')
    for (const concern of file.concerns) {
      await audited(async (tx) => {
        const concernId = concern.id as ConcernId
        await lockConcern(tx, concernId)
        // Declared while the file was away
        if (isConflicted(person, conflictedIn(await readConcernEntries(tx, concernId)), directory)) throw new NothingToDo()
        const changed = await putGrants(tx, random, concernId, person.id, concern.grants)
        if (changed.length === 0) throw new NothingToDo()
        await carryEscalations(tx, random, concernId, person)
        const compartments = [...new Set(changed.map(({ kind }) => kind))].sort()
        const fields = { person: person.alias, compartments }
        return { value: null, entries: [{ kind: 'access_recovered', actor: { role: 'system' }, at: clock.now(), concernId, fields }] }
      }).catch((error: unknown) => {
        if (!(error instanceof NothingToDo)) throw error
      })
    }
    return { name: person.name }
  }
}

/** Rolls a transaction back that would only lie about a change. */
class NothingToDo extends Error {}

function assertSigned(file: RecoveredGrants, { pins }: RecoveryDeps): void {
  const pinned = pins.read()?.recoverySignKey
  const signKey = Buffer.from(pinned ?? '', 'base64')
  if (pinned === undefined || !verifyStatement(signKey, recoveredContext, signedPart(file), file.signature))
    throw invalid('/signature', 'not_signed', 'The recovery key of this database did not sign this file.')
}

/** A list that an earlier, killed run has put in force already is left as it is. */
async function putSetInForce({ set }: RecoveredGrants, { audited, clock, directory, pins }: RecoveryDeps): Promise<void> {
  if (set === null) return
  const inForce = await directory.current()
  if (inForce.digest === Buffer.from(leafHash(set.body)).toString('hex')) return
  await audited(async (tx) => ({ value: null, entries: [await acceptRecoveredSet(tx, { pins, clock }, set.body, set.signature)] }))
}
