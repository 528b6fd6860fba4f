import type { Response } from 'express'
import { linkAnswer, type ConcernUseCases } from '../../../concerns/index.ts'
import { anyone, factsOf, formFields, pathText, readInput, type Route } from '../../../http/index.ts'
import { Refusal } from '../../../kernel/index.ts'
import { pageWords, shownFaults, type Pages, type ShownFault } from '../../layout/index.ts'
import { words as english } from './words.en.ts'

const wordsIn = pageWords({ en: english })

interface TaskLinkDeps {
  readonly concerns: { readonly tasks: Pick<ConcernUseCases['tasks'], 'openLink' | 'answerLink'> }
}

/** Where a one-time link for a task leads: no sign-in, no name, nothing but the words that were written for it, and one answer. */
export function taskLinkRoutes(pages: Pages, { concerns }: TaskLinkDeps): readonly Route[] {
  const path = '/task/:secret'
  return [
    {
      method: 'get',
      path,
      policy: anyone,
      onTick: true,
      handle: async (request, response) => {
        const secret = pathText(request, 'secret')
        await whileItWorks(pages, response, async () => showTask(pages, response, secret, await concerns.tasks.openLink(secret)))
      },
    },
    {
      method: 'post',
      path,
      policy: anyone,
      body: 'form',
      lane: 'sign_in',
      onTick: true,
      handle: async (request, response) => {
        const secret = pathText(request, 'secret')
        const note = formFields(request).one('note')
        await whileItWorks(pages, response, async () => {
          try {
            await concerns.tasks.answerLink(secret, readInput(linkAnswer, { note: note.trim() === '' ? undefined : note }))
          } catch (error) {
            const faults = shownFaults(error, { words: wordsIn(factsOf(response).language).errors })
            return showTask(pages, response, secret, await concerns.tasks.openLink(secret), note, faults)
          }
          send(pages, response, { heading: english.thanks.title, text: english.thanks.text })
        })
      },
    },
  ]
}

/** Whatever is wrong with a link, this page is the whole answer: not even the name of the service stands on it. */
async function whileItWorks(pages: Pages, response: Response, work: () => Promise<void>): Promise<void> {
  try {
    await work()
  } catch (error) {
    if (!(error instanceof Refusal) || error.code !== 'task_link_not_recognised') throw error
    send(pages, response, { heading: english.gone.title, text: english.gone.text }, { status: 404 })
  }
}

function showTask(
  pages: Pages,
  response: Response,
  secret: string,
  task: { readonly wording: string; readonly dueOn: string },
  note = '',
  faults: readonly ShownFault[] = [],
): void {
  const { title } = wordsIn(factsOf(response).language)
  send(pages, response, { heading: title, ...task, note, action: `/task/${secret}` }, { faults })
}

function send(
  pages: Pages,
  response: Response,
  view: Readonly<Record<string, string>> & { readonly heading: string },
  more: { readonly status?: number; readonly faults?: readonly ShownFault[] } = {},
): void {
  const words = wordsIn(factsOf(response).language)
  pages.send(response, { template: 'task-link/task-link.njk', title: view.heading, words, view, leave: false, ...more })
}
