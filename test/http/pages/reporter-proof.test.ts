import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { readVerifierKey, verifyReceipt } from '../../../scripts/verify-log.mjs'
import type { HttpClient } from '../../support/http-client.ts'
import { startSigning, type TestSigning } from '../../support/log.ts'
import { answerAndGoOn, sent, setReporterStage, type ReporterStage } from './reporter-stage.ts'

let stage: ReporterStage
let signing: TestSigning
let folder: string
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'proof-'))
  stage = await setReporterStage()
  signing = startSigning(stage.test)
})
afterAll(async () => {
  rmSync(folder, { recursive: true })
  expect(stage.test.unexpected).toEqual([])
  await signing.close()
  await stage.close()
})

async function opened(narrative?: string): Promise<HttpClient> {
  const person = stage.person()
  await answerAndGoOn(person, '/b', { code: await sent(stage.person(), narrative), minutes: '15' })
  return person
}
const check = async (text: string) => {
  const file = join(folder, 'copy.txt')
  writeFileSync(file, text)
  const keys = (await stage.test.service.publishedLog.readVerifierKeys()).map(({ verifierKey }) => readVerifierKey(verifierKey))
  return verifyReceipt({ file, keys })
}

test('before its entry has a place the page says on which day to come back, and gives neither file nor letter', async () => {
  const person = await opened()
  const page = await person.get('/b/13')
  expect([page.status, page.page.words]).toEqual([200, expect.stringMatching(/not ready yet. Come back on \d+ \w+ 2026 or later/)])
  expect(page.text).not.toContain('/b/14')
  for (const path of ['/b/14/1', '/b/14/2', '/b/15/1']) expect((await person.get(path)).location).toBe('/b/13')
  await signing.integrate()
  expect((await person.get('/b/13')).text).toContain('/b/14/1')
})

test('the inbox leads to it, and no address, title or file name says what it is', async () => {
  const person = await opened()
  await signing.integrate()
  expect((await person.get('/b/1')).text).toContain('href="/b/13"')
  const [page, file, letter] = [await person.get('/b/13'), await person.get('/b/14/2'), await person.get('/b/15/2')]
  const seen = `${page.page.title} ${letter.page.title} ${file.headers.get('content-disposition')}`
  expect(seen).not.toMatch(/whistle|sp(eak|oke)|concern|raise|report|complain|guardian|proof|prove|log/i)
  expect(file.headers.get('content-disposition')).toBe('attachment; filename="copy.txt"')
  expect(file.headers.get('cache-control')).toContain('no-store')
  for (const path of ['/b/14/0', '/b/14/3', '/b/15/x']) expect((await person.get(path)).status).toBe(404)
})

test('the file proves it to whoever has the log’s key, with the words or without, in sizes that tell little', async () => {
  const person = await opened('The oxygen alarm is off at night.')
  await signing.integrate()
  const [least, all] = [(await person.get('/b/14/1')).text, (await person.get('/b/14/2')).text]
  for (const text of [least, all]) expect([(await check(text)).exitCode, Buffer.byteLength(text) % 4096]).toEqual([0, 0])
  expect([least.includes('oxygen'), all.includes('oxygen')]).toEqual([false, true])
  expect((await check(all)).shown).toMatchObject({ narrative: 'The oxygen alarm is off at night.' })
})

test('the letter says the same for people, and no day but those of the concern', async () => {
  const person = await opened('The oxygen alarm <b>is off</b> at night.')
  await signing.integrate()
  const first = (await check((await person.get('/b/14/1')).text)) as { id: string; index: number }
  stage.test.clock.advance({ minutes: 5 })
  const [least, all] = [await person.get('/b/15/1'), await person.get('/b/15/2')]
  for (const { page, text } of [least, all]) {
    for (const fact of ['someone raised a concern with us', 'Grace Okafor, guardian', first.id, `Place in the log ${first.index}`])
      expect(page.words).toContain(fact)
    expect(text).not.toContain('<b>')
  }
  expect([least.text.includes('oxygen'), all.page.words.includes('The oxygen alarm <b>is off</b> at night.')]).toEqual([false, true])
})

test('without an open inbox the code is asked for', async () => {
  for (const path of ['/b/13', '/b/14/1', '/b/15/2']) expect((await stage.person().get(path)).status).toBe(401)
})
