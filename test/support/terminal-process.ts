/** One of our commands as somebody uses it at a terminal: reads what it says, types when it asks. */
import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { Secret, TOTP } from 'otpauth'
import { compileCache, type Household } from './process.ts'

const root = join(import.meta.dirname, '..', '..')
const patience = 120_000

export interface Conversation {
  /** Waits until it says this, after what was waited for before, and gives all that it said up to there. */
  hears(words: RegExp): Promise<string>
  /** Waits for the question, then types a line. */
  answers(question: RegExp, line: string): Promise<string>
  /** kill -9. */
  kill(): Promise<void>
  /** Closes the input, as Ctrl+D does. */
  hangUp(): void
  readonly ended: Promise<number | null>
  readonly pid: number
  /** Everything it ever wrote. */
  all(): string
}

export function converse(
  house: Household,
  script: string,
  args: readonly string[] = [],
  settings: Record<string, string> = {},
): Conversation {
  const child = spawn(process.execPath, [join(root, 'scripts', script), ...args], {
    cwd: root,
    env: {
      PATH: process.env['PATH'] ?? '',
      HOME: house.tempDir,
      TMPDIR: house.tempDir,
      PORT: String(house.port),
      DATA_DIR: house.dataDir,
      ...compileCache,
      ...house.settings,
      ...settings,
    },
    stdio: ['pipe', 'pipe', 'pipe'],
  })
  let text = ''
  let read = 0
  let wake = (): void => {}
  let code: number | null | undefined
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding('utf8').on('data', (chunk: string) => {
      text += chunk
      wake()
    })
  const ended = new Promise<number | null>((resolve) =>
    child.once('close', (exit) => {
      code = exit
      wake()
      resolve(exit)
    }),
  )
  const hears = async (words: RegExp): Promise<string> => {
    const deadline = performance.now() + patience
    for (;;) {
      const found = words.exec(text.slice(read))
      if (found !== null) {
        const said = text.slice(read, read + found.index + found[0].length)
        read += said.length
        return said
      }
      if (code !== undefined || performance.now() > deadline) throw new Error(`never heard ${String(words)} in:\n${text.slice(read)}`)
      await new Promise<void>((resolve) => {
        wake = resolve
        setTimeout(resolve, 200)
      })
    }
  }
  return {
    hears,
    answers: async (question, line) => {
      const said = await hears(question)
      child.stdin.write(`${line}\n`)
      return said
    },
    kill: async () => {
      child.kill('SIGKILL')
      await ended
    },
    hangUp: () => child.stdin.end(),
    ended,
    pid: child.pid!,
    all: () => text,
  }
}

export function codeFor(seed: string): string {
  return TOTP.generate({ secret: Secret.fromBase32(seed.replaceAll(' ', '')), algorithm: 'SHA1', digits: 6, period: 30 })
}

export const guardian = { name: 'Amina Yusuf', email: 'amina.yusuf@trust.example', password: 'marmalade tugboat eleven' }
export const administrator = { name: 'Peter Hale', email: 'peter.hale@trust.example', password: 'copper lantern thursday hill' }

/** What the two people and the three keepers take home. */
export interface TakenHome {
  readonly guardianSeed: string
  readonly administratorSeed: string
  readonly shares: readonly (readonly string[])[]
  readonly page: string
}

/** Types back the group of the recovery code that is asked for, and gives the whole code. */
export async function copiesTheCode(talk: Conversation): Promise<string> {
  const said = await talk.hears(/Group \d, from the paper:/)
  const groups = [...said.matchAll(/\d\. ([0-9A-Z]{4})/g)].map(([, group = '']) => group)
  await talk.answers(/ /, groups[Number(/Group (\d),/.exec(said)![1]) - 1]!.toLowerCase())
  return groups.join(' ')
}

async function enrols(talk: Conversation, whose: 'guardian' | 'administrator', person: typeof guardian): Promise<string> {
  await talk.answers(new RegExp(`Name of the ${whose}:`), person.name)
  await talk.answers(/Work e-mail of the/, person.email)
  await talk.answers(/Password of 15/, person.password)
  await talk.answers(/The same again:/, person.password)
  const seed = /by hand: ([A-Z2-7 ]+)/.exec(await talk.hears(/by hand: [A-Z2-7 ]+\n/))![1]!
  await talk.answers(/six digits the app shows now:/, codeFor(seed))
  await copiesTheCode(talk)
  return seed
}

/** Up to the last question, which is not answered. */
export async function setsUpToTheEnd(talk: Conversation): Promise<Omit<TakenHome, 'page'>> {
  await talk.answers(/Name of the organisation:/, 'Fenland Hospitals NHS Trust')
  await talk.answers(/ODS code/, 'rx9')
  await talk.answers(/Team that receives concerns/, '')
  await talk.answers(/Another such team/, '')
  await talk.answers(/A site/, 'Ely Road Hospital')
  await talk.answers(/A site/, '')
  await talk.answers(/How people reach the guardian/, 'Call 01353 000000, or room 12 on the ground floor')
  const guardianSeed = await enrols(talk, 'guardian', guardian)
  const administratorSeed = await enrols(talk, 'administrator', administrator)
  const shares: string[][] = []
  for (const number of [1, 2, 3]) {
    await talk.answers(/Press Enter when only the keeper/, '')
    const shown = await talk.hears(/Then type two rows back/)
    const rows = [...shown.matchAll(/^ {4}\d\. {2}(.+)$/gm)].map(([, row = '']) => row)
    shares.push(rows)
    for (let time = 0; time < 2; time += 1) {
      const asked = await talk.hears(new RegExp(`Row \\d of share ${number}:`))
      const row = Number(/Row (\d)/.exec(asked.slice(asked.lastIndexOf('Row')))![1])
      await talk.answers(/ /, rows[row - 1]!)
    }
  }
  await talk.hears(/Type OPEN to store all of this:/)
  return { guardianSeed, administratorSeed, shares }
}

/** `npm run setup` from the first question to the last. */
export async function setsUp(house: Household): Promise<TakenHome> {
  const talk = converse(house, 'setup.ts')
  const taken = await setsUpToTheEnd(talk)
  await talk.answers(/ /, 'open')
  const page = /-{72}[\s\S]+-{72}/.exec(await talk.hears(/2\. Copy/))![0]
  if ((await talk.ended) !== 0) throw new Error(talk.all())
  return { ...taken, page }
}
