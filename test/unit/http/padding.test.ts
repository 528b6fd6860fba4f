import fc from 'fast-check'
import { expect, test } from 'vitest'
import { padPage } from '../../../src/http/index.ts'

test('a padded page is the page, then a comment, to a multiple of 4 KiB in bytes', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme', maxLength: 9000 }), (html) => {
      const padded = padPage(html)
      expect(Buffer.byteLength(padded) % 4096).toBe(0)
      expect(padded.startsWith(html)).toBe(true)
      expect(padded.slice(html.length)).toMatch(/^<!-- *-->$/)
      expect(Buffer.byteLength(padded) - Buffer.byteLength(html)).toBeLessThan(4096 + 7)
    }),
  )
})
