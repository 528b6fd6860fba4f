import { queueFilter, type ConcernContent, type QueueItem } from '../../../src/concerns/index.ts'
import { startTestApp, type PersonName, type TestApp, type TestAppOptions } from '../../support/app.ts'
import { createHttpClient, type Answer, type Fields, type HttpClient } from '../../support/http-client.ts'

export interface ReporterStage {
  readonly test: TestApp
  /** Somebody new, with no cookies. */
  person(): HttpClient
  /** The newest concern as its guardian sees it, with what was said. */
  newest(): Promise<{ readonly item: QueueItem; readonly content: ConcernContent }>
  /** The ids of all concerns, and of those in a person's queue. */
  ids(): Promise<readonly string[]>
  queueOf(person: PersonName): Promise<readonly string[]>
  close(): Promise<void>
}

export async function setReporterStage(options: TestAppOptions = {}): Promise<ReporterStage> {
  const test = await startTestApp(options)
  const web = await createHttpClient(test.app)
  const rows = async () => (await test.database.asSuperuser.query('select id from concern')).rows as { id: string }[]
  const seen = new Set<string>()
  return {
    test,
    person: () => web.someoneElse(),
    newest: async () => {
      const guardian = await test.contextOf('guardian')
      const { items } = await test.service.concerns.viewQueue(guardian, queueFilter.parse({ limit: 100 }))
      const item = items.find(({ id }) => !seen.has(id))
      if (item === undefined) throw new Error('no new concern in the guardian’s queue')
      for (const { id } of items) seen.add(id)
      return { item, content: await test.service.concerns.viewContent(guardian, item.id) }
    },
    ids: async () => (await rows()).map(({ id }) => id),
    queueOf: async (person) => {
      const { items } = await test.service.concerns.viewQueue(await test.contextOf(person), queueFilter.parse({ limit: 100 }))
      return items.map(({ id }) => id)
    },
    close: async () => {
      await web.close()
      await test.close()
    },
  }
}

/** Sends a page's form and gives the page after it. Throws where the form was refused. */
export async function answerAndGoOn(person: HttpClient, path: string, fields: Fields = {}): Promise<Answer> {
  const answer = await person.submit(path, fields)
  if (answer.location === null) throw new Error(`${path} was refused: ${answer.page.faults.join(' ')}`)
  return person.follow(answer)
}

export async function begin(person: HttpClient): Promise<void> {
  await answerAndGoOn(person, '/s/1')
}

/** A person who has only said what happened and stands before Send. */
export async function written(person: HttpClient, narrative = 'Two people fell on the ward at night.'): Promise<void> {
  await begin(person)
  await answerAndGoOn(person, '/s/4', { narrative })
}

export const codeIn = (answer: Answer): string =>
  [...(/<ol class="app-code"[\s\S]*?<\/ol>/.exec(answer.text)?.[0] ?? '').matchAll(/<li>([^<]*)<\/li>/g)].map(([, group]) => group).join('')

/** A person who has sent; the code. */
export async function sent(person: HttpClient, narrative?: string): Promise<string> {
  await written(person, narrative)
  return codeIn(await answerAndGoOn(person, '/s/13'))
}

export const sessionCookie = '__Host-draft'
