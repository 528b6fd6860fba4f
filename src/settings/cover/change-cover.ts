import type { AdministrationDeps, Administrator } from '../changes/administrator.ts'
import { changeSetting } from '../changes/change-setting.ts'
import { coverArea, writeValue } from '../values/value-store.ts'
import type { CoverInput } from './cover.ts'

export function createChangeCover<Ctx extends Administrator>(deps: AdministrationDeps<Ctx>) {
  return {
    /** After how many working days without an act somebody stands in for an owner, from the next sweep on. */
    changeCover: (ctx: Ctx, input: CoverInput): Promise<{ readonly changed: true }> =>
      changeSetting(deps, ctx, coverArea, input, async (tx) => {
        await writeValue(tx, 'cover', { silentDays: input.silentDays, source: input.source })
        return { value: { changed: true as const } }
      }),
  }
}
