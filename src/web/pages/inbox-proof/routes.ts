import { pathText, redirect, reporterOnly, type Route } from '../../../http/index.ts'
import { Refusal } from '../../../kernel/index.ts'
import { proofShows, type ProofOfRaising, type ProofShows } from '../../../concerns/index.ts'
import { dateInWords, pageWords, type Pages } from '../../layout/index.ts'
import type { ReporterDeps } from '../../reporter/deps.ts'
import { whileOpen, type InboxVisit } from '../../reporter/inbox-visit.ts'
import { inboxSteps } from '../../reporter/steps.ts'
import { showLetter } from './view.ts'
import { words as english } from './words.en.ts'

const wordsIn = pageWords({ en: english })

/** Files come in multiples of this, as pages do: whoever sees only sizes learns little of what is in them. */
const paddedTo = 4096

/** What the person can keep to show that they raised this. The addresses count what is shown, and neither they nor the file's name say what it is. */
export function inboxProofRoutes(pages: Pages, deps: ReporterDeps): readonly Route[] {
  const { proof, proofFile, proofLetter } = inboxSteps
  const get = { method: 'get', policy: reporterOnly } as const
  return [
    { ...get, path: proof, handle: whileOpen(pages, deps, (visit) => offer(pages, deps, visit)) },
    { ...get, path: `${proofFile}/:number`, handle: whileOpen(pages, deps, (visit) => give(deps, visit)) },
    { ...get, path: `${proofLetter}/:number`, handle: whileOpen(pages, deps, (visit) => write(pages, deps, visit)) },
  ]
}

async function offer(pages: Pages, deps: ReporterDeps, { response, language, ctx }: InboxVisit): Promise<void> {
  const words = wordsIn(language)
  const proven = await deps.concerns.proveRaising(ctx, 'day_and_readers')
  const view = {
    never: proven === null,
    waiting: proven?.comeBackOn ? words.waiting.lead(dateInWords(proven.comeBackOn, language)) : null,
    kinds: proofShows.map((shows, at) => ({
      ...words.kinds[shows],
      file: `${inboxSteps.proofFile}/${at + 1}`,
      letter: `${inboxSteps.proofLetter}/${at + 1}`,
    })),
  }
  pages.send(response, { template: 'inbox-proof/inbox-proof.njk', title: words.title, words, view, back: inboxSteps.thread })
}

async function give(deps: ReporterDeps, visit: InboxVisit): Promise<void> {
  const proven = await readProven(deps, visit)
  if (proven === null) return
  const words = wordsIn(visit.language)
  const text = `${JSON.stringify({ readMe: words.readMe, ...proven.file }, null, 2)}\n`
  const length = Buffer.byteLength(text)
  visit.response.setHeader('Content-Disposition', `attachment; filename="${words.fileName}"`)
  visit.response.type('text/plain; charset=utf-8').send(text + ' '.repeat(-length & (paddedTo - 1)))
}

async function write(pages: Pages, deps: ReporterDeps, visit: InboxVisit): Promise<void> {
  const proven = await readProven(deps, visit)
  if (proven === null) return
  const words = wordsIn(visit.language)
  const view = showLetter(proven, await deps.settings.current(), words)
  const page = { template: 'inbox-proof/letter.njk', title: words.paper.title, words, view, back: inboxSteps.proof }
  pages.send(visit.response, page)
}

/** Null where it waits for its place, or can never be made: the page that offers it says so. */
async function readProven(deps: ReporterDeps, { request, response, ctx }: InboxVisit): Promise<Proven | null> {
  const proven = await deps.concerns.proveRaising(ctx, showsIn(pathText(request, 'number')))
  if (proven?.place) return { ...proven, place: proven.place }
  redirect(response, inboxSteps.proof)
  return null
}

type Proven = ProofOfRaising & { readonly place: NonNullable<ProofOfRaising['place']> }

function showsIn(number: string): ProofShows {
  const shows = /^[1-9]$/.test(number) ? proofShows[Number(number) - 1] : undefined
  if (shows === undefined) throw new Refusal('not_found')
  return shows
}
