import { detrimentInput, type Reader } from '../../../concerns/index.ts'
import { readInput, type FormFields, type Route } from '../../../http/index.ts'
import { Refusal } from '../../../kernel/index.ts'
import { detrimentTypes } from '../../../workflow/index.ts'
import { pageWords, type Pages } from '../../layout/index.ts'
import type { ReporterDeps } from '../../reporter/deps.ts'
import { inboxFormRoutes } from '../../reporter/inbox-form.ts'
import type { InboxVisit } from '../../reporter/inbox-visit.ts'
import { everyReader } from '../../reporter/readers.ts'
import { doneHref, inboxSteps } from '../../reporter/steps.ts'
import { readerInWords } from '../readers/view.ts'
import { words as readerWords } from '../readers/words.en.ts'
import { words as english } from './words.en.ts'

const wordsIn = pageWords({ en: english })
const leads: readonly Reader['role'][] = ['executive_lead', 'non_executive_lead']

/** Bad treatment for speaking up: open at any time, closed concerns too, and as often as it happens. */
export function inboxDetrimentRoutes(pages: Pages, deps: ReporterDeps): readonly Route[] {
  const leadsToTick = async ({ ctx }: InboxVisit): Promise<readonly Reader[]> => {
    try {
      return (await everyReader(deps, ctx, {})).filter(({ role }) => leads.includes(role))
    } catch (error) {
      // A service that takes no new concerns takes this all the same
      if (error instanceof Refusal && error.code === 'intake_closed') return []
      throw error
    }
  }

  return inboxFormRoutes(pages, deps, {
    path: inboxSteps.detriment,
    again: inboxSteps.detrimentAgain,
    done: doneHref('detriment'),
    template: 'inbox-detriment/inbox-detriment.njk',
    wordsIn,
    written: ['description'],
    show: async (visit, typed, words) => {
      const [{ readers }, told] = await Promise.all([deps.concerns.readInbox(visit.ctx), leadsToTick(visit)])
      return {
        kinds: detrimentTypes.map((value) => ({ value, text: words.kinds.answers[value], checked: typed.many('kinds').includes(value) })),
        description: typed.one('description'),
        readers: readers.map((reader) => readerInWords(reader, readerWords)),
        about: told.map((reader) => ({
          value: reader.id,
          text: readerInWords(reader, readerWords),
          checked: typed.many('about').includes(reader.id),
        })),
      }
    },
    act: (ctx, form, secret) => deps.concerns.reportDetriment(ctx, readDetriment(form), secret),
    faultWords: ({ errors }) => ({ words: errors }),
  })
}

function readDetriment(form: FormFields) {
  return readInput(detrimentInput, { kinds: form.many('kinds'), description: form.one('description'), about: form.many('about') })
}
