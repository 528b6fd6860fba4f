import { describe, expect, it } from 'vitest'
import { optionalLine, shortText, writtenText } from '../../../src/kernel/index.ts'

const codesOf = (schema: ReturnType<typeof shortText>, text: string) =>
  schema.safeParse(text).error?.issues.map((issue) => ('params' in issue ? issue.params?.['code'] : null))

describe('a line that names somebody or something', () => {
  it.each([
    ['Dan\u00ADiel Re\u200Bid', 'Daniel Reid'],
    ['Daniel \u202EdieR', 'Daniel dieR'],
    ['\u2066Grace\u2069\uFEFF', 'Grace'],
    ['Ward\u2028 7', 'Ward 7'],
    ['Grace\u009B31m', 'Grace31m'],
  ])('is kept without what cannot be seen in it: %j', (typed, kept) => {
    expect(shortText().parse(typed)).toBe(kept)
    expect(optionalLine().parse(typed)).toBe(kept)
  })

  it('is empty where nothing of it can be seen', () => {
    expect(codesOf(shortText(), '\u200B \u2060')).toEqual(['required'])
    expect(optionalLine().parse('\u200B')).toBe('')
  })

  it('keeps the joiners that some scripts are written with', () => {
    expect(shortText().parse('می\u200Cخواهم')).toBe('می\u200Cخواهم')
  })

  it('leaves a longer text as it was written', () => {
    expect(writtenText(100).parse('soft\u00ADhyphen')).toBe('soft\u00ADhyphen')
  })
})
