import { afterAll, beforeAll, expect, test } from 'vitest'
import { createServiceClient } from '../../scripts/walk/client.ts'
import { createStaff } from '../../scripts/walk/staff.ts'
import { walkAll } from '../../scripts/walk/walk.ts'
import { demonstrationPeople } from '../../src/accounts/index.ts'
import { londonDate } from '../../src/kernel/index.ts'
import { startTestApp, type TestApp } from '../support/app.ts'
import { createHttpClient, type HttpClient } from '../support/http-client.ts'

let app: TestApp
let http: HttpClient
beforeAll(async () => {
  app = await startTestApp()
  http = await createHttpClient(app.app)
})
afterAll(async () => {
  await http.close()
  await app.close()
})

test('all ten cases go from raised to their last listed step, each step sealed, recorded and in time', { timeout: 120_000 }, async () => {
  const client = createServiceClient(http.origin)
  const staff = createStaff(client, {
    password: demonstrationPeople[0]!.password,
    code: () => {
      app.clock.advance({ seconds: 30 })
      return app.codeOf('guardian')
    },
    nextCode: async () => {},
  })
  const lines: string[] = []
  const sound = await walkAll({ client, staff, today: () => londonDate(app.clock.now()) }, (line) => lines.push(line))
  expect(lines.filter((line) => /off/i.test(line))).toEqual([])
  expect(sound).toBe(true)
  expect(lines).toHaveLength(11)
  expect(lines[0]).toMatch(/^01-waiting-times\s+resolved\s+resolved\s+T1 Acknowledge met/)
  expect(lines[3]).toMatch(/^04-residents-restrained\s+investigated\s+referred/)
  expect(lines[9]).toMatch(/^10-car-park-lights\s+resolved\s+resolved/)
  expect(app.unexpected).toEqual([])
})
