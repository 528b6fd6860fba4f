import { describe, expect, test } from 'vitest'
import { systemRandom } from '../../../src/kernel/index.ts'
import {
  createKeys,
  judgePassword,
  lockWithPassword,
  openWithPassword,
  passwordCost,
  wastePasswordWork,
  type PasswordCost,
} from '../../../src/vault/index.ts'

const light: PasswordCost = { memoryKiB: 64, passes: 1 }
const pepper = systemRandom.bytes(32)
const password = 'demonstration only 2026'
const keys = createKeys()
const record = await lockWithPassword(keys, password, pepper, light)
const notGenuine = expect.objectContaining({ code: 'record_not_genuine' })

describe('a password', () => {
  test('opens its person’s keys', async () => {
    const opened = await openWithPassword(record, password, pepper)
    expect(opened?.box.reveal()).toEqual(keys.box.reveal())
    expect(opened?.sign.reveal()).toEqual(keys.sign.reveal())
    expect(opened?.publicKeys).toEqual(keys.publicKeys)
  })

  test('that is wrong opens nothing', async () => {
    for (const wrong of ['', 'demonstration only 2027', 'Demonstration only 2026', `${password} `, `${password}\0`])
      expect(await openWithPassword(record, wrong, pepper)).toBeNull()
  })

  test('opens nothing under another pepper, salt, cost or verifier', async () => {
    expect(await openWithPassword(record, password, systemRandom.bytes(32))).toBeNull()
    expect(await openWithPassword({ ...record, salt: systemRandom.bytes(16) }, password, pepper)).toBeNull()
    expect(await openWithPassword({ ...record, cost: { memoryKiB: 64, passes: 2 } }, password, pepper)).toBeNull()
    for (const verifier of [systemRandom.bytes(32), new Uint8Array(0), record.verifier.slice(1)])
      expect(await openWithPassword({ ...record, verifier }, password, pepper)).toBeNull()
  })

  test('typed with a composed or a decomposed accent is the same password', async () => {
    const accented = await lockWithPassword(keys, 'caf\u00e9 noir after nights', pepper, light)
    expect(await openWithPassword(accented, 'cafe\u0301 noir after nights', pepper)).not.toBeNull()
  })

  test('chosen by two people gives two records with nothing in common', async () => {
    const other = await lockWithPassword(createKeys(), password, pepper, light)
    expect(other.salt).not.toEqual(record.salt)
    expect(other.verifier).not.toEqual(record.verifier)
  })

  test('that is right finds out keys somebody touched', async () => {
    const other = await lockWithPassword(createKeys(), password, pepper, light)
    for (const wrappedKeys of [
      other.wrappedKeys,
      new Uint8Array(0),
      record.wrappedKeys.slice(1),
      record.wrappedKeys.with(60, record.wrappedKeys[60]! ^ 1),
    ])
      await expect(openWithPassword({ ...record, wrappedKeys }, password, pepper)).rejects.toThrow(notGenuine)
  })

  test('is not tried at a cost that a writer to the database chose to stop the service', async () => {
    const costs = [
      { memoryKiB: 2 ** 31, passes: 3 },
      { memoryKiB: 64, passes: 1e9 },
      { memoryKiB: 0, passes: 1 },
      { memoryKiB: 64, passes: 0 },
      { memoryKiB: NaN, passes: 1 },
    ]
    for (const cost of costs) await expect(openWithPassword({ ...record, cost }, password, pepper)).rejects.toThrow(notGenuine)
    await expect(openWithPassword({ ...record, salt: new Uint8Array(1) }, password, pepper)).rejects.toThrow(notGenuine)
  })

  test('costs 64 MiB and three passes', () => {
    expect(passwordCost).toEqual({ memoryKiB: 65_536, passes: 3 })
  })

  test('of nobody costs as much as a wrong one of somebody', async () => {
    const cost: PasswordCost = { memoryKiB: 8_192, passes: 2 }
    const known = await lockWithPassword(keys, password, pepper, cost)
    const times = { wrong: Infinity, nobody: Infinity }
    // Processor time of this process, all its threads counted: what others do on the machine meanwhile is no part of it
    const spent = () => process.cpuUsage().user + process.cpuUsage().system
    const timed = async (who: keyof typeof times, work: () => Promise<unknown>) => {
      const before = spent()
      expect(await work()).toBeNull()
      times[who] = Math.min(times[who], spent() - before)
    }
    for (let run = 0; run < 10; run += 1) {
      await timed('wrong', () => openWithPassword(known, 'not the password', pepper))
      await timed('nobody', () => wastePasswordWork('not the password', pepper, cost))
    }
    expect(times.nobody / times.wrong).toBeGreaterThan(0.4) // wide, because memory is shared; answering at once is 0.01
    expect(times.nobody / times.wrong).toBeLessThan(2.5)
  })
})

describe('a new password', () => {
  test.each(['', 'short', '14 characters.', '🙂🙂🙂🙂🙂🙂🙂🙂'])('%j is too short', (text) => {
    expect(judgePassword(text)).toBe('too_short')
  })

  test.each([
    'passwordpassword',
    'Password123456789',
    'P@ssw0rd2026!!!!',
    'aaaaaaaaaaaaaaaaaaaa',
    'abcabcabcabcabcabc',
    '123456789012345',
    '098765432109876',
    'qwertyuiopasdfgh',
    '1qaz2wsx3edc4rfv',
    'Summer2026Hospital!',
    'correct horse battery staple',
    'letmein letmein letmein',
    'Freedom to Speak Up Guardian',
    'zebra zebra zebra zebra',
    'my name is michael 1984',
    'password 1984 2026',
  ])('%j is too common', (text) => {
    expect(judgePassword(text)).toBe('too_common')
  })

  test.each([
    'demonstration only 2026',
    'my nurse wears green clogs',
    'kT9#xv2!mQ4$pL7',
    '7x#%^&*()~+={}[',
    'grŵp o adar ar y to',
    'ちいさなとりがまどのそとでないている',
    'velvet tractor onion Peru',
  ])('%j will do', (text) => {
    expect(judgePassword(text)).toBeNull()
  })

  test('of half a megabyte is judged at once', () => {
    const started = performance.now()
    for (const piece of ['a', 'ab', '!', 'qwerty', '\ufdfa', 'password']) judgePassword(piece.repeat(100_000))
    expect(performance.now() - started).toBeLessThan(2_000)
  })
})
