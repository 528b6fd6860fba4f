import fc from 'fast-check'
import { expect, test } from 'vitest'
import { csvLine } from '../../../src/kernel/index.ts'

test.each([
  ['a formula', '=1+1', "'=1+1"],
  ['a plus', '+44', "'+44"],
  ['a minus', '-2', "'-2"],
  ['an at', '@SUM(A1)', "'@SUM(A1)"],
  ['a tab', '\t=1', "'\t=1"],
  ['a comma', 'a,b', '"a,b"'],
  ['quotes', 'say "so"', '"say ""so"""'],
  ['a formula with a comma', '=A1,2', `"'=A1,2"`],
  ['nothing', null, ''],
  ['a number below nought', -2, '-2'],
])('%s is written so that a spreadsheet only shows it', (_what, cell, written) => {
  expect(csvLine([cell])).toBe(`${written}\r\n`)
})

test('no text makes another cell, another row or a formula', () => {
  fc.assert(
    fc.property(fc.string(), (text) => {
      const inside = /^x,("(?:[^"]|"")*"|[^",\r\n]*),y\r\n$/.exec(csvLine(['x', text, 'y']))?.[1]
      const read = inside?.startsWith('"') ? inside.slice(1, -1).replaceAll('""', '"') : inside
      expect(read === text || read === `'${text}`).toBe(true)
      expect(read).not.toMatch(/^[=+\-@\t\r]/)
    }),
  )
})
