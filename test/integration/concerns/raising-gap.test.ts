import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { raisingGapCsv } from '../../../src/reporting/index.ts'
import { refusalOf, startHandlingWorld, type HandlingWorld } from './handling-world.ts'

let world: HandlingWorld
beforeAll(async () => {
  world = await startHandlingWorld()
})
afterAll(() => world.close())

const view = (person: 'guardian' | 'deputy', year = 2026) => world.service.raisingGaps.view(world.as(person), year)
const shown = async (person: 'guardian' | 'deputy', year = 2026) => {
  const { parts, total } = await view(person, year)
  const counts: Record<string, number | null> = Object.fromEntries(parts.map(({ part, count }) => [part, count]))
  return { ...counts, not_readable: counts['not_readable'], total }
}
const none = {
  ...{ same_month: 0, month_before: 0, two_to_three_months: 0, four_to_six_months: 0, seven_to_twelve_months: 0, over_a_year: 0 },
  ...{ not_clear: 0, not_said: 0, not_readable: 0, total: 0 },
}
const several = async (count: number, said: object) => {
  const made = []
  for (let one = 0; one < count; one += 1) made.push(await world.raise({ ...said }))
  return made
}
const rowsIn = async (): Promise<string> => {
  const { rows: tables } = await world.database.asSuperuser.query<{ name: string }>(
    `select quote_ident(tablename) as name from pg_tables where schemaname = 'public' order by 1`,
  )
  const counts = []
  for (const { name } of tables) {
    const { rows } = await world.database.asSuperuser.query<{ hash: string }>(
      `select count(*) || ' ' || coalesce(md5(string_agg(t::text, '|' order by t::text)), '') as hash from ${name} t`,
    )
    counts.push(`${name} ${rows[0]!.hash}`)
  }
  return counts.join('\n')
}

describe('the gap between becoming aware and raising', () => {
  it('is counted over a whole year for a guardian, and small numbers are not told', async () => {
    expect(await shown('guardian')).toEqual(none)
    await several(9, { awareSince: '2026-11-02' })
    await several(8, { awareSince: '2026-10' })
    await several(3, { awareSince: '2020' })
    await several(2, {})
    expect(await shown('guardian')).toEqual({
      ...none,
      ...{ same_month: 10, month_before: 10, seven_to_twelve_months: null, over_a_year: null },
      ...{ not_clear: null, not_said: null, not_readable: null, total: 20 },
    })
  })

  it('leaves one entry with the year alone, and changes nothing else anywhere: no count is kept', async () => {
    const before = (await rowsIn()).split('\n')
    await view('guardian')
    const after = (await rowsIn()).split('\n')
    const changed = after.filter((line) => !before.includes(line)).map((line) => line.split(' ')[0])
    expect(changed.filter((table) => !['staff_entry', 'audit_head', 'log_position'].includes(table!))).toEqual([])
    const last = (await world.entries()).findLast(({ kind }) => kind === 'report_viewed')!
    expect([last.concernId, last.fields, last.actor.role]).toEqual([
      null,
      { report: 'raising_gap', from: '2026-04-01', to: '2027-03-31' },
      'guardian',
    ])
  })

  it('knows nothing of concerns that somebody has no key to, not even that they could not be read', async () => {
    const before = await shown('deputy')
    await several(9, { awareSince: '2026-11', about: ['Daniel Reid'] })
    expect(await shown('deputy')).toEqual(before)
    expect((await shown('guardian')).total).toBe(30)
  })

  it('says how many it could not read where a key opens nothing or the words are not genuine', async () => {
    const made = await several(8, { awareSince: '2026-11' })
    const before = await shown('guardian')
    expect(before.not_readable).toBeNull()
    const ids = made.map(({ id }) => id)
    await world.tamper(
      `update key_grant set sealed = set_byte(sealed, 40, get_byte(sealed, 40) # 1) where concern_id = any($1) and kind = 'shared' and holder = $2`,
      [ids.slice(0, 4), world.id('guardian')],
    )
    await world.tamper(
      `update reporter_item set ciphertext = set_byte(ciphertext, 60, get_byte(ciphertext, 60) # 1) where concern_id = any($1) and kind = 'narrative'`,
      [ids.slice(4)],
    )
    const counts = await world.service.raisingGaps.view(world.as('guardian'), 2026)
    expect(counts.total).toBe(before.total)
    await several(6, {})
    await several(8, { awareSince: '2026' })
    expect(await shown('guardian')).toMatchObject({ not_clear: 10, not_said: 10, not_readable: 10 })
  })

  it('is the same for a guardian after somebody’s conflict gave the concern new keys', async () => {
    const [one] = await several(1, { awareSince: '2026-11' })
    const before = await shown('guardian')
    await world.concerns.declareConflict(world.as('deputy'), one!.id, { reason: 'I know them.' } as never)
    expect(await shown('guardian')).toEqual(before)
  })

  it('is for nobody but guardians of every part of the organisation', async () => {
    const { raisingGaps } = world.service
    for (const person of ['executive', 'nonExecutive', 'auditor', 'administrator', 'investigator'] as const)
      expect(await refusalOf(raisingGaps.view(world.as(person), 2026))).toBe('permission_denied')
    const ctx = world.as('guardian')
    const ofAPart = { ...ctx, person: { ...ctx.person, intakeGroupIds: [] } }
    expect(await refusalOf(raisingGaps.view(ofAPart, 2026))).toBe('permission_denied')
    expect((await raisingGaps.offer(ofAPart)).whole).toBe(false)
  })

  it('is of whole years that are not still to come', async () => {
    expect(await refusalOf(view('guardian', 2027))).toEqual({ invalid_input: ['/year not_over'] })
    expect((await world.service.raisingGaps.offer(world.as('guardian'))).years[0]).toEqual({
      year: 2026,
      from: '2026-04-01',
      to: '2027-03-31',
    })
  })

  it('can be taken away as a file that holds the same, an asterisk for what is hidden', async () => {
    const figures = await view('guardian')
    const lines = raisingGapCsv(figures).trim().split('\r\n')
    expect(lines[0]).toBe('from,to,gap,concerns')
    expect(lines.slice(1)).toEqual([
      ...figures.parts.map(({ part, count }) => `2026-04-01,2027-03-31,${part},${count ?? '*'}`),
      `2026-04-01,2027-03-31,total,${figures.total ?? '*'}`,
    ])
  })

  it('changes neither the dates nor the steps that a concern has', async () => {
    const told = async (said: Record<string, unknown>) => {
      const { id } = await world.raise(said)
      const { id: _id, reference: _reference, history, ...seen } = await world.concerns.viewConcern(world.as('guardian'), id)
      expect(JSON.stringify(history)).not.toContain('1999')
      return seen
    }
    expect(await told({ awareSince: '1999' })).toEqual(await told({}))
  })
})
