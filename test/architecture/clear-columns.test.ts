import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { freshDatabase, type FreshDatabase } from '../support/database.ts'

/**
 * What stands in clear about a concern, exhaustively, in the words of SECURITY.md. A new column fails here until somebody has asked what it
 * says about the reporter and has written it into both lists.
 */
const clearAboutConcerns: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  concern: {
    id: 'random id',
    reference: 'random reference',
    log_alias: 'random id',
    intake_group_id: 'intake group',
    status: 'stage and status',
    version: 'version',
    raised_on: 'the date raised',
    channel: 'channel',
    openness: 'openness',
    risk_grade: 'risk grade',
    danger: 'danger, only when the answer was yes',
    unread_since: 'the date since when a message is unread',
    open_detriment: 'whether bad treatment is open',
    second_approver_required: 'whether a second approver is needed',
    next_clock_code: "the next clock's code",
    next_clock_due: "the next clock's date",
    owner_id: "the owner's id",
    header_item_id: 'random id',
    staff_log_count: 'entries',
    reporter_log_count: 'entries',
  },
  reporter_key: { concern_id: 'random id' },
  compartment: { id: 'random id', concern_id: 'random id', kind: 'part', epoch: 'part' },
  key_grant: {
    id: 'random id',
    concern_id: 'random id',
    compartment_id: 'random id',
    kind: 'part',
    epoch: 'part',
    holder: 'who holds keys to which part',
  },
  reporter_item: {
    id: 'random id',
    concern_id: 'random id',
    compartment_id: 'random id',
    kind: 'part',
    epoch: 'part',
    version: 'version',
    number: 'place among the items of one side',
    written_on: 'a date',
  },
  staff_item: {
    id: 'random id',
    concern_id: 'random id',
    compartment_id: 'random id',
    kind: 'part',
    epoch: 'part',
    version: 'version',
    number: 'place among the items of one side',
    written_at: 'when a member of staff acted',
    author_id: 'which member of staff acted',
  },
  approval: {
    id: 'random id',
    concern_id: 'random id',
    action: 'an action of staff',
    status: 'stage and status',
    requested_by_id: 'which member of staff acted',
    approver_id: 'which member of staff acted',
    requested_at: 'when a member of staff acted',
    compartment_id: 'random id',
    summary_item_id: 'random id',
    decided_at: 'when a member of staff acted',
  },
  escalation: {
    id: 'random id',
    concern_id: 'random id',
    target: 'the lead it went to',
    person_id: 'which member of staff was told',
    escalated_at: 'when a member of staff acted',
  },
  // Reckoned from the log, which holds the same dates; never written by a reporter's act
  concern_clock: {
    concern_id: 'random id',
    code: "a clock's code",
    cycle: 'which time round',
    of: 'random id',
    round: 'which round of a clock',
    rule_version: "a rule's version",
    started_on: 'a date',
    first_due_on: 'a date',
    due_on: 'a date',
    stopped_on: 'a date',
    ended_by: 'the kind of event that ended a clock',
    paused_from: 'a date',
    paused_until: 'a date',
    paused_days: 'working days of a pause',
    extensions: 'how often a clock was extended',
  },
  // A link for whoever does a task: which task has one stands in the log
  task_link: {
    id: 'random id',
    concern_id: 'random id',
    task: 'random id',
    expires_on: 'a date',
    ended: 'how it ended',
  },
  // What the clock said, and that somebody stands in: both stand in the log
  clock_notice: {
    concern_id: 'random id',
    code: "a clock's code",
    cycle: 'which time round',
    of: 'random id',
    round: 'which round of a clock',
    step: 'whose turn it was',
    due_on: 'a date',
    step_on: 'a date',
  },
  cover: {
    concern_id: 'random id',
    person_id: "the owner's id",
    owner_id: 'for whom the owner stands in',
    absence_id: 'random id',
    began_on: 'a date',
  },
  private_note: {
    id: 'random id',
    concern_id: 'random id',
    person_id: 'which member of staff acted',
    written_at: 'when a member of staff acted',
  },
  detriment_notice: {
    id: 'random id',
    concern_id: 'random id',
    item_id: 'random id',
    person_id: 'which lead was told that bad treatment was reported',
  },
  sent_on: {
    id: 'random id',
    concern_id: 'random id',
    person_id: 'which lead the person sent it on to',
    sent_on: 'a date',
  },
  // Which concerns an auditor drew stands in the log too, which every auditor reads
  sample_concern: { id: 'random id', draw_id: 'random id', place: 'place in a sample that anybody can draw again', log_alias: 'random id' },
  sample_answer: {
    sample_concern_id: 'random id',
    concern_id: 'random id',
    author_id: 'which member of staff acted',
    answered_at: 'when a member of staff acted',
    reason: 'why staff did not show a drawn concern, as a code',
    until: 'a date',
  },
  sample_text: { sample_concern_id: 'random id', concern_id: 'random id', purge_on: 'a date' },
  // Whether somebody known wants to be told of answers; where and when is sealed
  notice_wish: { concern_id: 'random id' },
  // Only where somebody may be in danger: how often the quarter-hourly look found it so, and nothing of when
  urgent_call: {
    concern_id: 'random id',
    step: 'how many of the on-call list were called',
    ticks: 'looks since the last call',
    answered: 'whether staff looked at it',
  },
  // Names no concern: what somebody answered, and in which quarter
  feedback_answer: { id: 'random id', quarter: 'the quarter of an answer', answer: 'the answer' },
  reporter_session: { purge_on: 'a date' },
  receipt: { purge_on: 'a date' },
  reporter_entry: {
    id: 'random id',
    concern_id: 'random id',
    number: 'entries',
    kind: 'entries',
    happened_on: 'a date',
    text: 'entries',
  },
  staff_entry: {
    id: 'random id',
    concern_id: 'random id',
    number: 'entries',
    kind: 'entries',
    actor_id: 'which member of staff acted',
    happened_at: 'when a member of staff acted',
    text: 'entries',
  },
  log_position: {
    index: "an entry's place in the log",
    entry_id: 'random id',
    lane: 'entries',
    kind: 'entries',
    day: 'a date',
    actor: 'which member of staff acted',
    concern: 'random id',
  },
}

/** Bytes that a key opens, a key wraps, or that are a public key, signature or hash. */
const sealedAboutConcerns: Readonly<Record<string, readonly string[]>> = {
  concern: ['staff_log_head', 'reporter_log_head'],
  reporter_key: ['locator', 'wrapped_keys', 'box_key', 'sign_key'],
  compartment: ['public_key'],
  key_grant: ['sealed'],
  reporter_item: ['item_key', 'ciphertext', 'signature'],
  task_link: ['secret_hash', 'sealed'],
  staff_item: ['item_key', 'ciphertext', 'signature'],
  private_note: ['item_key', 'ciphertext', 'signature'],
  approval: ['signature'],
  sample_text: ['item_key', 'ciphertext', 'signature'],
  notice_wish: ['sealed'],
  reporter_session: ['id', 'sealed'],
  receipt: ['id', 'sealed'],
  reporter_entry: ['hash'],
  staff_entry: ['hash'],
  log_position: ['hash'],
}

/** Tables that no reporter's act touches and that name no concern: people, rights, rules, settings, and the tree over all entries. */
const aboutTheOrganisation = [
  'organisation',
  'intake_group',
  'site',
  'category',
  'text_version',
  'setting',
  'setting_change',
  'speak_up_contact',
  'checkpoint_reader',
  'outbox_letter',
  'mail_slot',
  'bank_holiday',
  'timeliness_rule',
  'duty',
  'duty_step',
  'duty_notice',
  'person',
  'absence',
  'last_sweep',
  'invitation',
  'staff_session',
  'kept_text',
  'saved_view',
  'written_draft',
  'recipient_set',
  'recipient_set_signature',
  'cover_entry',
  'log_tile',
  'log_checkpoint',
  'log_cosignature',
  'log_key',
  'log_restore',
  'log_check',
  'entry_opening',
  'sample_draw',
]

/** What the auditor's own login sees of the tables above: texts of entries, and checkpoints. */
const views = ['auditor_entry', 'auditor_checkpoint']

/** Not ours: Prisma's own account of the migrations. */
const foreign = ['_prisma_migrations']

interface Column {
  readonly table_name: string
  readonly column_name: string
  readonly data_type: string
}

describe('what stands in clear in the database', () => {
  let held: FreshDatabase
  let columns: readonly Column[]
  beforeAll(async () => {
    held = await freshDatabase()
    const { rows } = await held.asSuperuser.query<Column>(
      `select table_name, column_name, data_type from information_schema.columns where table_schema = 'public' order by 1, ordinal_position`,
    )
    columns = rows
  })
  afterAll(() => held.drop())

  const columnsOf = (table: string) => columns.filter(({ table_name }) => table_name === table)

  it('every table is about a concern and listed column by column, or about the organisation', () => {
    const listed = [...Object.keys(clearAboutConcerns), ...aboutTheOrganisation, ...views, ...foreign]
    expect([...new Set(columns.map(({ table_name }) => table_name))].sort()).toEqual(listed.sort())
  })

  it.each(Object.keys(clearAboutConcerns))('%s has the listed columns and no other', (table) => {
    const listed = [...Object.keys(clearAboutConcerns[table] ?? {}), ...(sealedAboutConcerns[table] ?? [])]
    expect(
      columnsOf(table)
        .map(({ column_name }) => column_name)
        .sort(),
    ).toEqual(listed.sort())
  })

  it.each(Object.keys(sealedAboutConcerns))('%s keeps sealed things as bytes, and nothing in clear is bytes', (table) => {
    const bytes = columnsOf(table).filter(({ data_type }) => data_type === 'bytea')
    expect(bytes.map(({ column_name }) => column_name).sort()).toEqual([...(sealedAboutConcerns[table] ?? [])].sort())
  })

  it('a table about the organisation has no column that could name a concern', () => {
    const naming = columns
      .filter(({ table_name }) => aboutTheOrganisation.includes(table_name))
      .filter(({ column_name }) => /concern/.test(column_name))
    expect(naming).toEqual([])
  })

  it('no type of the database lists an element, a site or a profession', async () => {
    const { rows } = await held.asSuperuser.query(
      `select t.typname from pg_type t join pg_namespace n on n.oid = t.typnamespace where n.nspname = 'public' and t.typtype in ('e', 'd', 'r')`,
    )
    expect(rows).toEqual([])
  })

  it('no constraint, default or index of a concern knows a value of such a list', async () => {
    const { rows } = await held.asSuperuser.query<{ definition: string }>(
      `select pg_get_constraintdef(oid) as definition from pg_constraint where connamespace = 'public'::regnamespace
       union all select indexdef from pg_indexes where schemaname = 'public'`,
    )
    expect(
      rows.filter(({ definition }) => /patient_safety|worker_safety|bullying|behaviours|nurses|medical_dental/.test(definition)),
    ).toEqual([])
    expect(rows.length).toBeGreaterThan(20)
  })
})
