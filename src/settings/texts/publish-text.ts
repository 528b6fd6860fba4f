import { invalid, londonDate, newId, type DateText, type Random } from '../../kernel/index.ts'
import type { AdministrationDeps, Administrator } from '../changes/administrator.ts'
import { changeSetting } from '../changes/change-setting.ts'
import { digestOf } from './in-force.ts'
import { isLocal } from './local-texts.ts'
import type { StoredText, TextInput } from './stored-text.ts'
import { insertTexts, readTexts, textArea } from './text-store.ts'
import type { TextVersion } from './text.ts'

/** A new version of a text from a day on. What was shown before stays as it was. */
export function createPublishText<Ctx extends Administrator>(deps: AdministrationDeps<Ctx>) {
  return {
    /** Refusal `invalid_input` (`required`, `in_the_past`, `in_the_future`). A text without a source does not get this far. */
    publishText: (ctx: Ctx, input: TextInput): Promise<{ id: string; version: number; digest: string }> =>
      changeSetting(deps, ctx, textArea(input.key), input, async (tx) => {
        const today = londonDate(ctx.now)
        judge(input, today)
        const { key, kind, heading, body, quote, source, sourceDate, readOn, mark, checked, validFrom } = input
        const version = ((await readTexts(tx, [key])).at(-1)?.version ?? 0) + 1
        const wording = checked && mark !== 'K+' ? 'checked' : 'check'
        const text = storedText(
          { key, version, validFrom, kind, heading, body, quote: quote === '' ? null : quote, source, sourceDate, readOn, mark, wording },
          deps.random,
          today,
          ctx.person.userId,
        )
        await insertTexts(tx, [text])
        return { value: { id: text.id, version, digest: text.digest }, version }
      }),
  }
}

function judge({ key, body, heading, validFrom, readOn }: TextInput, today: DateText): void {
  if (!isLocal(key) && heading === '') throw invalid('/heading', 'required', 'Give it a heading.')
  if (!isLocal(key) && body === '') throw invalid('/body', 'required', 'Write the text. Its page can not do without it.')
  if (validFrom < today) throw invalid('/validFrom', 'in_the_past', 'Choose today or a later day: what people saw before can not change.')
  if (readOn > today) throw invalid('/readOn', 'in_the_future', 'Nobody has read it on a day that is still to come.')
}

export function storedText(text: TextVersion, random: Random, enteredOn: DateText, enteredBy: string | null): StoredText {
  return { ...text, id: newId(random), language: 'en', enteredOn, enteredBy, digest: digestOf([text]) }
}
