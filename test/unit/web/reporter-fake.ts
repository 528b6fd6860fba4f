import type { RestoreNotice } from '../../../src/audit/index.ts'
import type {
  DraftAnswers,
  Inbox,
  ProofOfRaising,
  RaisedAnswer,
  RaiseInput,
  Reader,
  ReadersQuery,
  ReporterContext,
} from '../../../src/concerns/index.ts'
import { raiseInput } from '../../../src/concerns/index.ts'
import { Refusal, systemRandom, type ConcernId, type DateText, type UserId } from '../../../src/kernel/index.ts'
import { createTexts, firstCategories, firstValues } from '../../../src/settings/index.ts'
import { createCalendar, firstRules } from '../../../src/timeliness/index.ts'
import { createRenderer, neutralBrand } from '../../../src/web/layout/index.ts'
import { words as inboxWords } from '../../../src/web/pages/inbox/words.en.ts'
import type { ReporterDeps, ReporterSettings, ReporterUseCases } from '../../../src/web/reporter/deps.ts'
import { reporterRoutes } from '../../../src/web/reporter/routes.ts'
import { createTestClock, type TestClock } from '../../support/clock.ts'
import { createHttpClient, type HttpClient } from '../../support/http-client.ts'
import { smallApp } from '../http/small-app.ts'

export const token = 'T48M9KQ20ZX7HH3WP2M8AAB1C0DE'

const reader = (number: number, role: Reader['role'], name: string, deputy = false): Reader => ({
  id: `00000000-0000-4000-8000-00000000000${number}` as UserId,
  role,
  name,
  deputy,
})

export const staff = {
  grace: reader(1, 'guardian', 'Grace Okafor'),
  daniel: reader(2, 'guardian', 'Daniel Reid', true),
  helen: reader(3, 'executive_lead', 'Helen Marsh'),
  owen: reader(4, 'non_executive_lead', 'Owen Price'),
}

const byDoor = { guardians: [staff.grace, staff.daniel], executive_lead: [staff.helen], non_executive_lead: [staff.owen] }

const answer: RaisedAnswer = {
  token,
  stage: 'raised',
  raisedOn: '2026-11-24' as DateText,
  acknowledgeBy: '2026-11-26' as DateText,
  readers: [{ role: 'guardian', name: 'Grace Okafor' }],
  receipt: 'sealed',
}

const categories = firstCategories.map((category) => ({ id: category.code, ...category }))

export interface FakeService {
  readonly clock: TestClock
  readonly drafts: Map<string, DraftAnswers | 'sent' | 'without code'>
  /** Secrets of new codes that wait to be written down. */
  readonly newCodes: Set<string>
  /** Whether the code was somebody else's first. */
  handedOver: boolean
  restored: RestoreNotice | null
  /** Open inboxes by key. */
  readonly inboxes: Set<string>
  readonly messages: { readonly body: string; readonly secret: string | null }[]
  /** What was sent from the one-page form, by its secret. */
  readonly raised: Map<string, string>
  /** How many concerns were raised. */
  sent: number
  closed: boolean
  inbox: Inbox
  proof: ProofOfRaising | null
  settings: ReporterSettings
  /** Checks of three and six months that were answered. */
  followUps: object[]
}

export interface FakeWeb {
  readonly service: FakeService
  readonly web: HttpClient
  readonly unexpected: readonly unknown[]
}

/** The reporter's pages before use cases that live in memory: for what is the pages' own. Journeys of the product use the real app. */
export async function startFakeWeb(): Promise<FakeWeb> {
  const service: FakeService = {
    clock: createTestClock(),
    drafts: new Map(),
    raised: new Map(),
    inboxes: new Set(),
    newCodes: new Set(),
    handedOver: false,
    restored: null,
    messages: [],
    followUps: [],
    sent: 0,
    closed: false,
    inbox: quietInbox,
    proof: null,
    settings: {
      contacts: [],
      sites: [{ name: 'Main hospital' }],
      intakeGroups: [],
      rules: firstRules,
      limitVersions: firstRules.map((rule) => ({ ...rule, announcedOn: null, noticeUntil: null, withdrawnOn: null })),
      organisation: { openedOn: '2026-11-01' as DateText },
      calendar: createCalendar([]),
      categories,
      values: firstValues,
    },
  }
  const deps: ReporterDeps = {
    concerns: useCases(service),
    settings: { current: async () => service.settings },
    restores: { current: async () => service.restored },
    texts: createTexts(),
    outbox: { setUp: true, callsSetUp: true },
    clock: service.clock,
    random: systemRandom,
  }
  const pages = createRenderer({ brand: neutralBrand, assets: { stylesheet: '/a', icon: '/b', iconSvg: '/c' }, demonstration: false })
  const { app, unexpected } = smallApp({ routes: reporterRoutes(pages, deps) })
  return { service, web: await createHttpClient(app), unexpected }
}

export const quietInbox: Inbox = {
  stage: 'raised',
  status: 'raised',
  raisedOn: '2026-11-24' as DateText,
  clocks: [],
  narrative: 'What I saw.',
  messages: [],
  files: [],
  allowedActions: ['write', 'say_more', 'withdraw', 'give_feedback', 'report_detriment', 'replace_token'],
  withdrawalAskedOn: null,
  reopenedOn: null,
  organisationLed: false,
  nobodyLeft: false,
  readers: [{ role: 'guardian', name: 'Grace Okafor', deputy: false }],
  openness: 'anonymous',
  questions: [],
  outcome: null,
  nextDates: [],
  readingDays: ['2026-11-24', '2026-11-25', '2026-11-26'] as DateText[],
  detriment: [],
  newCodeFirst: false,
  movedClocks: [],
  sendOn: null,
  sentOn: [],
  followUp: null,
}

/** A promise was broken: Helen would get it next. */
export const sendOn = {
  reasons: ['late', 'pause', 'moved'],
  to: { id: '00000000-0000-4000-8000-000000000003' as UserId, role: 'executive_lead', name: 'Helen Marsh' },
} as const satisfies Inbox['sendOn']

const shownCodes = ['T1', 'T4', 'T6', 'T7', 'T8', 'T11a', 'T11b']

/** Every promise that the inbox shows, in one state, each moved for every reason there is. */
export function promised(state: Inbox['clocks'][number]['state']): Pick<Inbox, 'clocks' | 'movedClocks'> {
  const [from, until] = ['2026-11-24' as DateText, '2026-12-15' as DateText]
  const standing = { state, cycle: 1, of: null, round: 1, startedOn: from, firstDueOn: from, dueOn: until, words: '', workingDaysLeft: -15 }
  const pause = state === 'paused' ? { from, until } : null
  return {
    clocks: shownCodes.map((code) => ({
      ...standing,
      code,
      label: code,
      pause,
      force: 'LOCAL',
      source: 'Local limit.',
      shownTo: 'reporter',
    })),
    movedClocks: [...Object.keys(inboxWords.clock.moved.reasons), null].flatMap((reasonCode) =>
      (['paused', 'extended'] as const).map((kind) => ({ code: 'T7', kind, on: from, until, reasonCode })),
    ),
  }
}

/** A concern whose only words are its narrative. */
export const quietProof: ProofOfRaising = {
  comeBackOn: null,
  raisedOn: '2026-11-24' as DateText,
  enteredOn: '2026-11-24' as DateText,
  readers: [{ role: 'guardian', name: 'Grace Okafor' }],
  said: { narrative: 'Two fell at night.', openness: 'confidential', immediateDanger: 'no', treatedBadly: 'worried', about: ['The boss'] },
  entryId: '6f9619ff-8b86-4011-b42d-00cf4fc964ff',
  place: { index: 12, log: 'forthright/6f9619ff', size: 256, root: new Uint8Array(32) },
  file: { format: 'forthright-proof-of-raising/1', entry: '', proof: '', opening: { salt: '', list: '', shown: {} } },
}

const newKey = (): string => Buffer.from(systemRandom.bytes(32)).toString('base64url')

function useCases(service: FakeService): ReporterUseCases {
  return {
    drafts: draftsOf(service),
    raise: async (_ctx, input, secret) => raiseOnce(service, input, secret ?? newKey()),
    listReaders: async (_ctx, query) => readersFor(service, query),
    openByToken: async (ctx, typed) => {
      assertKnown(typed)
      return { ...ctx, concernId: 'c' as ConcernId, keys: null as unknown as ReporterContext['keys'], handedOver: service.handedOver }
    },
    inboxSessions: {
      open: async (_ctx, typed) => {
        assertKnown(typed)
        const key = newKey()
        service.inboxes.add(key)
        return { key }
      },
      resume: async (ctx, key) => {
        if (!service.inboxes.has(key)) throw new Refusal('inbox_closed')
        return { ...ctx, concernId: 'c' as ConcernId, keys: null as unknown as ReporterContext['keys'], handedOver: service.handedOver }
      },
      close: async (key) => void service.inboxes.delete(key),
      replaceToken: async (_ctx, key, secret) => {
        if (!service.inboxes.has(key)) throw new Refusal('inbox_closed')
        service.newCodes.add(secret)
        return { token }
      },
      recallToken: async (_ctx, secret) => (service.newCodes.has(secret) ? { token } : null),
      forgetToken: async (secret) => void service.newCodes.delete(secret),
    },
    readInbox: async () => service.inbox,
    proveRaising: async (_ctx, shows) => service.proof && { ...service.proof, said: shows === 'everything' ? service.proof.said : null },
    sayMore: async (_ctx, { openness }) => ({ openness }),
    viewNotices: async () => ({ possible: service.inbox.openness !== 'anonymous', on: false }),
    chooseNotices: async (_ctx, { wants }) => ({ notices: wants }),
    giveFeedback: async () => ({ id: 'f' }),
    askToWithdraw: async () => ({ id: 'w' }),
    reportDetriment: async () => ({ id: 'd' }),
    sendOn: async () => ({ id: 's', to: { role: 'executive_lead', name: 'Helen Marsh' } }),
    answerFollowUp: async (_ctx, input, secret) => {
      service.followUps.push({ ...input, secret })
      return { id: 'u' }
    },
    writeFromInbox: async (_ctx, { body }, secret) => {
      const before = service.messages.find((message) => message.secret === secret)
      if (before !== undefined && before.body !== body) throw new Refusal('idempotency_key_reused')
      if (before === undefined) service.messages.push({ body, secret })
      return { id: 'm' }
    },
  }
}

function assertKnown(typed: string): void {
  const symbols = typed.toUpperCase().replaceAll(/[^0-9A-Z]/g, '')
  if (symbols.length !== 28) throw new Refusal('token_mistyped')
  if (symbols.startsWith('X')) {
    const faults = [3, 5, 6].map((group) => ({ pointer: '/token', code: `group_${group}`, detail: '' }))
    throw new Refusal('token_mistyped', { faults: symbols.startsWith('XX') ? faults : faults.slice(0, 1) })
  }
  if (symbols !== token) throw new Refusal('token_not_recognised')
}

/** One secret, one concern; with another text it is refused. */
function raiseOnce(service: FakeService, input: RaiseInput, secret: string): RaisedAnswer {
  if (service.closed) throw new Refusal('intake_closed')
  const before = service.raised.get(secret)
  if (before !== undefined) {
    if (before !== JSON.stringify(input)) throw new Refusal('idempotency_key_reused')
    return service.drafts.get(secret) === 'without code' ? { ...answer, token: '', readers: [], receipt: '' } : answer
  }
  service.raised.set(secret, JSON.stringify(input))
  service.drafts.set(secret, 'sent')
  service.sent += 1
  return answer
}

function draftsOf(service: FakeService): ReporterUseCases['drafts'] {
  return {
    begin: async () => {
      if (service.closed) throw new Refusal('intake_closed')
      const key = newKey()
      service.drafts.set(key, {})
      return { key }
    },
    open: async (_ctx, key) => {
      const held = service.drafts.get(key)
      if (held === undefined) return null
      if (held === 'without code') return { kind: 'sent', answer: { ...answer, token: '', readers: [], receipt: '' } }
      return held === 'sent' ? { kind: 'sent', answer } : { kind: 'draft', answers: held }
    },
    save: async (_ctx, key, answers) => {
      const held = service.drafts.get(key)
      if (held === undefined || typeof held === 'string') throw new Refusal('draft_gone')
      service.drafts.set(key, JSON.parse(JSON.stringify({ ...held, ...answers })) as DraftAnswers)
    },
    send: async (_ctx, key) => {
      const held = service.drafts.get(key)
      if (held === undefined) throw new Refusal('draft_gone')
      if (typeof held === 'string') return answer
      if (service.closed) throw new Refusal('intake_closed')
      const { unlisted: _unlisted, noNotes: _noNotes, ...said } = held
      raiseInput.parse(said)
      service.sent += 1
      service.drafts.set(key, 'sent')
      return answer
    },
    forgetCode: async (_ctx, key) => void service.drafts.set(key, 'without code'),
    forget: async (key) => void service.drafts.delete(key),
  }
}

function readersFor(service: FakeService, { recipient = 'guardians', about = [], deputyMayRead = true }: ReadersQuery): readonly Reader[] {
  if (service.closed) throw new Refusal('intake_closed')
  const free = (readers: readonly Reader[]) => readers.filter(({ id, deputy }) => !about.includes(id) && (deputyMayRead || !deputy))
  const found = [byDoor[recipient], byDoor.non_executive_lead, byDoor.executive_lead].map(free).find((readers) => readers.length > 0)
  if (found === undefined) throw new Refusal('no_reader_left')
  return found
}

/** The person behind `web`, with a draft that holds these answers. */
export async function writing({ service, web }: FakeWeb, answers: DraftAnswers = {}): Promise<HttpClient> {
  const person = web.someoneElse()
  await person.follow(await person.submit('/s/1', {}))
  const key = [...service.drafts.keys()].at(-1) ?? ''
  service.drafts.set(key, answers)
  return person
}
