import { factsOf, pathText, queryFields, type Route } from '../../../../http/index.ts'
import { Refusal } from '../../../../kernel/index.ts'
import { pageWords, type Pages } from '../../../layout/index.ts'
import { auditors, type LogPageDeps } from '../deps.ts'
import { showEntry } from './view.ts'
import { words as english } from './words.en.ts'

const wordsIn = pageWords({ en: english })

/** One entry, what can be checked of it here, and what is needed to check it elsewhere. Taking it away is a form: that leaves an entry. */
export function entryRoutes(pages: Pages, { staffContext, auditing, logReads }: LogPageDeps): readonly Route[] {
  return [
    {
      method: 'get',
      path: '/log/entries/:index',
      policy: auditors,
      handle: async (request, response) => {
        const words = wordsIn(factsOf(response).language)
        const check = queryFields(request).one('check') === 'yes'
        const entry = await auditing.entries.read(staffContext(response), placeOf(pathText(request, 'index')), check)
        pages.send(response, {
          template: 'log/entry/entry.njk',
          title: words.titleOf(entry.index),
          words,
          view: showEntry(entry),
          back: '/log',
        })
      },
    },
    {
      method: 'post',
      path: '/log/entries/:index/proof',
      policy: auditors,
      body: 'form',
      handle: async (request, response) => {
        const index = placeOf(pathText(request, 'index'))
        const proof = await logReads.takeProof(staffContext(response), index)
        response.attachment(`entry-${index}.tlog-proof`).type('text/plain; charset=utf-8').send(proof)
      },
    },
    {
      method: 'post',
      path: '/log/entries/:index/text',
      policy: auditors,
      body: 'form',
      handle: async (request, response) => {
        const index = placeOf(pathText(request, 'index'))
        const text = await auditing.entries.takeText(staffContext(response), index)
        response.attachment(`entry-${index}.json`).type('application/json; charset=utf-8').send(text)
      },
    },
  ]
}

/** An entry's place out of an address. Refusal `not_found` for what can be none. */
function placeOf(text: string): number {
  if (!/^(0|[1-9]\d{0,14})$/.test(text)) throw new Refusal('not_found')
  return Number(text)
}
