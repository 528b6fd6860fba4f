import type { DraftAnswers } from '../../../concerns/index.ts'
import type { Route } from '../../../http/index.ts'
import { pageWords, type Pages } from '../../layout/index.ts'
import type { ReporterDeps } from '../../reporter/deps.ts'
import { questionRoutes } from '../../reporter/question.ts'
import { steps } from '../../reporter/steps.ts'
import { typedFrom } from '../../staff/typed.ts'
import { isKnown } from '../identity/view.ts'
import { showNotes } from '../inbox-notes/view.ts'
import { readNotes } from './form.ts'
import { words as english } from './words.en.ts'

const wordsIn = pageWords({ en: english })

/** "Get a note when we write", asked while raising and only of somebody who is known: an address would make anybody known. */
export function notesRoutes(pages: Pages, deps: ReporterDeps): readonly Route[] {
  return questionRoutes(pages, deps, {
    path: steps.notes,
    back: steps.identity,
    next: steps.check,
    onlyIf: isKnown,
    otherwise: steps.known,
    template: 'notes/notes.njk',
    wordsIn,
    show: ({ answers }, words) => showNotes(typedFrom(answered(answers)), deps.outbox, words),
    read: readNotes,
    retyped: (form) => showNotes(form, deps.outbox, english),
    faultWords: ({ errors }) => ({ words: errors }),
  })
}

function answered({ notices, noNotes }: DraftAnswers): Record<string, readonly string[]> {
  if (notices === undefined) return noNotes ? { wants: ['no'] } : {}
  return { wants: ['yes'], address: [notices.address], part: [notices.part], understood: ['yes'] }
}
