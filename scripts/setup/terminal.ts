import { createInterface } from 'node:readline'
import { Writable } from 'node:stream'

/** A conversation in a terminal. Answers never come from the command line, where a shell keeps them. */
export interface Terminal {
  say(...lines: readonly string[]): void
  /** One line, trimmed. `check` gives the answer as it is used, or says in a sentence what is wrong with it; then it is asked again. */
  ask<T>(question: string, check: (answer: string) => Answer<T>): Promise<T>
  /** The same without showing what is typed, and without trimming it. */
  askHidden<T>(question: string, check: (answer: string) => Answer<T>): Promise<T>
  /** Takes everything off the screen and out of what can be scrolled back to; nothing where the output is no terminal. */
  wipe(): void
  close(): void
}

export type Answer<T> = { readonly value: T } | { readonly wrong: string }

/** The conversation ended before it was finished: the terminal was closed, or somebody pressed Ctrl+C. */
export class Interrupted extends Error {
  override readonly name = 'Interrupted'
}

export const any = (answer: string): Answer<string> => ({ value: answer })

/** Reads lines from standard input, typed or fed. Throws `Interrupted` from whatever is being asked where they end. */
export function openTerminal(input: NodeJS.ReadStream = process.stdin, output: NodeJS.WriteStream = process.stdout): Terminal {
  let hidden = false
  const echo = new Writable({
    write: (chunk: Buffer, _encoding, done) => {
      if (!hidden) output.write(chunk)
      done()
    },
  })
  const terminal = input.isTTY
  const lines = createInterface({ input, output: echo, terminal, historySize: 0 })
  const next = lineReader(lines)
  const columns = () => (output.isTTY ? output.columns : Infinity)

  const askWith = async <T>(question: string, check: (answer: string) => Answer<T>, secret: boolean): Promise<T> => {
    for (;;) {
      hidden = false
      lines.setPrompt(`${question} `)
      lines.prompt()
      hidden = secret
      const line = await next()
      if (secret || !terminal) output.write('\n')
      hidden = false
      const answer = check(secret ? line : line.trim())
      if ('value' in answer) return answer.value
      output.write(`${inColumns(`  ${answer.wrong}`, columns())}\n`)
    }
  }
  return {
    say: (...said) => void output.write(`${inColumns(said.join('\n'), columns())}\n`),
    ask: (question, check) => askWith(question, check, false),
    askHidden: (question, check) => askWith(question, check, true),
    // ECMA-48 ED 2 and xterm's ED 3 (scrollback), then home
    wipe: () => void (output.isTTY && output.write('\u001B[2J\u001B[3J\u001B[H')),
    close: () => lines.close(),
  }
}

/** Lines broken between words where they are wider than the screen, set in as they were: a terminal breaks inside a word. */
export function inColumns(text: string, columns: number): string {
  return text
    .split('\n')
    .map((line) => lineInColumns(line, columns))
    .join('\n')
}

function lineInColumns(text: string, columns: number): string {
  const lead = /^ */.exec(text)?.[0] ?? ''
  const lines: string[] = []
  for (const word of text.slice(lead.length).split(/(?<=\S)(?= )/)) {
    const before = lines.at(-1)
    if (before !== undefined && before.length + word.length < columns) lines[lines.length - 1] = before + word
    else lines.push(lead + word.trimStart())
  }
  return lines.join('\n')
}

/** Keeps lines that come before they are asked for. */
function lineReader(lines: ReturnType<typeof createInterface>): () => Promise<string> {
  const kept: string[] = []
  let ended = false
  let waiting: { readonly resolve: (line: string) => void; readonly reject: (error: Error) => void } | null = null
  lines.on('line', (line) => {
    if (waiting === null) return void kept.push(line)
    waiting.resolve(line)
    waiting = null
  })
  lines.on('SIGINT', () => lines.close())
  lines.on('close', () => {
    ended = true
    waiting?.reject(new Interrupted())
    waiting = null
  })
  return async () => {
    const line = kept.shift()
    if (line !== undefined) return line
    if (ended) throw new Interrupted()
    return new Promise((resolve, reject) => {
      waiting = { resolve, reject }
    })
  }
}
