import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { DateText } from '../../../src/kernel/index.ts'
import { feedbackShared, labels, outcomes, statuses } from '../../../src/workflow/index.ts'
import type { Answer } from '../../support/http-client.ts'
import { blocksOf, readingOf, syllablesIn } from './reading-grade.ts'
import { promised, quietInbox, quietProof, sendOn, startFakeWeb, token, writing, type FakeWeb } from './reporter-fake.ts'

/**
 * `experience.md` 11: grade 5 at most and no sentence over 20 words on any reporter's page. Left out are words that are not ours to choose:
 * published labels, quotations and sources of law, sources of limits, names. A pass is no proof: test with people.
 */
const given: ReadonlySet<string> = new Set([...Object.values(labels.elements), ...Object.values(labels.professionalGroups)])
const sources = ['app-source', 'app-quote', 'app-code', 'app-user-text', 'nhsuk-u-visually-hidden']

const webFolder = join(import.meta.dirname, '../../../src/web')
const pagesFolder = join(webFolder, 'pages')
/** The folders whose routes the reporter's list names, so that a page added there is read here. */
const reporterPages = [...readFileSync(join(webFolder, 'reporter/routes.ts'), 'utf8').matchAll(/pages\/([a-z-]+)\/routes\.ts/g)]
  .map(([, page]) => page ?? '')
  .concat('dead-end', 'inbox-again')

/** Every string in a page's words; where words are made from a date or a name, with one put in. */
function textsIn(words: unknown): string[] {
  if (typeof words === 'string') return [words]
  if (typeof words === 'function') return textsIn((words as (...given: string[]) => unknown)('24 November 2026', '5'))
  return typeof words === 'object' && words !== null ? Object.values(words).flatMap(textsIn) : []
}

let fake: FakeWeb

beforeAll(async () => {
  fake = await startFakeWeb()
})
afterAll(() => fake.web.close())

function hold(answer: Answer): void {
  const blocks = blocksOf(answer.text, sources).filter((block) => !given.has(block))
  const reading = readingOf(blocks)
  expect(reading.words).toBeGreaterThan(3)
  expect([reading.longest.words <= 20, reading.longest.sentence]).toEqual([true, reading.longest.sentence])
  expect(Number(reading.grade.toFixed(1))).toBeLessThanOrEqual(5)
}

const said = { narrative: 'I am the only porter. jo@example.org', immediateDanger: 'yes', openness: 'confidential' } as const

describe('every reporter’s page reads at grade 5 or below, no sentence over 20 words', () => {
  test.each([
    '/',
    '/s/1',
    '/s/4',
    '/s/14',
    '/b',
    '/talk',
    '/help',
    '/how-we-protect-you',
    '/help/law',
    '/help/pledge',
    '/help/which-way',
    '/help/promises',
    '/s/1a',
    '/s/16',
  ])('%s, to somebody new', async (path) => {
    hold(await fake.web.someoneElse().get(path))
  })

  test.each(['/s/2', '/s/2a', '/s/3', '/s/4', '/s/5', '/s/6', '/s/7', '/s/8', '/s/9', '/s/10', '/s/11', '/s/12', '/s/12a', '/s/13'])(
    '%s, to somebody who is writing',
    async (path) => {
      const person = await writing(fake, said)
      hold(await person.get(path))
    },
  )

  test.each(['/s/2', '/s/4'])('%s, left empty', async (path) => {
    const person = await writing(fake)
    hold(await person.follow(await person.submit(path, {})))
  })

  test('the pages after Send', async () => {
    const person = await writing(fake, said)
    await person.submit('/s/13', {})
    // The limit's source is a rule's own text, an administrator's to word
    const code = await person.get('/s/14')
    hold({ ...code, text: code.text.replaceAll(/Local limit\.[^<]*/g, '') })
    await person.submit('/s/14', {})
    hold(await person.get('/s/15'))
    hold(await person.submit('/s/15', { second: 'AAAA', fifth: 'BBBB' }))
    await person.submit('/s/15', { skip: 'yes' })
    hold(await person.get('/s/16'))
  })

  test('the door that is closed', async () => {
    fake.service.closed = true
    try {
      hold(await fake.web.someoneElse().get('/'))
      hold(await fake.web.someoneElse().submit('/s/1', {}))
    } finally {
      fake.service.closed = false
    }
  })

  test('after the service went back to an older copy: the first page, the page for the code and the inbox', async () => {
    fake.service.restored = { copyOn: '2026-11-20' as DateText, restoredOn: '2026-11-24' as DateText }
    try {
      for (const path of ['/', '/b']) {
        const page = await fake.web.someoneElse().get(path)
        expect(page.text).toContain('20 November 2026 to 24 November 2026')
        hold(page)
      }
    } finally {
      fake.service.restored = null
    }
  })

  test.each(statuses)('the inbox of a concern that is %s', async (status) => {
    const clock = {
      code: 'T1',
      label: 'Acknowledge',
      dueOn: '2026-11-26' as DateText,
      words: '',
      force: 'LOCAL',
      source: '',
      workingDaysLeft: 0,
      cycle: 1,
      of: null,
      round: 1,
      startedOn: '2026-11-20' as DateText,
      firstDueOn: '2026-11-24' as DateText,
      pause: null,
      shownTo: 'reporter',
    } as const
    for (const state of ['running', 'paused', 'overdue', 'met', 'missed', 'not_applicable'] as const) {
      fake.service.inbox = {
        ...quietInbox,
        status,
        clocks: [{ ...clock, state }],
        messages: [
          { id: '1', from: 'staff', author: 'Grace Okafor', body: 'Hello', genuine: true, sentOn: '2026-11-25' as DateText },
          { id: '2', from: 'staff', author: null, body: null, genuine: false, sentOn: '2026-11-25' as DateText },
        ],
      }
      const person = fake.web.someoneElse()
      hold(await person.follow(await person.submit('/b', { code: token })))
    }
    fake.service.inbox = quietInbox
  })

  test('the inbox with everything in it that can be', async () => {
    const messages = [
      { id: '1', from: 'staff', author: 'Grace Okafor', body: 'Where?', genuine: true, sentOn: '2026-11-25' as DateText, question: true },
      { id: '2', from: 'reporter', author: null, body: 'There.', genuine: true, sentOn: '2026-11-25' as DateText, answers: '0' },
    ] as const
    const days = ['reply', 'decision', 'investigation_end', 'outcome', 'check_3_months', 'check_6_months', 'treatment_review'] as const
    const report = { id: '3', reportedOn: '2026-11-24' as DateText, kinds: [], description: 'Shifts', genuine: true }
    for (const outcome of outcomes) {
      for (const shared of feedbackShared) {
        fake.service.inbox = {
          ...quietInbox,
          status: 'resolved',
          messages,
          questions: [messages[0]],
          outcome: { code: outcome, feedbackShared: shared, on: '2026-11-25' as DateText },
          nextDates: days.map((code) => ({ code, dueOn: '2027-02-25' as DateText })),
          detriment: (['reported', 'risk_assessed', 'action_in_place', 'reviewed', 'closed'] as const).map((status) => ({
            ...report,
            status,
          })),
        }
        const person = fake.web.someoneElse()
        hold(await person.follow(await person.submit('/b', { code: token })))
      }
    }
    for (const mark of [0, 1, 2, 3, 4, 5, 6, 7, 8]) hold(await (await opened()).get(`/b/3?n=${mark}`))
    hold(await (await opened()).get('/b/5?q=1'))
    hold(await (await opened()).submit('/b/5?q=1', { body: '' }))
    fake.service.inbox = quietInbox
  })

  test.each([
    ['that was opened again', { reopenedOn: '2026-11-25' as DateText }],
    ['that its reporter wants back', { withdrawalAskedOn: '2026-11-25' as DateText }],
    ['that goes on without its reporter', { organisationLed: true }],
    ['that nobody is left to read', { nobodyLeft: true, readers: [] }],
    ['that can be sent on', { sendOn, sentOn: [{ name: 'Helen Marsh', on: '2026-11-25' as DateText }] }],
    ['that nobody is left to send on to', { sendOn: { ...sendOn, to: null } }],
    ['whose reporter is asked how they are treated', { followUp: 6 as const }],
  ])('the inbox of a concern %s', async (_, how) => {
    fake.service.inbox = { ...quietInbox, ...how }
    hold(await (await opened()).get('/b/1'))
    fake.service.inbox = quietInbox
  })

  test('the inbox with every promise broken, paused, moved and kept, with cookies and without', async () => {
    const states = ['running', 'paused', 'overdue', 'met', 'missed', 'not_applicable'] as const
    for (const state of states) {
      fake.service.inbox = { ...quietInbox, ...promised(state), sendOn, followUp: 3 }
      hold(await (await opened()).get('/b/1'))
      hold(await fake.web.someoneElse().submit('/f/2', { code: token }))
    }
    fake.service.inbox = quietInbox
  })

  const opened = async () => {
    const person = fake.web.someoneElse()
    await person.submit('/b', { code: token })
    return person
  }

  test.each([
    ['/b/6', { openness: 'open', name: 'Jo' }, { openness: 'open' }],
    ['/b/6', { openness: 'confidential', name: 'Jo' }, {}],
    ['/b/7', null, { reason: 'x'.repeat(10_001) }],
    ['/b/8', null, {}],
    ['/b/9', null, { kinds: 'moved' }],
    ['/b/16', null, { comment: 'x'.repeat(4_001) }],
    ['/b/17', null, {}],
  ])('%s, empty, wrong, and after the time is over', async (path, right, wrong) => {
    fake.service.inbox = { ...quietInbox, sendOn, followUp: 3 }
    const person = await opened()
    hold(await person.get(path))
    hold(await person.submit(path, wrong))
    if (right !== null) hold(await person.submit(path, right))
    fake.service.inboxes.clear()
    hold(await person.post(path, { ...right, comment: 'Late' }))
    fake.service.inbox = quietInbox
  })

  test('who to call, with somebody on call and with nobody', async () => {
    const before = fake.service.settings
    const person = await writing(fake, said)
    for (const [from, said] of [
      ['00:00', 'we send one of them a message to look at it now'],
      ['23:58', 'We can reach nobody at this hour. The next one gets a message'],
    ] as const) {
      const people = [
        { name: 'Site manager', number: '2222', email: '', days: 'every_day' as const, from, until: from === '00:00' ? from : '23:59' },
      ]
      const onCall = { people, outside: 'Call the switchboard on 0.', patience: 30 }
      fake.service.settings = { ...before, values: { ...before.values, onCall } }
      const shown = await person.get('/s/2a')
      expect(shown.text).toContain('within a quarter of an hour')
      const told = ['we send one of them a message to look at it now', 'We can reach nobody at this hour. The next one gets a message']
      expect(told.filter((words) => shown.page.words.includes(words))).toEqual([said])
      hold(shown)
    }
    fake.service.settings = before
  })

  test('what we promise, with a change to come, one that was, and one that was taken back', async () => {
    const before = fake.service.settings
    const [first, ...others] = before.limitVersions
    const date = (text: string) => text as DateText
    const versions = [
      first!,
      {
        ...first!,
        version: 2,
        limit: 1,
        validFrom: date('2026-11-20'),
        announcedOn: date('2026-11-02'),
        force: 'NATIONAL_POLICY' as const,
      },
      { ...first!, version: 3, limit: 9, validFrom: date('2026-11-22'), announcedOn: date('2026-11-03'), withdrawnOn: date('2026-11-04') },
      { ...first!, version: 4, limit: 4, validFrom: date('2027-01-04'), announcedOn: date('2026-11-05'), force: 'STATUTORY' as const },
    ]
    fake.service.settings = { ...before, limitVersions: [...versions, ...others] }
    const page = await fake.web.someoneElse().get('/help/promises')
    expect(page.text).toMatch(
      /Within 1 working day[\s\S]*This will change on 4 January 2027[\s\S]*Within 4 working days[\s\S]*We said so on 5 November/,
    )
    expect(page.text).toMatch(/We took this back on 4 November 2026[\s\S]*Within 2 working days, from 1 November 2026 to 19 November 2026/)
    hold(page)
    fake.service.settings = { ...before, limitVersions: [] }
    hold(await fake.web.someoneElse().get('/help/promises'))
    fake.service.settings = before
  })

  test('a note when there is an answer', async () => {
    fake.service.inbox = { ...quietInbox, openness: 'confidential' }
    const person = await opened()
    hold(await person.get('/b/18'))
    hold(await person.submit('/b/18', { wants: 'yes', address: 'jo' }))
    hold(await person.submit('/b/18', { wants: '' }))
    hold(await person.follow(await person.submit('/b/18', { wants: 'no' })))
    fake.service.inbox = quietInbox
  })

  test('the proof to keep: before it is ready, with and without the words, on paper, and where it can never be', async () => {
    const person = await opened()
    hold(await person.get('/b/13'))
    fake.service.proof = { ...quietProof, comeBackOn: '2026-11-25' as DateText, place: null }
    hold(await person.get('/b/13'))
    for (const enteredOn of ['2026-11-24', '2026-11-26'] as DateText[]) {
      fake.service.proof = { ...quietProof, enteredOn }
      for (const path of ['/b/13', '/b/15/1', '/b/15/2']) hold(await person.get(path))
    }
    fake.service.proof = null
  })

  test('a new code, by choice and because somebody else had it first', async () => {
    const person = await opened()
    hold(await person.get('/b/10'))
    hold(await person.follow(await person.submit('/b/10', {})))
    fake.service.handedOver = true
    hold(await (await opened()).get('/b/10'))
    fake.service.handedOver = false
  })

  test('writing from the inbox, in time and too late', async () => {
    const person = fake.web.someoneElse()
    await person.submit('/b', { code: token })
    hold(await person.get('/b/2'))
    hold(await person.submit('/b/2', { body: '' }))
    fake.service.inboxes.clear()
    hold(await person.post('/b/2', { body: 'Late' }))
    hold(await person.get('/b/1'))
    hold(await person.submit('/b', { code: 'XX' }))
  })
})

describe('the words themselves', () => {
  test.each(reporterPages)('of %s hold no sentence over 20 words, shown today or not', async (page) => {
    const { words } = (await import(join(pagesFolder, page, 'words.en.ts'))) as { words: unknown }
    const texts = textsIn(words)
    expect(texts.length).toBeGreaterThan(0)
    for (const text of texts) {
      const { longest } = readingOf([text])
      expect([longest.words <= 20, longest.sentence]).toEqual([true, longest.sentence])
    }
  })

  test('say nothing in a title that a passer-by could take from the task bar', async () => {
    const person = await writing(fake, said)
    const titles = await Promise.all(
      ['/', '/s/1', '/s/2', '/s/3', '/s/4', '/s/5', '/s/6', '/s/7', '/s/8', '/s/9', '/s/10', '/s/11', '/s/12', '/s/12a', '/s/13', '/b'].map(
        async (path) => (await person.get(path)).page.title,
      ),
    )
    for (const title of titles) expect(title).not.toMatch(/whistle|speak(ing)? up|concern|raise|report|complain|guardian/i)
  })
})

describe('the yardstick', () => {
  test('finds the law hard and small words easy', () => {
    expect(readingOf(['The cat sat on the mat. It was fat.']).grade).toBeLessThan(1)
    const legal =
      'Notwithstanding the aforementioned provisions, an employee who is of the reasonable opinion that a disclosure is qualifying is protected.'
    expect(readingOf([legal]).grade).toBeGreaterThan(12)
    expect(readingOf([legal]).longest.words).toBe(19)
  })

  test.each([
    ['people', 2],
    ['guardian', 3],
    ['executive', 4],
    ['wiped', 1],
    ['needed', 2],
    ['anonymous', 4],
    ['employer', 3],
    ['something', 3],
    ['999', 1],
    ['e-mail', 2],
  ])('counts the syllables of %s', (word, count) => {
    expect(Math.abs(syllablesIn(word) - count)).toBeLessThanOrEqual(1)
  })
})
