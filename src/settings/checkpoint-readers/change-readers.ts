import { invalid, newId, Refusal } from '../../kernel/index.ts'
import type { AdministrationDeps, Administrator } from '../changes/administrator.ts'
import { changeSetting } from '../changes/change-setting.ts'
import { mostReaders, type ReaderInput, type ReaderRemoval } from './checkpoint-readers.ts'
import { deleteReader, insertReader, readCheckpointReaders, readersArea } from './reader-store.ts'

/** Who gets the daily checkpoint. Nobody is changed: who gets another address is taken off and put on again, each with its reason. */
export function createChangeReaders<Ctx extends Administrator>(deps: AdministrationDeps<Ctx>) {
  return {
    /** Refusal `invalid_input` (`address_taken`, `too_many`). */
    addCheckpointReader: (ctx: Ctx, input: ReaderInput): Promise<{ id: string }> =>
      changeSetting(deps, ctx, readersArea, input, async (tx) => {
        const reader = { id: newId(deps.random), role: input.role, name: input.name, address: input.address.toLowerCase() }
        const there = await readCheckpointReaders(tx)
        if (there.some(({ address }) => address === reader.address))
          throw invalid('/address', 'address_taken', 'This address gets the checkpoint already.')
        if (there.length >= mostReaders)
          throw invalid('/address', 'too_many', `There can be ${mostReaders} people. Take somebody off first, or use a shared address.`)
        await insertReader(tx, reader)
        return { value: { id: reader.id } }
      }),

    /** Letters that still wait for them are not sent. Refusal `not_found`. */
    removeCheckpointReader: (ctx: Ctx, id: string, input: ReaderRemoval): Promise<{ id: string }> =>
      changeSetting(deps, ctx, readersArea, input, async (tx) => {
        const there = await readCheckpointReaders(tx)
        if (!there.some((reader) => reader.id === id)) throw new Refusal('not_found')
        await deleteReader(tx, id)
        await deps.mail.keepOnlyFor(
          tx,
          there.filter((reader) => reader.id !== id).map(({ address }) => address),
        )
        return { value: { id } }
      }),
  }
}
