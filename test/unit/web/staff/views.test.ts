import { describe, expect, test } from 'vitest'
import { entryKinds } from '../../../../src/audit/index.ts'
import type {
  ClockView,
  ConcernView,
  HandlingRecord,
  HistoryEvent,
  QueueItem,
  QueuePage,
  ThreadMessage,
} from '../../../../src/concerns/index.ts'
import { roles, type DateText, type StaffMember } from '../../../../src/kernel/index.ts'
import { actions, statuses, triageDecisions } from '../../../../src/workflow/index.ts'
import { clashOf, seenMark } from '../../../../src/web/pages/actions/clash.ts'
import { historyView } from '../../../../src/web/pages/concern/history/view.ts'
import { words as historyWords } from '../../../../src/web/pages/concern/history/words.en.ts'
import { pageOfLinks } from '../../../../src/web/pages/concern/links/routes.ts'
import { decisionOf, primaryAction } from '../../../../src/web/pages/concern/overview/do-next.ts'
import { recordViews } from '../../../../src/web/pages/concern/records/view.ts'
import { waitingMessages } from '../../../../src/web/pages/concern/waiting-messages.ts'
import { queueView } from '../../../../src/web/pages/queue/view.ts'
import { deadlineOf, leadingClock } from '../../../../src/web/staff/deadlines.ts'
import { homeOf, staffNavigation } from '../../../../src/web/staff/navigation.ts'
import { queueItem } from '../../api/views.ts'

const clock = (parts: Partial<ClockView>): ClockView => ({
  code: 'T1',
  label: 'Acknowledge',
  dueOn: '2026-11-26' as DateText,
  state: 'running',
  words: '2 working days left',
  force: 'LOCAL',
  source: 'Local limit.',
  workingDaysLeft: 2,
  cycle: 1,
  of: null,
  round: 1,
  startedOn: '2026-11-20' as DateText,
  firstDueOn: '2026-11-24' as DateText,
  pause: null,
  shownTo: 'reporter',
  ...parts,
})

describe('a chip', () => {
  test.each([
    ['Overdue by 2 working days', { state: 'overdue', workingDaysLeft: -2 }, 'red'],
    ['Overdue by less than 1 working day', { state: 'overdue', workingDaysLeft: 0 }, 'red'],
    ['Due today', { workingDaysLeft: 0 }, 'orange'],
    ['1 working day left', { workingDaysLeft: 1 }, 'yellow'],
    ['3 working days left', { workingDaysLeft: 3 }, 'yellow'],
    ['4 working days left', { workingDaysLeft: 4 }, 'green'],
    ['Done in time', { state: 'met' }, 'green'],
    ['Done late by 1 working day', { state: 'missed' }, 'red'],
  ] as const)('says "%s" in the clock’s own words; the colour repeats them', (words, parts, colour) => {
    expect(deadlineOf(clock({ ...parts, words })).chip).toEqual({ text: words, colour })
  })

  test('the clock that leads is the first one still open, else the last that ran', () => {
    const met = clock({ code: 'A', dueOn: '2026-11-20' as DateText, state: 'met' })
    const later = clock({ code: 'B', dueOn: '2026-12-20' as DateText })
    const late = clock({ code: 'C', dueOn: '2026-11-25' as DateText, state: 'overdue' })
    expect(leadingClock([later, met, late])?.code).toBe('C')
    expect(leadingClock([met, clock({ code: 'D', dueOn: '2026-11-21' as DateText, state: 'missed' })])?.code).toBe('D')
    expect(leadingClock([])).toBeNull()
  })
})

describe('do next', () => {
  test('is what triage decided, where that is open', () => {
    const open = ['start_investigation', 'resolve_without_investigation', 'refer', 'assign', 'escalate'] as const
    expect(triageDecisions.map((decision) => primaryAction(open, decision))).toEqual([
      'start_investigation',
      'resolve_without_investigation',
      'refer',
      'resolve_without_investigation',
      'resolve_without_investigation',
    ])
  })

  test('never offers a step that is not allowed, and never calls assigning or escalating the next step', () => {
    for (const decision of [null, ...triageDecisions]) {
      for (const action of actions) {
        const first = primaryAction([action], decision)
        expect([null, action]).toContain(first)
      }
      expect(primaryAction(['assign', 'escalate'], decision)).toBeNull()
    }
  })

  test('goes by the last triage that is genuine', () => {
    const record = (decision: unknown, genuine = true): HandlingRecord => ({
      id: '1',
      kind: 'triage',
      author: 'Grace',
      writtenAt: Temporal.Instant.from('2026-11-24T09:00:00Z'),
      genuine,
      content: genuine ? { decision } : null,
    })
    expect(decisionOf([record('investigate'), record('refer')])).toBe('refer')
    expect(decisionOf([record('investigate'), record('refer', false)])).toBe('investigate')
    expect(decisionOf([record('__proto__')])).toBeNull()
    expect(decisionOf([])).toBeNull()
  })
})

const event = (kind: string, at: string | null, actor: HistoryEvent['actor'], fields = {}): HistoryEvent => ({
  kind,
  on: (at ?? '2026-11-24').slice(0, 10) as DateText,
  at: at === null ? null : Temporal.Instant.from(at),
  actor,
  fields,
})
const grace = { role: 'guardian', name: 'Grace Okafor' } as const
const daniel = { role: 'guardian', name: 'Daniel Reid' } as const
const reporter = { role: 'reporter', name: null } as const

describe('history', () => {
  test('has words for every kind of entry that a concern’s page can meet', () => {
    const looks = [
      ...['concern_viewed', 'content_viewed', 'summary_viewed', 'sample_viewed', 'attempt_refused', 'queue_viewed', 'log_viewed'],
    ]
    const ofPeople = [
      'signed_in',
      'sign_in_failed',
      'signed_out',
      'stepped_up',
      'person_added',
      'recipient_set_signed',
      'recipient_set_recovered',
      'recovery_key_made',
      'recovery_exported',
      'keys_renewed',
      'organisation_opened',
      'settings_changed',
      'workflow_published',
      'calendar_published',
      'limits_published',
      ...['limit_announced', 'limit_withdrawn', 'duty_began', 'duty_done', 'duty_paused', 'duty_resumed', 'duty_extended'],
      ...['duty_warned', 'duty_escalated'],
      'backup_made',
      'restore_declared',
      'person_invited',
      'invitation_withdrawn',
      'person_enrolled',
      'person_deactivated',
      'person_reactivated',
      'opening_destroyed',
      'rights_change_asked',
      'absence_entered',
      'absence_removed',
      'second_factor_reset_requested',
      'second_factor_reset_confirmed',
      'second_factor_reset_refused',
      'second_factor_renewed',
      'password_changed',
      'recovery_code_made',
      'recovery_code_used',
      'sessions_ended',
      'settings_previewed',
      'saved_view_changed',
      'time_exported',
      'note_choice_changed',
      'report_viewed',
      'report_exported',
    ]
    const ofTheLog = [
      'limit_announced',
      'limit_withdrawn',
      'duty_began',
      'duty_done',
      'duty_paused',
      'duty_resumed',
      'duty_extended',
      'duty_warned',
      'duty_escalated',
      'log_exported',
      'log_checked',
      'sample_fixed',
      'sample_drawn',
      'checkpoint_mailed',
      'mail_round_made',
      'log_key_announced',
      'log_key_retired',
    ]
    // Told to nobody here: the other concern may be one that the reader may know nothing of
    const links = ['concern_linked', 'concern_unlinked']
    const wanted = Object.keys(entryKinds).filter((kind) => ![...looks, ...ofPeople, ...ofTheLog, ...links].includes(kind))
    expect(wanted.filter((kind) => !Object.hasOwn(historyWords.kinds, kind))).toEqual([])
  })

  test('puts the newest first; of one second the later written, of one day the reporter’s last', () => {
    const shown = historyView([
      event('concern_raised', null, reporter),
      event('concern_acknowledged', '2026-11-24T09:00:00Z', grace),
      event('note_written', '2026-11-24T09:00:00Z', daniel),
      event('concern_triaged', '2026-11-25T09:00:00Z', grace),
    ])
    expect(shown.map(({ what }) => what)).toEqual([
      'Triaged the concern',
      'Wrote a team note',
      'Acknowledged the concern',
      'Raised the concern',
    ])
    expect(shown.map(({ at }) => at === null)).toEqual([false, false, false, true])
  })

  test('shows codes in words, leaves ids to the auditor, and says no status where none moved', () => {
    const [moved] = historyView([
      event('concern_triaged', '2026-11-24T09:00:00Z', grace, { from: 'acknowledged', to: 'triaged', riskGrade: 'high', item: 'a-uuid' }),
    ])
    expect(moved!.details).toEqual([
      { key: 'Status', text: 'Triaged' },
      { key: 'Risk', text: 'High' },
    ])
    const [still] = historyView([
      event('concern_assigned', '2026-11-24T09:00:00Z', grace, { from: 'triaged', to: 'triaged', owner: 'an-alias' }),
    ])
    expect(still!.details).toEqual([])
  })

  test('tells how somebody was known before and is from now on, and in a word of its own how a call came in', () => {
    const details = (kind: string, fields: object) => historyView([event(kind, null, reporter, fields)])[0]!.details
    expect(details('openness_changed', { before: 'anonymous', openness: 'confidential', item: 'a-uuid' })).toEqual([
      { key: 'From now on', text: 'Confidentially' },
      { key: 'Before', text: 'Anonymously' },
    ])
    expect(details('concern_raised', { openness: 'anonymous', channel: 'web' }).map(({ key }) => key)).toEqual([
      'How it was raised',
      'How it came in',
    ])
    expect(details('deadline_moved', { before: '2026-11-24', after: '2026-11-25' })[0]).toEqual({
      key: 'Was due on',
      text: '24 November 2026',
    })
  })

  test('tells which limit went up when its date had passed, by its name, and to whom', () => {
    const fields = { clock: 'T3', cycle: 1, step: 'executive_lead', dueOn: '2026-11-20', stepOn: '2026-11-23', person: 'an-alias' }
    const [up] = historyView([event('clock_escalated', '2026-11-24T09:00:00Z', grace, fields)])
    expect(Object.fromEntries(up!.details.map(({ key, text }) => [key, text]))).toMatchObject({
      ...{ To: 'Executive lead', 'Time limit': 'First contact: thanks, consent, support', 'Was due on': '20 November 2026' },
    })
    const [warned] = historyView([event('clock_warned', '2026-11-24T09:00:00Z', grace, { clock: 'T11a', dueOn: '2026-11-27' })])
    expect(warned!.details).toContainEqual({ key: 'Due on', text: '27 November 2026' })
    expect(warned!.details).toContainEqual({ key: 'Time limit', text: 'Ask again about bad treatment, after three months' })
  })

  test('meets a kind from a later release without breaking', () => {
    expect(historyView([event('toString', '2026-11-24T09:00:00Z', grace)])[0]!.what).toBe('Something this page has no words for yet')
  })
})

describe('a clash', () => {
  const before = [event('concern_raised', null, reporter), event('concern_acknowledged', '2026-11-24T09:00:00Z', grace)]
  const concernWith = (history: readonly HistoryEvent[]) => ({ history, status: 'triaged' }) as unknown as ConcernView
  const writer = { name: 'Grace Okafor' } as StaffMember

  test('tells exactly what came since the form was drawn, of staff and of the reporter', () => {
    const since = [event('concern_assigned', '2026-11-24T10:00:00Z', daniel), event('reporter_wrote', null, reporter)]
    const clash = clashOf(concernWith([before[0]!, since[1]!, before[1]!, since[0]!]), seenMark(before), 'triage', writer)
    expect(clash.events.map(({ what }) => what).toSorted()).toEqual(['Changed the owner', 'Wrote a message'])
    expect([clash.mine, clash.status]).toEqual([false, 'Triaged'])
  })

  test('is one’s own only where oneself did the very step', () => {
    const did = (actor: HistoryEvent['actor'], action: string) =>
      clashOf(
        concernWith([...before, event('concern_triaged', '2026-11-24T10:00:00Z', actor, { action })]),
        seenMark(before),
        'triage',
        writer,
      ).mine
    expect([did(grace, 'triage'), did(daniel, 'triage'), did(grace, 'assign')]).toEqual([true, false, false])
  })
})

describe('new messages', () => {
  const message = (from: 'reporter' | 'staff', body: string): ThreadMessage => ({
    id: body,
    from,
    author: from === 'staff' ? 'Grace' : null,
    body,
    genuine: true,
    sentOn: '2026-11-24' as DateText,
  })
  const shown = (unread: boolean, ...messages: ThreadMessage[]) =>
    waitingMessages({ unread, history: [] }, { messages }).map(({ body }) => body)

  test('are those after the last answer, or the last of theirs where an answer crossed it', () => {
    expect(shown(true, message('reporter', 'a'), message('staff', 'b'), message('reporter', 'c'), message('reporter', 'd'))).toEqual([
      'c',
      'd',
    ])
    expect(shown(true, message('reporter', 'a'), message('reporter', 'b'), message('staff', 'c'))).toEqual(['b'])
    expect(shown(true)).toEqual([])
    expect(shown(false, message('reporter', 'a'))).toEqual([])
  })
})

describe('records', () => {
  const record = (kind: string, content: unknown, genuine = true): HandlingRecord => ({
    id: kind,
    kind,
    author: 'Grace Okafor',
    writtenAt: Temporal.Instant.from('2026-11-24T09:00:00Z'),
    genuine,
    content,
  })

  test('name people, never their ids, and read codes and dates aloud', () => {
    const [terms] = recordViews(
      [record('terms', { investigatorId: 'id-1', terms: 'Look', expectedEnd: '2026-12-18', maskedCopy: null })],
      new Map([['id-1', 'Priya Nair']]),
    )
    expect(terms).toMatchObject({
      heading: 'Terms of the investigation',
      rows: [
        { key: 'Investigator', text: 'Priya Nair' },
        { key: 'Terms', text: 'Look' },
        { key: 'Expected end', text: '18 December 2026' },
      ],
    })
    const [left] = recordViews([record('assignment', { owner: 'id-9', note: 'x' })], new Map())
    expect(JSON.stringify(left)).not.toContain('id-9')
  })

  test('show nothing of what is not genuine, and survive any content', () => {
    expect(recordViews([record('findings', { learning: 'forged' }, false)], new Map())[0]).toMatchObject({ genuine: false, rows: [] })
    for (const content of [null, 'text', 7, [], { findings: 'x', actions: [null, 3], elements: {} }, { identityOverride: 5 }]) {
      expect(() => recordViews([record('findings', content)], new Map())).not.toThrow()
    }
    expect(recordViews([record('toString', {})], new Map())[0]!.heading).toBe('Record')
  })
})

describe('links', () => {
  test.each([
    [0, '', { from: 0, to: 0 }],
    [50, '', { from: 0, to: 50 }],
    [120, '50', { from: 50, to: 100 }],
    [120, '100', { from: 100, to: 120 }],
    [120, '120', { from: 0, to: 50 }],
    [120, '-1', { from: 0, to: 50 }],
  ])('of %i are shown fifty at a time, from %j on', (count, from, shown) => {
    expect(pageOfLinks(count, from)).toEqual(shown)
  })
})

describe('the queue', () => {
  const none = { count: 0, more: false }
  const page = (items: QueueItem[], counts: Partial<QueuePage['counts']> = {}): QueuePage => ({
    items,
    owners: [],
    onlyGuardian: false,
    next: null,
    counts: { all: none, overdue: none, dueToday: none, unread: none, ...counts },
  })

  test('says once, above the whole list, that nobody reads while the reader is away', () => {
    const alone = { ...page([]), onlyGuardian: true }
    expect(
      [
        queueView(alone, {}, 1, 'en'),
        queueView(alone, {}, 26, 'en'),
        queueView(alone, { unread: 'yes' }, 1, 'en'),
        queueView(page([]), {}, 1, 'en'),
      ].map((view) => view.onlyGuardian),
    ).toEqual([true, false, false, false])
  })

  test.each([
    [null, 'No title yet', 'Not said'],
    ['not_shown', 'A concern you investigate', 'Not shown to you'],
    ['sealed_to_old_keys', 'Not open to your new keys yet', 'Not open yet'],
    ['record_not_genuine', 'This record is not genuine', 'Not shown'],
  ] as const)('says of a row without a title why: %s', (withheld, untitled, about) => {
    const { rows } = queueView(page([{ ...queueItem, title: null, elements: [], nextClock: null, withheld }]), {}, 1, 'en')
    expect(rows[0]).toMatchObject({ title: null, untitled, about })
  })

  test('counts one, several and more than it counts to, each in words', () => {
    const view = queueView(
      page([], { overdue: { count: 1, more: false }, dueToday: { count: 3, more: false }, unread: { count: 100, more: true } }),
      {},
      1,
      'en',
    )
    expect(view.counts).toEqual([
      { text: '1 overdue', href: '/concerns?due=overdue' },
      { text: '3 due today', href: '/concerns?due=today' },
      { text: 'more than 100 new messages', href: '/concerns?unread=yes' },
    ])
    expect(queueView(page([]), {}, 1, 'en').counts.map(({ text, href }) => [text, href])).toEqual([
      ['0 overdue', null],
      ['0 due today', null],
      ['0 new messages', null],
    ])
  })

  test('offers every status there is', () => {
    expect(queueView(page([]), {}, 1, 'en').filters.status.map(({ value }) => value)).toEqual([...statuses])
  })
})

describe('the menu', () => {
  test.each(roles)('gives the %s a first page', (role) => {
    expect(homeOf({ roles: [role] })).not.toBe('/')
    expect(staffNavigation({ roles: [role] })[0]?.href).toBe(homeOf({ roles: [role] }))
  })

  test('leads somebody without a role to the public page', () => {
    expect(homeOf({ roles: [] })).toBe('/')
  })
})
