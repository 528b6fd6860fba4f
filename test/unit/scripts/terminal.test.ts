import { PassThrough } from 'node:stream'
import { describe, expect, it } from 'vitest'
import { inColumns, openTerminal } from '../../../scripts/setup/terminal.ts'

describe('a conversation in a terminal', () => {
  it('breaks what is wider than the screen between words, and sets each part in as the first', () => {
    const said = '  One keeper types a share, whichever of the three it is.'
    expect(inColumns(said, 34)).toBe('  One keeper types a share,\n  whichever of the three it is.')
    expect(inColumns(said, 80)).toBe(said)
  })

  it('leaves squares, tables and addresses as they are', () => {
    const shown = ['  ██ ▄▄▄ █  █', '', '    1.  240M  6Q1K', '  Address:', `  otpauth://${'x'.repeat(60)}`].join('\n')
    expect(inColumns(shown, 40)).toBe(shown)
  })

  it('does so on a screen and leaves lines alone that go into a file', () => {
    const long = 'Nobody else should see this screen, and nothing is stored until the end.'
    const shown = (screen: object) => {
      const output = Object.assign(new PassThrough(), screen)
      const terminal = openTerminal(new PassThrough() as never, output as never)
      terminal.say(long)
      terminal.close()
      return String(output.read())
    }
    expect(shown({ isTTY: true, columns: 40 }).split('\n').length).toBe(3)
    expect(shown({}).trimEnd()).toBe(long)
  })
})
