import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { StaffContext } from '../../../src/accounts/index.ts'
import { keepAllClocks } from '../../../src/concerns/index.ts'
import { addDays, londonDate, Refusal, type DateText } from '../../../src/kernel/index.ts'
import { limitChange, type LimitChange } from '../../../src/settings/index.ts'
import { mailFrom } from '../../support/smtp-server.ts'
import { verdictOfLog } from '../../support/verified-log.ts'
import { startHandlingWorld, type HandlingWorld } from '../concerns/handling-world.ts'

let world: HandlingWorld
let met: string
let missed: string
beforeAll(async () => {
  world = await startHandlingWorld({ mailFrom })
  world.clock.set('2026-11-23T10:00:00Z')
  met = (await world.raise()).id
  missed = (await world.raise()).id
  await world.act('guardian', met as never, 'acknowledge', { message: 'Thank you.' })
  world.clock.set('2026-12-01T10:00:00Z')
  await world.act('guardian', missed as never, 'acknowledge', { message: 'Thank you, and sorry.' })
  await keepAllClocks(world.service)
  const ctx = administrator()
  const reader = { role: 'Staff-side secretary', name: 'Tom O’Neill', address: 'tom@union.example' }
  const { seen } = await settings().viewCheckpointReaders(ctx)
  await settings().addCheckpointReader(ctx, { ...reader, seen, reason: 'Agreed' })
  const board = { role: 'Board secretary', name: 'Priya Nair', address: 'priya@trust.example' }
  const again = await settings().viewCheckpointReaders(ctx)
  await settings().addCheckpointReader(ctx, { ...board, seen: again.seen, reason: 'Agreed' })
}, 60_000)
afterAll(() => world.close())

const settings = () => world.service.settingsAdministration
const administrator = (): StaffContext => ({ ...world.as('administrator'), steppedUp: true, now: world.clock.now() })
const today = (): DateText => londonDate(world.clock.now())
const earliest = async () => (await settings().viewLimits(administrator())).earliest

type Parts = Partial<Record<keyof LimitChange, unknown>>
const changeOf = async (parts: Parts = {}) =>
  limitChange.parse({
    code: 'T1',
    limit: 3,
    unit: 'working_days',
    force: 'LOCAL',
    source: 'Board, 3 December 2026',
    validFrom: await earliest(),
    ...parts,
  })

async function announce(parts: Parts = {}) {
  const { seen } = await settings().viewLimits(administrator())
  return settings().changeLimit(administrator(), { change: await changeOf(parts), seen, reason: 'Agreed' })
}

async function withdraw(code: string, version: number) {
  const { seen } = await settings().viewLimits(administrator())
  return settings().withdrawLimit(administrator(), { code, version, seen, reason: 'Staff side said no' })
}

async function faultsOf(attempt: Promise<unknown>): Promise<readonly string[]> {
  const error = await attempt.then(
    () => null,
    (caught: unknown) => caught,
  )
  expect(error).toBeInstanceOf(Refusal)
  return (error as Refusal).faults.map(({ pointer, code }) => `${pointer} ${code}`)
}

const fieldsOf = async (kind: string) => (await world.entries()).filter((entry) => entry.kind === kind).map(({ fields }) => fields)
async function letters(): Promise<readonly { address: string; message: string }[]> {
  const { rows } = await world.database.asSuperuser.query<{ address: string; message: string }>(
    `select address, message from outbox_letter where cause = 'limit' order by written_at, id`,
  )
  return rows
}
async function verdicts(code: string): Promise<readonly unknown[]> {
  await keepAllClocks(world.service)
  const read = async (id: string) => {
    const { clocks } = await world.concerns.viewConcern(world.as('guardian'), id as never)
    return clocks.filter((clock) => clock.code === code).map(({ state, dueOn }) => [state, dueOn])
  }
  return [...(await read(met)), ...(await read(missed))]
}

describe('a change of a limit', () => {
  test('begins no sooner than staff side was told twenty working days before, and not for a shorter limit either', async () => {
    expect([today(), await earliest()]).toEqual(['2026-12-01', '2026-12-31'])
    const dayBefore = addDays(await earliest(), -1)
    for (const limit of [1, 5]) {
      expect(await faultsOf(announce({ limit, warnBefore: null, validFrom: dayBefore }))).toEqual(['/change/validFrom notice_too_short'])
    }
    expect(await faultsOf(announce({ validFrom: addDays(today(), -1) }))).toEqual(['/change/validFrom in_the_past'])
    expect(await fieldsOf('limit_announced')).toEqual([])
  })

  test.each<[string, Parts, string]>([
    ['hours for what a reporter does', { unit: 'hours' }, '/change/unit hours_not_here'],
    ['two same days', { unit: 'same_day', limit: 2, warnBefore: null }, '/change/limit same_day_is_one'],
    ['a mere comparison where somebody acts', { force: 'COMPARATOR' }, '/change/force not_a_comparator'],
    ['law by the source of a local figure', { force: 'STATUTORY', source: 'LOCAL LIMIT' }, '/change/source source_unchanged'],
    ['a pause of the acknowledgement', { pauseCap: 5 }, '/change/pauseCap must_not_move'],
    ['nobody to hear of it', { escalateTo: [] }, '/change/escalateTo must_escalate'],
    ['a warning before it starts', { warnBefore: 3 }, '/change/warnBefore warning_too_early'],
    [
      'a warning of a breach before its hours begin',
      { code: 'T19', limit: 48, unit: 'hours', warnBefore: 48 },
      '/change/warnBefore warning_too_early',
    ],
    ['a limit that is not there', { code: 'T99' }, '/change/code not_an_option'],
  ])('is refused where it asks for %s', async (_what, parts, expected) => {
    const before = (await settings().viewLimits(administrator())).items.find(({ code }) => code === 'T1')!
    const source = parts.source === 'LOCAL LIMIT' ? ` ${before.source.toUpperCase()}` : parts.source
    const change = await changeOf({ ...parts, ...(source !== undefined && { source }) })
    const both = [() => settings().previewLimit(administrator(), change), () => announce({ ...change })]
    for (const attempt of both) expect(await faultsOf(attempt())).toContain(expected)
  })

  test('never makes a figure for comparison into a limit', async () => {
    const months = { code: 'T9', limit: 4, unit: 'calendar_months' }
    expect(await faultsOf(announce({ ...months, force: 'LOCAL' }))).toEqual(['/change/force stays_comparator'])
    expect(await faultsOf(announce({ ...months, force: 'COMPARATOR', escalateTo: ['deputy'] }))).toEqual([
      '/change/escalateTo stays_comparator',
    ])
  })

  test('says before it is saved what would move and who is told, and nothing of what came today', async () => {
    const preview = await settings().previewLimit(administrator(), await changeOf())
    expect(preview).toMatchObject({ moved: [], noticeUntil: '2026-12-31', told: 1 })
    await world.raise()
    expect(await settings().previewLimit(administrator(), await changeOf())).toEqual(preview)
  })

  test('is announced with an entry and a letter to staff side alone, and holds from its day on by itself', async () => {
    const before = await verdicts('T1')
    expect(before).toEqual([
      ['met', '2026-11-25'],
      ['missed', '2026-11-25'],
    ])
    const parts = { limit: 6, warnBefore: 2, escalateTo: ['non_executive_lead', 'deputy'], escalateEvery: 3 }
    const announced = await announce(parts)
    expect(announced).toEqual({ version: 2, moved: [], noticeUntil: '2026-12-31', told: 1 })
    expect((await fieldsOf('limit_announced')).at(-1)).toEqual({
      ...{ code: 'T1', version: 2, validFrom: '2026-12-31', noticeUntil: '2026-12-31', people: 1 },
    })
    const [letter, ...others] = await letters()
    expect(others).toEqual([])
    expect(letter!.address).toBe('tom@union.example')
    for (const said of ['2 working days', '31 December 2026: 6 working days', 'Board, 3 December 2026', 'a local figure'])
      expect(letter!.message.replaceAll(/=\r\n/g, '')).toContain(said)

    world.clock.set('2026-12-30T10:00:00Z')
    const early = await world.raise()
    world.clock.set('2026-12-31T10:00:00Z')
    const late = await world.raise()
    const dueOf = async (id: string) =>
      (await world.concerns.viewConcern(world.as('guardian'), id as never)).clocks.find(({ code }) => code === 'T1')
    expect(await dueOf(early.id)).toMatchObject({ dueOn: '2027-01-04' })
    expect(await dueOf(late.id)).toMatchObject({ dueOn: '2027-01-11' })
    const rule = (await settings().viewLimits(administrator())).items.findLast(({ code }) => code === 'T1')!
    expect(rule).toMatchObject({ escalateTo: ['deputy', 'non_executive_lead'], escalateEvery: 3, warnBefore: 2 })
    // What was kept stays kept, what was missed stays missed
    expect(await verdicts('T1')).toEqual(before)
  })

  test('does not overlap another, and can be taken back until it holds', async () => {
    const first = await announce({ code: 'T4', limit: 8 })
    expect(await faultsOf(announce({ code: 'T4', limit: 9, source: 'Board, 7 January 2027' }))).toEqual([
      '/change/validFrom overlapping_validity',
    ])
    expect((await withdraw('T4', first.version)).told).toBe(1)
    expect(await faultsOf(withdraw('T4', first.version))).toEqual(['/version not_an_option'])
    expect(await faultsOf(withdraw('T1', 2))).toEqual(['/version in_force_already'])
    expect((await fieldsOf('limit_withdrawn')).at(-1)).toMatchObject({ code: 'T4', version: 2, people: 1 })
    expect((await letters()).filter(({ message }) => message.includes('NOT CHANGE AFTER ALL'))).toHaveLength(1)
    // Its number is never given again
    expect((await announce({ code: 'T4', limit: 9 })).version).toBe(3)
    expect((await world.service.settings.current()).rules.filter(({ code }) => code === 'T4').map(({ version }) => version)).toEqual([1, 3])
  })

  test('once written is rewritten by nobody: not even the service may', async () => {
    const { rows } = await world.database.asSuperuser.query<{ column_name: string }>(
      `select column_name from information_schema.column_privileges
       where table_name = 'timeliness_rule' and grantee = 'forthright_app' and privilege_type = 'UPDATE'`,
    )
    expect(rows.map(({ column_name }) => column_name)).toEqual(['withdrawn_on'])
  })
})

describe('the notice period', () => {
  const change = async (workingDays: number) => {
    const { seen } = await settings().viewNotice(administrator())
    return settings().changeNotice(administrator(), { workingDays, source: 'Partnership forum', seen, reason: 'Agreed' })
  }

  test('when shortened holds from when the longer one is over, and longer at once', async () => {
    const before = await earliest()
    const announced = (await settings().viewLimits(administrator())).items.findLast(({ code }) => code === 'T4')!
    await change(5)
    expect(await earliest()).toBe(before)
    expect((await settings().viewNotice(administrator())).value.longer).toEqual({ workingDays: 20, until: before })
    await change(40)
    expect((await earliest()) > before).toBe(true)
    await change(20)
    // The forty days are still given, so that no two steps make a surprise
    expect((await settings().viewNotice(administrator())).value.longer?.workingDays).toBe(40)
    expect((await settings().viewLimits(administrator())).items.find(({ code, version }) => code === 'T4' && version === 3)).toEqual(
      announced,
    )
  })
})

test('an auditor finds the log whole, announcements and withdrawals included', async () => {
  const verdict = await verdictOfLog(world)
  expect(verdict).toMatchObject({ verdict: 'whole', findings: [] })
}, 60_000)
