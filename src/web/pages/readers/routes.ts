import { reporterOnly, type Route } from '../../../http/index.ts'
import { Refusal } from '../../../kernel/index.ts'
import { pageWords, type Pages } from '../../layout/index.ts'
import type { ReporterDeps } from '../../reporter/deps.ts'
import { questionRoutes } from '../../reporter/question.ts'
import { everyReader, isSomebodyLeftOut, openDoors, readersOf, standbyReadersOf } from '../../reporter/readers.ts'
import { changeHref, steps } from '../../reporter/steps.ts'
import { whileWriting } from '../../reporter/visit.ts'
import { readAbout, readDoor } from './form.ts'
import { readerInWords, showAbout, showDoor } from './view.ts'
import { words as english } from './words.en.ts'

const wordsIn = pageWords({ en: english })
type Words = typeof english & { readonly title: string }
const inPart =
  (part: 'about' | 'door') =>
  (language: string): Words => {
    const words = wordsIn(language)
    return { ...words, title: words[part].title }
  }

/** Who it is about, which door it goes through, and who will read it then: seen and settled before anything is sent (`security.md` 2). */
export function readersRoutes(pages: Pages, deps: ReporterDeps): readonly Route[] {
  const about = questionRoutes(pages, deps, {
    path: steps.about,
    back: steps.treatment,
    next: steps.door,
    alwaysNext: true,
    template: 'readers/about.njk',
    wordsIn: inPart('about'),
    show: async ({ ctx, answers }, words) => showAbout(answers, await everyReader(deps, ctx, answers), words),
    read: async (form, { ctx, answers }) => readAbout(form, await everyReader(deps, ctx, answers)),
    retyped: (form) => ({ ticked: form.many('readers'), about: form.one('about') }),
    faultWords: (words) => ({ words: words.about.errors }),
  })

  const door = questionRoutes(pages, deps, {
    path: steps.door,
    back: steps.about,
    next: steps.readers,
    alwaysNext: true,
    template: 'readers/door.njk',
    wordsIn: inPart('door'),
    show: async ({ ctx, answers }, words) => {
      const doors = await openDoors(deps, ctx, answers)
      if (doors.length === 0) throw new Refusal('no_reader_left')
      return showDoor(answers, doors, await isSomebodyLeftOut(deps, ctx, answers, doors), words)
    },
    read: readDoor,
    retyped: (form) => ({ recipient: form.one('recipient') }),
    faultWords: (words) => ({ words: words.door.errors }),
  })

  return [
    ...about,
    ...door,
    {
      method: 'get',
      path: steps.readers,
      policy: reporterOnly,
      handle: whileWriting(pages, deps, async ({ response, language, ctx, answers, fromCheck }) => {
        const words = wordsIn(language)
        const readers = await readersOf(deps, ctx, answers)
        const later = await standbyReadersOf(deps, ctx, answers, readers)
        const view = {
          readers: readers.map((reader) => readerInWords(reader, words)),
          later: later.map((reader) => readerInWords(reader, words)),
          next: fromCheck ? steps.check : steps.known,
          change: fromCheck ? changeHref(steps.about) : steps.about,
        }
        pages.send(response, {
          template: 'readers/list.njk',
          title: words.list.title,
          words,
          view,
          back: fromCheck ? changeHref(steps.door) : steps.door,
        })
      }),
    },
  ]
}
