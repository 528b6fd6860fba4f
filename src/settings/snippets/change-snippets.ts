import { invalid, type Random } from '../../kernel/index.ts'
import type { AdministrationDeps, Administrator } from '../changes/administrator.ts'
import { changeSetting } from '../changes/change-setting.ts'
import { readValues, snippetsArea, writeValue } from '../values/value-store.ts'
import { byTitle, type Snippet, type SnippetsInput } from './snippets.ts'

/** Stock phrases for messages to people who raise concerns. */
export function createChangeSnippets<Ctx extends Administrator>(deps: AdministrationDeps<Ctx>) {
  return {
    /**
     * Puts another list in place of the one there is. Refusal `invalid_input` (`title_taken`; `not_an_option` for a code that is not there, or
     * there twice). Messages that were sent keep their words.
     */
    changeSnippets: (ctx: Ctx, input: SnippetsInput): Promise<{ readonly changed: true }> =>
      changeSetting(deps, ctx, snippetsArea, input, async (tx) => {
        const { items } = (await readValues(tx)).snippets
        await writeValue(tx, 'snippets', { items: byTitle(changed(items, input.items, deps.random)) })
        return { value: { changed: true as const } }
      }),
  }
}

function changed(before: readonly Snippet[], after: SnippetsInput['items'], random: Random): readonly Snippet[] {
  const [codes, titles] = [new Set(before.map(({ code }) => code)), new Set<string>()]
  return after.map(({ code = newCode(random), ...rest }, at) => {
    const isNew = after[at]?.code === undefined
    // Each code once: the second time it is not there any more
    if (!isNew && !codes.delete(code)) throw invalid(`/items/${at}/code`, 'not_an_option', 'Choose one that is there, and each once.')
    const title = rest.title.toLowerCase()
    if (titles.has(title)) throw invalid(`/items/${at}/title`, 'title_taken', 'There is one with this title. Choose another.')
    titles.add(title)
    return { code, ...rest }
  })
}

function newCode(random: Random): string {
  return `s-${Buffer.from(random.bytes(6)).toString('hex')}`
}
