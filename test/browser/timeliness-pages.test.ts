import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { keepAllClocks, taskInputs } from '../../src/concerns/index.ts'
import { createDutySweep, dutyBeginning, dutyDone } from '../../src/duties/index.ts'
import type { DateText } from '../../src/kernel/index.ts'
import { findBrowser } from '../support/browser-path.ts'
import { desktop, phone, screenshot, type Visit } from '../support/browser.ts'
import { startSigning, type TestSigning } from '../support/log.ts'
import { greysOf, unlike } from '../support/greys.ts'
import { lookAt } from '../support/look.ts'
import { openStage, raise, signInAs, type Stage } from './staff-stage.ts'

let stage: Stage
let signing: TestSigning
let visit: Visit

const long = { timeout: 180_000 }
/** When each concern was raised, and after how many days somebody answered; null: nobody has. */
const months = [
  ['2026-12-01', 1],
  ['2026-12-09', 6],
  ['2026-12-14', 2],
  ['2027-01-04', 1],
  ['2027-01-12', 1],
  ['2027-01-20', 2],
  ['2027-02-02', 9],
  ['2027-02-10', null],
  ['2027-03-01', 1],
  ['2027-03-08', 0],
  ['2027-03-10', null],
] as const

/** A breach told too late, a complaint nobody answers, a request that was moved, a board report to come. */
async function owe({ clock, service }: Stage['service'], grace: Awaited<ReturnType<Stage['service']['contextOf']>>): Promise<void> {
  const sweep = createDutySweep({ ...service, directory: service.accounts.directory })
  clock.set('2027-01-11T09:00:00Z')
  const now = () => ({ ...grace, now: clock.now() })
  const begin = async (input: object) => service.duties.begin(now(), dutyBeginning.parse(input))
  await begin({ code: 'T15', startedOn: '2026-05-12' })
  await begin({ code: 'T18', startedOn: '2027-01-04' })
  const request = await begin({ code: 'T17', startedOn: '2027-01-11' })
  await service.duties.extend(now(), request.id, { until: '2027-04-09' as DateText, reasonCode: 'complex' })
  const breach = await begin({ code: 'T19', startedAt: '2027-01-11T08:10:00Z' })
  for (const day of ['2027-01-13', '2027-01-14', '2027-02-08', '2027-02-15']) {
    clock.set(`${day}T10:00:00Z`)
    await sweep()
    if (day === '2027-01-14') await service.duties.done(now(), breach.id, dutyDone.parse({ doneAt: '2027-01-14T09:40:00Z' }))
  }
}

describe.skipIf(findBrowser() === null)('the timeliness report stands at 1280 and 320 px, in forced colours, on paper, and for axe', () => {
  beforeAll(async () => {
    stage = await openStage()
    const { service } = stage
    signing = startSigning(service)
    let grace: Awaited<ReturnType<typeof service.contextOf>> | undefined
    for (const [on, days] of months) {
      service.clock.set(`${on}T09:00:00Z`)
      const { id } = await raise(service, '07')
      if (days === null) continue
      service.clock.advance({ hours: 24 * days })
      grace = await service.contextOf('guardian')
      await service.service.concerns.act(grace, id, 'acknowledge', { expectedVersion: 1, message: 'Thank you.' })
      // The limit that takes most words to say
      if (on === '2026-12-01')
        await service.service.concerns.tasks.set(
          grace,
          id,
          taskInputs.set.parse({ title: 'Mend the lock', ownerName: 'Estates', dueOn: '2027-01-15' }),
          null,
        )
    }
    service.clock.set('2027-03-11T09:00:00Z')
    await owe(service, grace!)
    service.clock.set('2027-03-11T09:00:00Z')
    await keepAllClocks(service.service)
    for (let runs = 0; runs < 50 && (await signing.integrate()).added > 0; runs += 1);
    visit = await stage.person()
    await signInAs(visit.page, service, 'auditor')
  }, 120_000)
  afterAll(async () => {
    expect([visit.strayRequests, visit.consoleLines, stage.service.unexpected]).toEqual([[], [], []])
    await visit.close()
    await signing.close()
    await stage.close()
  })

  async function look(name: string, path: string): Promise<void> {
    const { page } = visit
    await lookAt(page, name, { path, fingers: false })
    for (const viewport of [phone, desktop]) {
      await page.setViewportSize(viewport)
      expect(await page.locator('.app-chart[role=img]:visible').count()).toBe(name === 'timeliness' ? 2 : 0)
    }
  }

  test('the report', long, () => look('timeliness', '/log/timeliness?from=2026-12-01'))

  test('a limit that is only supposed', long, () => look('simulator', '/simulator?code=T1&limit=1&unit=working_days&from=2026-12-01'))

  test('in colours that a person has forced late stays striped, and on paper the drawing stays', long, async () => {
    const { page } = visit
    await page.goto('/log/timeliness?from=2026-12-01')
    await page.emulateMedia({ forcedColors: 'active' })
    const fillOf = (name: string) => page.evaluate<string>(`getComputedStyle(document.querySelector('.app-chart--wide ${name}')).fill`)
    const fills = await Promise.all(['.app-chart__box--in-time', '.app-chart__box--late', '.app-chart__box--open'].map(fillOf))
    expect(new Set(fills).size).toBe(3)
    await screenshot(page, 'timeliness-forced-colours')
    await page.emulateMedia({ forcedColors: 'none', media: 'print' })
    await screenshot(page, 'timeliness-print')
    expect(await page.locator('#take, form.app-filters').filter({ visible: true }).count()).toBe(0)
    // Under the drawing stands its table, and where each limit comes from, though nobody unfolded them
    expect(await page.locator('.app-on-paper > .nhsuk-details__text').filter({ visible: true }).count()).toBe(3)
    await page.emulateMedia({ media: 'screen' })
  })

  test.each(['forced colours', 'greys alone'] as const)(
    'late is told from in time and from open by its pixels, in %s',
    long,
    async (sight) => {
      const { page, context } = visit
      await page.setViewportSize(desktop)
      await page.goto('/log/timeliness?from=2026-12-01')
      const devtools = await context.newCDPSession(page)
      if (sight === 'forced colours') await page.emulateMedia({ forcedColors: 'active' })
      else await devtools.send('Emulation.setEmulatedVisionDeficiency', { type: 'achromatopsia' })
      await screenshot(page, `timeliness-${sight.replace(' ', '-')}-pixels`)
      const drawn = async (name: string) => greysOf(page, page.locator(`.app-chart--wide .app-chart__box--${name}`).first())
      const [inTime, late, open] = [await drawn('in-time'), await drawn('late'), await drawn('open')]
      for (const [one, other] of [
        [late, inTime],
        [late, open],
        [open, inTime],
      ] as const)
        expect(unlike(one, other)).toBeGreaterThan(0.2)
      // What is alike is told to be
      expect(unlike(late, await drawn('late'))).toBe(0)
      await page.emulateMedia({ forcedColors: 'none' })
      await devtools.detach()
    },
  )

  test('on a sheet as narrow as A4 its tables stay tables, with their heads, and none is wider than the sheet', long, async () => {
    const { page } = visit
    await page.setViewportSize({ width: 718, height: 1000 })
    await page.goto('/log/timeliness?from=2026-12-01')
    await page.emulateMedia({ media: 'print' })
    const drawn = await page.evaluate<readonly string[]>(`[...document.querySelectorAll('table.app-log')].map((table) => [
      getComputedStyle(table.querySelector('tbody td')).display,
      table.querySelector('thead').getBoundingClientRect().height > 8,
      table.scrollWidth <= table.parentElement.clientWidth,
    ].join())`)
    expect(new Set(drawn)).toEqual(new Set(['table-cell,true,true']))
    await screenshot(page, 'timeliness-a4')
    await page.emulateMedia({ media: 'screen' })
  })
})
