import { sayMoreInput, type SayMoreInput } from '../../../concerns/index.ts'
import { readInput, type FormFields, type Route } from '../../../http/index.ts'
import { invalid } from '../../../kernel/index.ts'
import { opennesses } from '../../../workflow/index.ts'
import { pageWords, type Pages } from '../../layout/index.ts'
import type { ReporterDeps } from '../../reporter/deps.ts'
import { inboxFormRoutes } from '../../reporter/inbox-form.ts'
import type { InboxVisit } from '../../reporter/inbox-visit.ts'
import { doneHref, inboxSteps } from '../../reporter/steps.ts'
import { words as english } from './words.en.ts'

const wordsIn = pageWords({ en: english })

/** I4: from anonymous towards open, and never back, so the person is asked twice. */
export function inboxKnownRoutes(pages: Pages, deps: ReporterDeps): readonly Route[] {
  const confirm = async ({ response, language }: InboxVisit, form: FormFields, secret: string): Promise<boolean> => {
    if (form.one('sure') === 'yes') return false
    const words = wordsIn(language)
    const said = readSaid(form)
    const rows = [
      { key: words.sure.how, text: words.choices[said.openness === 'open' ? 'open' : 'confidential'].text },
      ...(said.name === undefined ? [] : [{ key: words.name, text: said.name }]),
      ...(said.contact === undefined ? [] : [{ key: words.contact, text: said.contact }]),
    ]
    const means = said.openness === 'open' ? words.sure.open : words.sure.confidential
    const view = { action: inboxSteps.known, secret, rows, means, ...said }
    pages.send(response, { template: 'inbox-known/sure.njk', title: words.sure.title, words, view, back: inboxSteps.known })
    return true
  }

  return inboxFormRoutes(pages, deps, {
    path: inboxSteps.known,
    again: inboxSteps.knownAgain,
    done: doneHref('known'),
    template: 'inbox-known/inbox-known.njk',
    wordsIn,
    written: ['name', 'contact'],
    show: async ({ ctx }, typed, words) => {
      const { openness } = await deps.concerns.readInbox(ctx)
      const more = opennesses.slice(0, opennesses.indexOf(openness)).toReversed()
      if (more.length === 0) return null
      return {
        now: words.now[openness],
        items: more.map((value) => ({
          value,
          text: words.choices[value === 'open' ? 'open' : 'confidential'].text,
          hint: { text: words.choices[value === 'open' ? 'open' : 'confidential'].hint },
        })),
        openness: typed.one('openness'),
        name: typed.one('name'),
        contact: typed.one('contact'),
        again: openness === 'confidential',
      }
    },
    confirm,
    act: (ctx, form, secret) => deps.concerns.sayMore(ctx, readSaid(form), secret),
    faultWords: ({ errors }) => ({ words: errors }),
  })
}

/** Everything wrong is told at once. */
function readSaid(form: FormFields): SayMoreInput {
  const [openness, name, contact] = ['openness', 'name', 'contact'].map((field) => form.one(field).trim()) as [string, string, string]
  const said = readInput(sayMoreInput, { openness, ...(name !== '' && { name }), ...(contact !== '' && { contact }) })
  if (said.name === undefined && said.contact === undefined) throw invalid('/name', 'required', 'Write your name, or how we can reach you.')
  return said
}
