import { readingOfSnippet, snippetsInput, type Snippet } from '../../settings/index.ts'
import type { z } from 'zod'
import type { Call } from '../call.ts'
import { settingsCall, type SettingsApiDeps } from './call.ts'
import { doneAnswer, snippetsAnswer } from './schema.ts'

/** Stock phrases for messages to people who raise concerns. */
export function snippetCalls(deps: SettingsApiDeps): readonly Call[] {
  const settings = deps.settingsAdministration
  return [
    settingsCall(deps, {
      name: 'viewSnippets',
      method: 'get',
      path: 'snippets',
      summary: 'Stock phrases for messages to people who raise concerns',
      gives: 'By title, each with its reading grade.',
      answer: snippetsAnswer,
      handle: async ({ ctx }) => {
        const { seen, value } = await settings.viewSnippets(ctx)
        return { seen, items: value.items.map(presentSnippet) }
      },
    }),
    settingsCall(deps, {
      name: 'changeSnippets',
      method: 'put',
      path: 'snippets',
      summary: 'Put another list in its place',
      description: 'One without a code is new. Messages that were sent keep their words.',
      body: snippetsInput,
      gives: 'Set.',
      answer: doneAnswer,
      handle: async ({ ctx, body }) => ({ changed: (await settings.changeSnippets(ctx, body)).changed }),
    }),
  ]
}

export function presentSnippet({ code, title, text, uses }: Snippet): z.infer<typeof snippetsAnswer>['items'][number] {
  const { grade, longest, hard } = readingOfSnippet({ text })
  return { code, title, text, uses: [...uses], grade: Math.round(grade * 10) / 10, longestSentence: longest.words, hard }
}
